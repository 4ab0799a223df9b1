"""A rule that changed while work is under way: what its newer version says becomes of enrolments of an older one.

It is asked when something next happens to the enrolment: an event of its deal that means something to enrolments, or the
clock. Steps have ids, so a changed wait, a new step and a removed one can be told apart. A changed calendar is asked for
in the same way.
"""

from dataclasses import replace

from engine.core.outcomes import Kept
from engine.core.records import Enrolment
from engine.core.rules.cadence import Cadence, Step
from engine.core.rules.rulebook import in_force
from engine.core.workflow.dues import calendar_for, dated, step_due
from engine.core.workflow.enrolments import begin, end, link, rule_cause, running, task_of_step
from engine.core.workflow.notes import note
from engine.core.workflow.settings import setting, version_of
from engine.core.workflow.steps import enrol
from engine.core.workflow.work import Work, withdraw


def migrate(work: Work) -> None:
    """Every enrolment of the deal by the version and the calendar by which it now goes."""
    for enrolment in running(work):
        newer = _newer(work, enrolment)
        if newer and not work.silent:
            _by_newer(work, newer, enrolment)
    for enrolment in running(work):
        cadence = version_of(enrolment, work.rulebook)
        if cadence and setting(cadence, "calendar_change") == "recompute":
            _recomputed(work, cadence, enrolment)


def _newer(work: Work, enrolment: Enrolment) -> Cadence | None:
    """The version in force of its cadence, when the enrolment goes by another and that one says what becomes of it."""
    now = (one for one in in_force(work.rulebook.cadences, work.event.on) if one.header.id == enrolment.cadence)
    found = next(now, None)
    if found is None or found.header.version == enrolment.version or setting(found, "migrate") == "pin":
        return None
    return found


def _by_newer(work: Work, newer: Cadence, enrolment: Enrolment) -> None:
    how = setting(newer, "migrate")
    cause = rule_cause(work, newer, (note("migrated", how),))
    step = _where(work, newer, enrolment)
    if how == "restart":
        end(work, enrolment, "reset_by_rule_change", cause)
        again = begin(work, newer, cause, by_hand=True, priority=enrolment.priority)
        if again:
            enrol(work, newer, again)
    elif step is None or (how == "reevaluate" and not _still_starts(work, newer)):
        end(work, enrolment, "reset_by_rule_change", cause)
    else:
        _over(work, newer, enrolment, step, how)


def _still_starts(work: Work, newer: Cadence) -> bool:
    return newer.start.when is None or newer.start.when.holds(work.situation.facts)


def _where(work: Work, newer: Cadence, enrolment: Enrolment) -> Step | None:
    """The step of the newer version where the enrolment goes on: its own, else the next of the older that is still there."""
    older = version_of(enrolment, work.rulebook)
    ids = [step.id for step in older.steps] if older else [enrolment.step]
    rest = ids[ids.index(enrolment.step) :] if enrolment.step in ids else [enrolment.step]
    return next((step for id in rest if (step := newer.step(id))), None)


def _over(work: Work, newer: Cadence, enrolment: Enrolment, step: Step, how: str) -> None:
    """The enrolment by the newer version. A step that is no more takes its open task along; a date is counted anew for a
    step that is another, and with `reevaluate`."""
    cause = rule_cause(work, newer, (note("migrated", how),))
    task, moved = task_of_step(work, enrolment), replace(enrolment, version=newer.header.version)
    if step.id != enrolment.step:
        if task:
            withdraw(work, task, link(enrolment), cause)
        moved = replace(moved, step=step.id, repeats=0, visit=0, heard=False)
        task = None
    counted = how == "reevaluate" or step.id != enrolment.step
    if counted and task is None and not moved.pending and not moved.pause:
        moved = dated(work, newer, moved, step_due(work, newer, step, moved, moved.anchor_at))
    work.keep("migrated", moved, cause)


def _recomputed(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    """The date of a step that is still to come, by the calendar that is now in force."""
    calendar, step = calendar_for(work, cadence, enrolment.deal), cadence.step(enrolment.step)
    waits = enrolment.due_at is not None and enrolment.state == "running" and task_of_step(work, enrolment) is None
    if step is None or not waits or enrolment.calendar in ("", calendar.header.version) or enrolment.repeats:
        return
    due = step_due(work, cadence, step, enrolment, enrolment.anchor_at)
    anew = dated(work, cadence, enrolment, due)
    work.outcomes.append(Kept("recomputed", anew, rule_cause(work, cadence, (note("recomputed", calendar.header.id),))))
