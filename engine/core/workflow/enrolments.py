"""Enrolments: a deal's way through one cadence version, from its start to exactly one end.

An enrolment is pinned to the version that made it. Its id is derived from cadence, deal and rotation, so a replay
meets its own rows.
"""

from dataclasses import replace

from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.incentives.identity import derived_id
from engine.core.records import Cause, Enrolment, Task
from engine.core.rules.cadence import Cadence
from engine.core.rules.policy import DEFAULT_POLICY
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.business_time import TimePolicy
from engine.core.workflow.causes import cause_of
from engine.core.workflow.notes import Note, note
from engine.core.workflow.work import Work, closed, withdraw


def setting(cadence: Cadence, key: str) -> str:
    """The cadence's value of a policy key, or the key's default."""
    return cadence.policy.get(key) or DEFAULT_POLICY[key]


def time_policy(cadence: Cadence) -> TimePolicy:
    """How the cadence counts time."""
    names = ("weekend_start", "on_nonworking", "defer_time", "day_arithmetic")
    return TimePolicy(**{name: setting(cadence, name) for name in names})


def version_of(enrolment: Enrolment, rulebook: Rulebook) -> Cadence | None:
    """The cadence version that the enrolment is pinned to, or None when the rulebook no longer holds it."""
    return next((cadence for cadence in rulebook.cadences if cadence.header.version == enrolment.version), None)


def pinned(enrolment: Enrolment, rulebook: Rulebook) -> Cadence:
    """The cadence version that the enrolment is pinned to. Raises E043 when the rulebook no longer holds it."""
    cadence = version_of(enrolment, rulebook)
    if cadence is None:
        raise EvaluationError("E043", enrolment.cause.place, enrolment=enrolment.id, version=enrolment.version)
    return cadence


def policy_of(enrolment: Enrolment, rulebook: Rulebook, key: str) -> str:
    """The policy that the enrolment goes by; the key's default when its version is gone."""
    cadence = version_of(enrolment, rulebook)
    return setting(cadence, key) if cadence else DEFAULT_POLICY[key]


def running(work: Work) -> tuple[Enrolment, ...]:
    """The enrolments of the event's deal that have not ended."""
    deal = work.deal
    return tuple(one for one in work.enrolments(deal.id) if not one.ended_as) if deal else ()


def begin(work: Work, cadence: Cadence, cause: Cause) -> Enrolment | None:
    """A new enrolment before its first step, or None with the reason said.

    One deal runs through a cadence once at a time: `always` ends the one that runs as superseded, `after_exit` waits
    for its end, `never` allows one for ever. The same event never enrols twice.
    """
    deal = work.deal
    assert deal is not None, "only events about a deal start a cadence"
    earlier = [one for one in work.enrolments(deal.id) if one.cadence == cadence.header.id]
    if any(one.cause.event == work.event.id for one in earlier):
        return None
    why_not = _why_not(work, setting(cadence, "reenrol"), earlier)
    if why_not:
        work.passed("enrolment", deal.id, why_not, cause)
        return None
    for current in (one for one in earlier if not one.ended_as):
        end(work, current, "superseded", cause)
    rotation = len(earlier) + 1
    return Enrolment(
        derived_id("enrolment", cadence.header.id, deal.id, str(rotation)), cadence.header.id, cadence.header.version,
        deal.id, deal.owner, work.event.at, cadence.steps[0].id, None, work.event.at, cause, rotation,
    )  # fmt: skip


def _why_not(work: Work, reenrol: str, earlier: list[Enrolment]) -> str:
    if work.silent:
        return "history"
    if reenrol == "never" and earlier:
        return "never_again"
    return "already_enrolled" if reenrol == "after_exit" and any(not one.ended_as for one in earlier) else ""


def end(work: Work, enrolment: Enrolment, reason: str, cause: Cause, tasks: str = "cancel") -> None:
    """The enrolment ends, for that reason; `tasks` says whether its open tasks cancel, keep, or count as complete."""
    for task in open_tasks(work, enrolment):
        if tasks == "complete":
            work.keep("completed", closed(task, "done", work.event, reason), cause)
        elif tasks == "cancel":
            withdraw(work, task, link(enrolment), cause)
    over = replace(enrolment, step="", due_at=None, ended_as=reason, ended_at=work.event.at, ended_by=cause)
    work.keep("exited", over, cause)


def link(enrolment: Enrolment) -> Note:
    """The note by which a task's reason points to the enrolment."""
    return note("enrolment", enrolment.id)


def step_link(enrolment: Enrolment) -> Note:
    """The note by which a task's reason points to the step where the enrolment stands, and its repeat."""
    return note("step", enrolment.id, enrolment.step, enrolment.repeats)


def open_tasks(work: Work, enrolment: Enrolment) -> tuple[Task, ...]:
    """The open tasks that the enrolment is a reason for."""
    wanted = link(enrolment)
    return tuple(
        task
        for task in work.tasks(enrolment.deal)
        if task.status == "open" and any(wanted in reason.notes for reason in task.reasons)
    )


def task_of_step(work: Work, enrolment: Enrolment) -> Task | None:
    """The task of the step where the enrolment stands, made or joined, an open one first; None before there is one."""
    wanted = step_link(enrolment)
    made = [task for task in work.tasks(enrolment.deal) if any(wanted in reason.notes for reason in task.reasons)]
    return min(made, key=lambda task: task.status != "open", default=None)


def started_by(enrolment: Enrolment, event: Event) -> bool:
    """True when the event, or one derived from it, is what enrolled the deal: what begins it does not end it."""
    began = enrolment.cause.event
    return event.id == began or event.id.startswith(f"{began}+")


def rule_cause(work: Work, cadence: Cadence, notes: tuple[Note, ...] = ()) -> Cause:
    """Because the cadence's policy says so."""
    return cause_of(cadence.header, cadence.header.place, work.event, work.rulebook, notes=notes)
