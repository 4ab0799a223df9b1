"""Tasks as a person sees them: what is open, by when it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from engine.core.records import Task
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.records import tasks

Place = tuple[datetime, str]
"""Due moment and id of the last task seen."""


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks are open and not snoozed; of these, how many were due before each of two moments."""

    open: int
    overdue: int
    due_soon: int


def open_tasks(
    unit: Unit, owners: Sequence[str], now: datetime, *, after: Place | None = None, limit: int = 50
) -> tuple[Task, ...]:
    """The open tasks of those people that are not snoozed, by due moment and id."""
    query = select(tasks.c.body).where(*_open(owners, now)).order_by(tasks.c.due_at, tasks.c.id).limit(limit)
    if after:
        query = query.where(_beyond(after))
    return tuple(text_record(Task, row.body) for row in unit.rows(query))


def snoozed_tasks(unit: Unit, owners: Sequence[str], now: datetime, limit: int = 50) -> tuple[Task, ...]:
    """The open tasks of those people that sleep until later, by due moment and id."""
    query = select(tasks.c.body).where(_owned(owners), tasks.c.status == "open", tasks.c.snoozed_until > now)
    rows = unit.rows(query.order_by(tasks.c.due_at, tasks.c.id).limit(limit))
    return tuple(text_record(Task, row.body) for row in rows)


def ended_tasks(
    unit: Unit, owners: Sequence[str], limit: int = 50, *, since: datetime | None = None
) -> tuple[Task, ...]:
    """The tasks of those people that were done, skipped or cancelled (at or after `since`), the latest due first."""
    query = select(tasks.c.body).where(_owned(owners), tasks.c.status.in_(("done", "skipped", "cancelled")))
    query = query.where(tasks.c.ended_at >= since) if since else query
    rows = unit.rows(query.order_by(tasks.c.due_at.desc(), tasks.c.id).limit(limit))
    return tuple(text_record(Task, row.body) for row in rows)


def count_tasks(unit: Unit, owners: Sequence[str], now: datetime, soon_until: datetime) -> TaskCounts:
    """Open tasks of those people; overdue are those due before `now`, due soon those due before `soon_until`."""
    overdue, soon = (func.sum(case((tasks.c.due_at < at, 1), else_=0)) for at in (now, soon_until))
    columns: tuple[ColumnElement[int], ...] = (func.count(), overdue, soon)
    row = unit.first(select(*columns).where(*_open(owners, now)))
    assert row is not None, "a count always has a row"
    return TaskCounts(*(int(number or 0) for number in row))


def _owned(owners: Sequence[str]) -> ColumnElement[bool]:
    return tasks.c.owner == owners[0] if len(owners) == 1 else tasks.c.owner.in_(owners)


def _open(owners: Sequence[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    awake = or_(tasks.c.snoozed_until.is_(None), tasks.c.snoozed_until <= now)
    return (_owned(owners), tasks.c.status == "open", awake)


def _beyond(after: Place) -> ColumnElement[bool]:
    due_at, id = after
    return or_(tasks.c.due_at > due_at, and_(tasks.c.due_at == due_at, tasks.c.id > id))
