"""Plays the story: day by day events come in, the clock ticks, people work through their tasks, finance closes months."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from engine.app import payouts
from engine.app.calculating.calculation import calculate
from engine.app.closing import close
from engine.app.dealwright import Dealwright
from engine.app.demo import approvals
from engine.app.demo.chance import Chance
from engine.app.demo.lives import SOURCE, ZONE, Delivery
from engine.app.demo.story import story
from engine.app.exporting import export
from engine.app.recording import record_many
from engine.app.refusals import Problems
from engine.app.tasks import due_tasks
from engine.app.ticking import tick
from engine.core.events import Event
from engine.core.records import Task

Progress = Callable[[int, int], None]

DEALS = 2000
PAY_DAY = 6
"""The month before is calculated, approved, posted and closed on this day of a month."""
_DONE = {
    "call": (("connected", 60), ("no_answer", 25), ("replied", 15)),
    "visit": (("connected", 80), ("meeting_booked", 20)),
}


@dataclass(slots=True)
class Played:
    """What a demo made: counts by status of events, tasks made and done, months closed."""

    events: int = 0
    refused: int = 0
    quarantined: int = 0
    tasks: int = 0
    tasks_done: int = 0
    closed: list[str] = field(default_factory=list)


def play(dw: Dealwright, seed: int, first_on: date, last_on: date, progress: Progress) -> Played:
    """The whole story, told to the house in the order in which it would have heard of it."""
    deliveries = story(seed, first_on, last_on, DEALS)
    chance, played, told = Chance(seed, "work"), Played(), 0
    day = deliveries[0].at.astimezone(ZONE).date()
    while day <= last_on:
        evening = datetime.combine(day, time(18), ZONE)
        heard = _heard(deliveries, told, evening)
        told += len(heard)
        _count(played, record_many(dw, heard))
        played.tasks += tick(dw, evening).tasks
        _count(played, record_many(dw, _work(dw, day, evening, last_on, chance, played)))
        if day.day == PAY_DAY:
            played.closed += _close_month_before(dw, day, first_on)
        progress(told, len(deliveries))
        day += timedelta(days=1)
    return played


def _heard(deliveries: tuple[Delivery, ...], told: int, evening: datetime) -> list[Event]:
    """The events heard of since the last evening, in the order of events within the day."""
    found = []
    for delivery in deliveries[told:]:
        if delivery.at > evening:
            break
        found.append(delivery.event)
    return sorted(found, key=lambda event: event.order)


def _count(played: Played, recorded: Iterable[object]) -> None:
    for one in recorded:
        status = getattr(one, "status", "")
        played.events += 1
        played.refused += status == "refused"
        played.quarantined += status == "quarantined"


def _work(dw: Dealwright, day: date, evening: datetime, last_on: date, chance: Chance, played: Played) -> list[Event]:
    """What people do about the tasks that are due by the evening: most are done, some put off, a few skipped.

    In the last days of the story some are left undone, so that a newcomer finds work to do.
    """
    found = []
    left_open = 45 if day > last_on - timedelta(days=6) else 12
    for number, task in enumerate(due_tasks(dw, evening)):
        if chance.percent(left_open):
            continue
        played.tasks_done += 1
        found += _answer(task, evening + timedelta(seconds=number + 1), day, chance)
    return found


def _answer(task: Task, at: datetime, day: date, chance: Chance) -> list[Event]:
    """The events of one person's answer to one task. A task done by calling is a call that was logged too."""
    if task.template == "approval":
        return [approvals.answer(task, at, day, chance)]
    kind = chance.weighted((("task.completed", 84), ("task.snoozed", 10), ("task.skipped", 6)))
    if kind == "task.snoozed":
        until = datetime.combine(day + timedelta(days=chance.between(1, 4)), time(9), ZONE)
        return [_event(kind, task, at, day, until=until, reason="customer asked to be called later")]
    if kind == "task.skipped":
        return [_event(kind, task, at, day, reason=chance.one_of(("already discussed", "not needed", "wrong contact")))]
    outcome = chance.weighted(_DONE.get(task.channel, (("done", 1),)))
    return [_event(kind, task, at, day, outcome=outcome)]


def _event(type: str, task: Task, at: datetime, day: date, **body: object) -> Event:
    return Event(type, task.id, SOURCE, f"{type}-{task.id}-{day}", at, day, task.owner, body)


def _close_month_before(dw: Dealwright, day: date, first_on: date) -> list[str]:
    """Calculated by one, approved by another, posted, closed."""
    month = (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    if month < first_on.strftime("%Y-%m"):
        return []
    run = calculate(dw, month, "he-ping")
    if isinstance(run, tuple):
        raise RuntimeError(f"the demo could not calculate {month}: {[p.render() for p in run]}")
    for step in (payouts.approve(dw, run.id, "deng-li"), payouts.post(dw, run.id, "he-ping")):
        _must(month, step.problems)
    exported = export(dw, run.id, "detail", "xlsx", "zh", "he-ping")
    _must(month, exported if isinstance(exported, tuple) else ())
    _must(month, close(dw, month, "deng-li").problems)
    return [month]


def _must(month: str, problems: Problems) -> None:
    """The demo does only what is allowed; anything else is a mistake of ours."""
    if problems:
        raise RuntimeError(f"the demo could not close {month}: {[problem.render() for problem in problems]}")
