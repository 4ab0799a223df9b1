"""Contacts, kept up to date with what was told of them."""

from dataclasses import replace

from engine.core.contacts import Contact, ContactTold, folded
from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.recording.common import kept
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation


def contact_told(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The contact with one more thing told in its place by moment; made when it is new, also by an opt-out."""
    known = situation.state.contact(event.subject) or Contact(event.subject, event.on)
    what = event.type.split(".")[1]
    told = ContactTold(event.at, event.on, event.id, what, dict(event.body))
    contact = folded(replace(known, created_on=min(known.created_on, event.on), told=(*known.told, told)))
    return kept(what, contact, event)
