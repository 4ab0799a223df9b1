"""Where each deal and each customer stands to its public pool: who holds it since when, and the day on which it goes back.

The last decider but crediting keeps the holding as the event leaves it, with the moment at which the clock must look; so a
tick costs what is due. Nothing ever goes back without its owner having been told `remind_before`, where the
pool says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from engine.core.accounts import account_of, as_last_told, last_touch_and_win
from engine.core.charges import Charge
from engine.core.draft import Draft
from engine.core.durations import Duration
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.merging import ever_one_with
from engine.core.outcomes import Kept, Outcome, Told
from engine.core.ownership import OF_ACCOUNT
from engine.core.problems import Place
from engine.core.records import Cause, Deal, Holding, Tally, Ticket
from engine.core.rules.pipeline import Criterion
from engine.core.rules.public_pool import PublicPool, Recycle
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.service.facts import ticket_of
from engine.core.situation import Situation, State
from engine.core.workflow.business_time import Reckoned, reckon
from engine.core.workflow.causes import cause_of
from engine.core.workflow.charges import account_charge, charge_of, facts_about
from engine.core.workflow.notes import note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.public_pools import LOOKED_OVER, give_back, pool_of, versions_in_force
from engine.core.workflow.work import Work


def decide_recycling(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """At the clock: what has had its time goes back to the pool, or its owner is told that it soon will."""
    if event.type == "clock.ticked" and event.subject == LOOKED_OVER:
        looked = Tally(LOOKED_OVER, among=versions_in_force(rulebook, event.on))
        return (Kept("counted", looked, Cause("", Place(""), event.id)),)
    charge = charge_of(event, situation) if event.type == "clock.ticked" else None
    holding = situation.state.holding(charge.holding) if charge else None
    if charge is None or holding is None or not holding.due_at or holding.due_at > event.at or not charge.owner:
        return ()
    work = Work(event, situation, rulebook)
    facts = facts_about(charge, event, situation, rulebook)
    pool = pool_of(charge, facts, rulebook, event.on)
    # The pool may have become another since its date was kept: only what is due by the one in force is carried out.
    now = _holding(work, charge, pool, holding, facts) if pool else None
    if pool and now and now.due_at and now.due_at <= event.at and now.pool == holding.pool:
        if FROM_HISTORY in now.notes:
            return (_from_now_on(work, charge, pool, now, facts),)
        _reached(work, charge, pool, now)
    return tuple(work.outcomes)


FROM_HISTORY = note("from_history")
"""On what was taken over from history: nobody was told of it then, so its time runs from the clock's first look."""


def _from_now_on(work: Work, charge: Charge, pool: PublicPool, held: Holding, facts: Mapping[str, object]) -> Kept:
    bare = replace(held, since_at=work.event.at, due_at=None, recycle_at=None, notes=())
    cause = cause_of(pool.header, pool.header.place, work.event, work.rulebook, notes=(FROM_HISTORY,))
    return Kept("held", _timed(work, charge, pool, bare, None, facts), cause)


def _reached(work: Work, charge: Charge, pool: PublicPool, holding: Holding) -> None:
    at = holding.recycle_at
    told = pool.remind_before is None or holding.reminded_at is not None
    if at and at <= work.event.at and told:
        give_back(work, charge, "recycled")
    elif not told:
        _remind(work, charge, pool, holding)


def _remind(work: Work, charge: Charge, pool: PublicPool, holding: Holding) -> None:
    """The owner is told, and has `remind_before` from then on at least."""
    assert pool.remind_before is not None and holding.recycle_at is not None, "there is something to remind of"
    at = max(holding.recycle_at, work.event.at + timedelta(days=pool.remind_before.days))
    notes = (*holding.notes, *((note("customer", charge.id),) if charge.kind == "account" else ()))
    cause = cause_of(pool.header, pool.header.place, work.event, work.rulebook, notes=notes)
    reminded = replace(holding, reminded_at=work.event.at, recycle_at=at, due_at=at)
    work.outcomes.append(Kept("reminded", reminded, cause))
    if not work.silent:
        id = derived_id("told", "pool", pool.header.id, charge.holding, holding.since_at.isoformat(), at.isoformat())
        deal = charge.id if charge.kind == "deal" else ""
        work.outcomes.append(Told(id, charge.owner, "pool-recycles", deal, cause))


