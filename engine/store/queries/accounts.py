"""Customers as people see them: the list with search, who is there, and everything that happened, page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from engine.core.events import Event
from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Account, Contact, Registration
from engine.store.codec import json_text
from engine.store.database import Unit
from engine.store.event_log import stored_event
from engine.store.outcomes import OutcomeBook, StoredOutcome
from engine.store.queries.deals import Happening
from engine.store.record_codec import text_record
from engine.store.tables.log import events, outcomes
from engine.store.tables.records import accounts, contacts, deals, registrations, tasks, tickets


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts are wanted: those of these people, or with a deal of theirs (None: everybody's); `words` is part of a
    name or id, also of an account that was merged into the one found."""

    owners: Sequence[str] | None = None
    words: str = ""


def account_page(
    unit: Unit, wanted: AccountFilter, after: Account | None = None, limit: int = 50
) -> tuple[Account, ...]:
    """The accounts that stand for themselves, by name and id, from the one after that on."""
    query = select(accounts.c.body).where(*_conditions(wanted))
    if after:
        c, name = accounts.c, str(after.facts.get("name") or "")
        query = query.where(or_(c.name > name, and_(c.name == name, c.id > after.id)))
    rows = unit.rows(query.order_by(accounts.c.name, accounts.c.id).limit(limit))
    return tuple(text_record(Account, row.body) for row in rows)


def count_accounts(unit: Unit, wanted: AccountFilter) -> int:
    """How many accounts the filter meets."""
    return int(unit.value(select(func.count()).select_from(accounts).where(*_conditions(wanted))))


def _conditions(wanted: AccountFilter) -> list[ColumnElement[bool]]:
    c, other = accounts.c, accounts.alias("other")
    same = or_(other.c.id == c.id, other.c.survivor == c.id)
    found: list[ColumnElement[bool]] = [c.survivor == ""]
    if wanted.words:
        named = (column.icontains(wanted.words, autoescape=True) for column in (other.c.name, other.c.id))
        found.append(exists().where(same, or_(*named)))
    if wanted.owners is not None:
        own = exists().where(deals.c.account == other.c.id, deals.c.owner.in_(list(wanted.owners)))
        found.append(exists().where(same, or_(other.c.owner.in_(list(wanted.owners)), own)))
    return found


def deal_counts(unit: Unit, ids: Sequence[str], owners: Sequence[str] | None) -> Mapping[tuple[str, str], int]:
    """How many deals of those people each of those accounts has itself, by account and status."""
    group = (deals.c.account, deals.c.status)
    query = select(*group, func.count().label("number")).where(deals.c.account.in_(ids)).group_by(*group)
    query = query.where(deals.c.owner.in_(list(owners))) if owners is not None else query
    return {(row.account, row.status): row.number for row in unit.rows(query)}


def contacts_at(unit: Unit, ids: Sequence[str]) -> tuple[Contact, ...]:
    """The contacts of those accounts, by name and id; who was removed is left out."""
    query = select(contacts.c.body).where(contacts.c.account.in_(ids), contacts.c.removed_at.is_(None))
    rows = unit.rows(query.order_by(contacts.c.name, contacts.c.id))
    return tuple(text_record(Contact, row.body) for row in rows)


def claims_at(unit: Unit, ids: Sequence[str]) -> tuple[Registration, ...]:
    """The claims of partners on those accounts, the latest first."""
    query = select(registrations.c.body).where(registrations.c.account.in_(ids))
    rows = unit.rows(query.order_by(registrations.c.requested_on.desc(), registrations.c.id))
    return tuple(text_record(Registration, row.body) for row in rows)


@dataclass(frozen=True, slots=True)
class Whole:
    """What a customer consists of for one viewer: the ids of its accounts, and of its deals that they may see."""

    accounts: tuple[str, ...]
    deals: tuple[str, ...]


SOURCES: Mapping[str, Callable[[Whole], ColumnElement[bool]]] = MappingProxyType({
    "account": lambda one: events.c.subject.in_(one.accounts),
    "contact": lambda one: events.c.subject.in_(select(contacts.c.id).where(contacts.c.account.in_(one.accounts))),
    "deal": lambda one: events.c.subject.in_(one.deals),
    "task": lambda one: events.c.subject.in_(select(tasks.c.id).where(tasks.c.deal.in_(one.deals))),
    "ticket": lambda one: events.c.subject.in_(select(tickets.c.id).where(tickets.c.account.in_(one.accounts))),
    "clock": lambda one: events.c.subject.in_(_clocks(one)),
    "partner": lambda one: and_(events.c.subject.in_(_partners(one)), _claims(one)),
})  # fmt: skip
"""What belongs to a customer's record, by the subject of its events: which events of that kind are theirs. A further kind of
thing is one more line."""


def _clocks(one: Whole) -> list[str]:
    """Under which names the clock ticks for the accounts themselves."""
    return [OF_ACCOUNT + id for id in one.accounts]


def _partners(one: Whole) -> Select[tuple[str]]:
    return select(registrations.c.partner).where(registrations.c.account.in_(one.accounts))


def _claims(one: Whole) -> ColumnElement[bool]:
    named = (events.c.body.contains(json_text(id), autoescape=True) for id in one.accounts)
    return and_(events.c.type == "registration.requested", or_(*named))


def happened(unit: Unit, one: Whole, *, before: int = 0, limit: int = 50) -> tuple[Happening, ...]:
    """What happened to a customer, the latest first, from before the event of that number on (0: from now), with what each
    led to for the deals in sight. Time that passed without effect is left out."""
    query = select(events).where(or_(*(source(one) for source in SOURCES.values())), _told(one))
    last = unit.first(select(events.c.at).where(events.c.seq == before)) if before else None
    if last:
        query = query.where(or_(events.c.at < last.at, and_(events.c.at == last.at, events.c.seq < before)))
    rows = unit.rows(query.order_by(events.c.at.desc(), events.c.seq.desc()).limit(limit))
    found: list[Event] = [stored_event(row) for row in rows]
    led: dict[int, list[StoredOutcome]] = {}
    for outcome in OutcomeBook(unit).of_each([event.seq for event in found]):
        if not outcome.deal or outcome.deal in one.deals:
            led.setdefault(outcome.event_seq, []).append(outcome)
    return tuple(Happening(event, tuple(led.get(event.seq, ()))) for event in found)


def _told(one: Whole) -> ColumnElement[bool]:
    done = and_(
        outcomes.c.event_seq == events.c.seq, outcomes.c.subject_kind.in_(_DONE),
        or_(outcomes.c.deal.in_(one.deals), events.c.subject.in_(_clocks(one))),
    )  # fmt: skip
    return or_(events.c.type != "clock.ticked", exists().where(done))


_DONE = ("task", "enrolment", "handover")
