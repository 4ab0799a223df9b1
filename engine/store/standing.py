"""How things stand across deals: who is under way in a cadence, who waits for room, what a person got and has to do.

The stored rows, with changes that are not written yet laid over them, so that a group of events sees its own work.
"""

from datetime import datetime

from sqlalchemy import select

from engine.core.records import Enrolment, Task
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.records import enrolments, tasks
from engine.store.working_set import Shelf


def active_enrolments(unit: Unit, shelf: Shelf, cadence: str, owner: str) -> frozenset[str]:
    """The ids of the cadence's enrolments that take up room; `owner` empty: everybody's."""
    c = enrolments.c
    query = select(c.id).where(c.cadence == cadence, c.ended_as == "", c.pending == "")
    query = query.where(c.owner == owner) if owner else query
    stored = {row.id for row in unit.rows(query)} - shelf.changed.keys()
    changed: list[Enrolment] = list(shelf.changed.values())
    own = {one.id for one in changed if one.takes_room and one.cadence == cadence and owner in ("", one.owner)}
    return frozenset(stored | own)


def pending_enrolments(unit: Unit, shelf: Shelf, cadence: str, limit: int) -> tuple[Enrolment, ...]:
    """The first of those who wait for room, in the order in which they are let in."""
    c, changed = enrolments.c, shelf.changed
    query = select(c.id, c.body).where(c.cadence == cadence, c.ended_as == "", c.pending != "")
    rows = unit.rows(query.order_by(c.priority.desc(), c.started_at, c.id).limit(limit + len(changed)))
    stored = [text_record(Enrolment, row.body) for row in rows if row.id not in changed]
    own = [one for one in changed.values() if one.pending and not one.ended_as and one.cadence == cadence]
    return tuple(sorted([*stored, *own], key=lambda one: one.turn)[:limit])


def tasks_made(unit: Unit, shelf: Shelf, owner: str, first: datetime, after: datetime) -> frozenset[str]:
    """The ids of the tasks that cadences made for somebody in [first, after)."""
    c = tasks.c
    query = select(c.id).where(c.owner == owner, c.made_at >= first, c.made_at < after, c.enrolment != "")
    stored = {row.id for row in unit.rows(query)} - shelf.changed.keys()
    changed: list[Task] = list(shelf.changed.values())
    return frozenset(
        stored | {t.id for t in changed if t.enrolment and t.owner == owner and first <= t.made_at < after}
    )


def open_tasks_of(unit: Unit, shelf: Shelf, owner: str) -> frozenset[str]:
    """The ids of what somebody has to do."""
    query = select(tasks.c.id).where(tasks.c.owner == owner, tasks.c.status == "open")
    stored = {row.id for row in unit.rows(query)} - shelf.changed.keys()
    return frozenset(stored | {t.id for t in shelf.changed.values() if t.owner == owner and t.status == "open"})


def lent_tasks(unit: Unit, shelf: Shelf, person: str) -> frozenset[str]:
    """The ids of the open tasks that others do for somebody."""
    query = select(tasks.c.id).where(tasks.c.lent_by == person, tasks.c.status == "open")
    stored = {row.id for row in unit.rows(query)} - shelf.changed.keys()
    return frozenset(stored | {t.id for t in shelf.changed.values() if t.lent_by == person and t.status == "open"})
