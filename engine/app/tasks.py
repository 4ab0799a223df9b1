"""What people have to do: the list in groups, one task in full, and their answers."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from engine.app.access import NotThere, NotYours, may
from engine.app.asking import ask
from engine.app.behind import Behind, behind, sentence
from engine.app.dealwright import Dealwright
from engine.app.messages import message_for
from engine.app.reading import Around, around, header_title, local_moment, rule_of, rule_title, stage_title
from engine.app.recording import Recorded
from engine.app.refusals import Problems
from engine.app.views.choices import Choice
from engine.app.views.tasks import ActivityRow, NextStep, Snooze, TaskCard, TaskGroup, TaskList, TaskRow, Why
from engine.app.views.users import User
from engine.app.words import KINDS, RESULTS, choices, outcomes_for, word
from engine.core.money import Money
from engine.core.records import Activity, Cause, Enrolment, Person, Task
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Title
from engine.core.workflow.calendars import next_working_moment
from engine.core.workflow.undoing import undo_until
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.queries.tasks import count_tasks, ended_tasks, open_tasks
from engine.store.reading import all_records
from engine.store.state import SqlState

SHOWN = 60
"""Rows of one group that a page shows; the group says how many there are."""


def due_tasks(dw: Dealwright, by: datetime) -> tuple[Task, ...]:
    """Every open task of everybody that is due by that moment and not put off, by due moment and id."""
    with dw.database.unit() as unit:
        people = [person.id for person in all_records(unit, Person)]
        found = open_tasks(unit, people, by, limit=100_000) if people else ()
    return tuple(task for task in found if task.due_at <= by)


def my_tasks(dw: Dealwright, viewer: User) -> TaskList:
    """The viewer's tasks in groups: overdue, today, this week, later, done today."""
    now = dw.now()
    with dw.database.unit() as unit:
        found = open_tasks(unit, [viewer.actor], now, limit=400)
        done = _done_today(dw, unit, viewer.actor)
        shown = [*found, *done]
        stand = behind(unit, shown, around(unit, {task.deal for task in shown}))
    groups = {
        name: [task for task in found if _group(dw, task, now) == name]
        for name in ("overdue", "today", "this_week", "later")
    }
    rows = (TaskGroup(name, _rows(dw, own, stand), len(own)) for name, own in [*groups.items(), ("done_today", done)])
    return TaskList(viewer.actor, viewer.shown, tuple(rows), snoozes(dw, now))


def _done_today(dw: Dealwright, unit: Unit, owner: str) -> list[Task]:
    """What somebody did or skipped since this morning, the latest first; what was called off is not their doing."""
    morning = local_moment(dw, dw.now().astimezone(dw.zone).date(), time(0))
    ended = ended_tasks(unit, [owner], 400, since=morning)
    return sorted(
        (t for t in ended if t.status != "cancelled"), key=lambda t: (t.ended_at or morning, t.id), reverse=True
    )


def waiting(dw: Dealwright, viewer: User) -> int:
    """How many of the viewer's tasks are due by the end of today."""
    now = dw.now()
    with dw.database.unit() as unit:
        return count_tasks(unit, [viewer.actor], now, _end_of_day(dw, now)).due_soon


def _end_of_day(dw: Dealwright, now: datetime) -> datetime:
    return local_moment(dw, now.astimezone(dw.zone).date() + timedelta(days=1), time(0))


def _group(dw: Dealwright, task: Task, now: datetime) -> str:
    today, due_on = now.astimezone(dw.zone).date(), task.due_at.astimezone(dw.zone).date()
    if task.due_at < now:
        return "overdue"
    if due_on == today:
        return "today"
    return "this_week" if due_on < today + timedelta(days=7 - today.weekday()) else "later"


def _rows(dw: Dealwright, tasks: list[Task], stand: Behind) -> tuple[TaskRow, ...]:
    return tuple(task_row(dw, task, stand) for task in tasks[:SHOWN])


def task_row(dw: Dealwright, task: Task, stand: Behind) -> TaskRow:
    """One task as a list shows it."""
    known = stand.known
    deal = known.deals.get(task.deal)
    amount = deal.facts.get("amount") if deal else None
    return TaskRow(
        task.id, Title(*task.title), task.owner, task.deal, str(deal.facts.get("name") or "") if deal else "",
        known.account_of(deal), stage_title(dw, deal) if deal else Title(), Choice(task.channel, word(task.channel)),
        task.due_at, why(dw, task, task.reasons[0], stand), amount if isinstance(amount, Money) else None, task.status,
        task.outcome, task.ended_at, task.snoozed_until, task.priority, outcomes_for(task.channel),
    )  # fmt: skip


def why(dw: Dealwright, task: Task, cause: Cause, stand: Behind) -> Why:
    """One cause of a task in a sentence."""
    first = cause is task.reasons[0]
    said = sentence(dw, cause, stand, task.enrolment, task.step) if first else sentence(dw, cause, stand)
    return Why(rule_title(dw, cause.rule), said, cause.place, cause.rule)


def snoozes(dw: Dealwright, now: datetime) -> tuple[Snooze, ...]:
    """The moments that a task may be put off to: the next working morning, in three days, in a week."""
    on = now.astimezone(dw.zone).date()
    calendar = dw.rulebook.calendar("", on)
    morning = local_moment(dw, on + timedelta(days=1), dw.rulebook.company.business_hours[0])
    if calendar:
        morning = next_working_moment(calendar, morning)
    return (
        Snooze("next_working_day", Title("Next working day", "下一个工作日"), morning),
        Snooze("three_days", Title("In three days", "三天后"), local_moment(dw, on + timedelta(days=3), time(9))),
        Snooze("one_week", Title("In a week", "一周后"), local_moment(dw, on + timedelta(days=7), time(9))),
    )


