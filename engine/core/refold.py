"""A late event: one that belongs before something its deal, or a deal that is decided together with it, has been through.

Those deals are decided anew from their whole history in the order of events, as if everything had arrived in that order.
What comes out is the deals, their credits and grants as they should be; tasks and messages already made stay made. So the
order of delivery never changes what anybody earns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from engine.core.approving.asking import given_up
from engine.core.decide import Decision, MatchEvent
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.outcomes import Kept, Outcome, Refused, Withdrawn
from engine.core.problems import Place
from engine.core.records import (
    Account,
    Activity,
    Approval,
    Cause,
    Credit,
    Deal,
    Grant,
    Handover,
    Receipt,
    Record,
)  # fmt: skip
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation, State
from engine.core.turns import DECIDED_AT_ONCE, decide_in_turn
from engine.core.without_deals import WithoutDeals
from engine.core.workflow.holdings import decide_holdings
from engine.core.workflow.public_pools import POOL_CODES
from engine.core.workflow.task_outcomes import touch_again

_MADE_ANEW: tuple[type, ...] = (Account, Deal, Credit, Grant, Activity, Receipt, Approval)

Order = tuple[datetime, int, str]


def belongs_earlier(event: Event, deal: Deal | None) -> bool:
    """True when the deal has already seen an event that comes after this one in the order of events."""
    if deal is None or event.type in DECIDED_AT_ONCE:
        return False
    return event.order < (deal.last_at, deal.last_rank, deal.last_by)


def refold(
    event: Event, history: Sequence[Event], state: State, rulebook: Rulebook, match: MatchEvent, now: Decision
) -> Decision:
    """The outcomes that bring the deals to where their whole history, `event` included, leads.

    `history` holds every recorded event of those deals, in any order; `now` is what the event leads to as things stand:
    where both agree its words are kept, and time limits go on from it. Raises EvaluationError like `decide`.
    """
    deals = frozenset(past.subject for past in (*history, event))
    fresh, refusals = _lived([*history, event], state, rulebook, match, now.draft)
    if began := _begun_otherwise(fresh, state):
        fresh, refusals = _lived([*history, event], began, rulebook, match, now.draft)
        for account in began.records():
            fresh.kept.setdefault(Account, {}).setdefault(account.id, account)
    refused = tuple(refusal for past, refusal in refusals if past is event)
    if now.refused and now.refused.code in POOL_CODES:
        refused = (now.refused,)
    said = {(type(one.record), one.record.id): one for one in now.outcomes if isinstance(one, Kept)}
    changed = [_as_said(one, said) for one in _changed(fresh, state, deals, event, now.draft)]
    outcomes = (*refused, *changed, *_withdrawn(fresh, state, deals, event), *_unasked(fresh, state, deals, event))
    draft = Draft(state)
    draft.fold(outcomes)
    return Decision(outcomes, draft)


def credited_anew(
    history: Sequence[Event], cause: Event, state: State, rulebook: Rulebook, match: MatchEvent
) -> tuple[Outcome, ...]:
    """What a change of people or accounts that was told of late makes of the credits and grants of some deals.

    `history` holds every recorded event of those deals, `cause` is the event that told of the change, `state` has it
    already. The deals themselves stay as they are. Raises EvaluationError like `decide`.
    """
    every = lived_anew(history, cause, state, rulebook, match)
    return tuple(one for one in every if isinstance(one, Withdrawn) or _earned(one))


def _earned(one: Outcome) -> bool:
    return isinstance(one, Kept) and isinstance(one.record, Credit | Grant)


def lived_anew(
    history: Sequence[Event], cause: Event, state: State, rulebook: Rulebook, match: MatchEvent
) -> tuple[Outcome, ...]:
    """What becomes of some deals, and of what they earned, when their whole history is decided again because `cause`
    showed their accounts to be others; as for `credited_anew`, the state has it already. Tasks stay as they are."""
    deals = frozenset(past.subject for past in history)
    fresh, _ = _lived(history, state, rulebook, match, state)
    changed = _changed(fresh, state, deals, cause, state)
    return (*changed, *_withdrawn(fresh, state, deals, cause), *_unasked(fresh, state, deals, cause))


def _lived(
    events: Sequence[Event], state: State, rulebook: Rulebook, match: MatchEvent, handed: State
) -> tuple[Draft, list[tuple[Event, Refused]]]:
    """The records after the whole life of the events' deals, and which events were refused in it; `handed` knows what
    changed hands by rules."""
    fresh = Draft(WithoutDeals(state, frozenset(event.subject for event in events)))
    refusals: list[tuple[Event, Refused]] = []
    for past in as_lived([*_as_handed(events, handed), *_touches(events, state)]):
        decision = decide_in_turn(replace(past, mode="history"), fresh, rulebook, match)
        fresh.fold(decision.outcomes)
        refusals += [(past, decision.refused)] if decision.refused else []
    return fresh, refusals


def _as_handed(events: Sequence[Event], state: State) -> list[Event]:
    """The events as they went: what changed hands by a rule did so then and to them, whatever a rule would say now, and
    what a public pool did not let through did not happen."""
    subjects = dict.fromkeys(event.subject for event in events)
    handovers = [one for id in subjects for one in state.handovers(id) if one.kind == "deal" and one.how != "queued"]
    refused = {one.event for one in handovers if one.how == "refused"}
    told = [past for past in events if past.type not in _HANDED_OVER and past.id not in refused]
    return [*told, *(_as_event(one) for one in handovers if one.how != "refused")]


def _touches(events: Iterable[Event], state: State) -> Iterator[Event]:
    """The touches that completed tasks of the events' deals were: they happened, and no event of the log says so."""
    for id in dict.fromkeys(event.subject for event in events):
        yield from (touch_again(one) for one in state.activities(id) if one.task)


