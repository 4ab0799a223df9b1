"""A cadence's steps: when each falls due, the task it makes, where its outcome leads, what if it is not done.

A step happens at the moment it was due, not when the clock was looked at, so that it does not matter how often that
is. What was due before the event is done in its order.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta

from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Told
from engine.core.records import Cause, Enrolment, Task
from engine.core.rules.cadence import Cadence, Step
from engine.core.rules.company import Calendar
from engine.core.workflow.assignments import person_for
from engine.core.workflow.business_time import Reckoned, reckon
from engine.core.workflow.calendars import instant, local, next_working_moment
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.deadlines import in_time_of
from engine.core.workflow.enrolments import (
    end,
    link,
    open_tasks,
    rule_cause,
    setting,
    step_link,
    task_of_step,
    time_policy,
)
from engine.core.workflow.notes import Note, note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.recipients import Recipient, manager_of
from engine.core.workflow.work import Work, closed, propose


def calendar_for(work: Work, cadence: Cadence) -> Calendar:
    """The cadence's calendar, or the company's, as in force on the event's day."""
    return calendar_of(cadence.calendar, work.rulebook, work.event.on)


def first_due(work: Work, cadence: Cadence, enrolment: Enrolment) -> Enrolment:
    """The enrolment with the moment of its first step; `immediate` lets one without a wait happen at any hour."""
    step, start = cadence.steps[0], enrolment.started_at
    if setting(cadence, "first_step") == "immediate" and step.after.count == 0:
        return replace(enrolment, due_at=start)
    due = reckon(calendar_for(work, cadence), start, step.after, time_policy(cadence))
    return replace(enrolment, due_at=due.at, notes=due.notes)


