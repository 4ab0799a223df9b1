"""Pauses: an enrolment at rest because a person, a rule or an out-of-office answer says so, and what its end means.

While it rests nothing of it falls due, and its open task is out of sight. Afterwards everything that was still to come is
later by the business time of the rest (`pause: shift`), or at its old date, or at once (`clock_runs`); the daily limit
spreads what then comes together.
"""

from dataclasses import replace
from datetime import UTC, datetime

from engine.core.records import Cause, Enrolment, Pause, Task
from engine.core.rules.cadence import Cadence, PauseOn
from engine.core.rules.company import Calendar
from engine.core.workflow.at_start import back_on, pause_of
from engine.core.workflow.business_time import (
    Reckoned,
    add_business_days,
    add_business_time,
    business_time_between,
)
from engine.core.workflow.calendars import local, next_working_moment
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.dues import calendar_for, dated, in_window
from engine.core.workflow.enrolments import link, open_tasks, rule_cause, running, started_by
from engine.core.workflow.notes import note
from engine.core.workflow.settings import pinned, policy_of, setting, version_of
from engine.core.workflow.work import Work

UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)
"""Until when a task is out of sight whose enrolment rests until somebody resumes it."""


def rest(work: Work, enrolment: Enrolment, pause: Pause, cause: Cause) -> None:
    """The enrolment rests. One that rests already keeps the date and the task that it had, and the later end."""
    before = enrolment.pause
    if before:
        until = None if before.until is None or pause.until is None else max(before.until, pause.until)
        pause = replace(pause, since=before.since, left_at=before.left_at, until=until)
    work.keep("paused", replace(enrolment, pause=pause, due_at=pause.until), cause)
    for task in _own_tasks(work, enrolment):
        work.keep("rested", replace(task, snoozed_until=pause.until or UNTIL_RESUMED), cause)


def _own_tasks(work: Work, enrolment: Enrolment) -> list[Task]:
    """Its open tasks that nobody else wants as well: those stay where they are."""
    mine = link(enrolment)
    return [task for task in open_tasks(work, enrolment) if all(mine in reason.notes for reason in task.reasons)]


def resumed(work: Work, cadence: Cadence, enrolment: Enrolment, at: datetime, cause: Cause | None = None) -> Enrolment:
    """The enrolment under way again from that moment, with its date and its open tasks as the policy says."""
    pause = enrolment.pause
    assert pause is not None, "only what rests is resumed"
    calendar = calendar_for(work, cadence, enrolment.deal)
    said = note("rested", local(calendar, pause.since).date(), local(calendar, at).date(), pause.reason or pause.by)
    cause = replace(cause or rule_cause(work, cadence), notes=(said,))
    awake = replace(enrolment, pause=None, due_at=None, notes=(said,))
    if pause.left_at:
        awake = _dated_again(work, cadence, awake, pause, pause.left_at, at)
    for task in _own_tasks(work, enrolment):
        due_at = _later(cadence, calendar, task.due_at, pause.since, at)
        owner = enrolment.owner if _for_owner(cadence, task) else task.owner
        work.keep("resumed", replace(task, snoozed_until=None, due_at=due_at, owner=owner), cause)
    work.keep("resumed", awake, cause)
    return awake


def _dated_again(
    work: Work, cadence: Cadence, awake: Enrolment, pause: Pause, left_at: datetime, at: datetime
) -> Enrolment:
    due = Reckoned(_later(cadence, calendar_for(work, cadence, awake.deal), left_at, pause.since, at), awake.notes)
    step = cadence.step(awake.step)
    return dated(work, cadence, awake, in_window(work, cadence, step, awake, due) if step else due)


def _later(cadence: Cadence, calendar: Calendar, left_at: datetime, since: datetime, until: datetime) -> datetime:
    """When what was left is due after the rest."""
    if setting(cadence, "pause") == "clock_runs":
        return max(left_at, next_working_moment(calendar, until)) if left_at < until else left_at
    return shifted(calendar, left_at, since, until)


def shifted(calendar: Calendar, left_at: datetime, since: datetime, until: datetime) -> datetime:
    """The moment later by the business time in [since, until): by whole business days with their clock, then by the rest."""
    days = 0
    while add_business_days(calendar, since, days + 1) <= until:
        days += 1
    moved = add_business_days(calendar, left_at, days) if days else left_at
    over = business_time_between(calendar, add_business_days(calendar, since, days) if days else since, until)
    return add_business_time(calendar, moved, over) if over else moved


def _for_owner(cadence: Cadence, task: Task) -> bool:
    step = cadence.step(task.step)
    return bool(step and step.task and step.task.to in ("", "deal.owner"))


def pause_by_rule(work: Work) -> None:
    """Enrolments whose own version says that the event pauses them, and those that it wakes."""
    for enrolment in running(work) if work.situation.matched else ():
        cadence = version_of(enrolment, work.rulebook)
        if cadence is None or started_by(enrolment, work.event):
            continue
        for number, line in enumerate(cadence.pauses):
            pauses = f"{cadence.header.version}#pause.{number}" in work.situation.matched
            pause = pause_of(work, cadence, number, enrolment, work.situation.facts) if pauses else None
            if pause:
                rest(work, enrolment, pause, _line_cause(work, cadence, line))
                break
            wakes = enrolment.pause and enrolment.pause.by == f"rule.{number}"
            if wakes and f"{cadence.header.version}#until.{number}" in work.situation.matched:
                resumed(work, cadence, enrolment, work.event.at, _line_cause(work, cadence, line))
                break


def _line_cause(work: Work, cadence: Cadence, line: PauseOn) -> Cause:
    read = facts_read([line.when, line.until_when, line.until_day], work.situation.facts)
    return cause_of(cadence.header, line.place, work.event, work.rulebook, read)


def pause_out_of_office(work: Work) -> None:
    """An answer that the contact is out of office: a rest until the day of return, or until somebody resumes it."""
    event = work.event
    if event.type != "activity.logged" or event.text("outcome") != "out_of_office":
        return
    for enrolment in running(work):
        if policy_of(enrolment, work.rulebook, "on_out_of_office") != "pause" or enrolment.pending:
            continue
        cadence, day = pinned(enrolment, work.rulebook), event.day("return_on")
        if day and day <= event.on:
            continue
        until = back_on(work, cadence, enrolment, day) if day else None
        pause = Pause(event.at, until, enrolment.due_at, "out_of_office", "out_of_office")
        rest(work, enrolment, pause, rule_cause(work, cadence, (note("out_of_office", day or ""),)))
