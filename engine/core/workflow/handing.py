"""What every change of hands shares: the deal with another owner or none, the note of it, and what becomes of its work."""

from dataclasses import replace
from datetime import date

from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Kept
from engine.core.records import Cause, Deal, Handover
from engine.core.workflow.enrolments import end, running
from engine.core.workflow.settings import policy_of
from engine.core.workflow.tasks import follows, policy_of_task
from engine.core.workflow.work import Work, closed


def with_owner(deal: Deal, owner: str, on: date) -> Deal:
    """The deal in other hands (nobody's for ""): it remembers the last person who had it, and since when that is over."""
    facts = {name: value for name, value in deal.facts.items() if name != "owner"}
    facts |= {"owner": owner} if owner else {}
    return replace(deal, facts=facts, previous_owner=deal.owner or deal.previous_owner, reassigned_on=on)


def hand_over(work: Work, deal: Deal, to: str, how: str, rule: str, cause: Cause, reason: str = "") -> None:
    """The deal goes to that person, or to nobody, and the note of it is kept."""
    work.keep(how, with_owner(deal, to, work.event.on), cause)
    work.outcomes.append(Kept(how, handover(work.event, "deal", deal.id, to, how, rule, cause, reason), cause))


def handover(
    event: Event, kind: str, subject: str, to: str, how: str, rule: str, cause: Cause, reason: str = ""
) -> Handover:
    """The note of a change of hands. Its id is of the subject, the event and what happened, so a replay meets it."""
    id = derived_id("handover", subject, event.id, how)
    return Handover(id, kind, subject, to, how, rule, event.at, event.on, event.id, cause, reason)


def let_go(work: Work, deal: Deal, cause: Cause) -> None:
    """What the deal's owner was asked to do for it ends, since nobody has the deal; what stays with others stays."""
    for enrolment in running(work):
        if follows(policy_of(enrolment, work.rulebook, "on_reassign"), enrolment.owner, deal.owner):
            end(work, enrolment, "recycled", cause)
    for task in work.tasks(deal.id):
        if task.status == "open" and follows(policy_of_task(work, task), task.lent_by or task.owner, deal.owner):
            work.keep("cancelled", closed(task, "cancelled", work.event), cause)