def run_due(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    """Everything of the enrolment that is due by the event's moment, step after step."""
    if work.silent:
        return
    current: Enrolment | None = enrolment
    while current and current.due_at and current.due_at <= work.event.at:
        current = _happen(work, cadence, current, current.due_at)


def _happen(work: Work, cadence: Cadence, enrolment: Enrolment, at: datetime) -> Enrolment | None:
    """What is due of the enrolment: a step, or its task's being overdue. None when the enrolment has ended."""
    task, step = task_of_step(work, enrolment), cadence.step(enrolment.step)
    assert step is not None, "an enrolment stands at a step of its own version"
    if task:
        return _overdue(work, cadence, enrolment, task)
    if step.when and not step.when.holds(work.situation.facts):
        work.passed("step", enrolment.id, f"{step.id}: condition not met", _step_cause(work, cadence, step, enrolment))
        return onward(work, cadence, enrolment, at)
    made = _make(work, cadence, step, enrolment, at)
    if setting(cadence, "anchor") == "previous_actual" or step.on_outcome:
        return _advanced(work, cadence, replace(enrolment, anchor_at=at, due_at=_watch(work, cadence, made)))
    return onward(work, cadence, replace(enrolment, anchor_at=at), at)


def _make(work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, at: datetime) -> Task:
    """The step's task, made at the moment the step was due."""
    template, calendar = step.task, calendar_for(work, cadence)
    id = derived_id("task", enrolment.id, step.id, str(enrolment.repeats))
    owner, notes = _owner(work, step, enrolment, id)
    counted = in_time_of(work, template, owner, calendar)
    due = reckon(counted, at, template.due_in, time_policy(cadence)) if template.due_in else Reckoned(at)
    cause = _step_cause(work, cadence, step, enrolment, (*notes, *due.notes))
    title = template.title
    task = Task(
        id=id, purpose=template.purpose,
        owner=owner, deal=enrolment.deal, title=(title.show("en"), title.show("zh")), channel=template.channel,
        made_at=at, due_at=due.at, reasons=(cause,), template=template.template, priority=template.priority,
        enrolment=enrolment.id, step=step.id,
    )  # fmt: skip
    propose(work, task)
    return task


def _owner(work: Work, step: Step, enrolment: Enrolment, task: str) -> Recipient:
    """What a step gives to the deal's owner goes to the enrolment's, who follows the deal as the policy says."""
    to = step.task.to or "deal.owner"
    whom = enrolment.owner if to == "deal.owner" and enrolment.owner else to
    return person_for(work, task, whom, step.place)


def _step_cause(work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, notes: tuple[Note, ...] = ()) -> Cause:
    read = facts_read([step.when], work.situation.facts)
    linked = (*enrolment.notes, *notes, link(enrolment), step_link(enrolment))
    return cause_of(cadence.header, step.place, work.event, work.rulebook, read, linked)


def _watch(work: Work, cadence: Cadence, task: Task) -> datetime | None:
    """When the clock must look at the task again: once it is overdue, if the policy does anything about that."""
    return None if setting(cadence, "on_overdue") == "wait" else overdue_at(calendar_for(work, cadence), task)


def overdue_at(calendar: Calendar, task: Task) -> datetime:
    """The first working moment after the day on which the task is due, or until which it is snoozed."""
    until = max(task.due_at, task.snoozed_until or task.due_at)
    day = local(calendar, until).date() + timedelta(days=1)
    return next_working_moment(calendar, instant(calendar.time_zone, day, time.min))


def _overdue(work: Work, cadence: Cadence, enrolment: Enrolment, task: Task) -> Enrolment | None:
    """The step's task is still open after its day: skip the step, or tell the manager once and wait."""
    again = overdue_at(calendar_for(work, cadence), task)
    if task.status == "open" and again > work.event.at:
        return _advanced(work, cadence, replace(enrolment, due_at=again))
    if task.status == "open" and setting(cadence, "on_overdue") == "skip":
        cause = rule_cause(work, cadence, (link(enrolment),))
        work.keep("cancelled", closed(task, "cancelled", work.event, text="overdue"), cause)
        return onward(work, cadence, enrolment, again)
    if task.status == "open":
        _escalate(work, cadence, enrolment, task)
    return _advanced(work, cadence, replace(enrolment, due_at=None))


def _escalate(work: Work, cadence: Cadence, enrolment: Enrolment, task: Task) -> None:
    cause = rule_cause(work, cadence, (link(enrolment), note("task", task.id)))
    to = manager_of(task.owner, work.situation.state, work.event.on)
    if not to:
        work.passed("escalation", task.id, "no_manager", cause)
        return
    work.outcomes.append(Told(derived_id("told", "overdue", task.id, to), to, "task-overdue", task.deal, cause))


def onward(work: Work, cadence: Cadence, enrolment: Enrolment, at: datetime) -> Enrolment | None:
    """The enrolment at its next step, or ended as finished; it waits for open tasks after the last one.

    `at` is when the step was over: done, skipped, or not called for.
    """
    ids = [step.id for step in cadence.steps]
    following = cadence.steps[ids.index(enrolment.step) + 1 :]
    if not following and open_tasks(work, enrolment):
        return _advanced(work, cadence, replace(enrolment, due_at=None))
    if not following:
        end(work, enrolment, "finished", rule_cause(work, cadence))
        return None
    return _advanced(work, cadence, _at_step(work, cadence, enrolment, following[0], at))


def _at_step(work: Work, cadence: Cadence, enrolment: Enrolment, step: Step, at: datetime) -> Enrolment:
    """The enrolment before the step, which is due in its time after the anchor, and not before `at`."""
    anchors = {"previous_actual": at, "previous_due": enrolment.anchor_at, "enrolment": enrolment.started_at}
    start = anchors[setting(cadence, "anchor")]
    due = reckon(calendar_for(work, cadence), start, step.after, time_policy(cadence))
    return replace(enrolment, step=step.id, anchor_at=start, due_at=max(due.at, at), repeats=0, notes=due.notes)


def _advanced(work: Work, cadence: Cadence, enrolment: Enrolment) -> Enrolment:
    work.keep("advanced", enrolment, rule_cause(work, cadence, enrolment.notes))
    return enrolment


def task_ended(work: Work, cadence: Cadence, enrolment: Enrolment, task: Task) -> None:
    """What the end of a step's task leads to: the step again, the next step, or the end of the enrolment."""
    if task_of_step(work, enrolment) != task:
        _finish_if_last(work, cadence, enrolment)
        return
    step = cadence.step(enrolment.step)
    assert step is not None, "an enrolment stands at a step of its own version"
    again = next((one for one in step.on_outcome if one.outcome == task.outcome and task.status == "done"), None)
    if again is None or enrolment.repeats >= again.at_most:
        current = onward(work, cadence, enrolment, work.event.at)
    else:
        repeat = note("repeated", task.outcome, enrolment.repeats + 1, again.at_most)
        due = reckon(calendar_for(work, cadence), work.event.at, again.repeat_after, time_policy(cadence))
        waits = replace(enrolment, repeats=enrolment.repeats + 1, anchor_at=work.event.at, due_at=due.at)
        current = _advanced(work, cadence, replace(waits, notes=(repeat, *due.notes)))
    if current:
        run_due(work, cadence, current)


def _finish_if_last(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    """A task of an earlier step ended: the enrolment is over when it only waited for that."""
    waits = enrolment.due_at is None and enrolment.step == cadence.steps[-1].id
    if waits and not open_tasks(work, enrolment):
        end(work, enrolment, "finished", rule_cause(work, cadence))
