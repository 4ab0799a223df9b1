"""Proration: what part of a period counts, by one of four ways of counting days, and amounts scaled by it."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from engine.core.formulas import EvaluationError
from engine.core.incentives.presence import Span, within
from engine.core.money import Money, Rounding, rounded
from engine.core.periods import Period, months_in
from engine.core.rules.company import Calendar
from engine.core.rules.plan import Plan
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.calendars import is_working_day

_WHOLE = Fraction(1)


def part_of(plan: Plan, what: str, window: Period, spans: Sequence[Span], rulebook: Rulebook) -> Fraction:
    """The part of a window for which the plan counts the payee who is there on those days; 1 where the plan does not
    prorate that (`what`: quota, target, cap, draw, guarantee). E069 for working days without a calendar."""
    if what not in plan.prorates:
        return _WHOLE
    return proration_share(plan.proration, window, spans, rulebook)


def proration_share(kind: str, window: Period, spans: Sequence[Span], rulebook: Rulebook) -> Fraction:
    """The part of a window that the spans cover, from 0 to 1.

    `calendar_days` and `working_days` (by the company's calendar) count days; `months` counts the months with a day in
    it; `thirty_360` gives every month 30 days: the 31st counts nothing, and the last of February what is missing.
    """
    inside = within(spans, window)
    if kind == "none":
        return _WHOLE
    if kind == "months":
        months = months_in(window, rulebook.company)
        return Fraction(sum(bool(within(inside, month)) for month in months), len(months))
    if kind == "thirty_360":
        return _ratio(sum(map(_days_of_360, inside)), _days_of_360(Span(window.start, window.end)))
    if kind == "calendar_days":
        return _ratio(sum((span.end - span.start).days for span in inside), window.days)
    calendar = rulebook.calendar("", window.start)
    if calendar is None:
        raise EvaluationError("E069", None, period=window.id)
    whole = _worked(calendar, Span(window.start, window.end))
    return _ratio(sum(_worked(calendar, span) for span in inside), whole)


def scaled(amount: Money, share: Fraction, rounding: Rounding, step: Money | None = None) -> Money:
    """The share of an amount, rounded to whole steps (1 USD; None: the smallest unit). A whole share changes nothing."""
    if share == 1:
        return amount
    size = step.minor if step else 1
    exact = Fraction(amount.minor) * share / size
    return Money(rounded(exact.numerator, exact.denominator, rounding) * size, amount.currency)


def _ratio(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def _worked(calendar: Calendar, span: Span) -> int:
    return sum(is_working_day(calendar, span.start + timedelta(days=n)) for n in range((span.end - span.start).days))


def _days_of_360(span: Span) -> int:
    """Days of a year of twelve months with 30 days each, so that they add up over any division of a span."""
    return _day_of_360(span.end) - _day_of_360(span.start)


def _day_of_360(day: date) -> int:
    return day.year * 360 + day.month * 30 + min(day.day - 1, 30)
