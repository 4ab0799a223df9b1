"""Dates of a cadence's steps that would lie before what comes before them, each with a day on which that happens."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from engine.core.problems import Problem
from engine.core.rules.cadence import Cadence, Step
from engine.core.rules.company import Calendar
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.business_time import reckon
from engine.core.workflow.calendars import instant, is_working_day, local
from engine.core.workflow.settings import setting, time_policy
from engine.rulefiles.checks.finding import Path, finding

_DAY = timedelta(days=1)
_SOME_YEAR = 2026
"""A calendar without holidays has the same weeks all year."""


def nothing_moves_into_the_past(rulebook: Rulebook) -> Iterator[Problem]:
    """R426, a warning, for a wait so short that a move back from days off ends before the moment that it counts from.

    Where each wait counts from a date that was moved already, only the first can.
    """
    for cadence, calendar in _with_calendars(rulebook):
        if setting(cadence, "on_nonworking") != "backward":
            continue
        first_only = setting(cadence, "anchor") == "previous_due"
        for number, step in enumerate(cadence.lines[:1] if first_only else cadence.lines):
            starts = _first_days_off(calendar) if _may_move(step) else ()
            found = next((start for start in starts if _due(cadence, calendar, step, start) < start), None)
            if found:
                went, due = (_due(cadence, calendar, step, found, how) for how in ("backward", "run"))
                said = {"start": _shown(calendar, found), "due": _shown(calendar, due), "went": _shown(calendar, went)}
                path = _wait_of(cadence, step, number)
                yield finding(rulebook, cadence.header, path, "R426", step=step.id, wait=str(step.after), **said)


def steps_come_in_their_order(rulebook: Rulebook) -> Iterator[Problem]:
    """R427, a warning, for a wait from the enrolment that is over before that of the line above."""
    for cadence, calendar in _with_calendars(rulebook):
        if setting(cadence, "anchor") != "enrolment":
            continue
        for number, (line, step) in enumerate(pairwise(cadence.lines), start=1):
            above = cadence.last_visit(line)
            starts = (instant(calendar.time_zone, date(_SOME_YEAR, month, 1), time(9)) for month in range(1, 13))
            days = ((start, *(_due(cadence, calendar, one, start) for one in (step, above))) for start in starts)
            found = next((one for one in days if one[1] < one[2]), None)
            if found and not above.then:
                said = dict(zip(("start", "due", "other"), (_shown(calendar, at) for at in found), strict=True))
                path = _wait_of(cadence, step, number)
                yield finding(rulebook, cadence.header, path, "R427", step=step.id, before=above.id, **said)


def _with_calendars(rulebook: Rulebook) -> Iterator[tuple[Cadence, Calendar]]:
    """Each cadence with some version of its calendar, where there is one in which anything is worked."""
    for cadence in rulebook.cadences:
        wanted = cadence.calendar or rulebook.company.calendar
        found = next((c for c in rulebook.calendars if c.header.id == wanted and any(c.hours)), None)
        if found:
            yield cadence, found


def _may_move(step: Step) -> bool:
    """True for calendar time that is waited: business time never ends on a day off, and no wait at all moves forward."""
    return step.after.count > 0 and not step.after.unit.in_business_time


def _first_days_off(calendar: Calendar) -> Iterator[datetime]:
    """The morning of the first day of each run of days off, in the years whose holidays the calendar knows."""
    known = sorted(calendar.holidays) or [date(_SOME_YEAR, 1, 1), date(_SOME_YEAR, 1, 8)]
    for number in range((known[-1] - known[0]).days + 1):
        day = known[0] + number * _DAY
        if not is_working_day(calendar, day) and is_working_day(calendar, day - _DAY):
            yield instant(calendar.time_zone, day, time(9))


def _due(cadence: Cadence, calendar: Calendar, step: Step, start: datetime, moved: str = "") -> datetime:
    policy = time_policy(cadence)
    return reckon(calendar, start, step.after, replace(policy, on_nonworking=moved or policy.on_nonworking)).at


def _wait_of(cadence: Cadence, step: Step, number: int) -> Path:
    return ("steps", number, "after" if cadence.last_visit(step) is step else "every")


def _shown(calendar: Calendar, at: datetime) -> str:
    return f"{local(calendar, at):%Y-%m-%d}"
