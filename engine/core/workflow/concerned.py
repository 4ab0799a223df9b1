"""Which deals' follow-ups an event concerns that is about no deal: those of its contact, of its account, or of its
ticket's account."""

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
    own = draft.deal_of(event)
    if own is not None and not _of_ticket(event):
        return ()
    others = [id for id in _deals(event, draft) if own is None or id != own.id]
    if not others or not (event.type in _ALWAYS or _heard(event.type, rulebook)):
        return ()
    found = (draft.deal(id) for id in others)
    return tuple(deal for deal in found if deal and any(not one.ended_as for one in draft.enrolments(deal.id)))


def _account_of_ticket(event: Event, state: State) -> str:
    """The account of the ticket, also of one that is just being opened."""
    ticket, deal = state.ticket(event.subject), state.deal(event.text("deal"))
    return (ticket.account if ticket else "") or event.text("account") or (deal.account if deal else "")


def _of_ticket(event: Event) -> bool:
    """A complaint of one deal is one of the whole account."""
    return event.type.startswith("ticket.")


def _heard(type: str, rulebook: Rulebook) -> bool:
    return any(trigger.on == type and trigger.key.startswith("cadence:") for trigger in triggers(rulebook))


def _deals(event: Event, state: State) -> tuple[str, ...]:
    """The ids of the deals that the event is about by way of its contact or its account."""
    if _of_ticket(event):
        account = _account_of_ticket(event, state)
        return deals_of_company(account, state, event.at) if account else ()
    about = EVENT_TYPES[event.type].subject if event.type in EVENT_TYPES else ""
    contact = event.subject if about == "contact" else event.text("contact")
    if contact:
        return state.deals_of_contact(contact)
    account = event.subject if about == "account" else event.text("account")
    return deals_of_company(account, state, event.at) if account else ()
