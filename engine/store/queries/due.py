"""What falls due: the cost follows what is due, not what is enrolled."""

from datetime import date, datetime

from sqlalchemy import select

from engine.core.records import Deal, Enrolment, Holding, Registration
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.records import deals, enrolments, holdings, registrations


def due_enrolments(unit: Unit, at: datetime, limit: int = 500) -> tuple[Enrolment, ...]:
    """The enrolments whose next step is due by that moment, by due moment and id."""
    query = select(enrolments.c.body).where(enrolments.c.due_at.is_not(None), enrolments.c.due_at <= at)
    rows = unit.rows(query.order_by(enrolments.c.due_at, enrolments.c.id).limit(limit))
    return tuple(text_record(Enrolment, row.body) for row in rows)


def due_deals(unit: Unit, at: datetime, limit: int = 500) -> tuple[Deal, ...]:
    """The deals whose stage's time limit matters by that moment, by due moment and id."""
    query = select(deals.c.body).where(deals.c.due_at.is_not(None), deals.c.due_at <= at)
    rows = unit.rows(query.order_by(deals.c.due_at, deals.c.id).limit(limit))
    return tuple(text_record(Deal, row.body) for row in rows)


def due_holdings(unit: Unit, at: datetime, limit: int = 500) -> tuple[Holding, ...]:
    """What is held of public pools and must be looked at by that moment, by due moment and id."""
    query = select(holdings.c.body).where(holdings.c.due_at.is_not(None), holdings.c.due_at <= at)
    rows = unit.rows(query.order_by(holdings.c.due_at, holdings.c.id).limit(limit))
    return tuple(text_record(Holding, row.body) for row in rows)


def next_due_at(unit: Unit) -> datetime | None:
    """The next moment at which anything falls due, or None."""
    columns = (enrolments.c.due_at, deals.c.due_at, holdings.c.due_at)
    queries = (select(column).where(column.is_not(None)).order_by(column).limit(1) for column in columns)
    moments = [moment for query in queries if (moment := unit.value(query)) is not None]
    return min(moments, default=None)


def expiring_registrations(unit: Unit, on: date, limit: int = 500) -> tuple[Registration, ...]:
    """The granted registrations whose protection ends by that day, by that day and id."""
    c = registrations.c
    query = select(c.body).where(c.state == "granted", c.until_on.is_not(None), c.until_on <= on)
    rows = unit.rows(query.order_by(c.until_on, c.id).limit(limit))
    return tuple(text_record(Registration, row.body) for row in rows)
