"""A reopened deal: with `on_reopen: resume`, cadences that its closing ended go on where they stood."""

from dataclasses import replace

from engine.core.records import Enrolment
from engine.core.rules.cadence import Cadence
from engine.core.workflow.at_start import paused_at_start
from engine.core.workflow.business_time import Reckoned
from engine.core.workflow.dues import dated, next_moment, step_due
from engine.core.workflow.enrolments import rule_cause, task_of_step
from engine.core.workflow.notes import note
from engine.core.workflow.pauses import rest
from engine.core.workflow.settings import pinned, policy_of
from engine.core.workflow.steps import run_due
from engine.core.workflow.work import Work

_BY_CLOSING = ("deal_won", "deal_lost", "deal_cancelled")


def take_up(work: Work) -> None:
    """The deal's last enrolment of each cadence, when a closing ended it and its policy says so."""
    if work.event.type != "deal.reopened" or work.deal is None or work.silent:
        return
    last = {one.cadence: one for one in work.enrolments(work.deal.id)}
    for enrolment in last.values():
        resumes = enrolment.ended_as in _BY_CLOSING and policy_of(enrolment, work.rulebook, "on_reopen") == "resume"
        if resumes:
            _take_up(work, pinned(enrolment, work.rulebook), enrolment)


def _take_up(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    """The step's task is open again if the closing called it off; a step that was still to come keeps its date, or is due
    at the next moment it may happen."""
    closing = enrolment.ended_by.event if enrolment.ended_by else ""
    step, task = cadence.step(enrolment.step), task_of_step(work, enrolment)
    assert step is not None, "an enrolment stands at a step of its own version"
    back = replace(enrolment, ended_as="", exit_name="", ended_at=None, ended_by=None)
    cause = rule_cause(work, cadence, (note("reopened"),))
    now = next_moment(work, cadence, step, back, work.event.at)
    if task and task.status == "cancelled" and task.ended_by == closing:
        opened = replace(task, status="open", ended_at=None, ended_by="", due_at=max(task.due_at, now.at))
        work.keep("reopened", opened, cause)
    elif task is None:
        due = step_due(work, cadence, step, back, back.anchor_at)
        back = dated(work, cadence, back, Reckoned(max(due.at, now.at), due.notes))
    work.keep("resumed", back, cause)
    found = paused_at_start(work, cadence, back)
    if found:
        rest(work, back, *found)
        return
    run_due(work, cadence, back)
