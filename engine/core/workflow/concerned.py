"""Which deals' follow-ups an event concerns that is about no deal: those of its contact, or of its account."""

from engine.core.draft import Draft
from engine.core.events import EVENT_TYPES, Event
from engine.core.merging import deals_of_company
from engine.core.records import Deal
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State
from engine.core.triggers import triggers

_ALWAYS = frozenset({"contact.removed", "contact.opted_out"})


def followed_deals(event: Event, draft: Draft, rulebook: Rulebook) -> tuple[Deal, ...]:
    """The deals with an enrolment under way that some cadence may want to move on this event, by id."""
    if draft.deal_of(event) is not None or not (event.type in _ALWAYS or _heard(event.type, rulebook)):
        return ()
    found = (draft.deal(id) for id in _deals(event, draft))
    return tuple(deal for deal in found if deal and any(not one.ended_as for one in draft.enrolments(deal.id)))


def _heard(type: str, rulebook: Rulebook) -> bool:
    return any(trigger.on == type and trigger.key.startswith("cadence:") for trigger in triggers(rulebook))


def _deals(event: Event, state: State) -> tuple[str, ...]:
    """The ids of the deals that the event is about by way of its contact or its account."""
    about = EVENT_TYPES[event.type].subject if event.type in EVENT_TYPES else ""
    contact = event.subject if about == "contact" else event.text("contact")
    if contact:
        return state.deals_of_contact(contact)
    account = event.subject if about == "account" else event.text("account")
    return deals_of_company(account, state, event.at) if account else ()
