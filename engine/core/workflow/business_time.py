"""Adding and measuring business time: working days, working hours, and calendar time that is moved off days off.

Business days and business hours are different units and never convert. A business day keeps the clock: two business
days after Tuesday 15:00 is Thursday 15:00. Business hours run only while the calendar works; a positive amount may end
exactly at closing, and none ends outside working time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from engine.core.durations import Duration, DurationUnit
from engine.core.rules.company import Calendar
from engine.core.rules.header import Title
from engine.core.workflow.calendars import (
    hours_of,
    instant,
    is_provisional,
    is_working_day,
    is_working_moment,
    last_working_day,
    local,
    next_working_moment,
    reason_off,
    spans_from,
    working_days,
    working_spans,
)
from engine.core.workflow.notes import Note, note

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)
_ELAPSED = {
    DurationUnit.HOURS: timedelta(hours=1), DurationUnit.MINUTES: timedelta(minutes=1),
    DurationUnit.BUSINESS_HOURS: timedelta(hours=1), DurationUnit.BUSINESS_MINUTES: timedelta(minutes=1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimePolicy:
    """How times are counted where systems disagree; the first value of each is the default.

    `weekend_start`: roll_then_add (from Saturday, +1 is Tuesday) | count_next (+1 is Monday). `on_nonworking`, for
    calendar time that ends on a day off: forward | backward | run. `defer_time`, the clock after a move forward:
    window_start | keep. `day_arithmetic`: wall_clock (13:00 stays 13:00 when clocks change) | elapsed.
    """

    weekend_start: str = "roll_then_add"
    on_nonworking: str = "forward"
    defer_time: str = "window_start"
    day_arithmetic: str = "wall_clock"


USUAL = TimePolicy()


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An instant that was computed, in UTC, and what the calendar had to do with it."""

    at: datetime
    notes: tuple[Note, ...] = ()


def reckon(
    calendar: Calendar, start: datetime, duration: Duration, policy: TimePolicy = USUAL, floor: datetime | None = None
) -> Reckoned:
    """So long after `start`, in the calendar's zone, noting holidays passed over, moves, provisional years. Where moving back
    would lead to before `floor` (None: `start`), it moves forward."""
    unit = duration.unit
    if unit is DurationUnit.BUSINESS_DAYS:
        at = add_business_days(calendar, start, duration.count, policy)
        return Reckoned(at, _counting_notes(calendar, start, at))
    if unit.in_business_time:
        at = add_business_time(calendar, start, duration.count * _ELAPSED[unit])
        return Reckoned(at, _counting_notes(calendar, start, at))
    plain = add_calendar_time(calendar, start, duration, policy)
    moved = roll(calendar, plain, policy)
    if moved < (floor or start):  # moved back, it would come before its wait began, or before what comes before it
        moved = _forward(calendar, plain, policy)
    return Reckoned(moved, (*_move_notes(calendar, plain, moved), *_provisional_notes(calendar, moved, moved)))


def add_business_days(calendar: Calendar, start: datetime, count: int, policy: TimePolicy = USUAL) -> datetime:
    """So many working days later at the same clock time, or the next opening when that is not working time.

    From a day off, `roll_then_add` first goes to the next working day; `count_next` counts that day as the first.
    """
    wall = local(calendar, start)
    if policy.weekend_start == "roll_then_add" and not is_working_day(calendar, wall.date()):
        wall = local(calendar, _forward(calendar, start, policy))
    day = _working_day_after(calendar, wall.date(), count)
    return next_working_moment(calendar, instant(calendar.time_zone, day, wall.time()))


def _working_day_after(calendar: Calendar, day: date, count: int) -> date:
    """The count-th working day after the day; the day itself for 0."""
    return next(islice(working_days(calendar, day + _DAY), count - 1, None)) if count else day


