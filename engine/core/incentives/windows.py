"""Measuring windows: the periods over which a component's credits add up, of the fiscal calendar or of the whole plan."""

from collections.abc import Iterable, Iterator
from datetime import date

from engine.core.periods import Period, next_period, period_of
from engine.core.rules.company import Company
from engine.core.rules.plan import Plan

PLAN = "plan"
"""The kind of window that is the plan's whole time in force."""


def window_of(day: date, kind: str, company: Company, plan: Plan | None = None) -> Period:
    """The window of that kind in which the day lies; `plan` is needed for that of a plan."""
    if kind != PLAN:
        return period_of(day, kind, company)
    assert plan is not None, "whoever asks for a plan's window has a plan"
    return plan_window(plan, company)


def windows(days: Iterable[date], kind: str, company: Company, plan: Plan | None = None) -> tuple[Period, ...]:
    """The windows that hold those days, in order, each once."""
    found: list[Period] = []
    for day in sorted(set(days)):
        if not found or not found[-1].contains(day):
            found.append(window_of(day, kind, company, plan))
    return tuple(found)


def begun_since(day: date, as_of: date, kind: str, company: Company) -> Iterator[Period]:
    """Each later window that has begun: what is carried forward is paid there, with credits or without."""
    if kind == PLAN:
        return
    window = next_period(period_of(day, kind, company), company)
    while window.start <= as_of:
        yield window
        window = next_period(window, company)


def plan_window(plan: Plan, company: Company) -> Period:
    """The plan's time in force: the fiscal period of exactly these days where there is one, else a span of its own."""
    start, end = plan.header.in_force.from_on, plan.header.in_force.until_on
    assert end is not None, "the rule files are checked: such a plan has an end"
    for kind in ("year", "half", "quarter", "month"):
        period = period_of(start, kind, company)
        if (period.start, period.end) == (start, end):
            return period
    return Period(f"{start.isoformat()}/{end.isoformat()}", PLAN, start, end)
