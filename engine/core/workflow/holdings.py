"""Where each deal stands to its public pool: who holds it since when, and the day on which it goes back.

The last decider but crediting keeps the holding as the event leaves the deal, with the moment at which the clock must
look; so a tick costs what is due. A deal never goes back without its owner having been told `remind_before`, where the
pool says so.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from engine.core.durations import Duration
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Kept, Outcome, Told
from engine.core.problems import Place
from engine.core.records import Cause, Deal, Holding
from engine.core.rules.pipeline import Criterion
from engine.core.rules.public_pool import PublicPool, Recycle
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.business_time import Reckoned, reckon
from engine.core.workflow.causes import cause_of
from engine.core.workflow.notes import note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.public_pools import give_back, pool_of
from engine.core.workflow.work import Work


def decide_recycling(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """At the clock: a deal whose time is up goes back to the pool, or its owner is told that it soon will."""
    deal = situation.deal
    holding = situation.state.holding(deal.id) if deal and event.type == "clock.ticked" else None
    if deal is None or holding is None or not holding.due_at or holding.due_at > event.at or not deal.owner:
        return ()
    work = Work(event, situation, rulebook)
    pool = pool_of(deal, situation, rulebook, event.on)
    if pool and _protecting(pool, situation) is None:
        _reached(work, deal, pool, holding)
    return tuple(work.outcomes)


def _reached(work: Work, deal: Deal, pool: PublicPool, holding: Holding) -> None:
    at = holding.recycle_at
    told = pool.remind_before is None or holding.reminded_at is not None
    if at and at <= work.event.at and told:
        give_back(work, deal, "recycled")
    elif not told:
        _remind(work, deal, pool, holding)


def _remind(work: Work, deal: Deal, pool: PublicPool, holding: Holding) -> None:
    """The owner is told, and has `remind_before` from then on at least."""
    assert pool.remind_before is not None and holding.recycle_at is not None, "there is something to remind of"
    at = max(holding.recycle_at, work.event.at + timedelta(days=pool.remind_before.days))
    cause = cause_of(pool.header, pool.header.place, work.event, work.rulebook, notes=holding.notes)
    reminded = replace(holding, reminded_at=work.event.at, recycle_at=at, due_at=at)
    work.outcomes.append(Kept("reminded", reminded, cause))
    if not work.silent:
        id = derived_id("told", "pool", pool.header.id, deal.id, holding.since_at.isoformat(), at.isoformat())
        work.outcomes.append(Told(id, deal.owner, "pool-recycles", deal.id, cause))


def decide_holdings(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal's holding as the event leaves it; nothing where nothing about it has changed."""
    deal = situation.deal
    if deal is None or not rulebook.public_pools:
        return ()
    before = situation.state.holding(deal.id)
    pool = pool_of(deal, situation, rulebook, event.on)
    work = Work(event, situation, rulebook)
    now = _holding(work, deal, pool, before) if pool else _out(deal, before, event)
    if now is None or now == before:
        return ()
    header = pool.header if pool else None
    cause = cause_of(header, header.place, event, rulebook) if header else Cause("", Place(""), event.id)
    return (Kept(now.state, now, cause),)


def _out(deal: Deal, before: Holding | None, event: Event) -> Holding | None:
    """It is closed, or of no pool any more; a deal that never was in one has no holding."""
    if before is None or (before.state == "out" and before.owner == deal.owner):
        return before
    return replace(before, state="out", owner=deal.owner, since_at=event.at, due_at=None, recycle_at=None, notes=())


def _holding(work: Work, deal: Deal, pool: PublicPool, before: Holding | None) -> Holding:
    state, event = ("held" if deal.owner else "pooled"), work.event
    same = before is not None and (before.pool, before.owner, before.state) == (pool.header.id, deal.owner, state)
    since = before.since_at if same and before else event.at
    left = before.left if before else ()
    if before and before.owner and not deal.owner:
        left = (*left, (before.owner, event.at))[-10:]
    held = Holding(deal.id, pool.header.id, deal.owner, state, since, left=left)
    return _timed(work, deal, pool, held, before if same else None) if deal.owner else held


def _timed(work: Work, deal: Deal, pool: PublicPool, held: Holding, before: Holding | None) -> Holding:
    """The holding with the day on which it ends. A reminder counts as long as what it said has not moved away."""
    protecting = _protecting(pool, work.situation)
    if protecting:
        return replace(
            held, notes=(note("protected", protecting.otherwise.show("en"), protecting.otherwise.show("zh")),)
        )
    if not pool.recycle:
        return held
    found = min((_after(work, deal, pool, held, one) for one in pool.recycle), key=lambda each: each.at)
    protected = _plus(work, pool, held.since_at, pool.new_owner) if pool.new_owner else found
    at, notes = (protected.at, (note("new_owner", deal.owner),)) if protected.at > found.at else (found.at, found.notes)
    if before and before.reminded_at and before.recycle_at and at <= before.recycle_at:
        kept = before.recycle_at
        return replace(held, recycle_at=kept, due_at=kept, reminded_at=before.reminded_at, notes=before.notes)
    due = at - timedelta(days=pool.remind_before.days) if pool.remind_before else at
    return replace(held, recycle_at=at, due_at=due, notes=notes)


def _after(work: Work, deal: Deal, pool: PublicPool, held: Holding, one: Recycle) -> Reckoned:
    """When this line takes the deal back: what happened before its owner had it does not count against them."""
    starts = {"last_touch": deal.last_touch_at, "stage_entered": deal.entered_stage_at, "owned": held.since_at}
    since = max(starts[one.since] or held.since_at, held.since_at)
    reckoned = _plus(work, pool, since, one.after)
    said = note("idle", one.since, since.date().isoformat(), one.after, str(one.place))
    return replace(reckoned, notes=(said, *reckoned.notes))


def _plus(work: Work, pool: PublicPool, start: datetime, length: Duration) -> Reckoned:
    return reckon(calendar_of(pool.calendar, work.rulebook, work.event.on), start, length)


def _protecting(pool: PublicPool, situation: Situation) -> Criterion | None:
    """The first condition that keeps the deal with its owner, or None."""
    return next((one for one in pool.protects if one.when.holds(situation.facts)), None)