def task_card(dw: Dealwright, id: str, viewer: User) -> TaskCard:
    """One task with everything needed to do it. NotThere and NotYours are answered alike by the doors."""
    now = dw.now()
    with dw.database.unit() as unit:
        state = SqlState(unit)
        task = _visible(dw, unit, state, id, viewer)
        stand = behind(unit, [task], around(unit, [task.deal]))
        queue = open_tasks(unit, [task.owner], now, limit=400)
        done = len(_done_today(dw, unit, task.owner))
        recent = state.activities(task.deal)[-3:]
        message = message_for(dw, state, task, stand.known)
        contact = _contact(state, task)
    known, place = stand.known, _in_queue(task, queue, _end_of_day(dw, now), done)
    return TaskCard(
        task_row(dw, task, stand), known.belongs([task.owner], now.date()), contact or known.account_of(known.deals.get(task.deal)),
        tuple(why(dw, task, cause, stand) for cause in task.reasons), tuple(activity_row(a, known) for a in reversed(recent)),
        snoozes(dw, now), choices(KINDS), choices(RESULTS["call"]), *place,
        _next_step(dw, task, stand.enrolments.get(task.enrolment)), message, undo_until_of(dw, task),
        task.answer.event if task.answer else "",
    )  # fmt: skip


def undo_until_of(dw: Dealwright, task: Task) -> datetime | None:
    """Until when the last answer to the task may be taken back; None when there is none, a rule ended it, or it is too late."""
    if task.answer is None or (task.status != "open" and task.answer.event != task.ended_by):
        return None
    until = undo_until(dw.rulebook, task.answer)
    return until if dw.now() < until else None


def _contact(state: SqlState, task: Task) -> str:
    """Name and number of the deal's contact, or empty."""
    deal = state.deal(task.deal) if task.deal else None
    contact = state.contact(str(deal.facts.get("contact") or "")) if deal and deal.facts.get("contact") else None
    said = [str(contact.facts[name]) for name in ("name", "job_title", "phone") if contact and contact.facts.get(name)]
    return " · ".join(said)


def _in_queue(task: Task, queue: Sequence[Task], end: datetime, done: int) -> tuple[int, int, str, str]:
    """Position, total, previous and next: among today's tasks, those done included; a later task among all open ones."""
    today = [other.id for other in queue if other.due_at < end]
    ids = today if task.id in today else [other.id for other in queue]
    if task.id not in ids:
        return max(done, 1), max(done + len(today), 1), "", today[0] if today else ""
    at = ids.index(task.id)
    return done + at + 1, done + len(ids), ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


def _visible(dw: Dealwright, unit: Unit, state: SqlState, id: str, viewer: User) -> Task:
    task = state.task(id)
    if task is None:
        raise NotThere(id)
    if not may(viewer, "task.see", around(unit).belongs([task.owner], dw.now().date())):
        raise NotYours(id)
    return task


def activity_row(activity: Activity, known: Around) -> ActivityRow:
    """One touch as shown."""
    return ActivityRow(
        activity.at, word(activity.kind), word(activity.outcome), known.person(activity.by), activity.note
    )


def _next_step(dw: Dealwright, task: Task, enrolment: Enrolment | None) -> NextStep | None:
    """What the cadence plans after this task, while it runs; None after its last step."""
    rule = rule_of(dw, enrolment.version) if enrolment and not enrolment.ended_as else None
    if enrolment is None or not isinstance(rule, Cadence):
        return None
    ids = [step.id for step in rule.steps]
    here = enrolment.step == task.step and task.step in ids
    following = ids[ids.index(task.step) + 1 :][:1] if here else [enrolment.step]
    step = rule.step(following[0]) if following else None
    if step is None:
        return None
    condition = step.when.source if step.when else ""
    return NextStep(header_title(rule.header), step.title, None if here else enrolment.due_at, condition)


def answer(dw: Dealwright, id: str, type: str, viewer: User, **body: object) -> Recorded | Problems:
    """Complete, snooze or skip a task (`task.completed`…), as the viewer. Raises NotThere, NotYours.

    The key holds the answer itself and how often answers to the task were taken back, so that a form that is sent twice is
    one answer, and the same answer given anew is another.
    """
    task, back = _to_work_on(dw, id, viewer)
    put_off = task.snoozed_until.isoformat() if task.snoozed_until else ""
    return ask(dw, type, id, body, viewer, f"{put_off}#{back}" if back else put_off)


def take_back(dw: Dealwright, id: str, answered: str, viewer: User) -> Recorded | Problems:
    """Take back the answer of that name (the event's), as the viewer; asking twice is once. Raises NotThere, NotYours."""
    _to_work_on(dw, id, viewer)
    return ask(dw, "task.reopened", id, {}, viewer, answered)


def _to_work_on(dw: Dealwright, id: str, viewer: User) -> tuple[Task, int]:
    """The task, and how often an answer to it was taken back."""
    with dw.database.unit() as unit:
        task = _visible(dw, unit, SqlState(unit), id, viewer)
        if not may(viewer, "task.work", around(unit).belongs([task.owner], dw.now().date())):
            raise NotYours(id)
        return task, len(EventLog(unit).of_subject(id, ("task.reopened",)))
