"""What nobody has: what lies in public pools, and what no rule gave to anybody."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, union

from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Account, Deal, Holding, Task, Ticket
from engine.core.tickets import DONE
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.records import accounts, deals, handovers, holdings, tasks, tickets


def pooled(
    unit: Unit, pool: str = "", words: str = "", after: tuple[datetime, str] | None = None, limit: int = 50
) -> tuple[Holding, ...]:
    """What lies in the public pools (or in that one), the longest there first, then by id, from after that moment and id on;
    `words` is part of its name, its number, or a deal's customer."""
    query = select(holdings.c.body).where(*_lies_in(pool, words))
    if after:
        c, (at, id) = holdings.c, after
        query = query.where(or_(c.since_at > at, and_(c.since_at == at, c.id > id)))
    rows = unit.rows(query.order_by(holdings.c.since_at, holdings.c.id).limit(limit))
    return tuple(text_record(Holding, row.body) for row in rows)


def count_pooled(unit: Unit, pool: str = "", words: str = "") -> int:
    """How many deals and customers lie in public pools, or are found there."""
    return int(unit.value(select(func.count()).select_from(holdings).where(*_lies_in(pool, words))))


def _lies_in(pool: str, words: str) -> list[ColumnElement[bool]]:
    c, customer = holdings.c, accounts.alias("customer")
    found: list[ColumnElement[bool]] = [c.state == "pooled", *([c.pool == pool] if pool else [])]
    if words:
        is_account, number = c.id.startswith(OF_ACCOUNT), func.substr(c.id, len(OF_ACCOUNT) + 1)
        own = exists().where(accounts.c.id == number, is_account, _named(accounts.c.name, words))
        theirs = exists().where(deals.c.id == c.id, customer.c.id == deals.c.account, _named(customer.c.name, words))
        named = exists().where(deals.c.id == c.id, _named(deals.c.name, words))
        numbered = case((is_account, number), else_=c.id).icontains(words, autoescape=True)
        found.append(or_(numbered, own, named, theirs))
    return found


def _named(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    return column.icontains(words, autoescape=True)


def ownerless_deals(unit: Unit, limit: int = 200) -> tuple[Deal, ...]:
    """Open deals that nobody has and that lie in no pool, the oldest first."""
    pools = select(holdings.c.id).where(holdings.c.state == "pooled")
    query = select(deals.c.body).where(deals.c.owner == "", deals.c.status == "open", deals.c.id.not_in(pools))
    rows = unit.rows(query.order_by(deals.c.created_at, deals.c.id).limit(limit))
    return tuple(text_record(Deal, row.body) for row in rows)


def ownerless_accounts(unit: Unit, limit: int = 200) -> tuple[Account, ...]:
    """Customers that a rule was asked for and could give to nobody, and that lie in no pool, the oldest first: that a
    customer has no owner is nothing by itself."""
    pools = select(holdings.c.id).where(holdings.c.state == "pooled")
    queued = select(handovers.c.subject).where(handovers.c.kind == "account", handovers.c.how == "queued")
    query = select(accounts.c.body).where(
        accounts.c.owner == "", accounts.c.survivor == "", accounts.c.id.in_(queued),
        (literal(OF_ACCOUNT) + accounts.c.id).not_in(pools),
    )  # fmt: skip
    rows = unit.rows(query.order_by(accounts.c.created_on, accounts.c.id).limit(limit))
    return tuple(text_record(Account, row.body) for row in rows)


def ownerless_tickets(unit: Unit, limit: int = 200) -> tuple[Ticket, ...]:
    """Open tickets that nobody has, the oldest first."""
    query = select(tickets.c.body).where(tickets.c.owner == "", tickets.c.status.not_in(DONE))
    rows = unit.rows(query.order_by(tickets.c.opened_at, tickets.c.id).limit(limit))
    return tuple(text_record(Ticket, row.body) for row in rows)


def ownerless_tasks(unit: Unit, limit: int = 200) -> tuple[Task, ...]:
    """Open tasks that nobody has, the first due first."""
    query = select(tasks.c.body).where(tasks.c.owner == "", tasks.c.status == "open")
    rows = unit.rows(query.order_by(tasks.c.due_at, tasks.c.id).limit(limit))
    return tuple(text_record(Task, row.body) for row in rows)


def may_be_held(unit: Unit, at_once: int = 500) -> Iterator[list[str]]:
    """Every open deal, every customer that stands for itself, and whatever else a holding is kept of, as the clock calls them,
    by id, so many at a time."""
    open_deals = select(deals.c.id).where(deals.c.status == "open")
    customers = select((literal(OF_ACCOUNT) + accounts.c.id).label("id")).where(accounts.c.survivor == "")
    every = union(open_deals, customers, select(holdings.c.id).where(holdings.c.state != "out")).subquery()
    last = ""
    while True:
        rows = unit.rows(select(every.c.id).where(every.c.id > last).order_by(every.c.id).limit(at_once))
        ids = [row.id for row in rows]
        if not ids:
            return
        yield ids
        last = ids[-1]
