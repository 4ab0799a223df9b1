"""From one step of a cadence to another: the next line, or the step that an outcome, an answer or an event names."""

from dataclasses import replace
from datetime import datetime

from engine.core.records import Enrolment
from engine.core.rules.cadence import END, Cadence, Step
from engine.core.workflow.business_time import Reckoned
from engine.core.workflow.dues import dated, step_due
from engine.core.workflow.enrolments import end, link, open_tasks, rule_cause, task_of_step
from engine.core.workflow.notes import note
from engine.core.workflow.settings import setting
from engine.core.workflow.work import Work, withdraw


def onward(work: Work, cadence: Cadence, enrolment: Enrolment, at: datetime) -> Enrolment | None:
    """The enrolment at its next step, or ended as completed; it waits for open tasks after the last one.

    `at` is when the step was over: done, skipped, or not called for.
    """
    following = cadence.following(enrolment.step)
    if following:
        return advanced(work, cadence, at_step(work, cadence, enrolment, following, at))
    if open_tasks(work, enrolment):
        return advanced(work, cadence, replace(enrolment, due_at=None))
    end(work, enrolment, "completed", rule_cause(work, cadence))
    return None


def to_step(work: Work, cadence: Cadence, enrolment: Enrolment, step_id: str, at: datetime) -> Enrolment | None:
    """The enrolment at the named step, or completed where that says `end`; what it waited for before is called off."""
    current = task_of_step(work, enrolment)
    if current:
        withdraw(work, current, link(enrolment), rule_cause(work, cadence, (note("went_to", step_id),)))
    step = cadence.step(step_id)
    if step_id == END or step is None:
        end(work, enrolment, "completed", rule_cause(work, cadence))
        return None
    return advanced(work, cadence, at_step(work, cadence, enrolment, step, at))


def at_step(work: Work, cadence: Cadence, enrolment: Enrolment, step: Step, at: datetime) -> Enrolment:
    """The enrolment before the step, which is due in its time after the anchor, and not before `at`."""
    anchors = {"previous_actual": at, "previous_due": enrolment.anchor_at, "enrolment": enrolment.started_at}
    start = anchors[setting(cadence, "anchor")]
    came = _visits(work, enrolment, step)
    before = replace(enrolment, step=step.id, anchor_at=start, repeats=came, visit=came, heard=False)
    due = step_due(work, cadence, step, before, start, floor=at)
    return dated(work, cadence, before, Reckoned(max(due.at, at), due.notes))


def _visits(work: Work, enrolment: Enrolment, step: Step) -> int:
    """0 for a step that the enrolment comes to for the first time; where it comes back, one more than it has made tasks,
    so that no two of them share a name."""
    came = f"{enrolment.id}|{step.id}|"
    notes = (n for task in work.tasks(enrolment.deal) for cause in task.reasons for n in cause.notes)
    return len({n for n in notes if n[0] == "step" and n[1].startswith(came)})


def advanced(work: Work, cadence: Cadence, enrolment: Enrolment) -> Enrolment:
    """The enrolment as it goes on. While it is paused the date only waits for the end of the pause."""
    if enrolment.pause:
        pause = replace(enrolment.pause, left_at=enrolment.due_at, since=work.event.at)
        enrolment = replace(enrolment, pause=pause, due_at=pause.until)
    work.keep("advanced", enrolment, rule_cause(work, cadence, enrolment.notes))
    return enrolment
