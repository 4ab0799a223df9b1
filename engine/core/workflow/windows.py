"""Windows: at which hours of which days a step may happen, on the clock of the contact.

The clock is the contact's where their zone is known, else the cadence's, else the company's. Hours are half-open, and
where days off move steps at all, only hours that the calendar works count.
"""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from engine.core.contacts import Contact, known_zone
from engine.core.rules.cadence import Cadence, Step, Window
from engine.core.rules.company import Calendar
from engine.core.workflow.calendars import Hours, hours_of, next_working_moment
from engine.core.workflow.notes import Note, note


def open_hours(calendar: Calendar, window: Window, zone: str, any_day: bool = False) -> Calendar:
    """The calendar with only the window's hours, on that zone's clock; `any_day` counts days off and nights as well."""
    if any_day:
        hours = tuple(window.hours if _allowed(window, day) else () for day in range(7))
        return replace(calendar, hours=hours, holidays={}, make_up_days={}, hours_on={}, time_zone=zone)
    hours = tuple(_cut(calendar.hours[day], window) if _allowed(window, day) else () for day in range(7))
    single = {day: _on(calendar, window, day) for day in (*calendar.make_up_days, *calendar.hours_on)}
    return replace(calendar, hours=hours, hours_on=single, time_zone=zone)


def _on(calendar: Calendar, window: Window, day: date) -> Hours:
    return _cut(hours_of(calendar, day), window) if _allowed(window, day.weekday()) else ()


def _allowed(window: Window, weekday: int) -> bool:
    return not window.weekdays or weekday in window.weekdays


def _cut(worked: Hours, window: Window) -> Hours:
    """What lies in both; an end of 00:00 is the end of the day."""
    both = ((max(first, start), _earlier(last, end)) for first, last in worked for start, end in window.hours)
    return tuple((start, end) for start, end in both if end == time.min or start < end)


def _earlier(one: time, other: time) -> time:
    return min((one, other), key=lambda end: (end == time.min, end))


def zone_for(calendar: Calendar, cadence: Cadence, contact: Contact | None) -> tuple[str, tuple[Note, ...]]:
    """The zone of a step's window, with a note when the contact's is told and there is no such zone."""
    told = contact.time_zone if contact else ""
    used = next(name for name in (told, cadence.time_zone, calendar.time_zone) if name and known_zone(name))
    return used, (note("zone_unknown", told, used),) if told and told != used else ()


def into_window(
    calendar: Calendar, cadence: Cadence, step: Step, contact: Contact | None, at: datetime
) -> tuple[datetime, tuple[Note, ...]]:
    """The moment itself when it lies in the step's window, else the next opening of it, with the reason."""
    window = cadence.window_of(step)
    if window is None:
        return at, ()
    zone, notes = zone_for(calendar, cadence, contact)
    went = next_working_moment(open_hours(calendar, window, zone, cadence.policy.get("on_nonworking") == "run"), at)
    if went == at:
        return at, notes
    came, local = (moment.astimezone(ZoneInfo(zone)) for moment in (at, went))
    hours = ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in window.hours)
    return went, (*notes, note("window", f"{came:%Y-%m-%d %H:%M}", f"{local:%Y-%m-%d %H:%M}", hours, zone))
