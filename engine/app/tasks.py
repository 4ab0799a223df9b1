"""What people have to do: the list in groups, one task in full, and their answers."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from engine.app.access import NotYours, may
from engine.app.asking import ask
from engine.app.behind import Behind, behind, sentence
from engine.app.dealwright import Dealwright
from engine.app.delegating import colleagues
from engine.app.messages import message_for
from engine.app.outcomes import is_touch, outcome_title, outcomes_for
from engine.app.queue import changes, contact_card
from engine.app.reading import Around, around, header_title, local_moment, rule_of, rule_title, stage_title
from engine.app.recording import Recorded
from engine.app.refusals import Problems
from engine.app.seeing import seen_task
from engine.app.ticket_rows import open_tickets_of, ticket_behind
from engine.app.views.choices import Choice
from engine.app.views.tasks import GROUPS, ActivityRow, NextStep, Snooze, TaskCard, TaskGroup, TaskList, TaskRow, Why
from engine.app.views.users import User
from engine.app.words import KINDS, RESULTS, choices, duration, word
from engine.core.money import Money
from engine.core.records import Activity, Cause, Enrolment, Person, Task
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Title
from engine.core.workflow.calendars import next_working_moment
from engine.core.workflow.undoing import undo_until
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.queries.tasks import (
    count_done,
    done_since,
    due_before,
    first_open,
    how_many_before,
    last_open,
    open_tasks,
)
from engine.store.reading import all_records
from engine.store.state import SqlState

PAGE = 50
"""Open tasks on one page of the list; what was done today is beside them, the last of it."""


def due_tasks(dw: Dealwright, by: datetime) -> tuple[Task, ...]:
    """Every open task of everybody that is due by that moment and not put off, by due moment and id."""
    with dw.database.unit() as unit:
        people = [person.id for person in all_records(unit, Person)]
        found = open_tasks(unit, people, by, limit=100_000) if people else ()
    return tuple(task for task in found if task.due_at <= by)


def my_tasks(dw: Dealwright, viewer: User, after: str = "") -> TaskList:
    """A page of the viewer's open tasks: `tasks_of` them."""
    return tasks_of(dw, viewer.actor, viewer.shown, after)


def tasks_of(dw: Dealwright, owner: str, name: Title, after: str = "") -> TaskList:
    """A page of somebody's open tasks in groups: overdue, today, this week, later; on the first page also what is done
    today. `after` is the `more` of the page before; what it never was begins at the first page."""
    now, place = dw.now(), _place(after)
    end, week = _end_of_day(dw, now), _end_of_week(dw, now)
    with dw.database.unit() as unit:
        found = open_tasks(unit, [owner], now, after=place, limit=PAGE + 1)
        late, today, soon, every = due_before(unit, owner, now, now, end, week)
        done, ended = ((), 0) if place else done_since(unit, owner, _morning(dw))
        shown = [*found[:PAGE], *done]
        stand = behind(unit, shown, around(unit, {task.deal for task in shown}))
    numbers = (late, today - late, soon - today, every - soon)
    ends = (now, end, week, datetime.max.replace(tzinfo=UTC))
    rows = [(task.due_at, task_row(dw, task, stand)) for task in found[:PAGE]]
    groups = [
        TaskGroup(group, tuple(row for due, row in rows if start <= due < until), number)
        for group, start, until, number in zip(GROUPS, (datetime.min.replace(tzinfo=UTC), *ends), ends, numbers, strict=False)
    ]  # fmt: skip
    groups.append(TaskGroup("done_today", tuple(task_row(dw, task, stand) for task in done), ended))
    return TaskList(owner, name, tuple(groups), snoozes(dw, now), more_of(found), every, bool(place))


def more_of(found: Sequence[Task]) -> str:
    """Where the next page begins, when one more was found than a page holds; else empty."""
    return f"{found[PAGE - 1].due_at.isoformat()}~{found[PAGE - 1].id}" if len(found) > PAGE else ""


def _place(after: str) -> tuple[datetime, str] | None:
    due, _, id = after.partition("~")
    try:
        at = datetime.fromisoformat(due)
    except ValueError:
        return None
    return (at, id) if at.tzinfo else None


def waiting(dw: Dealwright, viewer: User) -> int:
    """How many of the viewer's tasks are due by the end of today."""
    now = dw.now()
    with dw.database.unit() as unit:
        return due_before(unit, viewer.actor, now, _end_of_day(dw, now))[0]


def _morning(dw: Dealwright) -> datetime:
    return local_moment(dw, dw.now().astimezone(dw.zone).date(), time(0))


def _end_of_day(dw: Dealwright, now: datetime) -> datetime:
    return local_moment(dw, now.astimezone(dw.zone).date() + timedelta(days=1), time(0))


