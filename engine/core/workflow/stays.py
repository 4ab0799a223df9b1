"""How long a deal may stay in a stage, and how long it may lie idle.

Entering a stage computes the moment of its first limit, which the deal carries as `due_at`; so a tick costs what is
due, not what exists. Each level is reached at most once a visit, and coming back starts anew. A task that asks to
move on goes when the deal does.
"""

from dataclasses import replace
from datetime import datetime

from engine.core.durations import Duration
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Outcome, Told
from engine.core.records import Cause, Deal, Task
from engine.core.rules.company import Calendar
from engine.core.rules.pipeline import Idle, Pipeline, Stage, Stay
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.business_time import Reckoned, reckon
from engine.core.workflow.causes import cause_of
from engine.core.workflow.notes import Note, note
from engine.core.workflow.pipelines import calendar_of, pipeline_of
from engine.core.workflow.recipients import ownerless, recipient, recipients
from engine.core.workflow.work import Work, propose, withdraw


def decide_stays(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal with its next limit, and what reaching one leads to."""
    work = Work(event, situation, rulebook)
    deal = situation.deal
    if deal is None:
        return ()
    if event.type == "deal.stage_entered":
        _left_behind(work, deal, deal.visit - 1)
        _begin(work, deal)
    elif event.type == "deal.closed":
        _left_behind(work, deal, deal.visit)
    elif event.type == "clock.ticked":
        _tick(work, deal)
    return tuple(work.outcomes)


def _begin(work: Work, deal: Deal) -> None:
    """The first limit of the stage that the deal has entered."""
    stage = pipeline_of(deal, work.rulebook, work.event.on).stage(deal.stage)
    if stage and stage.stay and deal.status == "open":
        due = _after(work, deal.entered_stage_at, stage.stay.at_most)
        work.keep("timed", replace(deal, due_at=due.at, due_level=0), _cause(work, deal, stage.stay, due.notes))


def _left_behind(work: Work, deal: Deal, visit: int) -> None:
    """Whoever was asked to move the deal on during that visit need not any more."""
    wanted = _link(deal, visit)
    for task in work.tasks(deal.id):
        if any(wanted in reason.notes for reason in task.reasons):
            withdraw(work, task, wanted, replace(task.reasons[0], event=work.event.id, notes=()))


def _tick(work: Work, deal: Deal) -> None:
    while deal.due_at and deal.due_at <= work.event.at and deal.status == "open":
        stage = pipeline_of(deal, work.rulebook, work.event.on).stage(deal.stage)
        stay = stage.stay if stage else None
        deal = _reached(work, deal, stage, stay, deal.due_at) if stage and stay else replace(deal, due_at=None)
        work.keep("timed", deal, _cause(work, deal, stay))


def _reached(work: Work, deal: Deal, stage: Stage, stay: Stay, at: datetime) -> Deal:
    """The deal after the level that is due: first a task, then somebody is told."""
    if deal.due_level == 0:
        _ask(work, deal, stage, stay, at)
        further = _after(work, at, stay.and_after) if stay.and_after and stay.tell else None
        return replace(deal, due_level=1, due_at=further.at if further else None)
    _tell(work, deal, stay)
    return replace(deal, due_level=2, due_at=None)


def _ask(work: Work, deal: Deal, stage: Stage, stay: Stay, at: datetime) -> None:
    if ownerless(deal, stay.to):
        work.passed("task", deal.id, "no_owner", _cause(work, deal, stay))
        return
    owner, notes = recipient(stay.to or "deal.owner", work.event, work.situation, stay.place)
    since = deal.entered_stage_at.date().isoformat()
    said = (note("stayed", stage.id, stay.at_most, since), *notes, _link(deal, deal.visit))
    words = _words(stage, stay)
    task = Task(
        id=derived_id("task", "stay", deal.pipeline, deal.id, str(deal.visit)), purpose=stay.task, owner=owner,
        deal=deal.id, title=words, channel="", made_at=at, due_at=at, reasons=(_cause(work, deal, stay, said),),
        template=stay.task,
    )  # fmt: skip
    propose(work, task)


def _words(stage: Stage, stay: Stay) -> tuple[str, str]:
    unit = _UNITS_ZH.get(stay.at_most.unit.value, stay.at_most.unit.value)
    en = f"In {stage.title.show('en') or stage.id} for {stay.at_most}: move it on"
    return en, f"在“{stage.title.show('zh') or stage.id}”阶段已满 {stay.at_most.count} {unit}，请推进"


_UNITS_ZH = {
    "business days": "个工作日", "business hours": "个工作小时", "business minutes": "分钟（工作时间）", "years": "年",
    "months": "个月", "weeks": "周", "days": "天", "hours": "小时", "minutes": "分钟",
}  # fmt: skip


def _tell(work: Work, deal: Deal, stay: Stay) -> None:
    why_not = "history" if work.silent else "no_owner" if ownerless(deal, stay.tell) else ""
    if why_not:
        work.passed("notice", deal.id, why_not, _cause(work, deal, stay))
        return
    for to, notes in recipients(stay.tell, work.event, work.situation, stay.place):
        told = derived_id("told", "stay", deal.pipeline, deal.id, str(deal.visit), to)
        work.outcomes.append(Told(told, to, stay.task, deal.id, _cause(work, deal, stay, notes)))


def _link(deal: Deal, visit: int) -> Note:
    """The note by which a task's reason points to the visit of the stage."""
    return note("visit", deal.id, visit)


def _cause(work: Work, deal: Deal, stay: Stay | None, notes: tuple[Note, ...] = ()) -> Cause:
    header = pipeline_of(deal, work.rulebook, work.event.on).header
    return cause_of(header, stay.place if stay else header.place, work.event, work.rulebook, notes=notes)


def _after(work: Work, start: datetime, duration: Duration) -> Reckoned:
    return reckon(calendar_of("", work.rulebook, work.event.on), start, duration)


def idle_from(deal: Deal, pipeline: Pipeline, calendar: Calendar, tasks: tuple[Task, ...] = ()) -> datetime | None:
    """The moment from which the deal counts as idle; None when it is closed, or the pipeline never calls a deal idle.

    A length of 0 means never. A planned activity, an open task, shields the deal until the task is due.
    """
    idle = pipeline.idle
    if idle is None or idle.after.count == 0 or deal.status != "open":
        return None
    moment = reckon(calendar, _since(deal, idle), idle.after).at
    planned = [task.due_at for task in tasks if task.status == "open"] if idle.planned_activity_shields else []
    return max([moment, *planned])


def _since(deal: Deal, idle: Idle) -> datetime:
    """What idle time counts from; a deal that nobody has touched was last touched when it was made."""
    starts = {
        "last_touch": deal.last_touch_at or deal.created_at, "stage_entered": deal.entered_stage_at,
        "created": deal.created_at,
    }  # fmt: skip
    return starts[idle.since]
