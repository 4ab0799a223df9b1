"""What a condition may know of tickets: the one that an event is about, and how many are open for its account."""

from collections.abc import Mapping
from fractions import Fraction

from engine.core.events import Event
from engine.core.merging import one_with
from engine.core.rules.rulebook import Rulebook
from engine.core.service.standing import level_of, own_facts, standing_of
from engine.core.situation import State
from engine.core.tickets import COMPLAINT, DONE, Ticket

CLOCK_PREFIX = "ticket:"
"""The clock ticks for a ticket under this and its id, so that no deal of the same id is meant."""

TICKET_COUNTS = ("account.open_tickets", "account.open_complaints", "account.csat")
"""Facts that are counted when somebody asks for them."""


def ticket_of(event: Event, state: State) -> Ticket | None:
    """The ticket that the event is about, or None."""
    if event.type.startswith(("ticket.", "satisfaction.")):
        return state.ticket(event.subject)
    ticks = event.type == "clock.ticked" and event.subject.startswith(CLOCK_PREFIX)
    return state.ticket(event.subject.removeprefix(CLOCK_PREFIX)) if ticks else None


def ticket_facts(ticket: Ticket, event: Event) -> dict[str, object]:
    """The ticket's facts, and whose word a reply is, or the score of an answer."""
    said = {"ticket.by": event.body.get("by")} if event.type == "ticket.replied" else {}
    said |= {"ticket.score": event.body.get("score")} if event.type == "satisfaction.answered" else {}
    return own_facts(ticket) | {name: value for name, value in said.items() if value not in (None, "")}


def ticket_count(name: str, event: Event, facts: Mapping[str, object], state: State, rulebook: Rulebook) -> object:
    """How many tickets of the account are open, how many of them complaints, or the share of satisfied answers (None
    before the first), as of the event. Without an account there is only the event's own ticket to count."""
    account = str(facts.get("account.id") or facts.get("deal.account") or facts.get("ticket.account") or "")
    own = ticket_of(event, state)
    company = one_with(account, state, event.at) if account else ()
    counted = [one for id in company for one in state.tickets_of(id)] if account else [own] if own else []
    tickets = [_as_of(one, event, state, rulebook) for one in counted if _begun(one, event)]
    if name == "account.csat":
        answers = [satisfied for _, satisfied in tickets if satisfied is not None]
        return Fraction(sum(answers), len(answers)) if answers else None
    still = [ticket for ticket, _ in tickets if ticket.status not in DONE]
    return sum(name == "account.open_tickets" or ticket.text("kind") == COMPLAINT for ticket in still)


def _begun(ticket: Ticket, event: Event) -> bool:
    return bool(ticket.told) and ticket.told[0].order <= event.order


def _as_of(ticket: Ticket, event: Event, state: State, rulebook: Rulebook) -> tuple[Ticket, bool | None]:
    """The ticket as it stood at the event, and whether its customer was satisfied (None: had not answered)."""
    own = tuple(one for one in ticket.told if one.order <= event.order)
    standing = standing_of(Ticket(ticket.id, ticket.opened_at, ticket.opened_on, told=own), event.at, state, rulebook)
    level, answer = level_of(ticket, rulebook), standing.course.answer
    score = answer.facts.get("score") if answer else None
    asking = level.asking if level else None
    return standing.stood, None if score is None or asking is None else score >= asking.satisfied_from  # type: ignore[operator]
