"""Which days a region works, at what hours, and which instant a wall clock names.

Hours are half-open, [opening, closing); a closing of 00:00 is the end of the day. Instants are aware and in UTC. A
clock time that daylight saving skips is as much later as the clocks jump; one that comes twice is its first occurrence.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.core.formulas import EvaluationError
from engine.core.rules.company import Calendar
from engine.core.rules.header import Title
from engine.core.workflow.notes import weekday

Hours = tuple[tuple[time, time], ...]
Span = tuple[datetime, datetime]

LONGEST_BREAK = 400
"""Days in a row without an hour of work after which a calendar is held to have none (E040)."""

_DAY = timedelta(days=1)


def local(calendar: Calendar, at: datetime) -> datetime:
    """The instant as the calendar's wall clock shows it."""
    return at.astimezone(ZoneInfo(calendar.time_zone))


def instant(time_zone: str, day: date, clock: time) -> datetime:
    """The instant, in UTC, that a wall clock of the zone names on a day; gap forward, overlap first."""
    return datetime.combine(day, clock.replace(fold=0), ZoneInfo(time_zone)).astimezone(UTC)


def hours_of(calendar: Calendar, day: date) -> Hours:
    """The hours worked on a day; empty on a day off.

    Hours given for the date itself come first, then make-up days, then holidays, then the weekday. A make-up day on a
    weekday without hours is worked like the first working day of a normal week.
    """
    if day in calendar.hours_on:
        return calendar.hours_on[day]
    usual = calendar.hours[day.weekday()]
    if day in calendar.make_up_days:
        return usual or next((hours for hours in calendar.hours if hours), ())
    return () if day in calendar.holidays else usual


def is_working_day(calendar: Calendar, day: date) -> bool:
    """True when some hour of the day is worked."""
    return bool(hours_of(calendar, day))


def reason_off(calendar: Calendar, day: date) -> Title:
    """Why a day is off: the holiday's name, or the weekday's."""
    return calendar.holidays.get(day) or weekday(day)


def working_spans(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """The spans worked on a day, as instants."""
    return tuple(
        (instant(calendar.time_zone, day, opening), _closing(calendar, day, closing))
        for opening, closing in hours_of(calendar, day)
    )


def _closing(calendar: Calendar, day: date, closing: time) -> datetime:
    return instant(calendar.time_zone, day if closing > time.min else day + _DAY, closing)


def working_days(calendar: Calendar, first: date) -> Iterator[date]:
    """The working days from `first` on, it included, without end. Raises E040 for a calendar without any."""
    day, idle = first, 0
    while idle < LONGEST_BREAK:
        if is_working_day(calendar, day):
            idle = 0
            yield day
        day, idle = day + _DAY, idle + 1
    raise EvaluationError("E040", calendar.header.place, calendar=calendar.header.id, on=first.isoformat())


def last_working_day(calendar: Calendar, day: date) -> date:
    """The day itself if it is worked, else the working day before it. Raises E040 for a calendar without any."""
    for back in range(LONGEST_BREAK):
        if is_working_day(calendar, day - back * _DAY):
            return day - back * _DAY
    raise EvaluationError("E040", calendar.header.place, calendar=calendar.header.id, on=day.isoformat())


def spans_from(calendar: Calendar, at: datetime) -> Iterator[Span]:
    """The working spans that end after the instant, in order, without end."""
    for day in working_days(calendar, local(calendar, at).date()):
        for opening, closing in working_spans(calendar, day):
            if at < closing and opening < closing:
                yield opening, closing


def is_working_moment(calendar: Calendar, at: datetime) -> bool:
    """True at opening, false at closing."""
    spans = working_spans(calendar, local(calendar, at).date())
    return any(opening <= at < closing for opening, closing in spans)


def next_working_moment(calendar: Calendar, at: datetime) -> datetime:
    """The instant itself when it is working time, else the next opening."""
    opening, _ = next(spans_from(calendar, at))
    return max(opening, at.astimezone(UTC))


def is_provisional(calendar: Calendar, day: date) -> bool:
    """True when the official notice for the day is not yet known."""
    unknown = calendar.known_until is not None and day >= calendar.known_until
    return unknown or day.year in calendar.provisional_years
