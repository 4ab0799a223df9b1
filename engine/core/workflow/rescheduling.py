"""A visit that is called off and made up for: one new one, so long after as its step says, which keeps the reason."""

from dataclasses import replace

from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Outcome
from engine.core.records import Cause, Task
from engine.core.rules.cadence import Cadence, Step
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State
from engine.core.workflow.causes import refused
from engine.core.workflow.dues import calendar_for, in_window, later
from engine.core.workflow.notes import note
from engine.core.workflow.settings import version_of
from engine.core.workflow.work import Work


def made_up_for(task: Task, state: State, rulebook: Rulebook) -> tuple[Cadence, Step] | None:
    """The cadence and its step by which the task, when it is called off, may be planned anew; None when it may not."""
    enrolment = state.enrolment(task.enrolment) if task.enrolment else None
    cadence = version_of(enrolment, rulebook) if enrolment and not enrolment.ended_as else None
    step = cadence.step(task.step) if cadence else None
    return (cadence, step) if cadence and step and step.reschedule_after else None


def rescheduled(work: Work, task: Task, told: Cause) -> tuple[Outcome, ...]:
    """The refusal when the task's rule plans nothing anew; else empty, and the new task is kept.

    It stands for the same step and has every reason of the one that was called off, so whatever waited for that one
    waits for it.
    """
    found = made_up_for(task, work.situation.state, work.rulebook)
    if found is None:
        return refused("E255", told, task=task.id)
    (cadence, step), event = found, work.event
    enrolment = work.situation.state.enrolment(task.enrolment)
    assert enrolment and step.reschedule_after, "only a step of an enrolment is made up for"
    calendar = calendar_for(work, cadence, task.deal)
    due = later(cadence, calendar, event.at, step.reschedule_after, event.at)
    placed = in_window(work, cadence, step, enrolment, due)
    notes = (note("rescheduled", step.reschedule_after, event.text("reason")), *placed.notes)
    reasons = tuple(replace(one, notes=(*one.notes, *notes)) for one in task.reasons)
    again = replace(task, id=derived_id("task", "again", task.id), made_at=event.at, due_at=placed.at, reasons=reasons,
                    snoozed_until=None)  # fmt: skip
    work.keep("made", again, replace(reasons[0], event=event.id))
    return ()
