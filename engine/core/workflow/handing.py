"""What every change of hands shares: the deal, customer or ticket with another owner or none, the note of it, and what
becomes of a deal's work."""

from dataclasses import replace
from datetime import date

from engine.core.accounts import in_hands
from engine.core.charges import Charge
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Kept
from engine.core.records import Account, Cause, Deal, Handover, Record
from engine.core.service.standing import given
from engine.core.workflow.enrolments import end, running
from engine.core.workflow.settings import policy_of
from engine.core.workflow.tasks import follows, policy_of_task
from engine.core.workflow.work import Work, closed


def with_owner(deal: Deal, owner: str, on: date) -> Deal:
    """The deal in other hands (nobody's for ""): it remembers the last person who had it, and since when that is over."""
    facts = {name: value for name, value in deal.facts.items() if name != "owner"}
    facts |= {"owner": owner} if owner else {}
    return replace(deal, facts=facts, previous_owner=deal.owner or deal.previous_owner, reassigned_on=on)


def hand_over(work: Work, charge: Charge, to: str, how: str, rule: str, cause: Cause, reason: str = "") -> None:
    """It goes to that person, or to nobody, and the note of it is kept."""
    work.outcomes += [Kept(how, record, cause) for record in in_other_hands(work, charge, to)]
    noted = handover(work.event, charge.kind, charge.id, to, how, rule, cause, reason)
    work.outcomes.append(Kept(how, noted, cause))


def in_other_hands(work: Work, charge: Charge, to: str) -> tuple[Record, ...]:
    """Its records as they are in that person's hands from the event on."""
    record, event, state = charge.record, work.event, work.situation.state
    if isinstance(record, Deal):
        return (with_owner(record, to, event.on),)
    if isinstance(record, Account):
        return in_hands(record.id, to, event, state, work.rulebook.company.time_zone)
    return (given(record, to, event, state, work.rulebook),)


def handover(
    event: Event, kind: str, subject: str, to: str, how: str, rule: str, cause: Cause, reason: str = ""
) -> Handover:
    """The note of a change of hands. Its id is of the subject, the event and what happened, so a replay meets it; a
    customer's says so, who may have the same id as a deal."""
    of = () if kind in ("deal", "task") else (kind,)
    id = derived_id("handover", *of, subject, event.id, how)
    return Handover(id, kind, subject, to, how, rule, event.at, event.on, event.id, cause, reason)


def let_go(work: Work, deal: Deal, cause: Cause) -> None:
    """What the deal's owner was asked to do for it ends, since nobody has the deal; what stays with others stays."""
    for enrolment in running(work):
        if follows(policy_of(enrolment, work.rulebook, "on_reassign"), enrolment.owner, deal.owner):
            end(work, enrolment, "recycled", cause)
    for task in work.tasks(deal.id):
        if task.status == "open" and follows(policy_of_task(work, task), task.lent_by or task.owner, deal.owner):
            work.keep("cancelled", closed(task, "cancelled", work.event), cause)
