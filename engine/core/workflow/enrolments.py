"""Enrolments: a deal's way through one cadence version, from its start to exactly one end.

An enrolment is pinned to the version that made it. Its id is derived from cadence, deal and rotation, so a replay
meets its own rows.
"""

from collections.abc import Sequence
from dataclasses import replace

from engine.core.durations import Duration
from engine.core.enrolled import EXITS
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.records import Cause, Enrolment, Task
from engine.core.rules.cadence import Cadence
from engine.core.rules.policy import REENROL_AFTER
from engine.core.workflow.business_time import reckon
from engine.core.workflow.causes import cause_of
from engine.core.workflow.dues import calendar_for
from engine.core.workflow.notes import Note, note
from engine.core.workflow.room import CAPACITY, let_in, no_room
from engine.core.workflow.settings import setting, time_policy
from engine.core.workflow.work import Work, closed, withdraw


def running(work: Work) -> tuple[Enrolment, ...]:
    """The enrolments of the event's deal that have not ended."""
    deal = work.deal
    return tuple(one for one in work.enrolments(deal.id) if not one.ended_as) if deal else ()


def begin(work: Work, cadence: Cadence, cause: Cause, by_hand: bool = False, priority: int = 0) -> Enrolment | None:
    """A new enrolment before its first step, or None with the reason said.

    One deal runs through a cadence once at a time: `always` ends the one that runs as superseded, `after_exit` waits
    for its end, `never` allows one for ever. Who was removed by hand comes back by hand only. The same event never
    enrols twice. Where there is no room it waits for some.
    """
    deal = work.deal
    assert deal is not None, "only events about a deal start a cadence"
    earlier = [one for one in work.enrolments(deal.id) if one.cadence == cadence.header.id]
    if any(one.cause.event == work.event.id for one in earlier):
        return None
    refused = why_not(work, cadence, earlier, by_hand)
    if refused:
        work.passed("enrolment", deal.id, refused, cause)
        return None
    for current in (one for one in earlier if not one.ended_as):
        end(work, current, "superseded", cause)
    full = no_room(work, cadence, deal.owner)
    rotation = len(earlier) + 1
    return Enrolment(
        id=derived_id("enrolment", cadence.header.id, deal.id, str(rotation)), cadence=cadence.header.id,
        version=cadence.header.version, deal=deal.id, owner=deal.owner, started_at=work.event.at,
        step=cadence.steps[0].id, due_at=None, anchor_at=work.event.at, cause=cause, rotation=rotation,
        priority=priority, pending=CAPACITY if full else "", notes=full,
    )  # fmt: skip


def why_not(work: Work, cadence: Cadence, earlier: Sequence[Enrolment], by_hand: bool = False) -> str:
    """Why the deal may not enter the cadence now, in a word; empty when it may."""
    reenrol, last = setting(cadence, "reenrol"), earlier[-1] if earlier else None
    if work.silent:
        return "history"
    if work.deal and not work.deal.owner:
        return "no_owner"
    if reenrol == "never" and earlier:
        return "never_again"
    if any(not one.ended_as for one in earlier) and (by_hand or reenrol == "after_exit"):
        return "already_enrolled"
    if by_hand or last is None:
        return ""
    if last.ended_as == "removed_by_user":
        return "removed_by_hand"
    return "too_soon" if _too_soon(work, cadence, last) else ""


def _too_soon(work: Work, cadence: Cadence, last: Enrolment) -> bool:
    """True before `reenrol_after` has passed since the last end."""
    wait = cadence.policy.get(REENROL_AFTER)
    if not wait or last.ended_at is None:
        return False
    calendar = calendar_for(work, cadence, last.deal)
    return work.event.at < reckon(calendar, last.ended_at, Duration.parse(wait), time_policy(cadence)).at


def end(work: Work, enrolment: Enrolment, reason: str, cause: Cause, tasks: str = "cancel", name: str = "") -> None:
    """The enrolment ends, as that word of `EXITS` (`name` is what its own stop calls it); `tasks` says whether its open
    tasks cancel, keep, or count as complete. Whoever waits for room in the cadence may have it now."""
    for task in open_tasks(work, enrolment):
        if tasks == "complete":
            work.keep("completed", closed(task, "done", work.event, reason), cause)
        elif tasks == "cancel":
            withdraw(work, task, link(enrolment), cause)
    own = name if name != reason else ""
    over = replace(enrolment, due_at=None, ended_as=reason, exit_name=own, ended_at=work.event.at, ended_by=cause,
                   pending="", pause=None)  # fmt: skip
    work.keep("exited", over, cause)
    if enrolment.takes_room:
        let_in(work, enrolment.cadence, (enrolment.owner,))


def end_named(work: Work, enrolment: Enrolment, name: str, cause: Cause) -> None:
    """The enrolment ends under a name that its cadence gives: one of `EXITS` is itself, any other is a `rule_exit`."""
    end(work, enrolment, name if name in EXITS else "rule_exit", cause, name=name)


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
    """The task of the step where the enrolment stands, made or joined: an open one, else the last; None before there is one."""
    wanted = step_link(enrolment)
    made = [task for task in work.tasks(enrolment.deal) if any(wanted in reason.notes for reason in task.reasons)]
    return min(reversed(made), key=lambda task: task.status != "open", default=None)


def started_by(enrolment: Enrolment, event: Event) -> bool:
    """True when the event, or one derived from it, is what enrolled the deal: what begins it does not end it."""
    began = enrolment.cause.event
    return event.id == began or event.id.startswith(f"{began}+")


def rule_cause(work: Work, cadence: Cadence, notes: tuple[Note, ...] = ()) -> Cause:
    """Because the cadence's policy says so."""
    return cause_of(cadence.header, cadence.header.place, work.event, work.rulebook, notes=notes)
