"""What is done to an amount after its rate: bounds per deal, cap, clawback, release. Exact until a line is rounded."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from engine.core.durations import Duration, DurationUnit
from engine.core.formulas import EvaluationError
from engine.core.money import Money, Rounding, rounded
from engine.core.records import Credit, Deal, Grant, Receipt
from engine.core.rules.plan import Clawback, Limit, ReleasePart

VOIDING = "deal.reopened"
"""The event type that makes a win never have been one: its credits are taken out whatever the clawback says."""

_WHOLE = Fraction(1)
_RECEIPT_OF = {"payment.received": "payment", "invoice.issued": "invoice", "credit_note.issued": "credit_note"}


@dataclass(frozen=True, slots=True)
class DealProgress:
    """What a release may look at: the deal's whole amount, money that moved, the day each event first happened."""

    deal: str
    amount: Money | None = None
    receipts: tuple[Receipt, ...] = ()
    happened: Mapping[str, date] = field(default_factory=dict)


def progress_of(deal: Deal, receipts: Sequence[Receipt]) -> DealProgress:
    """The progress of a deal as its records tell it."""
    amount = deal.facts.get("amount")
    happened = {"deal.won": deal.won_on} if deal.won_on else {}
    return DealProgress(deal.id, amount if isinstance(amount, Money) else None, tuple(receipts), happened)


@dataclass(frozen=True, slots=True)
class Undoing:
    """How an undone credit is taken back: when, which share of the money, whether its attainment goes too, and whether
    from the top tier down or exactly what it earned. Where the attainment is kept, no tier is left, so it is exactly
    what it earned. `void` is a win that was reopened. `of_paid`: only of what was released by that day; what is held
    lapses. `receivable`: the payee owes it, and it is deducted from nothing."""

    on: date
    share: Fraction
    reverses_attainment: bool
    from_top: bool
    void: bool = False
    of_paid: bool = False
    receivable: bool = False


def bounded(exact: Fraction, limit: Limit | None) -> Fraction:
    """The amount of one deal within its bounds; those of a return or a reversal are the same with a minus.

    What earns nothing stays nothing: a floor needs an amount to stand under.
    """
    if limit is None or exact == 0:
        return exact
    size = abs(exact)
    if limit.at_least is not None:
        size = max(size, Fraction(limit.at_least.minor))
    if limit.at_most is not None:
        size = min(size, Fraction(limit.at_most.minor))
    return size if exact > 0 else -size


def capped(exact: Fraction, cap: Limit | None) -> Fraction:
    """The running total of a window, at most the cap."""
    return exact if cap is None or cap.at_most is None else min(exact, Fraction(cap.at_most.minor))


def undoing(record: Credit | Grant, policy: Clawback | None, as_of: date) -> Undoing | None:
    """What is to be taken back of a credit or grant, or None when it stands on that day."""
    if record.undone_on is None or record.undone_on > as_of:
        return None
    if record.undone_as == VOIDING:
        return Undoing(record.undone_on, Fraction(1), True, True, void=True)
    if policy is None or (record.undone_as and record.undone_as != policy.on):
        return None
    until = later(record.on, policy.within) if policy.within is not None else None
    if until is not None and record.undone_on > until:
        return None
    reverses, of_paid = policy.attainment == "reversed", policy.of == "paid"
    share = policy.share
    if policy.tapers and until is not None and until > record.on:
        share *= Fraction((until - record.undone_on).days, (until - record.on).days)
    from_top = reverses and policy.through_tiers == "from_top" and not of_paid
    return Undoing(record.undone_on, share, reverses, from_top, False, of_paid, policy.settled == "receivable")


def later(day: date, duration: Duration) -> date:
    """The day that much later by the calendar; the end of a shorter month where there is no such day.

    E064 for business time, which a clawback or protection cannot be counted in.
    """
    unit, size = duration.unit.base
    if unit is DurationUnit.DAYS:
        return day + timedelta(days=duration.count * size)
    if unit is DurationUnit.MONTHS:
        months = day.year * 12 + day.month - 1 + duration.count * size
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    raise EvaluationError("E064", None, duration=str(duration))


def released_share(parts: Sequence[ReleasePart], progress: DealProgress | None, as_of: date) -> Fraction:
    """How much of an earning is payable by that day, from 0 to 1. No parts: all of it at once."""
    if not parts:
        return _WHOLE
    return min(_WHOLE, sum((part.share * _reached(part, progress, as_of) for part in parts), Fraction(0)))


def released(earned: Money, share: Fraction, mode: Rounding) -> Money:
    """The payable part of an earning, rounded by the plan's rule; the whole earning when all is released."""
    if share is _WHOLE:
        return earned
    exact = earned.minor * share
    return Money(rounded(exact.numerator, exact.denominator, mode), earned.currency)


def _reached(part: ReleasePart, progress: DealProgress | None, as_of: date) -> Fraction:
    """How far one part is reached: 0 or 1, or the proportion paid so far."""
    if part.day is not None:
        return Fraction(part.day <= as_of)
    if progress is None:
        return Fraction(0)
    receipts = [receipt for receipt in progress.receipts if receipt.kind == _RECEIPT_OF.get(part.on)]
    receipts = [receipt for receipt in receipts if due_on(part, receipt.on) <= as_of]
    if part.pro_rata:
        return _proportion(receipts, progress)
    happened = progress.happened.get(part.on)
    return Fraction(bool(receipts) or (happened is not None and due_on(part, happened) <= as_of))


def due_on(part: ReleasePart, day: date) -> date:
    """When the part that waits for something of that day is payable."""
    return day if part.after is None else later(day, part.after)


def _proportion(receipts: Sequence[Receipt], progress: DealProgress) -> Fraction:
    """Received ÷ the deal's amount, between 0 and 1. E061 when they are not in the deal's currency."""
    if not receipts or progress.amount is None:
        return Fraction(0)
    whole = progress.amount
    for receipt in receipts:
        if receipt.amount.currency != whole.currency:
            params = {"deal": progress.deal, "found": str(receipt.amount), "expected": whole.currency}
            raise EvaluationError("E061", None, **params)
    if whole.minor <= 0:
        return Fraction(1)
    return max(Fraction(0), min(Fraction(1), Fraction(sum(r.amount.minor for r in receipts), whole.minor)))
