"""A cadence's steps: what each does when it falls due, where its outcome leads, what if it is not done.

A step happens at the moment it was due, not when the clock was looked at, so that it does not matter how often that
is. What was due before the event is done in its order.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Told
from engine.core.records import Cause, Enrolment, Task
from engine.core.rules.cadence import Cadence, OnOutcome, Step, TaskTemplate
from engine.core.rules.company import Calendar
from engine.core.rules.rulebook import in_force
from engine.core.workflow.assignments import person_for
from engine.core.workflow.at_start import began
from engine.core.workflow.business_time import Reckoned, reckon
from engine.core.workflow.calendars import instant, local, next_working_moment
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.deadlines import in_time_of
from engine.core.workflow.dues import calendar_for, dated, in_window
from engine.core.workflow.enrolments import (
    begin,
    end,
    end_named,
    link,
    open_tasks,
    rule_cause,
    step_link,
    task_of_step,
)
from engine.core.workflow.notes import Note, note
from engine.core.workflow.onward import advanced, onward, to_step
from engine.core.workflow.pauses import resumed
from engine.core.workflow.reach import unreachable
from engine.core.workflow.recipients import Recipient, manager_of, names_nobody
from engine.core.workflow.room import full_day
from engine.core.workflow.settings import setting, time_policy
from engine.core.workflow.work import Work, closed, propose


def enrol(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    """The enrolment is kept, and what is due of it at once is done; one that waits for room only waits."""
    if enrolment.pending:
        work.keep("enrolled", enrolment, replace(enrolment.cause, notes=enrolment.notes))
        return
    run_due(work, cadence, began(work, cadence, enrolment, "enrolled", enrolment.cause))


def run_due(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    """Everything of the enrolment that is due by the event's moment, step after step; first the end of a pause."""
    if work.silent:
        return
    current: Enrolment | None = enrolment
    while current and (due_at := current.due_at) and due_at <= work.event.at:
        happens = resumed if current.pause else _happen
        current = happens(work, cadence, current, due_at)


def _happen(work: Work, cadence: Cadence, enrolment: Enrolment, at: datetime) -> Enrolment | None:
    """What is due of the enrolment: a step, or its task's being overdue. None when the enrolment has ended."""
    task, step = task_of_step(work, enrolment), cadence.step(enrolment.step)
    assert step is not None, "an enrolment stands at a step of its own version"
    if task:
        return _overdue(work, cadence, enrolment, task)
    if step.listen:
        following = step.listen.met if enrolment.heard else step.listen.not_met
        return to_step(work, cadence, enrolment, following, at) if following else onward(work, cadence, enrolment, at)
    if _plan_over(work, cadence, step, enrolment, at):
        return onward(work, cadence, replace(enrolment, step=cadence.last_of_line(step).id), at)
    skipped, notes = _skipped(work, step, enrolment)
    if skipped:
        work.passed("step", enrolment.id, f"{step.id}: {skipped}", _step_cause(work, cadence, step, enrolment, notes))
        return onward(work, cadence, enrolment, at)
    if step.enrol:
        jump(work, cadence, enrolment, step.enrol)
        return None
    return _asked(work, cadence, step, enrolment, at, step.task) if step.task else onward(work, cadence, enrolment, at)


def _plan_over(work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, at: datetime) -> bool:
    """True, and said, when a line that repeats has come to the day from which on it does not."""
    until = step.until.value(work.situation.facts) if step.until else None
    if not isinstance(until, date) or local(calendar_for(work, cadence, enrolment.deal), at).date() < until:
        return False
    said = _step_cause(work, cadence, step, enrolment, (note("plan_over", until),))
    work.passed("step", enrolment.id, f"{step.id}: plan over", said)
    return True


def _skipped(work: Work, step: Step, enrolment: Enrolment) -> tuple[str, tuple[Note, ...]]:
    """Why the step is not done, in a word and as notes; an empty word when it is."""
    facts = work.situation.facts
    if step.when and not step.when.holds(facts):
        return "condition not met", ()
    if step.skip_when and step.skip_when.holds(facts):
        return "skip condition met", ()
    if step.task and step.task.to not in ("", "deal.owner") and names_nobody(step.task.to, work.situation):
        return "no_owner", ()
    why = unreachable(work, enrolment.deal, step.task.channel) if step.task else None
    return (f"{why[0]} {step.task.channel}", (why,)) if why and step.task else ("", ())


