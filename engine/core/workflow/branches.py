"""Branches: an event moves an enrolment to another step, or is the answer that a step listens for."""

from dataclasses import replace

from engine.core.records import Enrolment
from engine.core.rules.cadence import Branch, Cadence
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.enrolments import link, running, started_by, task_of_step
from engine.core.workflow.onward import advanced, at_step, to_step
from engine.core.workflow.onward import onward as next_line
from engine.core.workflow.settings import version_of
from engine.core.workflow.steps import run_due
from engine.core.workflow.work import Work, withdraw


def branch(work: Work) -> None:
    """The first branch of an enrolment's own version whose condition holds calls off the step where it stands and goes to
    its own. That begins at the later of the two: when the former step would have been due, and its own time."""
    for enrolment in running(work) if work.situation.matched else ():
        cadence = version_of(enrolment, work.rulebook)
        if cadence is None or enrolment.pending or started_by(enrolment, work.event):
            continue
        for number, line in enumerate(cadence.branches):
            key = f"{cadence.header.version}#branch.{number}"
            if key in work.situation.matched and enrolment.step != line.go_to:
                _go(work, cadence, enrolment, line)
                break


def _go(work: Work, cadence: Cadence, enrolment: Enrolment, line: Branch) -> None:
    step, task = cadence.step(line.go_to), task_of_step(work, enrolment)
    assert step is not None, "a branch leads to a step of its own version"
    cause = cause_of(
        cadence.header, line.place, work.event, work.rulebook, facts_read([line.when], work.situation.facts)
    )
    planned = task.made_at if task else enrolment.due_at
    if task:
        withdraw(work, task, link(enrolment), cause)
    there = at_step(work, cadence, enrolment, step, work.event.at)
    starts = max(moment for moment in (there.due_at, planned) if moment)
    moved = advanced(work, cadence, replace(there, due_at=starts))
    run_due(work, cadence, moved)


def hear(work: Work) -> None:
    """The answer that a step listens for: at once the step that it leads to, or noted until the time is over."""
    for enrolment in running(work) if work.situation.matched else ():
        cadence = version_of(enrolment, work.rulebook)
        step = cadence.step(enrolment.step) if cadence else None
        if cadence is None or step is None or step.listen is None or enrolment.heard or enrolment.pending:
            continue
        if f"{cadence.header.version}#listen.{step.id}" in work.situation.matched:
            _heard(work, cadence, replace(enrolment, heard=True), step.listen.met, step.listen.at_once)


def _heard(work: Work, cadence: Cadence, enrolment: Enrolment, met: str, at_once: bool) -> None:
    at = work.event.at
    if not at_once:
        advanced(work, cadence, enrolment)
        return
    moved = to_step(work, cadence, enrolment, met, at) if met else next_line(work, cadence, enrolment, at)
    if moved:
        run_due(work, cadence, moved)
