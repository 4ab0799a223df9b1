"""Whether a person is at work, until when they are not, and their own working time: the calendar without their absences."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from engine.core.absences import OutOfOffice
from engine.core.records import Person
from engine.core.rules.company import Calendar
from engine.core.rules.header import Title
from engine.core.workflow.calendars import hours_of, local, working_spans
from engine.core.workflow.notes import Note, note

_DAY = timedelta(days=1)
Hours = tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """`kind`: at_work, out (out of office), on_leave, gone (not employed that day). `until` is the last word known of when
    it ends, as text; `stand_in` acts for them."""

    kind: str
    until: str = ""
    stand_in: str = ""

    @property
    def at_work(self) -> bool:
        """True when nothing keeps them from working."""
        return self.kind == "at_work"


def presence(person: Person, at: datetime, on: date) -> Presence:
    """How a person is placed at a moment, which is on that day of the company's."""
    if not person.employed(on):
        return Presence("gone")
    leave = next((leave for leave in person.absences if leave.from_on <= on < leave.until_on), None)
    out = _out(person, at)
    if leave:
        return Presence("on_leave", leave.until_on.isoformat(), out.stand_in if out else "")
    if out:
        return Presence("out", out.until_at.isoformat() if out.until_at else "", out.stand_in)
    return Presence("at_work")


def _out(person: Person, at: datetime) -> OutOfOffice | None:
    return next((out for out in person.out if out.covers(at)), None)


def presence_note(person: str, found: Presence) -> Note:
    """Why somebody is passed over who is not at work."""
    return note("passed_over", person, found.kind, found.until)


def own_calendar(calendar: Calendar, person: Person) -> Calendar:
    """The calendar with the person's leave as days off and what they are out of office cut from the hours of its days.

    An absence without an end is not in it: nobody knows when it ends, so it moves no date.
    """
    off: dict[date, Title] = {}
    hours: dict[date, Hours] = {}
    for leave in person.absences:
        days = (leave.from_on + number * _DAY for number in range((leave.until_on - leave.from_on).days))
        off |= dict.fromkeys(days, Title(f"{person.name} is on leave", f"{person.name_zh or person.name} 休假"))
    for out in person.out:
        hours |= _hours_left(replace(calendar, hours_on={**calendar.hours_on, **hours}), out)
    away = Title(f"{person.name} is out of office", f"{person.name_zh or person.name} 外出")
    off |= {day: away for day, left in hours.items() if not left and day not in off}
    cut = {**calendar.hours_on, **hours, **dict.fromkeys(off, ())}
    return replace(calendar, holidays={**calendar.holidays, **off}, hours_on=cut)


def _hours_left(calendar: Calendar, out: OutOfOffice) -> dict[date, Hours]:
    """For each day that the absence touches, the hours of it that are left."""
    if out.until_at is None:
        return {}
    first, last = local(calendar, out.from_at).date(), local(calendar, out.until_at).date()
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    return {day: _without(calendar, day, out) for day in days if hours_of(calendar, day)}


def _without(calendar: Calendar, day: date, out: OutOfOffice) -> Hours:
    assert out.until_at is not None, "the caller asks for absences that end"
    left: list[tuple[time, time]] = []
    for opening, closing in working_spans(calendar, day):
        before, after = min(closing, out.from_at), max(opening, out.until_at)
        left += [_clocks(calendar, opening, before)] if opening < before else []
        left += [_clocks(calendar, after, closing)] if after < closing else []
    return tuple(dict.fromkeys(left))


def _clocks(calendar: Calendar, start: datetime, end: datetime) -> tuple[time, time]:
    return local(calendar, start).time(), local(calendar, end).time()