def _asked(
    work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, at: datetime, template: TaskTemplate
) -> Enrolment | None:
    """The enrolment once the step's task is made; on a full day of its person it is made on another."""
    before = len(work.outcomes)
    owner, notes = _owner(work, step, enrolment)
    later = full_day(work, cadence, step, enrolment, owner, at)
    if later:
        del work.outcomes[before:]  # nobody was given anything, so whose turn it is stays as it was
        work.passed(
            "step", enrolment.id, f"{step.id}: daily limit", _step_cause(work, cadence, step, enrolment, later.notes)
        )
        return advanced(work, cadence, replace(enrolment, due_at=later.at, notes=later.notes))
    made = _make(work, cadence, step, enrolment, at, (owner, notes))
    if made.status != "open":
        return onward(work, cadence, replace(enrolment, anchor_at=at), at)
    if _waits(cadence, step):
        watch = _watch(work, cadence, made, enrolment.deal)
        return advanced(work, cadence, replace(enrolment, anchor_at=at, due_at=watch))
    return onward(work, cadence, replace(enrolment, anchor_at=at), at)


def _waits(cadence: Cadence, step: Step) -> bool:
    """True when the next step waits for the task of this one."""
    return setting(cadence, "anchor") == "previous_actual" or bool(step.on_outcome)


def _make(work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, at: datetime, to: Recipient) -> Task:
    """The step's task, made at the moment the step was due."""
    template, calendar = step.task, calendar_for(work, cadence, enrolment.deal)
    assert template is not None, "only a step with a task makes one"
    owner, notes = to
    counted = in_time_of(work, template, owner, calendar)
    due = reckon(counted, at, template.due_in, time_policy(cadence)) if template.due_in else Reckoned(at)
    cause = _step_cause(work, cadence, step, enrolment, (*notes, *due.notes))
    title = template.title
    task = Task(
        id=_task_id(step, enrolment), purpose=template.purpose,
        owner=owner, deal=enrolment.deal, title=(title.show("en"), title.show("zh")), channel=template.channel,
        made_at=at, due_at=due.at, reasons=(cause,), template=template.template, priority=template.priority,
        enrolment=enrolment.id, step=step.id,
    )  # fmt: skip
    return propose(work, task)


def _owner(work: Work, step: Step, enrolment: Enrolment) -> Recipient:
    """What a step gives to the deal's owner goes to the enrolment's, who follows the deal as the policy says."""
    to = (step.task.to if step.task else "") or "deal.owner"
    whom = enrolment.owner if to == "deal.owner" and enrolment.owner else to
    return person_for(work, _task_id(step, enrolment), whom, step.place)


def _task_id(step: Step, enrolment: Enrolment) -> str:
    return derived_id("task", enrolment.id, step.id, str(enrolment.repeats))


def _step_cause(work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, notes: tuple[Note, ...] = ()) -> Cause:
    read = facts_read([step.when, step.skip_when, step.until], work.situation.facts)
    linked = (*enrolment.notes, *notes, link(enrolment), step_link(enrolment))
    return cause_of(cadence.header, step.place, work.event, work.rulebook, read, linked)


def _watch(work: Work, cadence: Cadence, task: Task, deal: str) -> datetime | None:
    """When the clock must look at the task again: once it is overdue, if the policy does anything about that."""
    calendar = calendar_for(work, cadence, deal)
    return None if setting(cadence, "on_overdue") == "wait" else overdue_at(calendar, task)


def overdue_at(calendar: Calendar, task: Task) -> datetime:
    """The first working moment after the day on which the task is due, or until which it is snoozed."""
    until = max(task.due_at, task.snoozed_until or task.due_at)
    day = local(calendar, until).date() + timedelta(days=1)
    return next_working_moment(calendar, instant(calendar.time_zone, day, time.min))


