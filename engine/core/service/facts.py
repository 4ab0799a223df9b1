"""What a condition may know of tickets: the one that an event is about, and how many are open for its account."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from engine.core.events import Event
from engine.core.rules.rulebook import Rulebook
from engine.core.service.standing import level_of, own_facts, standing_of
from engine.core.situation import State
from engine.core.tickets import COMPLAINT, DONE, Ticket

CLOCK_PREFIX = "ticket:"
"""The clock ticks for a ticket under this and its id, so that no deal of the same id is meant."""

Groups = Mapping[str, Callable[[], Mapping[str, object]]]


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


def with_tickets(groups: Groups, facts: Mapping[str, object], event: Event, state: State, rulebook: Rulebook) -> Groups:
    """The groups of facts, the account's with its tickets counted as they stood at the event."""
    account = str(facts.get("deal.account") or facts.get("ticket.account") or "")
    account = account or (event.subject if event.type.startswith("account.") else "")
    if not account:
        return groups
    known = groups.get("account", dict)
    return {**groups, "account": lambda: {**known(), **account_counts(account, event, state, rulebook)}}


def account_counts(account: str, event: Event, state: State, rulebook: Rulebook) -> dict[str, Any]:
    """`account.open_tickets`, `.open_complaints` and, where somebody answered, `.csat`, as of the event."""
    tickets = [_as_of(one, event, state, rulebook) for one in state.tickets_of(account) if _begun(one, event)]
    still = [ticket for ticket, _ in tickets if ticket.status not in DONE]
    answers = [satisfied for _, satisfied in tickets if satisfied is not None]
    found: dict[str, Any] = {
        "account.open_tickets": len(still),
        "account.open_complaints": sum(ticket.text("kind") == COMPLAINT for ticket in still),
    }
    return found | ({"account.csat": Fraction(sum(answers), len(answers))} if answers else {})


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
