"""What nobody has: what lies in public pools, deals that no rule gave to anybody."""

from sqlalchemy import func, select

from engine.core.records import Deal, Holding, Task
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.records import deals, holdings, tasks


def pooled(unit: Unit, pool: str = "", limit: int = 200) -> tuple[Holding, ...]:
    """What lies in the public pools (or in that one), the longest there first, then by id."""
    query = select(holdings.c.body).where(holdings.c.state == "pooled")
    query = query.where(holdings.c.pool == pool) if pool else query
    rows = unit.rows(query.order_by(holdings.c.since_at, holdings.c.id).limit(limit))
    return tuple(text_record(Holding, row.body) for row in rows)


def count_pooled(unit: Unit) -> int:
    """How many deals lie in public pools."""
    return int(unit.value(select(func.count()).select_from(holdings).where(holdings.c.state == "pooled")))


def ownerless_deals(unit: Unit, limit: int = 200) -> tuple[Deal, ...]:
    """Open deals that nobody has and that lie in no pool, the oldest first."""
    pools = select(holdings.c.id).where(holdings.c.state == "pooled")
    query = select(deals.c.body).where(deals.c.owner == "", deals.c.status == "open", deals.c.id.not_in(pools))
    rows = unit.rows(query.order_by(deals.c.created_at, deals.c.id).limit(limit))
    return tuple(text_record(Deal, row.body) for row in rows)


def ownerless_tasks(unit: Unit, limit: int = 200) -> tuple[Task, ...]:
    """Open tasks that nobody has, the first due first."""
    query = select(tasks.c.body).where(tasks.c.owner == "", tasks.c.status == "open")
    rows = unit.rows(query.order_by(tasks.c.due_at, tasks.c.id).limit(limit))
    return tuple(text_record(Task, row.body) for row in rows)
