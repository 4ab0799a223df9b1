"""Deals as a person sees them: lists with filters, and everything that happened to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from engine.core.events import Event
from engine.core.records import Deal
from engine.store.database import Unit
from engine.store.event_log import stored_event
from engine.store.outcomes import OutcomeBook, StoredOutcome
from engine.store.reading import records_by_id
from engine.store.record_codec import text_record
from engine.store.tables.log import events, outcomes
from engine.store.tables.records import deals


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Which deals are wanted. Empty means any; `owners` None means anybody's, () nobody's. `words` is part of the name
    or id.
    """

    owners: Sequence[str] | None = None
    status: str = ""
    pipeline: str = ""
    stage: str = ""
    account: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a deal's timeline and what it led to for this deal; of its own events, everything."""

    event: Event
    outcomes: tuple[StoredOutcome, ...]


def deal_page(
    unit: Unit, wanted: DealFilter, *, after: tuple[datetime, str] | None = None, limit: int = 50
) -> tuple[Deal, ...]:
    """The deals, those with the latest event first, then by id; `after` is last_at and id of the last one seen."""
    query = select(deals.c.body).where(*_conditions(wanted))
    if after:
        later = and_(deals.c.last_at == after[0], deals.c.id > after[1])
        query = query.where(or_(deals.c.last_at < after[0], later))
    rows = unit.rows(query.order_by(deals.c.last_at.desc(), deals.c.id).limit(limit))
    return tuple(text_record(Deal, row.body) for row in rows)


def count_deals(unit: Unit, wanted: DealFilter) -> int:
    """How many deals the filter meets."""
    return int(unit.value(select(func.count()).select_from(deals).where(*_conditions(wanted))))


def deals_by_stage(unit: Unit, wanted: DealFilter) -> tuple[tuple[str, str, int], ...]:
    """For each pipeline and stage: how many deals of the filter are in it."""
    group = (deals.c.pipeline, deals.c.stage)
    query = select(*group, func.count().label("number")).where(*_conditions(wanted)).group_by(*group).order_by(*group)
    return tuple((row.pipeline, row.stage, row.number) for row in unit.rows(query))


@dataclass(frozen=True, slots=True)
class StageSum:
    """The deals of one stage in one currency (empty: without an amount): how many, and their sum in minor units."""

    stage: str
    currency: str
    count: int
    minor: int


def stage_sums(unit: Unit, wanted: DealFilter) -> tuple[StageSum, ...]:
    """How many deals of the filter are in each stage, and what they add up to in each currency."""
    group = (deals.c.stage, deals.c.amount_currency)
    number, total = func.count().label("number"), func.sum(deals.c.amount_minor).label("total")
    rows = unit.rows(select(*group, number, total).where(*_conditions(wanted)).group_by(*group).order_by(*group))
    return tuple(StageSum(row.stage, row.amount_currency or "", row.number, int(row.total or 0)) for row in rows)


def timeline(unit: Unit, deal: str) -> tuple[Happening, ...]:
    """Every event that was about the deal or led to something for it, in the order of events."""
    touching = select(outcomes.c.event_seq).where(outcomes.c.deal == deal)
    query = select(events).where(or_(events.c.subject == deal, events.c.seq.in_(touching)))
    found = {row.seq: stored_event(row) for row in unit.rows(query)}
    own = [seq for seq, event in found.items() if event.subject == deal]
    by_event: dict[int, list[StoredOutcome]] = {}
    for outcome in OutcomeBook(unit).of_events(own, deal):
        by_event.setdefault(outcome.event_seq, []).append(outcome)
    happenings = (Happening(event, tuple(by_event.get(seq, ()))) for seq, event in found.items())
    return tuple(sorted(happenings, key=lambda happening: happening.event.order))


def quiet_deals(unit: Unit, owners: Sequence[str], limit: int) -> tuple[tuple[Deal, ...], bool]:
    """Open deals of those people, by id: so many of those without a touch for longest and so many of those in their stage
    for longest; and whether these are all."""
    # Ids alone are put in order: a sort that carries the bodies costs many times as much.
    query = select(deals.c.id).where(deals.c.owner.in_(list(owners)), deals.c.status == "open")
    untouched = func.coalesce(deals.c.last_touch_at, deals.c.created_at)
    found = [row.id for row in unit.rows(query.order_by(untouched, deals.c.id).limit(limit + 1))]
    if len(found) <= limit:
        return records_by_id(unit, Deal, found), True
    longest = [row.id for row in unit.rows(query.order_by(deals.c.entered_stage_at, deals.c.id).limit(limit))]
    return records_by_id(unit, Deal, {*found[:limit], *longest}), False


def happened_since(unit: Unit, about: Sequence[str], deal: str, since: datetime, limit: int) -> tuple[Happening, ...]:
    """The latest events about those subjects after a moment, and what they led to for the deal, the newest first; touches
    and the clock's turns are left out."""
    query = select(events).where(
        events.c.subject.in_(list(about)),
        events.c.at > since,
        events.c.type.not_in(("activity.logged", "clock.ticked")),
    )
    rows = unit.rows(query.order_by(events.c.at.desc(), events.c.seq.desc()).limit(limit))
    found = {row.seq: stored_event(row) for row in rows}
    by_event: dict[int, list[StoredOutcome]] = {}
    for outcome in OutcomeBook(unit).of_events(list(found), deal):
        by_event.setdefault(outcome.event_seq, []).append(outcome)
    return tuple(Happening(event, tuple(by_event.get(seq, ()))) for seq, event in found.items())


def _conditions(wanted: DealFilter) -> list[ColumnElement[bool]]:
    c: Any = deals.c
    exact = (
        (c.status, wanted.status),
        (c.pipeline, wanted.pipeline),
        (c.stage, wanted.stage),
        (c.account, wanted.account),
    )
    found = [column == value for column, value in exact if value]
    if wanted.owners is not None:
        found.append(c.owner.in_(list(wanted.owners)))
    if wanted.words:
        found.append(
            or_(c.name.icontains(wanted.words, autoescape=True), c.id.icontains(wanted.words, autoescape=True))
        )
    return found
