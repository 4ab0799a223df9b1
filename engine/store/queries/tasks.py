"""Tasks as a person sees them: what is open, by when it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from engine.core.records import Task
from engine.store.database import Unit
from engine.store.record_codec import text_record, text_records
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
    return tuple(text_records(Task, [row.body for row in unit.rows(query)]))


def snoozed_tasks(unit: Unit, owners: Sequence[str], now: datetime, limit: int = 50) -> tuple[Task, ...]:
    """The open tasks of those people that sleep until later, by due moment and id."""
    query = select(tasks.c.body).where(_owned(owners), tasks.c.status == "open", tasks.c.snoozed_until > now)
    rows = unit.rows(query.order_by(tasks.c.due_at, tasks.c.id).limit(limit))
    return tuple(text_record(Task, row.body) for row in rows)


def ended_tasks(unit: Unit, owners: Sequence[str], limit: int = 50) -> tuple[Task, ...]:
    """The tasks of those people that were done, skipped or cancelled, the latest due first."""
    query = select(tasks.c.body).where(_owned(owners), tasks.c.status.in_(("done", "skipped", "cancelled")))
    rows = unit.rows(query.order_by(tasks.c.due_at.desc(), tasks.c.id).limit(limit))
    return tuple(text_record(Task, row.body) for row in rows)


def count_tasks(unit: Unit, owners: Sequence[str], now: datetime, soon_until: datetime) -> TaskCounts:
    """Open tasks of those people; overdue are those due before `now`, due soon those due before `soon_until`."""
    overdue, soon = (func.sum(case((tasks.c.due_at < at, 1), else_=0)) for at in (now, soon_until))
    columns: tuple[ColumnElement[int], ...] = (func.count(), overdue, soon)
    row = unit.first(select(*columns).where(*_open(owners, now)))
    assert row is not None, "a count always has a row"
    return TaskCounts(*(int(number or 0) for number in row))


def done_since(unit: Unit, owner: str, since: datetime, limit: int = 10) -> tuple[tuple[Task, ...], int]:
    """What a person did or skipped since then, the latest first, and how many there are in all; what was called off is not
    their doing."""
    query = select(tasks.c.body, func.count().over().label("number")).where(*_done(owner, since))
    rows = unit.rows(query.order_by(tasks.c.ended_at.desc(), tasks.c.id).limit(limit))
    return tuple(text_record(Task, row.body) for row in rows), int(rows[0].number) if rows else 0


def tasks_to_show(unit: Unit, owner: str, closed_since: datetime, limit: int) -> tuple[Task, ...]:
    """A person's open tasks, put off or not, by due moment and id; then those that were closed since then, the latest first.
    So many in all."""
    mine = select(tasks.c.body).where(tasks.c.owner == owner)
    now_open = mine.where(tasks.c.status == "open").order_by(tasks.c.due_at, tasks.c.id).limit(limit)
    found = [row.body for row in unit.rows(now_open)]
    closed = mine.where(tasks.c.status != "open", tasks.c.ended_at >= closed_since)
    closed = closed.order_by(tasks.c.ended_at.desc(), tasks.c.id).limit(max(limit - len(found), 0))
    return tuple(text_records(Task, [*found, *(row.body for row in unit.rows(closed))]))


def count_done(unit: Unit, owner: str, since: datetime) -> int:
    """How many tasks a person did or skipped since then."""
    return int(unit.value(select(func.count()).where(*_done(owner, since))))


def due_before(unit: Unit, owner: str, now: datetime, *moments: datetime) -> tuple[int, ...]:
    """How many of a person's open tasks that are not snoozed are due before each moment; then how many there are."""
    values = {f"until_{number}": at for number, at in enumerate(moments)}
    row = unit.first(_counting(len(moments)), {"of": owner, "at": now, **values})
    assert row is not None, "a count always has a row"
    return tuple(int(number or 0) for number in row)


