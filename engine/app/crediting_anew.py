"""A change of people or accounts that is told of late: the deals that were credited without it are credited anew.

So it does not matter whether people's changes are told before or after the deals.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from engine.app.dealwright import Dealwright
from engine.core.decide import Decision
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.incentives.hierarchy import below
from engine.core.refold import credited_anew
from engine.store.database import Unit
from engine.store.queries.crediting import deals_of_people, something_happened_since
from engine.store.state import SqlState

OF_PEOPLE = ("person.joined", "person.changed", "person.left")


def deals_credited_without(event: Event, state: SqlState, unit: Unit, zone: ZoneInfo) -> tuple[str, ...]:
    """The deals that have been through something for which the event would have counted, had it been told in time."""
    if event.type == "account.changed":
        known = (state.deal(id) for id in state.deals_of_account(event.subject))
        return tuple(deal.id for deal in known if deal and deal.last_at >= event.at)
    if event.type not in OF_PEOPLE:
        return ()
    concerned = below(event.subject, state.people())
    if len(concerned) == 1 and state.person(event.subject) is None:
        return ()
    since = datetime.combine(event.day("from_on") or event.on, time(), zone)
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
    for deal in deals:
        outcomes = credited_anew(deal, past(deal), event, draft, dw.rulebook, dw.match)
        draft.fold(outcomes)
        found += outcomes
    decision.draft.fold(found[len(decision.outcomes) :])
    return Decision(tuple(found), decision.draft)
