"""Tickets and customers' answers, kept up to date with what was told of them."""

from dataclasses import replace
from fractions import Fraction

from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome, Refused
from engine.core.recording.common import NotYetKnown, kept, known_people, refused, told
from engine.core.rules.rulebook import Rulebook
from engine.core.service.standing import Standing, level_of, standing_of
from engine.core.situation import Situation, State
from engine.core.tickets import Answer, Ticket, TicketTold


def ticket_told(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The ticket with one more thing told in its place, as it then stands. E240 for an opening of what is open already,
    E241 for what cannot be in its status."""
    state = situation.state
    known_people(event, state)
    known = state.ticket(event.subject)
    if event.type == "ticket.opened":
        if known:
            return refused("E240", event, ticket=event.subject)
        known = Ticket(event.subject, event.at, event.on)
    elif known is None:
        raise NotYetKnown("ticket", event.subject, event)
    if event.text("deal") and state.deal(event.text("deal")) is None:
        raise NotYetKnown("deal", event.text("deal"), event)
    if event.type == "satisfaction.answered" and (wrong := _off_scale(event, known, rulebook)):
        return wrong
    standing = standing_of(_with(known, event, state), event.at, state, rulebook)
    if event.id in standing.course.impossible:
        return _impossible(event, standing)
    last = _last(standing, event, state, rulebook)
    return (*kept(_word(event), last.stood, event), *_answer(last, event, state))


def noted_ticket(event: Event, refusal: Refused, draft: Draft) -> tuple[Outcome, ...]:
    """What could not be is remembered: when something before it is told of late, it may be so after all."""
    known = draft.ticket(event.subject) if refusal.code in ("E241", "E242") else None
    return (Kept("asked", _with(known, event, draft), told(event)),) if known else ()


def _with(ticket: Ticket, event: Event, state: State) -> Ticket:
    one = TicketTold(event.at, event.on, event.rank, event.id, _word(event), event.text("by"), _facts_in(event, state))
    return replace(ticket, told=tuple(sorted([*ticket.told, one], key=lambda past: past.order)))


def _facts_in(event: Event, state: State) -> dict[str, object]:
    """The body's facts. A ticket that is opened from a deal is about its account and contact."""
    facts = {name: value for name, value in event.body.items() if name != "by"}
    deal = state.deal(event.text("deal")) if event.type == "ticket.opened" and event.text("deal") else None
    if event.type == "ticket.opened":
        facts = {"kind": "question", "priority": "normal"} | facts
    for name in ("account", "contact") if deal else ():
        if deal and deal.facts.get(name) and not facts.get(name):
            facts[name] = deal.facts[name]
    return facts


def _word(event: Event) -> str:
    return event.type.split(".")[1]


def _last(standing: Standing, event: Event, state: State, rulebook: Rulebook) -> Standing:
    """The ticket after everything that was told, also where this was told of late."""
    last = standing.ticket.told[-1].at
    return standing if last == event.at else standing_of(standing.ticket, last, state, rulebook)


def _impossible(event: Event, standing: Standing) -> tuple[Outcome, ...]:
    if event.type == "satisfaction.answered":
        return refused("E242", event, ticket=event.subject)
    return refused("E241", event, ticket=event.subject, status=standing.course.status, what=_word(event))


def _off_scale(event: Event, ticket: Ticket, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """E244 where no rule asks for answers, E243 for a score that is not on its scale."""
    level = level_of(ticket, rulebook)
    asking, score = level.asking if level else None, event.body.get("score")
    if asking is None:
        return refused("E244", event, ticket=event.subject)
    if not isinstance(score, int | Fraction) or not asking.worst <= score <= asking.best:
        return refused("E243", event, score=str(score), worst=str(asking.worst), best=str(asking.best))
    return ()


def _answer(standing: Standing, event: Event, state: State) -> tuple[Outcome, ...]:
    """The one answer of the ticket's customer, where it is new or another."""
    course = standing.course
    one, asking = course.answer, standing.level.asking if standing.level else None
    score = one.facts.get("score") if one else None
    if one is None or asking is None or not isinstance(score, int | Fraction):
        return ()
    answer = Answer(
        standing.ticket.id, course.owner_at_answer, str(course.facts.get("account") or ""), one.on, one.at, one.event,
        Fraction(score), score >= asking.satisfied_from, str(one.facts.get("note") or ""),
    )  # fmt: skip
    return () if state.answer(answer.id) == answer else kept("told", answer, event)
