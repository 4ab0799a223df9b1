"""Whom a step can still reach: a contact who opted out of a channel, whose address does not work, who is gone."""

from engine.core.records import Enrolment
from engine.core.workflow.dues import contact_of
from engine.core.workflow.enrolments import end, link, open_tasks, rule_cause, running, task_of_step
from engine.core.workflow.notes import Note, note
from engine.core.workflow.settings import pinned, policy_of, version_of
from engine.core.workflow.work import Work, withdraw

_ADDRESS = {"email": "email", "wecom": "wecom", "call": "phone", "message": "phone"}
"""The fact that holds a channel's address: once it is changed, the channel works again."""


def unreachable(work: Work, deal: str, channel: str) -> Note | None:
    """Why the contact cannot be reached on the channel, as a note; None when they can."""
    contact = contact_of(work, deal)
    refused = contact.refuses(channel) if contact else None
    if refused:
        return note("opted_out", refused.channel, refused.reason)
    bounced = [a.at for a in work.situation.state.activities(deal) if (a.kind, a.outcome) == (channel, "bounced")]
    changed = contact.changed_at(_ADDRESS.get(channel, "")) if contact else None
    return note("bounced", channel, "") if bounced and (changed is None or changed < max(bounced)) else None


def lose_reach(work: Work) -> None:
    """What an opt-out, a message that came back, or a removed contact means to the enrolments of the deal."""
    event = work.event
    if event.type == "contact.removed":
        for enrolment in running(work):
            _over(work, enrolment, "contact_removed")
    elif event.type == "contact.opted_out":
        _close_channel(work, "on_opt_out", "opted_out")
    elif event.type == "activity.logged" and event.text("outcome") == "bounced":
        _close_channel(work, "on_bounce", "bounced")


def _over(work: Work, enrolment: Enrolment, reason: str) -> None:
    cadence = version_of(enrolment, work.rulebook)
    if cadence:
        end(
            work,
            enrolment,
            reason,
            rule_cause(work, cadence, (note(reason, work.event.text("channel"), work.event.text("reason")),)),
        )


def _close_channel(work: Work, key: str, reason: str) -> None:
    """The cadence ends, or its open task of that channel is called off and the next step follows."""
    for enrolment in running(work):
        if policy_of(enrolment, work.rulebook, key) == "exit":
            _over(work, enrolment, reason)
        else:
            _call_off(work, enrolment)


def _call_off(work: Work, enrolment: Enrolment) -> None:
    cadence = pinned(enrolment, work.rulebook)
    current, moves_on = task_of_step(work, enrolment), False
    for task in open_tasks(work, enrolment):
        why = unreachable(work, enrolment.deal, task.channel)
        if why:
            moves_on = moves_on or (current is not None and task.id == current.id)
            withdraw(work, task, link(enrolment), rule_cause(work, cadence, (why,)))
    if moves_on:
        work.moved_on.append((cadence, enrolment))
