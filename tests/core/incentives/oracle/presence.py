"""On which days the plan pays somebody, which of these they were there, and what part of a window that makes."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from engine.core.rules.plan import Plan
from tests.core.incentives.oracle.calendar import Window, windows_between
from tests.core.incentives.oracle.told import History

ONE, DAY = Fraction(1), timedelta(days=1)


def facts_on(history: History, day: date) -> dict[str, object]:
    """What is known of the person on a day."""
    begun = [version for version in history.person.versions if version.from_on <= day]
    return {f"owner.{name}": value for name, value in begun[-1].facts.items()} if begun else {}


def pays(history: History, day: date) -> bool:
    """True where a version of the plan is in force that pays the person, who is employed."""
    if day not in history.asked:
        history.asked[day] = _pays(history, day)
    return history.asked[day]


def _pays(history: History, day: date) -> bool:
    person = history.person
    if day < person.joined_on or (person.left_on is not None and day >= person.left_on):
        return False
    plans = [plan for plan in history.plans if plan.header.in_force.covers(day)]
    return any(plan.pays is None or plan.pays.holds(facts_on(history, day)) for plan in plans)


def there(history: History, day: date) -> bool:
    """True where the plan pays the person, who is not on unpaid leave."""
    leaves = (leave for leave in history.person.absences if not leave.paid)
    return pays(history, day) and not any(leave.from_on <= day < leave.until_on for leave in leaves)


def first_paid(history: History) -> date | None:
    """The first day on which the plan pays the person; None where it never does."""
    day, last = min(plan.header.in_force.from_on for plan in history.plans), history.ends
    while day < last and not pays(history, day):
        day += DAY
    return day if day < last else None


def days_of(window: Window) -> list[date]:
    """Each of its days."""
    return [window.start + timedelta(days=number) for number in range((window.end - window.start).days)]


def months_of(window: Window) -> list[Window]:
    """The months that it touches."""
    return windows_between(window.start, window.end - DAY, "month", 1)


def part_of(
    history: History, plan: Plan, what: str, window: Window, also: Callable[[date], bool] = lambda _day: True
) -> Fraction:
    """The part of a window for which the plan counts the person, on days that are `also` so; 1 where it is not prorated."""
    if what not in plan.prorates or plan.proration == "none":
        return ONE
    if plan.proration == "months":
        months = months_of(window)
        inside = (day for day in days_of(window) if there(history, day) and also(day))
        return Fraction(len({(day.year, day.month) for day in inside}), len(months))
    weigh: Callable[[date], int] = {"calendar_days": _one, "thirty_360": _of_thirty}.get(
        plan.proration, lambda day: int(day.weekday() < 5 and day not in history.holidays)
    )
    whole = sum(map(weigh, days_of(window)))
    counts = (weigh(day) for day in days_of(window) if there(history, day) and also(day))
    return Fraction(sum(counts), whole) if whole else Fraction(0)


def _one(_day: date) -> int:
    return 1


def _of_thirty(day: date) -> int:
    """Of a month of thirty days: the 31st counts nothing, the last of February what is missing."""
    if (day + DAY).month == day.month:
        return 1 if day.day < 31 else 0
    return max(0, 30 - day.day + 1) if day.day < 31 else 0
