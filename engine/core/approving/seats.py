"""Whose word is asked: the people of a step, never the requester, never somebody who is away while another can."""

from datetime import date

from engine.core.approval import Approval, Seat
from engine.core.formulas import EvaluationError
from engine.core.problems import Place
from engine.core.rules.approval import ApprovalRule, ApprovalStep
from engine.core.situation import State
from engine.core.workflow.notes import Note, note
from engine.core.workflow.recipients import manager_of, names_nobody, recipients
from engine.core.workflow.work import Work


def seats_of(work: Work, rule: ApprovalRule, approval: Approval, number: int) -> tuple[Seat, ...]:
    """The seats of a step of the request's band. Whoever has agreed before need not be asked again.

    Raises E042 for a name that nobody answers to, E206 where nobody but the requester could decide.
    """
    step = steps_of(rule, approval)[number]
    agreed = {seat.person for seat in approval.seats if seat.answer == "granted"}
    return tuple(_seat(work, rule, approval, step, who, number, agreed) for who in step.who)


def steps_of(rule: ApprovalRule, approval: Approval) -> tuple[ApprovalStep, ...]:
    """The steps of the request's band; those of the last band where the rule has fewer now."""
    return rule.bands[min(approval.band, len(rule.bands) - 1)].steps


def _seat(
    work: Work, rule: ApprovalRule, approval: Approval, step: ApprovalStep, who: str, number: int, agreed: set[str]
) -> Seat:
    person, notes = _asked(work, rule, approval, step.place, who)
    if person in agreed:
        said = (*notes, note("already_agreed", person))
        return Seat(who, person, number, "granted", work.event.at, notes=said)
    return Seat(who, person, number, notes=notes)


def _asked(work: Work, rule: ApprovalRule, approval: Approval, place: Place, who: str) -> tuple[str, tuple[Note, ...]]:
    """Who is asked for that word: the one meant, or, where that is the requester, the next one up who is not."""
    found = recipients(who, work.event, work.situation, place)
    others = [one for one in found if one[0] != approval.requested_by]
    person, notes = _nearest(work, others or list(found))
    if person == approval.requested_by:
        above = above_requester(person, approval, work.situation.state, work.event.on)
        if not above:
            raise EvaluationError("E206", place, approval=approval.rule, deal=approval.deal, by=approval.requested_by)
        person, notes = above, (*notes, note("own_request", person, above))
    return _present(work, rule, approval, person, notes)


def _nearest(work: Work, found: list[tuple[str, tuple[Note, ...]]]) -> tuple[str, tuple[Note, ...]]:
    """Of several who hold a role, the nearest above the deal's owner, else the first by id."""
    known = dict(found)
    person, on, state = work.deal.owner if work.deal else "", work.event.on, work.situation.state
    seen: set[str] = set()
    while person and person not in seen and len(known) > 1:
        seen.add(person)
        person = manager_of(person, state, on)
        if person in known:
            return person, known[person]
    first = min(known)
    return first, known[first]


def _present(
    work: Work, rule: ApprovalRule, approval: Approval, person: str, notes: tuple[Note, ...]
) -> tuple[str, tuple[Note, ...]]:
    """The person, or whoever stands in while they are on leave; the person after all when nobody can."""
    until = away_until(person, work.situation.state, work.event.on)
    if until is None or rule.while_away == "wait":
        return person, notes
    if rule.while_away == "manager":
        other = above_requester(person, approval, work.situation.state, work.event.on)
    else:
        nobody = names_nobody(rule.while_away, work.situation)
        found = () if nobody else recipients(rule.while_away, work.event, work.situation, rule.header.place)
        other = min((one for one, _ in found if one != approval.requested_by), default="")
    if not other or away_until(other, work.situation.state, work.event.on):
        return person, notes
    return other, (*notes, note("away", person, other, until.isoformat()))


def above_requester(person: str, approval: Approval, state: State, on: date) -> str:
    """The nearest above the person who is not the requester; empty when there is none."""
    seen = {person}
    above = manager_of(person, state, on)
    while above and above == approval.requested_by and above not in seen:
        seen.add(above)
        above = manager_of(above, state, on)
    return "" if above in seen else above


def away_until(person: str, state: State, on: date) -> date | None:
    """The day on which somebody on leave is back; None for who is here."""
    known = state.person(person)
    absences = known.absences if known else ()
    return next((one.until_on for one in absences if one.from_on <= on < one.until_on), None)
