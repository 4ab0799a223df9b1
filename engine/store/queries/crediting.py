"""Which deals a change that was told of late may bear on, so that their credit is worked out anew."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select

from engine.store.codec import json_text
from engine.store.database import Unit
from engine.store.tables.log import events
from engine.store.tables.records import credits, deals, grants

_AT_ONCE = 200


def something_happened_since(unit: Unit, since: datetime) -> bool:
    """True when a deal has been through anything at that moment or later."""
    return unit.first(select(deals.c.id).where(deals.c.last_at >= since).limit(1)) is not None


def deals_of(unit: Unit, names: Iterable[str], since: datetime) -> tuple[str, ...]:
    """The deals that have been through anything since and that an event of theirs names one of those people or partners,
    or says was done by one, or that one is credited for; by id."""
    found: set[str] = set()
    wanted = sorted(names)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        named = or_(events.c.actor.in_(some), *(events.c.body.contains(json_text(id), autoescape=True) for id in some))
        told = select(deals.c.id).join(events, events.c.subject == deals.c.id)
        queries = [told.where(named, deals.c.last_at >= since).distinct()]
        for table in (credits, grants):
            credited = select(deals.c.id).join(table, table.c.deal == deals.c.id)
            queries.append(credited.where(table.c.payee.in_(some), table.c.withdrawn == 0, deals.c.last_at >= since))
        found |= {row.id for query in queries for row in unit.rows(query)}
    return tuple(sorted(found))
