"""What people have to do: the list in groups, one task in full, and their answers."""

from datetime import UTC, datetime, time, timedelta

from engine.app.access import NotThere, NotYours, may
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around, header_title, local_moment, rule_of, rule_title, stage_title
from engine.app.recording import Recorded, record
from engine.app.views.choices import Choice
from engine.app.views.tasks import ActivityRow, NextStep, Snooze, TaskCard, TaskGroup, TaskList, TaskRow, Why
from engine.app.views.users import User
from engine.app.why import sentence
from engine.app.words import KINDS, RESULTS, choices, outcomes_for, word
from engine.core.events import Event
from engine.core.money import Money
from engine.core.records import Activity, Cause, Enrolment, Person, Task
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Title
from engine.core.workflow.calendars import next_working_moment
from engine.store.database import Unit
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
        done = [task for task in ended_tasks(unit, [viewer.actor], SHOWN) if _today(dw, task.ended_at, now)]
        known = around(unit, {task.deal for task in (*found, *done)})
    groups = {name: [task for task in found if _group(dw, task, now) == name] for name in ("overdue", "today", "this_week", "later")}
    rows = (TaskGroup(name, _rows(dw, own, known), len(own)) for name, own in [*groups.items(), ("done_today", done)])
    return TaskList(viewer.actor, viewer.shown, tuple(rows), snoozes(dw, now))


def waiting(dw: Dealwright, viewer: User) -> int:
    """How many of the viewer's tasks are due by the end of today."""
    now = dw.now()
    with dw.database.unit() as unit:
        return count_tasks(unit, [viewer.actor], now, _end_of_day(dw, now)).due_soon


def _end_of_day(dw: Dealwright, now: datetime) -> datetime:
    return local_moment(dw, now.astimezone(dw.zone).date() + timedelta(days=1), time(0))


def _today(dw: Dealwright, at: datetime | None, now: datetime) -> bool:
    return at is not None and at.astimezone(dw.zone).date() == now.astimezone(dw.zone).date()


def _group(dw: Dealwright, task: Task, now: datetime) -> str:
    today, due_on = now.astimezone(dw.zone).date(), task.due_at.astimezone(dw.zone).date()
    if task.due_at < now:
        return "overdue"
    if due_on == today:
        return "today"
    return "this_week" if due_on < today + timedelta(days=7 - today.weekday()) else "later"


def _rows(dw: Dealwright, tasks: list[Task], known: Around) -> tuple[TaskRow, ...]:
    return tuple(task_row(dw, task, known) for task in tasks[:SHOWN])


def task_row(dw: Dealwright, task: Task, known: Around) -> TaskRow:
    """One task as a list shows it."""
    deal = known.deals.get(task.deal)
    amount = deal.facts.get("amount") if deal else None
    return TaskRow(
        task.id, Title(*task.title), task.owner, task.deal, str(deal.facts.get("name") or "") if deal else "",
        known.account_of(deal), stage_title(dw, deal) if deal else Title(), Choice(task.channel, word(task.channel)),
        task.due_at, why(dw, task.reasons[0]), amount if isinstance(amount, Money) else None, task.status, task.outcome,
        task.ended_at, task.snoozed_until, task.priority, outcomes_for(task.channel),
    )  # fmt: skip


def why(dw: Dealwright, cause: Cause) -> Why:
    """One cause of a task in a sentence."""
    return Why(rule_title(dw, cause.rule), sentence(dw, cause), cause.place, cause.rule)


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
        known = around(unit, [task.deal])
        queue = open_tasks(unit, [task.owner], _end_of_day(dw, now), limit=400)
        recent = state.activities(task.deal)[-3:]
        enrolment = state.enrolment(task.enrolment) if task.enrolment else None
    ids = [other.id for other in queue]
    at = ids.index(task.id) if task.id in ids else 0
    return TaskCard(
        task_row(dw, task, known), known.belongs([task.owner], now.date()), known.account_of(known.deals.get(task.deal)),
        tuple(why(dw, cause) for cause in task.reasons), tuple(activity_row(a, known) for a in reversed(recent)),
        snoozes(dw, now), choices(KINDS), choices(RESULTS["call"]), at + 1, max(len(ids), 1),
        ids[at - 1] if at > 0 else "", ids[at + 1] if at + 1 < len(ids) else "", _next_step(dw, enrolment),
    )  # fmt: skip


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


def _next_step(dw: Dealwright, enrolment: Enrolment | None) -> NextStep | None:
    """What the cadence plans next, while it runs."""
    rule = rule_of(dw, enrolment.version) if enrolment and not enrolment.ended_as else None
    if enrolment is None or not isinstance(rule, Cadence):
        return None
    step = rule.step(enrolment.step)
    title = step.task.title if step else Title(enrolment.step, enrolment.step)
    condition = step.when.source if step and step.when else ""
    return NextStep(header_title(rule.header), title, enrolment.due_at, condition)


def answer(dw: Dealwright, id: str, type: str, viewer: User, **body: object) -> Recorded:
    """Complete, snooze or skip a task (`task.completed`…), as the viewer. Raises NotThere, NotYours.

    The key holds the answer itself, so that a form that is sent twice is one answer.
    """
    with dw.database.unit() as unit:
        task = _visible(dw, unit, SqlState(unit), id, viewer)
        if not may(viewer, "task.work", around(unit).belongs([task.owner], dw.now().date())):
            raise NotYours(id)
    given = {name: value for name, value in body.items() if value not in (None, "")}
    moment = task.snoozed_until.isoformat() if task.snoozed_until else ""
    return record(dw, event_now(dw, type, id, f"{type}:{id}:{moment}:{sorted(map(str, given.values()))}", viewer, given))


def event_now(dw: Dealwright, type: str, subject: str, key: str, viewer: User, body: dict[str, object]) -> Event:
    """An event that a person makes on a screen at this moment."""
    at = dw.now().astimezone(UTC)
    return Event(type, subject, "web", key, at, at.astimezone(dw.zone).date(), viewer.actor, body)
