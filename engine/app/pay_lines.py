"""Earning lines as a list shows them: what a period moved for each, where it stands then, and what was posted for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.app.dealwright import Dealwright
from engine.app.reading import Around, component_title
from engine.app.views.earnings import LineRow, LineVersion
from engine.core.incentives.ledger import Balances, LedgerEntry, balances
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.step_texts import REASON_TEXTS
from engine.core.money import Money
from engine.core.numerals import shown_number
from engine.core.rules.header import Title
from engine.store.ledger_book import PostedEntry


@dataclass(frozen=True, slots=True)
class Moved:
    """What a period moved for a line, where the line stands at its end, and whether the period's payments are posted."""

    here: Balances
    standing: Balances
    paid: bool


def by_line(entries: Sequence[PostedEntry], lines: Sequence[EarningLine]) -> dict[str, Balances]:
    """The balances of those entries for each of the lines."""
    own: dict[str, list[LedgerEntry]] = {line.key: [] for line in lines}
    for posted in entries:
        if posted.entry.line in own:
            own[posted.entry.line].append(posted.entry)
    return {line.key: balances(own[line.key], line.earned.currency) for line in lines}


def shown_rate(rate: Fraction | None) -> str:
    """`8%`; empty for a tier that pays an amount."""
    return f"{shown_number(rate * 100)}%" if rate is not None else ""


def line_row(dw: Dealwright, line: EarningLine, moved: Moved, known: Around) -> LineRow:
    """One line as the period moved it."""
    deal = known.deals.get(line.deal)
    base = sum((slice.base for slice in line.slices if slice.kind == "rate" and slice.amount > 0), Fraction(0))
    rates = dict.fromkeys(shown_rate(slice.rate) for slice in line.slices if slice.kind == "rate")
    title = component_title(dw, line.version, line.component)
    return LineRow(
        line.key, title, title, line.deal, str(deal.facts.get("name") or line.deal) if deal else line.deal, line.on,
        Money(base.numerator, line.plan_currency) if base and base.denominator == 1 else None, " + ".join(rates),
        moved.here.earned, moved.here.payable + moved.here.paid, moved.standing.held, _status(line, moved),
    )  # fmt: skip


def _status(line: EarningLine, moved: Moved) -> str:
    """clawed_back or reversed when it was taken back here or nothing is left; held while any part is; paid, payable."""
    gone = moved.standing.earned.minor == 0 and line.taken_back.minor > 0
    if moved.here.earned.minor < 0 or gone:
        return "clawed_back" if line.taken_back.minor else "reversed"
    return "held" if moved.standing.held.minor > 0 else "paid" if moved.paid else "payable"


def line_version(posted: PostedEntry) -> LineVersion:
    """An entry as what it changed: earned, or released."""
    entry = posted.entry
    reason = REASON_TEXTS.get(entry.reason, (entry.reason, entry.reason))
    moved = balances([entry], entry.amount.currency)
    earned, released = moved.earned, moved.payable + moved.paid
    return LineVersion(entry.id, posted.posted_at, entry.posted_period, earned if earned.minor else None,
                       released if released.minor else None, Title(*reason))  # fmt: skip
