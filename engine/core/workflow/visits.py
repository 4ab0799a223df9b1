"""A visit that is called off to be made later: exactly one new task after the time that its step says, for the same reason."""

from dataclasses import replace

from engine.core.durations import Duration
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Outcome
from engine.core.problems import Place
from engine.core.records import Cause, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State
from engine.core.workflow.business_time import reckon
from engine.core.workflow.causes import refused
from engine.core.workflow.dues import calendar_for, in_window
from engine.core.workflow.notes import note
from engine.core.workflow.settings import pinned, time_policy, version_of
from engine.core.workflow.work import Work, propose


def rescheduled(work: Work) -> None:
    """Ask once more for a task that was skipped to be done later, where its enrolment still runs; the new one keeps the
    reason, and ends with the enrolment like the first."""
    event = work.event
    task = work.situation.state.task(event.subject) if _wanted(work) else None
    enrolment = work.situation.state.enrolment(task.enrolment) if task else None
    wait = reschedule_of(task, work.situation.state, work.rulebook) if task else None
    if task is None or enrolment is None or wait is None:
        return
    cadence = pinned(enrolment, work.rulebook)
    step = cadence.step(task.step)
    assert step is not None, "only a task of a step is asked for again"
    counted = reckon(calendar_for(work, cadence, task.deal), event.at, wait, time_policy(cadence))
    due = in_window(work, cadence, step, enrolment, counted)
    said = (note("rescheduled", event.text("reason"), str(wait), wait.zh), *due.notes)
    first = task.reasons[0]
    cause = replace(first, event=event.id, facts=(), notes=(*(one for one in first.notes if one[0] in _LINKS), *said))
    again = replace(
        task, id=derived_id("task", task.id, "again"), made_at=event.at, due_at=due.at, reasons=(cause,), status="open",
        outcome="", note="", snoozed_until=None, ended_at=None, ended_by="", answer=None,
    )  # fmt: skip
    propose(work, again)


_LINKS = ("enrolment", "step")


def not_again(work: Work, task: Task) -> tuple[Outcome, ...]:
    """The refusal, E254, of putting off a task that no step asks for again; empty when it may be, or nobody wants it."""
    wait = reschedule_of(task, work.situation.state, work.rulebook)
    return refused("E254", Cause("", Place(""), work.event.id), task=task.id) if _wanted(work) and not wait else ()


def reschedule_of(task: Task, state: State, rulebook: Rulebook) -> Duration | None:
    """After how long the task is asked for again when it is skipped to be done later; None where it is not: its step says
    nothing of it, or what it belonged to is over."""
    enrolment = state.enrolment(task.enrolment) if task.enrolment else None
    cadence = version_of(enrolment, rulebook) if enrolment and not enrolment.ended_as else None
    step = cadence.step(task.step) if cadence else None
    return step.reschedule if step else None


def _wanted(work: Work) -> bool:
    return work.event.type == "task.skipped" and work.event.body.get("reschedule") is True
