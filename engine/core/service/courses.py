"""A ticket's course: its stretches of one status, its exchanges and its resolutions, folded from what was told of it.

A pure function of the events in their order. What cannot be at its moment (resuming what is not on hold) changes nothing;
told of late, an event takes its place and everything after it follows anew.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from engine.core.tickets import TicketTold

Closes = Callable[[str, datetime], datetime | None]
"""(status, moment of the last word) -> when the ticket closes by itself, or None."""

_BY_NAME: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "customer": {"open": "open", "replied": "open", "on_hold": "open", "resolved": "open"},
    "agent": {"open": "replied", "replied": "replied", "on_hold": "on_hold", "resolved": "resolved"},
    "held": {"open": "on_hold", "replied": "on_hold"},
    "resumed": {"on_hold": "open"},
    "resolved": dict.fromkeys(("open", "replied", "on_hold"), "resolved"),
    "reopened": dict.fromkeys(("resolved", "closed"), "open"),
    "closed": dict.fromkeys(("open", "replied", "on_hold", "resolved"), "closed"),
})  # fmt: skip
"""What happens -> status before -> status after; what is not there cannot be."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in one status: [from, until); `until_at` None: still."""

    status: str
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """Where a ticket has been.

    `first_reply_at` is our first word (a resolution is one), None before it. `exchanges` are the customer's later
    messages with our answers, [first unanswered message, answer]; `waiting_since` is the first message that is not
    answered yet. `resolved_at` are its resolutions, each kept whatever came after. `impossible` are the events that could
    not be. `closed_itself_at` is when it closed by itself (None: it did not, or was reopened). `answer` is the customer's.
    """

    status: str
    stretches: tuple[Stretch, ...]
    facts: Mapping[str, object]
    first_reply_at: datetime | None = None
    waiting_since: datetime | None = None
    exchanges: tuple[tuple[datetime, datetime], ...] = ()
    resolved_at: tuple[datetime, ...] = ()
    impossible: frozenset[str] = frozenset()
    closed_itself_at: datetime | None = None
    closes_at: datetime | None = None
    answer: TicketTold | None = None
    owner_at_answer: str = ""

    @property
    def opened_at(self) -> datetime:
        """When it was opened."""
        return self.stretches[0].from_at

    @property
    def reopened_at(self) -> tuple[datetime, ...]:
        """When it was taken up again after a resolution or a closing."""
        pairs = zip(self.stretches, self.stretches[1:], strict=False)
        return tuple(b.from_at for a, b in pairs if a.status in ("resolved", "closed") and b.status == "open")


def course_of(told: Iterable[TicketTold], until: datetime, closes: Closes = lambda status, word_at: None) -> Course:
    """The course up to and including a moment. The first that was told is the opening."""
    first, *rest = sorted(told, key=lambda one: one.order)
    course = _Course(first, closes)
    for one in rest:
        if one.at <= until:
            course.let_pass(one.at)
            course.take(one)
    course.let_pass(until)
    return course.so_far()


class _Course:
    """A course being folded."""

    def __init__(self, first: TicketTold, closes: Closes) -> None:
        self.closes, self.facts, self.word_at = closes, dict(first.facts), first.at
        self.stretches = [Stretch("open", first.at)]
        self.first_reply_at: datetime | None = None
        self.waiting_since: datetime | None = None
        self.exchanges: list[tuple[datetime, datetime]] = []
        self.resolved_at: list[datetime] = []
        self.impossible: set[str] = set()
        self.closed_itself_at: datetime | None = None
        self.answer: TicketTold | None = None
        self.owner_at_answer = ""

    @property
    def status(self) -> str:
        return self.stretches[-1].status

    def let_pass(self, until: datetime) -> None:
        """Time alone: a ticket that nobody says anything about closes when the rule says so."""
        at = self.closes(self.status, self.word_at)
        if at and at <= until:
            self.waiting_since = None
            self._become("closed", at)
            self.closed_itself_at = at

    def take(self, one: TicketTold) -> None:
        """One event, when it can be."""
        if one.what == "changed":
            self.facts |= one.facts
        elif one.what == "answered":
            self._answered(one)
        else:
            self._happened(one)

    def _answered(self, one: TicketTold) -> None:
        if self.answer:
            self.impossible.add(one.event)
        else:
            self.answer, self.owner_at_answer = one, str(self.facts.get("owner") or "")

    def _happened(self, one: TicketTold) -> None:
        after = _BY_NAME.get(one.by if one.what == "replied" else one.what, {}).get(self.status)
        if after is None:
            self.impossible.add(one.event)
            return
        if one.what == "replied" and one.by == "customer":
            self._asked(one.at)
        elif one.what in ("replied", "resolved"):
            self._said(one.at)
        if one.what == "resolved":
            self.resolved_at.append(one.at)
        if one.what == "closed":
            self.waiting_since = None
        if one.what in ("replied", "resolved", "reopened"):
            self.word_at = one.at
        self._become(after, one.at)

    def _asked(self, at: datetime) -> None:
        """A further message moves no date: what counts is the first that is not answered."""
        if self.first_reply_at is not None and self.waiting_since is None:
            self.waiting_since = at

    def _said(self, at: datetime) -> None:
        if self.first_reply_at is None:
            self.first_reply_at = at
        if self.waiting_since is not None:
            self.exchanges.append((self.waiting_since, at))
            self.waiting_since = None

    def _become(self, status: str, at: datetime) -> None:
        if status != self.status:
            last = self.stretches[-1]
            self.stretches[-1:] = [Stretch(last.status, last.from_at, at), Stretch(status, at)]
            self.closed_itself_at = None

    def so_far(self) -> Course:
        """The course as it now is."""
        return Course(
            self.status, tuple(self.stretches), self.facts, self.first_reply_at, self.waiting_since,
            tuple(self.exchanges), tuple(self.resolved_at), frozenset(self.impossible), self.closed_itself_at,
            self.closes(self.status, self.word_at), self.answer, self.owner_at_answer,
        )  # fmt: skip
