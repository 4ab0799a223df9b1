"""How long a deal may stay in a stage, and what the clock does when it has.

Entering a stage computes the moment of its first level, which the deal carries as `due_at`; so a tick costs what is
due, not what exists. Each level is reached at most once a visit; whether coming back starts anew is the rule's
`on_reentry`. A task that asks to move on goes when the deal does.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.core.approving.deciding import decide_late_answers
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Ensuing, Outcome, Told
from engine.core.records import Cause, Deal, Task
from engine.core.rules.pipeline import Level, Stage, Stay
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.causes import cause_of
from engine.core.workflow.idling import decide_idle
from engine.core.workflow.notes import Note, note
from engine.core.workflow.pipelines import pipeline_of
from engine.core.workflow.recipients import names_nobody, recipient, recipients
from engine.core.workflow.staying import level_due
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
        decide_late_answers(work)
        _tick(work, work.deal or deal)
    decide_idle(work)
    return tuple(work.outcomes)


def _begin(work: Work, deal: Deal) -> None:
    """The first limit of the stage that the deal has entered."""
    stage = pipeline_of(deal, work.rulebook, work.event.on).stage(deal.stage)
    if stage and stage.stay and deal.status == "open":
        due = level_due(deal, stage.stay, 0, deal.entered_stage_at, work.rulebook, work.event.on)
        work.keep("timed", replace(deal, due_at=due.at if due else None, due_level=0),
                  _cause(work, deal, stage.stay.levels[0], due.notes if due else ()))  # fmt: skip


def _left_behind(work: Work, deal: Deal, visit: int) -> None:
    """Whoever was asked to move the deal on during that visit need not any more."""
    wanted = _link(deal, visit)
    for task in work.tasks(deal.id):
        if any(wanted in reason.notes for reason in task.reasons):
            withdraw(work, task, wanted, replace(task.reasons[0], event=work.event.id, notes=()))


def _tick(work: Work, deal: Deal) -> None:
    """Every level that is due by now; a level that moves the deal on is the last of its visit."""
    while deal.due_at and deal.due_at <= work.event.at and deal.status == "open":
        stage = pipeline_of(deal, work.rulebook, work.event.on).stage(deal.stage)
        stay = stage.stay if stage else None
        if stage is None or stay is None or deal.due_level >= len(stay.levels):
            work.keep("timed", replace(deal, due_at=None), _cause(work, deal, None))
            return
        level = stay.levels[deal.due_level]
        deal = _reached(work, deal, stage, stay, deal.due_at)
        work.keep("timed", deal, _cause(work, deal, level))
        if level.move:
            return


def _reached(work: Work, deal: Deal, stage: Stage, stay: Stay, at: datetime) -> Deal:
    """The deal after the level that is due: what the level says is done, and the next one has its moment."""
    level = stay.levels[deal.due_level]
    if level.task:
        _ask(work, deal, stage, level, at)
    if level.tell:
        _tell(work, deal, level)
    if level.move:
        _move_on(work, deal, level, at)
    further = level_due(deal, stay, deal.due_level + 1, at, work.rulebook, work.event.on)
    return replace(deal, due_level=deal.due_level + 1, due_at=further.at if further else None)


def _ask(work: Work, deal: Deal, stage: Stage, level: Level, at: datetime) -> None:
    if names_nobody(level.to, replace(work.situation, deal=deal)):
        work.passed("task", deal.id, "no_owner", _cause(work, deal, level))
        return
    owner, notes = recipient(level.to or "deal.owner", work.event, work.situation, level.place)
    since = deal.entered_stage_at.date().isoformat()
    said = (note("stayed", stage.id, level.after, since), *notes, _link(deal, deal.visit))
    number = (str(deal.due_level),) if deal.due_level else ()
    task = Task(
        id=derived_id("task", "stay", deal.pipeline, deal.id, str(deal.visit), *number), purpose=level.task, owner=owner,
        deal=deal.id, title=_words(stage, level), channel="", made_at=at, due_at=at,
        reasons=(_cause(work, deal, level, said),), template=level.task,
    )  # fmt: skip
    propose(work, task)


def _move_on(work: Work, deal: Deal, level: Level, at: datetime) -> None:
    """The deal asks for the stage itself, as of when the level was reached; the gate is the same as for anybody."""
    target = pipeline_of(deal, work.rulebook, work.event.on).stage(level.move)
    how = f"deal.{target.closes}" if target and target.closes else "deal.stage_asked"
    reason = level.reason or str(level.place)
    body = {"stage": level.move, "reason": reason, "by_rule": True}
    if how == "deal.lost" and level.reason:
        body["loss_reason"] = level.reason
    on = at.astimezone(ZoneInfo(work.rulebook.company.time_zone)).date()
    key = f"{deal.id}@{at.isoformat()}+move"
    event = replace(work.event, type=how, source="clock", key=key, at=at, on=on, actor="", body=body, seq=0)
    work.outcomes.append(Ensuing(event, _cause(work, deal, level)))


def _words(stage: Stage, level: Level) -> tuple[str, str]:
    en = f"In {stage.title.show('en') or stage.id} for {level.after}: move it on"
    return en, f"在“{stage.title.show('zh') or stage.id}”阶段已满 {level.after.zh}，请推进"


def _tell(work: Work, deal: Deal, level: Level) -> None:
    why_not = (
        "history" if work.silent else "no_owner" if names_nobody(level.tell, replace(work.situation, deal=deal)) else ""
    )
    if why_not:
        work.passed("notice", deal.id, why_not, _cause(work, deal, level))
        return
    number = (str(deal.due_level),) if deal.due_level != 1 else ()
    for to, notes in recipients(level.tell, work.event, work.situation, level.place):
        told = derived_id("told", "stay", deal.pipeline, deal.id, str(deal.visit), *number, to)
        template = level.task or f"stay-{deal.stage}"
        work.outcomes.append(Told(told, to, template, deal.id, _cause(work, deal, level, notes)))


def _link(deal: Deal, visit: int) -> Note:
    """The note by which a task's reason points to the visit of the stage."""
    return note("visit", deal.id, visit)


def _cause(work: Work, deal: Deal, level: Level | None, notes: tuple[Note, ...] = ()) -> Cause:
    header = pipeline_of(deal, work.rulebook, work.event.on).header
    return cause_of(header, level.place if level else header.place, work.event, work.rulebook, notes=notes)
