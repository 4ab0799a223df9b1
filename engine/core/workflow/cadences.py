"""Cadences: what an event means to a deal's enrolments, in a fixed order.

They follow a new owner; stop conditions and a closing end them; an ended task moves them on; then new ones start; and
the clock makes what is due. Ends come before starts and before anything due, so nothing is made for what is over.
"""

from dataclasses import replace

from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.records import Enrolment
from engine.core.rules.cadence import Cadence
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.enrolments import (
    begin,
    end,
    link,
    pinned,
    policy_of,
    rule_cause,
    running,
    started_by,
    version_of,
)
from engine.core.workflow.steps import first_due, run_due, task_ended
from engine.core.workflow.tasks import follows
from engine.core.workflow.work import Work

_CONCERNING = frozenset({"deal.reassigned", "deal.changed", "deal.reopened", "clock.ticked"})
_CLOSINGS = {"deal.won": "won", "deal.lost": "lost", "deal.cancelled": "cancelled"}


def decide_cadences(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal's enrolments after the event, and their tasks."""
    if situation.deal is None or not (situation.matched or _concerns(event)):
        return ()
    work = Work(event, situation, rulebook)
    _follow_owner(work)
    _stop(work)
    _close(work)
    _after_task(work)
    _start(work)
    _tick(work)
    return tuple(work.outcomes)


def _concerns(event: Event) -> bool:
    """True for events that mean something to enrolments even when no rule's condition holds."""
    return event.type in _CONCERNING or event.type in _CLOSINGS or event.type.startswith("task.")


def _follow_owner(work: Work) -> None:
    event, deal = work.event, work.situation.deal
    if deal is None or event.type not in ("deal.reassigned", "deal.changed") or not event.body.get("owner"):
        return
    for enrolment in running(work):
        policy = policy_of(enrolment, work.rulebook, "on_reassign")
        if enrolment.owner != deal.owner and follows(policy, enrolment.owner, deal.previous_owner):
            cause = replace(enrolment.cause, event=event.id, facts=(), notes=())
            work.keep("moved", replace(enrolment, owner=deal.owner), cause)


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
                end(work, enrolment, stop.reason, cause)
                break


def _close(work: Work) -> None:
    """A closed deal ends what runs, unless the cadence keeps on; what the closing itself starts comes after."""
    how = _CLOSINGS.get(work.event.type)
    for enrolment in running(work) if how else ():
        policy = policy_of(enrolment, work.rulebook, "on_close")
        if policy != "keep":
            cadence = version_of(enrolment, work.rulebook)
            cause = rule_cause(work, cadence) if cadence else replace(enrolment.cause, event=work.event.id)
            end(work, enrolment, _exit_name(cadence, str(how)), cause, tasks=policy)


def _exit_name(cadence: Cadence | None, how: str) -> str:
    """What the cadence calls its end when any deal closes; else how the deal was closed."""
    stops = cadence.stop if cadence else ()
    return next((stop.reason for stop in stops if stop.on == "deal.closed" and stop.when is None), how)


def _after_task(work: Work) -> None:
    """A task was done or skipped: every enrolment that wanted it goes on. A snooze moves what is watched."""
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
        read = facts_read([start.when], work.situation.facts)
        cause = cause_of(cadence.header, start.place, work.event, work.rulebook, read)
        enrolment = begin(work, cadence, cause)
        if enrolment:
            _enrol(work, cadence, enrolment)


def _enrol(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    ready = first_due(work, cadence, enrolment)
    work.keep("enrolled", ready, ready.cause)
    run_due(work, cadence, ready)


def _tick(work: Work) -> None:
    if work.event.type != "clock.ticked":
        return
    for enrolment in running(work):
        if enrolment.due_at and enrolment.due_at <= work.event.at:
            run_due(work, pinned(enrolment, work.rulebook), enrolment)
