"""What an import did, with control totals that the sender's own system can show too."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from engine.core.events import Event
from engine.core.money import Money
from engine.core.problems import Language
from engine.intake.profiles import Made

STATUSES = ("recorded", "repeated", "conflicting", "refused", "quarantined")


@dataclass(frozen=True, slots=True)
class Total:
    """The amounts of one type of event in one currency: how many, and their sum."""

    type: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Summary:
    """One file's import.

    `rows` were read; `rows_refused` have a problem and made nothing; `rows_without_events` are none of the profile's
    business. `by_type` counts the events made; `totals` add up their amounts. `ignored` are headers that nothing reads.
    `outcomes` count what became of the events once recorded; empty before.
    """

    file: str
    source: str
    mode: str
    rows: int
    rows_refused: int
    rows_without_events: int
    events: int
    by_type: tuple[tuple[str, int], ...]
    totals: tuple[Total, ...]
    ignored: tuple[str, ...] = ()
    outcomes: tuple[tuple[str, int], ...] = ()

    def with_outcomes(self, statuses: Iterable[str]) -> "Summary":
        """The summary with what became of its events, in the order of STATUSES."""
        counted = Counter(statuses)
        return replace(self, outcomes=tuple((status, counted[status]) for status in STATUSES if counted[status]))

    def lines(self, language: Language = "en") -> tuple[tuple[str, str], ...]:
        """Label and figure of every count and total, for a terminal or a page."""
        words = _WORDS[language]
        counts = [(words["rows"], self.rows), (words["rows_refused"], self.rows_refused)]
        counts += [(words["rows_without_events"], self.rows_without_events), (words["events"], self.events)]
        counts += [(f"  {name}", count) for name, count in self.by_type]
        counts += [(f"  {words[status]}", count) for status, count in self.outcomes]
        sums = [(f"{words['total']} {total.type}", f"{total.amount} ({total.count:,})") for total in self.totals]
        return (*((label, f"{count:,}") for label, count in counts), *sums)


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "rows": "Rows read", "rows_refused": "Rows refused", "rows_without_events": "Rows without an event",
        "events": "Events made", "total": "Amount", "recorded": "recorded", "repeated": "known already",
        "conflicting": "conflicting", "refused": "refused by the rules", "quarantined": "in quarantine",
    },
    "zh": {
        "rows": "读取行数", "rows_refused": "拒绝行数", "rows_without_events": "无事件的行数", "events": "生成事件数",
        "total": "金额合计", "recorded": "已记录", "repeated": "此前已有", "conflicting": "内容冲突",
        "refused": "规则不允许", "quarantined": "待处理（隔离）",
    },
}  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Counts while a file is read."""

    rows: int = 0
    refused: int = 0
    without: int = 0
    types: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    minors: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, made: Made) -> None:
        """Counts one result in."""
        self.rows += made.rows
        self.refused += made.rows if made.problems else 0
        self.without += made.rows if not made.problems and not made.events else 0
        for event in made.events:
            self._event(event)

    def _event(self, event: Event) -> None:
        self.types[event.type] += 1
        amount = event.body.get("amount")
        if isinstance(amount, Money):
            self.counts[event.type, amount.currency] += 1
            self.minors[event.type, amount.currency] += amount.minor

    def summary(self, file: str, source: str, mode: str, ignored: tuple[str, ...]) -> Summary:
        """The summary of what was counted; types and currencies in alphabetical order."""
        totals = (Total(key[0], self.counts[key], Money(self.minors[key], key[1])) for key in sorted(self.counts))
        return Summary(
            file, source, mode, self.rows, self.refused, self.without, self.types.total(),
            tuple(sorted(self.types.items())), tuple(totals), ignored,
        )  # fmt: skip
