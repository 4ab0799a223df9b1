"""A person's tasks as an iCalendar file (RFC 5545): as to-dos, or as events for programs that show no to-dos."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Todo

Kind = Literal["todos", "events"]
KINDS: tuple[Kind, ...] = ("todos", "events")

_TODO = {"open": "NEEDS-ACTION", "done": "COMPLETED", "skipped": "CANCELLED", "cancelled": "CANCELLED"}
_EVENT = {"open": "CONFIRMED", "done": "CONFIRMED", "skipped": "CANCELLED", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One task. `id` never changes, `sequence` grows with each change, of which `changed_at` is the last.

    `status` is open, done, skipped or cancelled; `priority` the rules' own, 0 is none.
    """

    id: str
    summary: str
    description: str
    due_at: datetime
    status: str
    sequence: int
    changed_at: datetime
    link: str = ""
    ended_at: datetime | None = None
    priority: int = 0


def task_calendar(entries: Iterable[Entry], kind: Kind, name: str, zone: ZoneInfo, house: str) -> bytes:
    """The file: the same entries give the same bytes. Times are in the zone, which the file describes. `house` makes the
    names of tasks unique in the world; it never changes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Dealwright//Tasks//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    for entry in entries:
        calendar.add_component(_todo(entry, zone, house) if kind == "todos" else _event(entry, zone, house))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _common(part: Event | Todo, entry: Entry, house: str) -> None:
    part.add("uid", f"{entry.id}@{house}.dealwright")
    part.add("dtstamp", entry.changed_at.astimezone(UTC))
    part.add("last-modified", entry.changed_at.astimezone(UTC))
    part.add("sequence", entry.sequence)
    part.add("summary", entry.summary)
    part.add("description", entry.description)
    if entry.link:
        part.add("url", entry.link)
    if entry.priority:
        part.add("priority", 5 if entry.priority == 1 else 1)


def _todo(entry: Entry, zone: ZoneInfo, house: str) -> Todo:
    part = Todo()
    _common(part, entry, house)
    part.add("due", entry.due_at.astimezone(zone))
    part.add("status", _TODO[entry.status])
    if entry.status == "done" and entry.ended_at:
        part.add("completed", entry.ended_at.astimezone(UTC))
        part.add("percent-complete", 100)
    return part


def _event(entry: Entry, zone: ZoneInfo, house: str) -> Event:
    """At the moment it is due, taking up no time; what was done stays, what was called off is cancelled."""
    part = Event()
    _common(part, entry, house)
    part.add("dtstart", entry.due_at.astimezone(zone))
    part.add("transp", "TRANSPARENT")
    part.add("status", _EVENT[entry.status])
    return part