_HANDED_OVER = frozenset({"deal.claimed", "deal.returned"})


def _as_event(one: Handover) -> Event:
    return Event("deal.handed_over", one.subject, "handover", one.id, one.at, one.on, body={"owner": one.to})


def holdings_anew(event: Event, deals: Iterable[str], draft: Draft, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Where those deals now stand to their public pools: a touch that is told of late counts for its day."""
    found: list[Outcome] = []
    for id in sorted(deals) if rulebook.public_pools else ():
        own, deal = replace(event, subject=id, type="deal.changed"), draft.deal(id)
        facts = facts_of(own, draft, rulebook, deal) if deal else {}
        found += decide_holdings(event, Situation(draft, deal, facts, frozenset()), rulebook)
    return tuple(found)


def _begun_otherwise(fresh: Draft, state: State) -> Draft | None:
    """The state with the accounts that began on another day than it knew, or None when there is none: the first day of an
    account counts for all that its deals went through."""
    accounts = [one for one in fresh.records() if isinstance(one, Account)]
    known = ((one, state.account(one.id)) for one in accounts)
    others = [one for one, before in known if before is None or before.created_on != one.created_on]
    began = Draft(state)
    for account in others:
        began.keep(account)
    return began if others else None


def as_lived(events: Iterable[Event]) -> list[Event]:
    """The events in the order of the deals' lives: that of events, but a deal begins with its creation, also where
    something is dated before it (a date without a time is the first moment of its day)."""
    every = list(events)
    first: dict[str, Order] = {}
    for event in every:
        first[event.subject] = min(first.get(event.subject, event.order), event.order)
    return sorted(every, key=lambda one: _moment(one, first))


def _moment(event: Event, first: dict[str, Order]) -> tuple[Order, bool, Order]:
    created = event.type == "deal.created"
    return (first[event.subject] if created else event.order, not created, event.order)


def _still_timed(record: Record, now: State) -> Record:
    """A deal that comes out in the same visit to its stage keeps the time limit that it has reached, and its idleness."""
    known = now.deal(record.id) if isinstance(record, Deal) else None
    if not isinstance(record, Deal) or known is None or _visit(known) != _visit(record):
        return record
    return replace(
        record, due_at=known.due_at, due_level=known.due_level, idle_at=known.idle_at, idle_told_at=known.idle_told_at
    )


def _visit(deal: Deal) -> tuple[object, ...]:
    return deal.stage, deal.status, deal.visit, deal.entered_stage_at


def _as_said(outcome: Kept, said: Mapping[tuple[type, str], Kept]) -> Kept:
    """What was said of the same record as it now stands, or else the outcome."""
    known = said.get((type(outcome.record), outcome.record.id))
    return known if known and known.record == outcome.record else outcome


def _changed(fresh: Draft, state: State, deals: Iterable[str], event: Event, now: State) -> list[Kept]:
    """Every record of the deals that is new or differs from what is kept."""
    cause = Cause("", Place(""), event.id)
    known = {(type(record), record.id): record for id in sorted(deals) for record in _of_deal(id, state)}
    known |= {(Account, id): account for id in fresh.kept.get(Account, {}) if (account := state.account(id))}
    found = [_still_timed(record, now) for record in fresh.records() if type(record) in _MADE_ANEW]
    return [Kept("refolded", record, cause) for record in found if record != known.get((type(record), record.id))]


def _of_deal(id: str, state: State) -> Iterator[Record]:
    """The deal and what was recorded and credited for it."""
    deal = state.deal(id)
    if deal:
        yield deal
    for records in (state.activities(id), state.receipts(id), state.credits(id), state.grants(id), state.approvals(id)):
        yield from records


def _withdrawn(fresh: Draft, state: State, deals: Iterable[str], event: Event) -> list[Outcome]:
    """Credits and grants that the history in its right order does not give."""
    cause = Cause("", Place(""), event.id)
    gone: list[Outcome] = []
    for deal in sorted(deals):
        stays = {c.id for c in fresh.credits(deal)} | {g.id for g in fresh.grants(deal)}
        gone += [Withdrawn("credit", c.id, cause) for c in state.credits(deal) if c.id not in stays]
        gone += [Withdrawn("grant", g.id, cause) for g in state.grants(deal) if g.id not in stays]
    return gone


def _unasked(fresh: Draft, state: State, deals: Iterable[str], event: Event) -> list[Outcome]:
    """Requests that the history in its right order does not make: void, and nobody is asked any more."""
    gone: list[Outcome] = []
    for deal in sorted(deals):
        asked = {one.id for one in fresh.approvals(deal)}
        for one in state.approvals(deal):
            if one.id not in asked and one.state != "void":
                gone += given_up(one, state.tasks(deal), event)
    return gone
