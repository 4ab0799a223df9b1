"""Which deals a change that was told of late may bear on, so that their credit is worked out anew."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from engine.store.database import Unit
from engine.store.tables.records import credits, deals, grants

_AT_ONCE = 2000


def something_happened_since(unit: Unit, since: datetime) -> bool:
    """True when a deal has been through anything at that moment or later."""
    return unit.first(select(deals.c.id).where(deals.c.last_at >= since).limit(1)) is not None


def deals_of_people(unit: Unit, people: Iterable[str], since: datetime) -> tuple[str, ...]:
    """The deals that those people own or are credited for and that have been through anything since, by id."""
    found: set[str] = set()
    wanted = sorted(people)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        queries = [select(deals.c.id).where(deals.c.owner.in_(some), deals.c.last_at >= since)]
        for table in (credits, grants):
            credited = select(deals.c.id).join(table, table.c.deal == deals.c.id)
            queries.append(credited.where(table.c.payee.in_(some), table.c.withdrawn == 0, deals.c.last_at >= since))
        found |= {row.id for query in queries for row in unit.rows(query)}
    return tuple(sorted(found))
