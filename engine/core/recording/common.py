"""What every keeper of records uses: the cause of what was merely told, and the wait for what is not yet known."""

from dataclasses import replace
from typing import Any

from engine.core.events import EVENT_TYPES, Event
from engine.core.formulas import EvaluationError
from engine.core.outcomes import Kept, Outcome, Refused
from engine.core.problems import Place
from engine.core.records import Cause, Deal, Record, Share
from engine.core.situation import Situation, State


class NotYetKnown(EvaluationError):
    """The event speaks of something that has not been told of yet. `waits_for` is `deal:D-1`, `person:ana`…"""

    def __init__(self, kind: str, id: str, event: Event) -> None:
        super().__init__("E001", None, kind=kind, id=id, event=event.id)
        self.waits_for = f"{kind}:{id}"


def told(event: Event) -> Cause:
    """The cause of what is so because it was told: no rule had a say."""
    return Cause("", Place(""), event.id)


def kept(what: str, record: Record, event: Event) -> tuple[Outcome, ...]:
    """One outcome: the record as the event leaves it."""
    return (Kept(what, record, told(event)),)


def refused(code: str, event: Event, **params: str) -> tuple[Outcome, ...]:
    """One outcome: the event cannot be, whatever the rules say."""
    return (Refused(code, tuple(sorted(params.items())), (), told(event)),)


def team_of(event: Event) -> tuple[Share, ...]:
    """The deal team in the event's body, or empty."""
    team = event.body.get("team") or ()
    assert isinstance(team, tuple), "intake reads shares as a tuple of Share"
    return team


def known_people(event: Event, state: State) -> None:
    """Every person that the body names must be known. Raises NotYetKnown for the first that is not."""
    fields = EVENT_TYPES[event.type].fields
    named = [event.text(field.name) for field in fields if field.kind == "person" and event.text(field.name)]
    for id in [*named, *(share.person for share in team_of(event))]:
        if state.person(id) is None:
            raise NotYetKnown("person", id, event)


def known_deal(event: Event, situation: Situation) -> Deal:
    """The event's deal. Raises NotYetKnown when nobody has told of it."""
    if situation.deal is None:
        raise NotYetKnown("deal", event.subject, event)
    return situation.deal


def seen(deal: Deal, event: Event, **changes: Any) -> Deal:
    """The deal with the event counted as seen, and changed: it remembers the last in the order of events, not of
    delivery, and the accounts that it was with."""
    facts = changes.get("facts", deal.facts)
    if deal.account and deal.account != facts.get("account"):
        changes |= {"accounts_left": tuple(sorted({*deal.accounts_left, deal.account}))}
    if event.order >= (deal.last_at, deal.last_rank, deal.last_by):
        changes |= {"last_at": event.at, "last_rank": event.rank, "last_by": event.id}
    return replace(deal, **changes) if changes else deal
