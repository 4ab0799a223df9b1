"""Which deals an event that is told of late bears on beyond its own: those of a person or an account that changed, and,
where rules ask for what else happened with an account, the other deals of it. Their credits are decided anew.

So it does not matter in which order events of people, accounts and deals are told.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, time

from engine.app.dealwright import Dealwright
from engine.core.decide import Decision
from engine.core.draft import Draft
from engine.core.events import EVENT_TYPES, Event
from engine.core.incentives.hierarchy import below
from engine.core.reach import Reach, circle
from engine.core.records import Deal
from engine.core.refold import credited_anew
from engine.core.situation import State
from engine.store.database import Unit
from engine.store.queries.crediting import deals_of_people, something_happened_since
from engine.store.state import SqlState

OF_PEOPLE = ("person.joined", "person.changed", "person.left")


def decided_with(event: Event, deal: Deal | None, state: State, reach: Reach) -> Mapping[str, Deal]:
    """The deals that are decided together with the event's deal, itself among them, by id; none where rules look at no
    other deal."""
    if not reach.accounts or EVENT_TYPES[event.type].subject != "deal":
        return {}
    return circle([*(deal.accounts if deal else ()), event.text("account")], state)


def deals_credited_without(dw: Dealwright, event: Event, state: SqlState, unit: Unit) -> tuple[str, ...]:
    """The deals that have been through something for which the event would have counted, had it been told in time."""
    if event.type == "account.changed":
        known = circle([event.subject], state).values()
        return tuple(deal.id for deal in known if deal.last_at >= event.at)
    if event.type not in OF_PEOPLE:
        return ()
    concerned = below(event.subject, state.people())
    if len(concerned) == 1 and state.person(event.subject) is None:
        return ()
    since = datetime.combine(event.day("from_on") or event.on, time(), dw.zone)
    state.flush()
    if not something_happened_since(unit, since):
        return ()
    return deals_of_people(unit, concerned, since)


def with_credits(
    dw: Dealwright, event: Event, decision: Decision, deals: Sequence[str], past: Callable[[str], Sequence[Event]]
) -> Decision:
    """The decision with what it makes of those deals' credits; `past` gives the decided events of a deal."""
    draft = Draft(decision.draft)
    found = list(decision.outcomes)
    waiting = dict.fromkeys(deals)
    while waiting:
        together = _together(next(iter(waiting)), draft, dw.reach)
        history = [one for id in sorted(together) for one in past(id)]
        outcomes = credited_anew(history, event, draft, dw.rulebook, dw.match)
        draft.fold(outcomes)
        found += outcomes
        waiting = {id: None for id in waiting if id not in together}
    decision.draft.fold(found[len(decision.outcomes) :])
    return Decision(tuple(found), decision.draft)


def _together(id: str, state: State, reach: Reach) -> Collection[str]:
    """The deals that are decided together with the one of that id, itself among them."""
    deal = state.deal(id)
    return {id, *(circle(deal.accounts, state) if deal and reach.accounts else ())}
