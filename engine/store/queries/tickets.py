"""Tickets as a person sees them: a list with filters, those that are due first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from engine.core.records import Ticket
from engine.core.tickets import DONE
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.records import tickets


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets are wanted. Empty means any; `owners` None means anybody's. `status` may be `open` for all that are
    not done. `words` is part of the topic or id."""

    owners: Sequence[str] | None = None
    status: str = ""
    kind: str = ""
    words: str = ""


def ticket_page(unit: Unit, wanted: TicketFilter, limit: int = 200) -> tuple[Ticket, ...]:
    """The tickets, those for which something falls due first, then the latest opened."""
    c = tickets.c
    query = select(c.body).where(*_conditions(wanted))
    query = query.order_by(c.due_at.is_(None), c.due_at, c.opened_at.desc(), c.id).limit(limit)
    return tuple(text_record(Ticket, row.body) for row in unit.rows(query))


def count_tickets(unit: Unit, wanted: TicketFilter) -> int:
    """How many tickets the filter meets."""
    return int(unit.value(select(func.count()).select_from(tickets).where(*_conditions(wanted))))


def _conditions(wanted: TicketFilter) -> list[ColumnElement[bool]]:
    c: Any = tickets.c
    found = [c.kind == wanted.kind] if wanted.kind else []
    if wanted.status == "open":
        found.append(c.status.not_in(DONE))
    elif wanted.status:
        found.append(c.status == wanted.status)
    if wanted.owners is not None:
        found.append(c.owner.in_(list(wanted.owners)))
    if wanted.words:
        text = wanted.words
        found.append(or_(c.topic.icontains(text, autoescape=True), c.id.icontains(text, autoescape=True)))
    return found
