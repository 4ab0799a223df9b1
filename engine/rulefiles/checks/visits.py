"""Steps that days off may move back: never before their cadence begins, nor onto the step before them; and steps in the
order of their waits."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from engine.core.durations import Duration, DurationUnit
from engine.core.problems import Problem
from engine.core.rules.cadence import Cadence, Step
from engine.core.rules.company import Calendar
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.business_time import reckon
from engine.core.workflow.calendars import instant, is_working_day, local
from engine.core.workflow.settings import time_policy
from engine.rulefiles.checks.finding import finding

_DAYS = {DurationUnit.DAYS: 1, DurationUnit.MONTHS: 28}
"""How many days the shortest of a unit has."""


def moved_back_not_too_far(rulebook: Rulebook) -> Iterator[Problem]:
    """R420 for a step that follows so soon that a break may move it back to where its wait began, or to the step before."""
    for cadence in rulebook.cadences:
        calendar = rulebook.calendar(cadence.calendar, cadence.header.in_force.from_on)
        if calendar is None or cadence.policy.get("on_nonworking") != "backward":
            continue
        longest = longest_break(calendar)
        for step, days in _apart(cadence):
            if 0 < days <= longest:
                said = {"step": step.id, "days": str(days), "longest": str(longest), "calendar": calendar.header.id}
                yield finding(rulebook, cadence.header, ("steps", step.written), "R420", **said)


def _apart(cadence: Cadence) -> Iterator[tuple[Step, int]]:
    """Each written line with how many calendar days at least lie between its first step and what comes before."""
    from_start = cadence.policy.get("anchor") == "enrolment"
    firsts = {step.id for step in cadence.lines}
    yield cadence.steps[0], _days(cadence.steps[0].after) or 0
    for before, step in pairwise(cadence.steps):
        days, earlier = _days(step.after), _days(before.after) if from_start else 0
        if step.id in firsts and days is not None and earlier is not None:
            yield step, days - earlier


def _days(wait: Duration) -> int | None:
    """The calendar days of a wait, at least; None for business time and hours, which end in working time anyhow."""
    unit, size = wait.unit.base
    return wait.count * size * _DAYS[unit] if unit in _DAYS else None


def longest_break(calendar: Calendar) -> int:
    """The most days off in a row among the days that the calendar knows of."""
    known = sorted({*calendar.holidays, *calendar.make_up_days})
    first = known[0] if known else date(2026, 1, 1)
    last = known[-1] if known else first + timedelta(days=7)
    longest = run = 0
    for number in range(-7, (last - first).days + 8):
        run = 0 if is_working_day(calendar, first + timedelta(days=number)) else run + 1
        longest = max(longest, run)
    return longest


def steps_come_in_their_order(rulebook: Rulebook) -> Iterator[Problem]:
    """R429 for a wait from the enrolment that is over before that of the line above, told with a day on which it is."""
    for cadence in rulebook.cadences:
        calendar = rulebook.calendar(cadence.calendar, cadence.header.in_force.from_on)
        if calendar is None or not any(calendar.hours) or cadence.policy.get("anchor") != "enrolment":
            continue
        for line, step in pairwise(cadence.lines):
            above = cadence.last_of_line(line)
            found = None if above.then else _too_early(cadence, calendar, above, step)
            if found:
                said = dict(
                    zip(("start", "due", "other"), (f"{local(calendar, at):%Y-%m-%d}" for at in found), strict=True)
                )
                path = ("steps", step.written)
                yield finding(rulebook, cadence.header, path, "R429", step=step.id, before=above.id, **said)


def _too_early(
    cadence: Cadence, calendar: Calendar, above: Step, step: Step
) -> tuple[datetime, datetime, datetime] | None:
    """The first of twelve days, one a month, from which on the step is due before the one above: that day and both dues."""
    for month in range(1, 13):
        start = instant(calendar.time_zone, date(2026, month, 1), time(9))
        due, other = (reckon(calendar, start, one.after, time_policy(cadence)).at for one in (step, above))
        if due < other:
            return start, due, other
    return None
