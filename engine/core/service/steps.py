"""When the steps of a service level are reached: so long before or after the date of a clock that runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.core.durations import Duration, DurationUnit
from engine.core.rules.company import Calendar
from engine.core.rules.service_level import ServiceLevel, ServiceStep
from engine.core.service.clocks import Clock
from engine.core.workflow.business_time import TimePolicy, add_calendar_time, reckon
from engine.core.workflow.calendars import instant, last_working_day, local, working_spans

_DAY = timedelta(days=1)
_HOURS = {DurationUnit.BUSINESS_HOURS: timedelta(hours=1), DurationUnit.BUSINESS_MINUTES: timedelta(minutes=1)}


@dataclass(frozen=True, slots=True)
class Due:
    """A step at its moment. `name` is its own for ever: the limit, the round, and the step's place."""

    at: datetime
    name: str
    step: ServiceStep
    clock: Clock


def steps_ahead(level: ServiceLevel, clocks: list[Clock], calendar: Calendar, reached: tuple[str, ...]) -> list[Due]:
    """The steps that are still to be reached as things stand, the first first."""
    return sorted(_steps(level, clocks, calendar, reached), key=lambda due: (due.at, due.name))


def _steps(level: ServiceLevel, clocks: list[Clock], calendar: Calendar, reached: tuple[str, ...]) -> Iterator[Due]:
    running = [clock for clock in clocks if clock.runs]
    for number, step in enumerate(level.steps):
        for clock in running:
            name = f"{clock.limit}.{clock.round}.{number}"
            if clock.limit == step.of and name not in reached:
                yield Due(_moment(calendar, clock.due_at, step), name, step, clock)


def _moment(calendar: Calendar, due_at: datetime, step: ServiceStep) -> datetime:
    if step.before is not None:
        return earlier(calendar, due_at, step.before)
    assert step.after is not None, "a step has one of the two"
    return reckon(calendar, due_at, step.after, TimePolicy(on_nonworking="run")).at if step.after.count else due_at


def earlier(calendar: Calendar, at: datetime, by: Duration) -> datetime:
    """So long before a moment: working time back through working hours, working days back at the same clock time."""
    if by.unit in _HOURS:
        return _working_time_back(calendar, at, by.count * _HOURS[by.unit])
    if by.unit is DurationUnit.BUSINESS_DAYS:
        return _working_days_back(calendar, at, by.count)
    return at - (add_calendar_time(calendar, at, by) - at)


def _working_time_back(calendar: Calendar, at: datetime, left: timedelta) -> datetime:
    day = local(calendar, at).date()
    while left:
        for opening, closing in reversed(working_spans(calendar, day)):
            end = min(closing, at)
            if opening < end and left <= end - opening:
                return (end - left).astimezone(UTC)
            left -= max(end - opening, timedelta())
        day = last_working_day(calendar, day - _DAY)
    return at


def _working_days_back(calendar: Calendar, at: datetime, count: int) -> datetime:
    wall = local(calendar, at)
    day = wall.date()
    for _ in range(count):
        day = last_working_day(calendar, day - _DAY)
    return instant(calendar.time_zone, day, wall.time())