def decide_holdings(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Where the event's deal stands, and the customers that it bears on, as the event leaves them; nothing where nothing
    about it has changed."""
    ticks, deal, account = event.type == "clock.ticked", situation.deal, account_of(event)
    if not rulebook.public_pools and not ticks:
        return ()
    charges = [Charge(deal)] if deal and not account else []
    found: list[Outcome] = [kept for one in charges if (kept := _kept(one, event, situation, rulebook))]
    pools = in_force(rulebook.public_pools, event.on)
    if any(pool.of == "account" for pool in pools) or (account and ticks):
        draft = Draft(situation.state)
        draft.fold(found)
        named = (account, *(deal.accounts if deal else ()), *_of_ticket(ticket_of(event, draft)))
        found += customers_stand(event, named, draft, rulebook)
    return tuple(found)


def _of_ticket(ticket: Ticket | None) -> list[str]:
    """The customers that a ticket is and was about."""
    return [str(one.facts.get("account") or "") for one in ticket.told] if ticket else []


def customers_stand(event: Event, accounts: Iterable[str], state: State, rulebook: Rulebook) -> list[Outcome]:
    """Where those customers, and all that were ever one with them, stand to their pools; one that another stands for is
    out."""
    every = sorted({id for account in accounts if account for id in ever_one_with(account, state)})
    situation, zone = Situation(state, None, {}, frozenset()), rulebook.company.time_zone
    found: list[Outcome] = []
    for id in every:
        charge, told = account_charge(id, event, state), as_last_told(event, id, state, zone)
        if charge is None:
            continue
        kept = _kept(charge, told, situation, rulebook) if charge.id == id else _stood_for(id, told, state)
        found += [kept] if kept else []
    return found


def _stood_for(id: str, event: Event, state: State) -> Kept | None:
    """The customer under an id that another stands for, out of every pool; None where it is already."""
    before = state.holding(f"{OF_ACCOUNT}{id}")
    if before is None or before.state == "out":
        return None
    return Kept("out", _out("", before, event), Cause("", Place(""), event.id))


def _kept(charge: Charge, event: Event, situation: Situation, rulebook: Rulebook) -> Kept | None:
    before = situation.state.holding(charge.holding)
    facts = facts_about(charge, event, situation, rulebook)
    pool = pool_of(charge, facts, rulebook, event.on)
    work = Work(event, situation, rulebook)
    if pool:
        now: Holding | None = _holding(work, charge, pool, before, facts)
    else:
        now = before and _out(charge.owner, before, event)
    if now is None or now == before:
        return None
    cause = cause_of(pool.header, pool.header.place, event, rulebook) if pool else Cause("", Place(""), event.id)
    return Kept(now.state, now, cause)


def _out(owner: str, before: Holding, event: Event) -> Holding:
    """It is closed, or of no pool any more; what never was in one has no holding."""
    if before.state == "out" and before.owner == owner:
        return before
    return replace(before, state="out", owner=owner, since_at=event.at, due_at=None, recycle_at=None, notes=())


def _holding(
    work: Work, charge: Charge, pool: PublicPool, before: Holding | None, facts: Mapping[str, object]
) -> Holding:
    state, event = ("held" if charge.owner else "pooled"), work.event
    same = before is not None and (before.pool, before.owner, before.state) == (pool.header.id, charge.owner, state)
    since = before.since_at if same and before else event.at
    left = before.left if before else ()
    if before and before.owner and not charge.owner:
        left = (*left, (before.owner, event.at))[-10:]
    held = Holding(charge.holding, pool.header.id, charge.owner, state, since, left=left)
    if not charge.owner:
        return held
    timed = _timed(work, charge, pool, held, before if same else None, facts)
    taken_over = FROM_HISTORY in before.notes if same and before else work.silent
    return (
        replace(timed, notes=(*timed.notes, FROM_HISTORY)) if taken_over and FROM_HISTORY not in timed.notes else timed
    )


def _timed(
    work: Work, charge: Charge, pool: PublicPool, held: Holding, before: Holding | None, facts: Mapping[str, object]
) -> Holding:
    """The holding with the day on which it ends. A reminder counts as long as what it said has not moved away."""
    protecting = _protecting(pool, facts)
    if protecting:
        return replace(
            held, notes=(note("protected", protecting.otherwise.show("en"), protecting.otherwise.show("zh")),)
        )
    if not pool.recycle:
        return held
    starts = _starts(work, charge)
    found = min((_after(work, pool, held, one, starts) for one in pool.recycle), key=lambda each: each.at)
    protected = _plus(work, pool, held.since_at, pool.new_owner) if pool.new_owner else found
    at, notes = (
        (protected.at, (note("new_owner", charge.owner),)) if protected.at > found.at else (found.at, found.notes)
    )
    if before and before.reminded_at and before.recycle_at and at <= before.recycle_at:
        kept = before.recycle_at
        return replace(held, recycle_at=kept, due_at=kept, reminded_at=before.reminded_at, notes=before.notes)
    due = at - timedelta(days=pool.remind_before.days) if pool.remind_before else at
    return replace(held, recycle_at=at, due_at=due, notes=notes)


def _after(
    work: Work, pool: PublicPool, held: Holding, one: Recycle, starts: Mapping[str, datetime | None]
) -> Reckoned:
    """When this line takes it back: what happened before its owner had it does not count against them."""
    since = max(starts.get(one.since) or held.since_at, held.since_at)
    reckoned = _plus(work, pool, since, one.after)
    said = note("idle", one.since, since.date().isoformat(), one.after, str(one.place))
    return replace(reckoned, notes=(said, *reckoned.notes))


def _starts(work: Work, charge: Charge) -> Mapping[str, datetime | None]:
    """What idle time may count from. Of a customer all deals count: a deal won starts the time anew in which none was won."""
    record = charge.record
    if isinstance(record, Deal):
        return {"last_touch": record.last_touch_at, "stage_entered": record.entered_stage_at}
    touched, won = last_touch_and_win(charge.id, work.situation.state, work.event.at)
    return {"last_touch": touched, "owned": won}


def _plus(work: Work, pool: PublicPool, start: datetime, length: Duration) -> Reckoned:
    return reckon(calendar_of(pool.calendar, work.rulebook, work.event.on), start, length)


def _protecting(pool: PublicPool, facts: Mapping[str, object]) -> Criterion | None:
    """The first condition that keeps it with its owner, or None."""
    return next((one for one in pool.protects if one.when.holds(facts)), None)