def _overdue(work: Work, cadence: Cadence, enrolment: Enrolment, task: Task) -> Enrolment | None:
    """The step's task is still open after its day: skip the step, or tell the manager once and wait."""
    again = overdue_at(calendar_for(work, cadence, enrolment.deal), task)
    if task.status == "open" and again > work.event.at:
        return advanced(work, cadence, replace(enrolment, due_at=again))
    if task.status == "open" and setting(cadence, "on_overdue") == "skip":
        cause = rule_cause(work, cadence, (link(enrolment),))
        work.keep("cancelled", closed(task, "cancelled", work.event, text="overdue"), cause)
        return onward(work, cadence, enrolment, again)
    if task.status == "open":
        _escalate(work, cadence, enrolment, task)
    return advanced(work, cadence, replace(enrolment, due_at=None))


def _escalate(work: Work, cadence: Cadence, enrolment: Enrolment, task: Task) -> None:
    cause = rule_cause(work, cadence, (link(enrolment), note("task", task.id)))
    to = manager_of(task.owner, work.situation.state, work.event.on)
    if not to:
        work.passed("escalation", task.id, "no_manager", cause)
        return
    work.outcomes.append(Told(derived_id("told", "overdue", task.id, to), to, "task-overdue", task.deal, cause))


def task_ended(work: Work, cadence: Cadence, enrolment: Enrolment, task: Task) -> None:
    """What the end of a step's task leads to: what its outcome says, else the next step, or the end of the enrolment."""
    step, asked = cadence.step(enrolment.step), task_of_step(work, enrolment)
    assert step is not None, "an enrolment stands at a step of its own version"
    if asked != task:
        if asked and task.step == step.id and _waits(cadence, step):  # it was put off to another
            advanced(work, cadence, replace(enrolment, due_at=_watch(work, cadence, asked, enrolment.deal)))
            return
        _finish_if_last(work, cadence, enrolment)
        return
    found = next((one for one in step.on_outcome if one.outcome == task.outcome and task.status == "done"), None)
    current = _led(work, cadence, enrolment, step, found) if found else onward(work, cadence, enrolment, work.event.at)
    if current:
        run_due(work, cadence, current)


def _led(work: Work, cadence: Cadence, enrolment: Enrolment, step: Step, found: OnOutcome) -> Enrolment | None:
    """Where the outcome leads. A step that has been repeated often enough goes on to the next."""
    at = work.event.at
    if found.go_to:
        return to_step(work, cadence, enrolment, found.go_to, at)
    if found.enrol:
        jump(work, cadence, enrolment, found.enrol)
        return None
    if found.end:
        end_named(work, enrolment, found.end, replace(rule_cause(work, cadence), place=found.place))
        return None
    if found.repeat_after is None or enrolment.repeats - enrolment.visit >= found.at_most:
        return onward(work, cadence, enrolment, at)
    due = reckon(calendar_for(work, cadence, enrolment.deal), at, found.repeat_after, time_policy(cadence))
    again = replace(enrolment, repeats=enrolment.repeats + 1, anchor_at=at)
    placed = in_window(work, cadence, step, again, due)
    said = note("repeated", found.outcome, again.repeats - again.visit, found.at_most)
    return advanced(work, cadence, dated(work, cadence, again, Reckoned(placed.at, (said, *placed.notes))))


def _finish_if_last(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    """A task of an earlier step ended: the enrolment is over when it only waited for that."""
    waits = enrolment.due_at is None and not enrolment.pause and cadence.following(enrolment.step) is None
    if waits and not enrolment.pending and not open_tasks(work, enrolment):
        end(work, enrolment, "completed", rule_cause(work, cadence))


def jump(work: Work, cadence: Cadence, enrolment: Enrolment, other: str) -> None:
    """The enrolment ends as chained, and the deal enters the other cadence; when that refuses it, it says why."""
    cause = rule_cause(work, cadence, (note("chained", cadence.header.id, other),))
    end(work, enrolment, "chained", cause)
    found = next((one for one in in_force(work.rulebook.cadences, work.event.on) if one.header.id == other), None)
    if found is None:
        work.passed("enrolment", enrolment.deal, "not_in_force", cause)
        return
    following = begin(work, found, replace(cause, rule=found.header.version, place=found.header.place))
    if following:
        enrol(work, found, following)
