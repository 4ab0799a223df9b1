"""Targets: a goal divided into quarters, months, weeks and people. Children sum to their parent to the cent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from engine.core.formulas import EvaluationError
from engine.core.money import Money, rounded, split
from engine.core.periods import Period, children, parse_period, period_of
from engine.core.problems import Place
from engine.core.records import Quota
from engine.core.rules.company import Calendar, Company
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.targets import Targets
from engine.core.workflow.calendars import is_working_day


@dataclass(frozen=True, slots=True)
class Goal:
    """What is expected of a measure in a span of days; a week that lies in two months has a goal in each."""

    period: Period
    start: date
    end: date
    amount: Money


@dataclass(frozen=True, slots=True)
class QuotaFound:
    """A payee's quota and where it was found: the quota event's id, or the target's id and place."""

    amount: Money
    source: str
    place: Place


def quarters(targets: Targets, company: Company) -> tuple[Goal, ...]:
    """The goal's quarters, by the stated weights or evenly. A goal of a quarter has itself; one of a month has none."""
    whole = parse_period(targets.period, company)
    if whole.kind not in ("year", "half", "quarter"):
        return ()
    parts = children(whole, "quarter", company)
    weights = _weights(targets.split.quarters or _of_months(targets.split.months, len(parts)), len(parts))
    return _goals(parts, split(targets.goal.minor, weights), targets.goal.currency)


def months(targets: Targets, company: Company) -> tuple[Goal, ...]:
    """The goal's months: each quarter's goal divided by its months' weights, or evenly."""
    whole = parse_period(targets.period, company)
    if whole.kind == "month":
        return (Goal(whole, whole.start, whole.end, targets.goal),)
    stated = targets.split.months
    found: list[Goal] = []
    for quarter in quarters(targets, company):
        parts = children(quarter.period, "month", company)
        at = len(found) if stated and len(stated) > len(parts) else 0
        weights = _weights(stated[at : at + len(parts)] if stated else None, len(parts))
        found += _goals(parts, split(quarter.amount.minor, weights), targets.goal.currency)
    return tuple(found)


def weeks(targets: Targets, company: Company, calendar: Calendar | None) -> tuple[Goal, ...]:
    """The goal's weeks, month by month: by their working days in the month, or evenly by their days.

    A month without a working day is divided by calendar days. E069 when working days are wanted without a calendar.
    """
    return tuple(goal for month in months(targets, company) for goal in _weeks_of(month, targets, company, calendar))


def goal_of(targets: Targets, period: Period, company: Company, calendar: Calendar | None = None) -> Money | None:
    """The goal of any period: the sum of its parts. None where the target does not cover the whole of it."""
    whole = parse_period(targets.period, company)
    if not period.within(whole):
        return None
    return _until(targets, period.end, company, calendar) - _until(targets, period.start, company, calendar)


def person_goal(
    targets: Targets, person: str, period: Period, company: Company, calendar: Calendar | None = None
) -> Money | None:
    """A person's part of a period's goal, or None when they have no share or the target does not cover it.

    It is the difference of rounded running totals, over people in file order and over time. So people sum to the
    period's goal and a person's months to their quarters and year, all to the cent.
    """
    if person not in (name for name, _ in targets.split.people) or goal_of(targets, period, company, calendar) is None:
        return None
    end, start = (_until(targets, day, company, calendar) for day in (period.end, period.start))
    upper, lower = _shares_to(targets, person)
    part = _part(end, upper) - _part(end, lower) - _part(start, upper) + _part(start, lower)
    return Money(part, targets.goal.currency)


def quota_of(
    payee: str, wanted: str, measure: str, period: Period, rulebook: Rulebook, quotas: Iterable[Quota]
) -> QuotaFound | None:
    """A payee's quota of a measure in a period, or None.

    A quota that an event set for exactly that period wins; else the payee's share of the target named `wanted` (of any
    target of the measure, when `wanted` is `quota` or empty).
    """
    own = [q for q in quotas if (q.person, q.measure, q.period) == (payee, measure, period.id)]
    if own:
        return QuotaFound(own[-1].amount, own[-1].id, Place(""))
    company = rulebook.company
    calendar = rulebook.calendar("", period.start)
    for targets in rulebook.targets:
        named = targets.header.id == wanted.removeprefix("targets.")
        if named or (wanted in ("", "quota") and targets.measure == measure):
            amount = person_goal(targets, payee, period, company, calendar)
            if amount is not None:
                return QuotaFound(amount, targets.header.id, targets.header.place)
    return None


def displayed(amount: Money, step: int = 10_000_00) -> int:
    """An amount as a screen shows it, in whole steps of minor units (10,000 CNY: 万), half up. For display only."""
    return rounded(amount.minor, step)


def _of_months(stated: Sequence[Fraction] | None, count: int) -> tuple[Fraction, ...] | None:
    """The quarters' weights that follow from weights of every month, or None."""
    if not stated or len(stated) != 3 * count:
        return None
    return tuple(sum(stated[3 * number : 3 * number + 3], Fraction(0)) for number in range(count))


def _weights(stated: Sequence[Fraction] | None, count: int) -> tuple[Fraction, ...]:
    """The stated weights, when there is one for each part; else even ones."""
    return tuple(stated) if stated and len(stated) == count else (Fraction(1),) * count


def _goals(parts: Sequence[Period], amounts: Sequence[int], currency: str) -> tuple[Goal, ...]:
    return tuple(
        Goal(part, part.start, part.end, Money(minor, currency)) for part, minor in zip(parts, amounts, strict=True)
    )


def _weeks_of(month: Goal, targets: Targets, company: Company, calendar: Calendar | None) -> tuple[Goal, ...]:
    """A month's goal over the weeks that have a day in it."""
    parts = children(month.period, "week", company)
    spans = [(max(week.start, month.start), min(week.end, month.end)) for week in parts]
    weights = [Fraction((end - start).days) for start, end in spans]
    if targets.split.weeks == "by_working_days":
        if calendar is None:
            raise EvaluationError("E069", targets.header.place, period=month.period.id)
        worked = [Fraction(_working_days(calendar, start, end)) for start, end in spans]
        weights = worked if any(worked) else weights
    amounts = split(month.amount.minor, weights)
    together = zip(parts, spans, amounts, strict=True)
    return tuple(Goal(week, *span, Money(minor, month.amount.currency)) for week, span, minor in together)


def _working_days(calendar: Calendar, start: date, end: date) -> int:
    return sum(is_working_day(calendar, start + timedelta(days=number)) for number in range((end - start).days))


def _until(targets: Targets, day: date, company: Company, calendar: Calendar | None) -> Money:
    """The goal from the target's start up to, not including, a day on which a month or a week begins."""
    goals: Sequence[Goal] = months(targets, company)
    if period_of(day, "month", company).start != day:
        goals = weeks(targets, company, calendar)
    return Money.total((goal.amount for goal in goals if goal.end <= day), targets.goal.currency)


def _shares_to(targets: Targets, person: str) -> tuple[Fraction, Fraction]:
    """The running total of people's shares up to and including the person, and before them."""
    before = Fraction(0)
    for name, share in targets.split.people:
        if name == person:
            return before + share, before
        before += share
    raise KeyError(person)


def _part(total: Money, share: Fraction) -> int:
    exact = total.minor * share
    return rounded(exact.numerator, exact.denominator)