@cache
def _counting(moments: int) -> Select[Any]:
    """The question of `due_before`, put together once."""
    of, at = bindparam("of", type_=tasks.c.owner.type), bindparam("at", type_=tasks.c.due_at.type)
    ends = (bindparam(f"until_{number}", type_=tasks.c.due_at.type) for number in range(moments))
    before = (func.sum(case((tasks.c.due_at < end, 1), else_=0)) for end in ends)
    awake = or_(tasks.c.snoozed_until.is_(None), tasks.c.snoozed_until <= at)
    return select(*before, func.count()).where(tasks.c.owner == of, tasks.c.status == "open", awake)


def counts_by_owner(unit: Unit, owners: Sequence[str], now: datetime, end: datetime) -> dict[str, tuple[int, int, int]]:
    """For each of those people who have any: their open tasks that are not snoozed, of these those due before `now`, and
    those due from then until `end`."""
    overdue = func.sum(case((tasks.c.due_at < now, 1), else_=0)).label("overdue")
    today = func.sum(case((and_(tasks.c.due_at >= now, tasks.c.due_at < end), 1), else_=0)).label("today")
    query = select(tasks.c.owner, func.count().label("number"), overdue, today)
    awake = or_(tasks.c.snoozed_until.is_(None), tasks.c.snoozed_until <= now)
    query = query.where(tasks.c.owner.in_(list(owners)), tasks.c.status == "open", awake).group_by(tasks.c.owner)
    return {row.owner: (int(row.number), int(row.overdue), int(row.today)) for row in unit.rows(query)}


def open_tasks_of_deals(unit: Unit, ids: Sequence[str]) -> dict[str, list[Task]]:
    """The open tasks of those deals, by deal."""
    query = select(tasks.c.body).where(tasks.c.deal.in_(list(ids)), tasks.c.status == "open").order_by(tasks.c.id)
    found: dict[str, list[Task]] = {}
    for task in text_records(Task, [row.body for row in unit.rows(query)]) if ids else ():
        found.setdefault(task.deal, []).append(task)
    return found


def first_open(unit: Unit, owner: str, now: datetime, *, after: Place | None = None) -> tuple[str, datetime] | None:
    """Id and due moment of the first open task of a person that is not snoozed (behind that place); None: there is none."""
    query = select(tasks.c.id, tasks.c.due_at).where(*_open((owner,), now))
    query = query.where(_beyond(after)) if after else query
    row = unit.first(query.order_by(tasks.c.due_at, tasks.c.id).limit(1))
    return (row.id, row.due_at) if row else None


def last_open(unit: Unit, owner: str, now: datetime, before: Place) -> str:
    """The id of the last open task of a person before that place, or empty."""
    query = select(tasks.c.id).where(*_open((owner,), now), _this_side(before))
    row = unit.first(query.order_by(tasks.c.due_at.desc(), tasks.c.id.desc()).limit(1))
    return str(row.id) if row else ""


def how_many_before(unit: Unit, owner: str, now: datetime, place: Place) -> int:
    """How many open tasks of a person come before that place."""
    return int(unit.value(select(func.count()).where(*_open((owner,), now), _this_side(place))))


def _done(owner: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return tasks.c.owner == owner, tasks.c.ended_at >= since, tasks.c.status.in_(("done", "skipped"))


def _owned(owners: Sequence[str]) -> ColumnElement[bool]:
    return tasks.c.owner == owners[0] if len(owners) == 1 else tasks.c.owner.in_(owners)


def _open(owners: Sequence[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    awake = or_(tasks.c.snoozed_until.is_(None), tasks.c.snoozed_until <= now)
    return (_owned(owners), tasks.c.status == "open", awake)


def _beyond(after: Place) -> ColumnElement[bool]:
    due_at, id = after
    return or_(tasks.c.due_at > due_at, and_(tasks.c.due_at == due_at, tasks.c.id > id))


def _this_side(place: Place) -> ColumnElement[bool]:
    due_at, id = place
    return or_(tasks.c.due_at < due_at, and_(tasks.c.due_at == due_at, tasks.c.id < id))
