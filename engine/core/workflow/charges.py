"""What of that which somebody may have an event is about, and what a pool's conditions may know of it."""

from collections.abc import Mapping
from dataclasses import replace

from engine.core.accounts import account_of, as_last_told, last_told_at
from engine.core.charges import Charge
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.merging import as_known
from engine.core.rules.rulebook import Rulebook
from engine.core.service.facts import ticket_of
from engine.core.situation import Situation, State


def charge_of(event: Event, situation: Situation) -> Charge | None:
    """What the event is about that somebody may have: its customer, its ticket, or its deal; None for anything else."""
    if account := account_of(event):
        return account_charge(account, event, situation.state)
    if event.type.startswith("ticket."):
        ticket = ticket_of(event, situation.state)
        return Charge(ticket) if ticket else None
    return Charge(situation.deal) if situation.deal else None


def account_charge(id: str, event: Event, state: State) -> Charge | None:
    """The customer of that id as last told of, or None."""
    last = last_told_at(id, state) if id else None
    account = as_known(id, state, max(event.at, last or event.at)) if id else None
    return Charge(account) if account else None


def facts_about(charge: Charge, event: Event, situation: Situation, rulebook: Rulebook) -> Mapping[str, object]:
    """What a pool's conditions may know: of a deal everything around the event; of a customer what the clock knows, whatever
    the event is about."""
    if charge.kind != "account":
        return situation.facts
    told = as_last_told(event, charge.id, situation.state, rulebook.company.time_zone)
    clock = replace(told, type="clock.ticked", subject=charge.holding, body={}, actor="")
    return facts_of(clock, situation.state, rulebook)
