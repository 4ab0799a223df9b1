"""What falls due: the cost follows what is due, not what is enrolled."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from engine.core.records import Registration
from engine.core.workflow.task_care import CLOCK_PREFIX
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.records import deals, enrolments, holdings, registrations, tasks, tickets


class Due(NamedTuple):
    """A moment at which something of a deal, or of a ticket, is due."""

    at: datetime
    deal: str


def due_enrolments(unit: Unit, at: datetime, limit: int = 500) -> tuple[Due, ...]:
    """Deals with an enrolment whose next step is due by that moment, by due moment and the enrolment's id."""
    columns = enrolments.c
    return _due(unit, select(columns.due_at, columns.deal), columns.due_at, columns.id, at, limit)


def due_deals(unit: Unit, at: datetime, limit: int = 500) -> tuple[Due, ...]:
    """The deals whose stage's time limit matters by that moment, by due moment and id."""
    columns = deals.c
    return _due(unit, select(columns.due_at, columns.id), columns.due_at, columns.id, at, limit)


def _due(unit: Unit, query: Select[Any], due_at: Any, id: Any, at: datetime, limit: int) -> tuple[Due, ...]:
    rows: Any = unit.rows(query.where(due_at.is_not(None), due_at <= at).order_by(due_at, id).limit(limit))
    return tuple(Due(moment, deal) for moment, deal in rows)


def due_holdings(unit: Unit, at: datetime, limit: int = 500) -> tuple[Due, ...]:
    """The deals of public pools that must be looked at by that moment, by due moment and id."""
    columns = holdings.c
    return _due(unit, select(columns.due_at, columns.id), columns.due_at, columns.id, at, limit)


def due_tickets(unit: Unit, at: datetime, limit: int = 500) -> tuple[Due, ...]:
    """The tickets of which a limit's step or the closing is due by that moment, by due moment and id."""
    columns = tickets.c
    return _due(unit, select(columns.due_at, columns.id), columns.due_at, columns.id, at, limit)


def due_tasks(unit: Unit, at: datetime, limit: int = 500) -> tuple[Due, ...]:
    """The open tasks that must be looked at by that moment, as their deal or, of no deal, as the clock calls them."""
    c = tasks.c
    rows = unit.rows(
        select(c.look_at, c.deal, c.id)
        .where(c.look_at.is_not(None), c.look_at <= at)
        .order_by(c.look_at, c.id)
        .limit(limit)
    )
    return tuple(Due(row.look_at, row.deal or f"{CLOCK_PREFIX}{row.id}") for row in rows)


def next_due_at(unit: Unit) -> datetime | None:
    """The next moment at which anything falls due, or None."""
    columns = (enrolments.c.due_at, deals.c.due_at, holdings.c.due_at, tickets.c.due_at, tasks.c.look_at)
    queries = (select(column).where(column.is_not(None)).order_by(column).limit(1) for column in columns)
    moments = [moment for query in queries if (moment := unit.value(query)) is not None]
    return min(moments, default=None)


def expiring_registrations(unit: Unit, on: date, limit: int = 500) -> tuple[Registration, ...]:
    """The granted registrations whose protection ends by that day, by that day and id."""
    c = registrations.c
    query = select(c.body).where(c.state == "granted", c.until_on.is_not(None), c.until_on <= on)
    rows = unit.rows(query.order_by(c.until_on, c.id).limit(limit))
    return tuple(text_record(Registration, row.body) for row in rows)