def _end_of_week(dw: Dealwright, now: datetime) -> datetime:
    today = now.astimezone(dw.zone).date()
    return local_moment(dw, today + timedelta(days=7 - today.weekday()), time(0))


def task_row(dw: Dealwright, task: Task, stand: Behind) -> TaskRow:
    """One task as a list shows it."""
    known = stand.known
    deal = known.deals.get(task.deal)
    amount = deal.facts.get("amount") if deal else None
    return TaskRow(
        task.id, Title(*task.title), task.owner, task.deal, str(deal.facts.get("name") or "") if deal else "",
        known.account_of(deal), stage_title(dw, deal) if deal else Title(), Choice(task.channel, word(task.channel)),
        task.due_at, why(dw, task, task.reasons[0], stand), amount if isinstance(amount, Money) else None, task.status,
        task.outcome, task.ended_at, task.snoozed_until, task.priority, outcomes_for(dw, task.channel, task.purpose),
        ticket_behind(task, stand.events), _again(dw, task, stand),
    )  # fmt: skip


def _again(dw: Dealwright, task: Task, stand: Behind) -> Title:
    """After how long the task is asked for once more when it is skipped to be done later; empty where it is not."""
    enrolment = stand.enrolments.get(task.enrolment)
    rule = rule_of(dw, enrolment.version) if enrolment and not enrolment.ended_as else None
    step = rule.step(task.step) if isinstance(rule, Cadence) else None
    return duration(str(step.reschedule)) if step and step.reschedule else Title()


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
        task, seen = seen_task(dw, unit, id, viewer)
        stand = behind(unit, [task], seen)
        place = _in_queue(dw, unit, task)
        touches = state.activities(task.deal)
        message = message_for(dw, state, task, stand.known)
        deal = state.deal(task.deal) if task.deal else None
        contact, changed = contact_card(state, deal), changes(dw, unit, deal, touches, stand.known)
        tickets = open_tickets_of(dw, state, deal.account, stand.known) if deal else ()
        mates = colleagues(dw, state, task, stand.known) if task.status == "open" else ()
    known, recent = stand.known, touches[-3:]
    return TaskCard(
        task_row(dw, task, stand), known.belongs([task.owner], now.date()), contact,
        tuple(why(dw, task, cause, stand) for cause in task.reasons), tuple(activity_row(dw, a, known) for a in reversed(recent)),
        snoozes(dw, now), choices(KINDS), outcomes_for(dw, task.channel if task.channel in RESULTS else "call"), *place,
        _next_step(dw, task, stand.enrolments.get(task.enrolment)), message, changed, tickets, is_touch(dw, task.channel),
        undo_until_of(dw, task), task.answer.event if task.answer else "", mates,
        known.person(task.lent_by) if task.lent_by else None, task.back_at,
    )  # fmt: skip


def undo_until_of(dw: Dealwright, task: Task) -> datetime | None:
    """Until when the last answer to the task may be taken back; None when there is none, a rule ended it, or it is too late."""
    if task.answer is None or (task.status != "open" and task.answer.event != task.ended_by):
        return None
    until = undo_until(dw.rulebook, task.answer)
    return until if dw.now() < until else None


def _in_queue(dw: Dealwright, unit: Unit, task: Task) -> tuple[int, int, str, str]:
    """Position, total, previous and next: among today's tasks, those done included; a later task among all open ones."""
    now, owner, place = dw.now(), task.owner, (task.due_at, task.id)
    done = count_done(unit, owner, _morning(dw))
    today, every = due_before(unit, owner, now, _end_of_day(dw, now))
    if task.status != "open" or (task.snoozed_until and task.snoozed_until > now):
        first = first_open(unit, owner, now)
        onward = first[0] if first and first[1] < _end_of_day(dw, now) else ""
        return max(done, 1), max(done + today, 1), "", onward
    before, following = how_many_before(unit, owner, now, place), first_open(unit, owner, now, after=place)
    total = today if task.due_at < _end_of_day(dw, now) else every
    onward = following[0] if following and before + 1 < total else ""
    return done + before + 1, done + total, last_open(unit, owner, now, place), onward


def activity_row(dw: Dealwright, activity: Activity, known: Around) -> ActivityRow:
    """One touch as shown."""
    return ActivityRow(
        activity.at, word(activity.kind), outcome_title(dw, activity.outcome), known.person(activity.by), activity.note
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
        task, known = seen_task(dw, unit, id, viewer)
        if not may(viewer, "task.work", known.belongs([task.owner], dw.now().date())):
            raise NotYours(id)
        return task, len(EventLog(unit).of_subject(id, ("task.reopened",)))