def add_business_time(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """So much working time later. Nothing added gives the next working moment; an amount may end exactly at closing."""
    left = amount
    for opening, closing in spans_from(calendar, start):
        begun = max(opening, start)
        if left <= closing - begun:
            return (begun + left).astimezone(UTC)
        left -= closing - begun
    raise AssertionError("working spans have no end")


def add_calendar_time(calendar: Calendar, start: datetime, duration: Duration, policy: TimePolicy = USUAL) -> datetime:
    """So much calendar time later, worked or not; months end with a shorter month (31 Jan + 1 month → 28 Feb)."""
    unit, size = duration.unit.base
    if duration.unit in _ELAPSED:
        return (start + duration.count * _ELAPSED[duration.unit]).astimezone(UTC)
    wall, count = local(calendar, start), duration.count * size
    if unit is DurationUnit.DAYS and policy.day_arithmetic == "elapsed":
        return (start + count * _DAY).astimezone(UTC)
    day = wall.date() + count * _DAY if unit is DurationUnit.DAYS else _months_after(wall.date(), count)
    return instant(calendar.time_zone, day, wall.time())


def day_moved(calendar: Calendar, day: date, duration: Duration, back: bool = False) -> date:
    """The working day so long after a day, or before it (`back`). Business days count the working days beyond it; other
    time that ends on a day off goes on in the same direction. Days, weeks, months and years only."""
    unit, size = duration.unit.base
    if duration.unit is DurationUnit.BUSINESS_DAYS:
        beyond = _working_days_before(calendar, day) if back else working_days(calendar, day + _DAY)
        return next(islice(beyond, duration.count - 1, None)) if duration.count else day
    count = -duration.count * size if back else duration.count * size
    moved = day + count * _DAY if unit is DurationUnit.DAYS else _months_after(day, count)
    return last_working_day(calendar, moved) if back else next(working_days(calendar, moved))


def _working_days_before(calendar: Calendar, day: date) -> Iterator[date]:
    while True:
        day = last_working_day(calendar, day - _DAY)
        yield day


def _months_after(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY
    return last if day.day > last.day else first.replace(day=day.day)


def roll(calendar: Calendar, at: datetime, policy: TimePolicy = USUAL) -> datetime:
    """The instant moved into working time, or as it is for `run`.

    Forward goes to the next opening (`keep`: the same clock on the next working day). Backward goes to the working day
    before; there, and on a working day out of hours, to the latest opening that is not after the clock, or the first.
    """
    if policy.on_nonworking == "run" or is_working_moment(calendar, at):
        return at
    return _backward(calendar, at) if policy.on_nonworking == "backward" else _forward(calendar, at, policy)


def _forward(calendar: Calendar, at: datetime, policy: TimePolicy) -> datetime:
    wall = local(calendar, at)
    if policy.defer_time == "keep" and not is_working_day(calendar, wall.date()):
        at = instant(calendar.time_zone, next(working_days(calendar, wall.date())), wall.time())
    return next_working_moment(calendar, at)


def _backward(calendar: Calendar, at: datetime) -> datetime:
    wall = local(calendar, at)
    day = last_working_day(calendar, wall.date())
    same_clock = instant(calendar.time_zone, day, wall.time())
    spans = working_spans(calendar, day)
    if any(opening <= same_clock < closing for opening, closing in spans):
        return same_clock
    return max((opening for opening, _ in spans if opening <= same_clock), default=spans[0][0])


def business_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time in [start, end); nothing, not less, when the end comes first."""
    total = _NOTHING
    if start < end:
        for opening, closing in spans_from(calendar, start):
            if opening >= end:
                break
            total += min(closing, end) - max(opening, start)
    return total


def business_days_between(calendar: Calendar, first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; negative when `last` is earlier."""
    if last < first:
        return -business_days_between(calendar, last, first)
    return sum(is_working_day(calendar, first + day * _DAY) for day in range(1, (last - first).days + 1))


def _move_notes(calendar: Calendar, came: datetime, went: datetime) -> tuple[Note, ...]:
    """One note when the day changed."""
    first, last = local(calendar, came).date(), local(calendar, went).date()
    if first == last:
        return ()
    why = _reason_in_break(calendar, first)
    return (note("moved", first, last, why.en, why.zh, calendar.header.id),)


def _reason_in_break(calendar: Calendar, day: date) -> Title:
    """Why a day is off; a weekend that runs on from a holiday, or into one, is named after the first in that break."""
    start = last_working_day(calendar, day) + _DAY
    end = next(working_days(calendar, day))
    days = [day, *(start + number * _DAY for number in range((end - start).days))]
    named = next((calendar.holidays[one] for one in days if one in calendar.holidays), None)
    return named or reason_off(calendar, day)


def _counting_notes(calendar: Calendar, start: datetime, end: datetime) -> tuple[Note, ...]:
    """Holidays that were not counted, one note for each run of one name, and weekend days that were."""
    first, last = local(calendar, start).date(), local(calendar, end).date()
    found: list[Note] = []
    run: tuple[date, date, Title] | None = None
    for day in (first + number * _DAY for number in range((last - first).days + 1)):
        off = calendar.holidays.get(day) if not hours_of(calendar, day) else None
        if run and off == run[2]:
            run = (run[0], day, run[2])
            continue
        found += _run_notes(calendar, run)
        run = (day, day, off) if off else None
        if day in calendar.make_up_days and hours_of(calendar, day):
            why = calendar.make_up_days[day]
            found.append(note("make_up", day, why.en, why.zh, calendar.header.id))
    return (*found, *_run_notes(calendar, run), *_provisional_notes(calendar, start, end))


def _run_notes(calendar: Calendar, run: tuple[date, date, Title] | None) -> list[Note]:
    return [note("skipped", run[0], run[1], run[2].en, run[2].zh, calendar.header.id)] if run else []


def _provisional_notes(calendar: Calendar, start: datetime, end: datetime) -> tuple[Note, ...]:
    """One note for each year, from start to end, whose working days are not yet officially known."""
    days = (local(calendar, start).date(), local(calendar, end).date())
    years = range(days[0].year, days[1].year + 1)
    unknown = {day.year for day in (*days, *(date(year, 1, 1) for year in years)) if is_provisional(calendar, day)}
    return tuple(note("provisional", year, calendar.header.id) for year in sorted(unknown & {*years}))
