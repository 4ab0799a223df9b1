"""Cadences: what an event means to a deal's enrolments, in a fixed order.

What a person asks for comes first. Then they follow a new owner; a newer version takes them over; stop conditions, a lost
contact and a closing end them, a reopening takes them up; pauses, branches and answers move them; an ended task moves
them on; then new ones start; and the clock makes what is due. Ends come before starts and before anything due, so nothing
is made for what is over.
"""

from dataclasses import replace
from fractions import Fraction

from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome
from engine.core.rules.cadence import Cadence
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.branches import branch, hear
from engine.core.workflow.by_hand import BY_HAND, by_hand
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.enrolments import (
    begin,
    end,
    end_named,
    link,
    rule_cause,
    running,
    started_by,
)
from engine.core.workflow.migrating import migrate
from engine.core.workflow.onward import onward
from engine.core.workflow.pauses import pause_by_rule, pause_out_of_office
from engine.core.workflow.reach import lose_reach
from engine.core.workflow.reopening import take_up
from engine.core.workflow.room import let_in
from engine.core.workflow.settings import pinned, policy_of, version_of
from engine.core.workflow.steps import enrol, run_due, task_ended
from engine.core.workflow.tasks import follows
from engine.core.workflow.visits import rescheduled
from engine.core.workflow.work import Work

_CLOSINGS = {"deal.won": "deal_won", "deal.lost": "deal_lost", "deal.cancelled": "deal_cancelled"}
_CONCERNING = frozenset({"deal.reassigned", "deal.changed", "deal.reopened", "clock.ticked", "activity.logged",
                         "contact.opted_out", "contact.removed", *BY_HAND, *_CLOSINGS})  # fmt: skip


def decide_cadences(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal's enrolments after the event, and their tasks; or the refusal of what a person asked for."""
    if situation.deal is None or not (situation.matched or _concerns(event)):
        return ()
    work = Work(event, situation, rulebook)
    refusal = by_hand(work) if event.type in BY_HAND else ()
    if refusal:
        return refusal
    for part in _PARTS:
        part(work)
    return tuple(work.outcomes)


def _concerns(event: Event) -> bool:
    """True for events that mean something to enrolments even when no rule's condition holds."""
    return event.type in _CONCERNING or event.type.startswith("task.")


def _follow_owner(work: Work) -> None:
    if work.event.type in ("deal.reassigned", "deal.changed") and work.event.body.get("owner"):
        follow_owner(work)


def follow_owner(work: Work) -> None:
    """The enrolments that go to the deal's new owner, by the policy of their cadence."""
    event, deal = work.event, work.situation.deal
    assert deal is not None, "only a deal has an owner"
    for enrolment in running(work):
        policy = policy_of(enrolment, work.rulebook, "on_reassign")
        if enrolment.owner != deal.owner and follows(policy, enrolment.owner, deal.previous_owner):
            cause = replace(enrolment.cause, event=event.id, facts=(), notes=())
            work.keep("moved", replace(enrolment, owner=deal.owner), cause)
            let_in(work, enrolment.cadence, (enrolment.owner, deal.owner))


def _stop(work: Work) -> None:
    """The first stop of an enrolment's own version whose condition holds ends it, under its name."""
    for enrolment in running(work) if work.situation.matched else ():
        cadence = version_of(enrolment, work.rulebook)
        if cadence is None or started_by(enrolment, work.event):
            continue
        for number, stop in enumerate(cadence.stop):
            if f"{cadence.header.version}#stop.{number}" in work.situation.matched:
                read = facts_read([stop.when], work.situation.facts)
                cause = cause_of(cadence.header, stop.place, work.event, work.rulebook, read)
                end_named(work, enrolment, stop.reason, cause)
                break


def close(work: Work) -> None:
    """A closed deal ends what runs, unless the cadence keeps on; what the closing itself starts comes after."""
    how = _CLOSINGS.get(work.event.type)
    for enrolment in running(work) if how else ():
        policy = policy_of(enrolment, work.rulebook, "on_close")
        if policy != "keep":
            cadence = version_of(enrolment, work.rulebook)
            cause = rule_cause(work, cadence) if cadence else replace(enrolment.cause, event=work.event.id)
            end(work, enrolment, str(how), cause, tasks=policy, name=_exit_name(cadence))


def _exit_name(cadence: Cadence | None) -> str:
    """What the cadence calls its end when any deal closes; empty when it has no word of its own."""
    stops = cadence.stop if cadence else ()
    return next((stop.reason for stop in stops if stop.on == "deal.closed" and stop.when is None), "")


def _after_task(work: Work) -> None:
    """A task was done or skipped: every enrolment that wanted it goes on. A snooze moves what is watched."""
    for cadence, enrolment in work.moved_on:
        current = next((one for one in running(work) if one.id == enrolment.id), None)
        following = onward(work, cadence, current, work.event.at) if current else None
        if following:
            run_due(work, cadence, following)
    task = work.situation.state.task(work.event.subject) if work.event.type.startswith("task.") else None
    if task is None or task.status == "open":
        return
    for enrolment in running(work):
        if any(link(enrolment) in reason.notes for reason in task.reasons):
            task_ended(work, pinned(enrolment, work.rulebook), enrolment, task)


def _start(work: Work) -> None:
    for cadence in work.rulebook.cadences if work.situation.matched else ():
        if f"{cadence.header.version}#start" not in work.situation.matched:
            continue
        start = cadence.start
        read = facts_read([start.when, start.priority], work.situation.facts)
        cause = cause_of(cadence.header, start.place, work.event, work.rulebook, read)
        enrolment = begin(work, cadence, cause, priority=_priority(work, cadence))
        if enrolment:
            enrol(work, cadence, enrolment)


def _priority(work: Work, cadence: Cadence) -> int:
    value = cadence.start.priority.value(work.situation.facts) if cadence.start.priority else None
    return int(value) if isinstance(value, int | Fraction) else 0


def _due_now(work: Work) -> None:
    """What has fallen due when the clock looks, and of what the event has woken."""
    woken = {one.record.id for one in work.outcomes if isinstance(one, Kept) and one.what == "resumed"}
    for enrolment in running(work):
        looked_at = work.event.type == "clock.ticked" or enrolment.id in woken
        if looked_at and enrolment.due_at and enrolment.due_at <= work.event.at:
            run_due(work, pinned(enrolment, work.rulebook), enrolment)


_PARTS = (
    _follow_owner, migrate, _stop, lose_reach, close, take_up, pause_by_rule, pause_out_of_office, hear, branch,
    rescheduled, _after_task, _start, _due_now,
)  # fmt: skip
"""What an event may mean, in order."""
