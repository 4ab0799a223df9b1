"""Automations: for each whose condition holds, its actions in order: a task, a notice, a fact set, a cadence begun."""

from dataclasses import replace

from engine.core.approving.asking import note_due, request
from engine.core.approving.standing import rule_in_force
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Outcome, Told
from engine.core.records import Cause, Task
from engine.core.rules.automation import (
    Action,
    Assign,
    Automation,
    Enrol,
    MakeTask,
    Notify,
    PutBack,
    RequestApproval,
    SetFact,
)
from engine.core.rules.cadence import TaskTemplate
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation
from engine.core.workflow.assignments import assign_by, charge_meant, person_for
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.deadlines import due_of
from engine.core.workflow.enrolments import begin
from engine.core.workflow.pipelines import pipeline_of
from engine.core.workflow.public_pools import give_back
from engine.core.workflow.recipients import names_nobody, recipients
from engine.core.workflow.steps import enrol
from engine.core.workflow.work import Work, propose


def decide_automations(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """What the automations whose conditions hold do about the event, in file order."""
    work = Work(event, situation, rulebook)
    if event.type == "deal.stage_entered":
        _with_the_move(work)
    for automation in rulebook.automations if situation.matched else ():
        if f"{automation.header.version}#" in situation.matched:
            for number, action in enumerate(automation.then):
                _act(work, automation, number, action)
    return tuple(work.outcomes)


def _with_the_move(work: Work) -> None:
    """What the drawn move that the deal has made brings with it."""
    deal = work.deal
    pipeline = pipeline_of(deal, work.rulebook, work.event.on) if deal else None
    if deal is None or pipeline is None or not pipeline.moves.allowed or not deal.previous_stage:
        return
    role = str(work.situation.facts.get("actor.role") or "")
    moves = pipeline.moves
    drawn = moves.drawn(deal.previous_stage, deal.stage, role) or moves.drawn(deal.previous_stage, deal.stage)
    for number, action in enumerate(drawn.then if drawn else ()):
        header = replace(pipeline.header, id=f"{pipeline.header.id}.{deal.previous_stage}.{deal.stage}")
        _act(work, Automation(header, work.event.type, None, ()), number, action)


def _act(work: Work, automation: Automation, number: int, action: Action) -> None:
    match action:
        case MakeTask():
            _make(work, automation, number, action.task)
        case Notify():
            _tell(work, automation, number, action)
        case SetFact():
            _set(work, automation, action)
        case Assign():
            assign_by(work, action.by, action.place)
        case PutBack():
            _recycle(work, automation, action)
        case RequestApproval():
            _request(work, automation, action)
        case Enrol():
            _enrol(work, automation, action)


def _recycle(work: Work, automation: Automation, action: PutBack) -> None:
    """It goes back to its pool; nothing when nobody has it."""
    charge = charge_meant(work, action.of)
    if charge is None or not charge.owner:
        reason = "no_owner" if charge else f"no_{action.of}"
        work.passed("recycle", work.event.subject, reason, replace(_cause(work, automation), place=action.place))
    elif not work.silent:
        give_back(work, charge, "recycled")


def _request(work: Work, automation: Automation, action: RequestApproval) -> None:
    """Those who must agree are asked, in the name of the deal's owner; nothing when they are, have, or need not."""
    rule = rule_in_force(action.approval, work.rulebook, work.event.on)
    cause = replace(_cause(work, automation), place=action.place)
    if work.deal is None or rule is None:
        work.passed("approval", action.approval, "no_deal" if rule else "no_rule", cause)
        return
    if request(work, rule, work.deal.owner, action.reason):
        note_due(work)


def _make(work: Work, automation: Automation, number: int, template: TaskTemplate) -> None:
    """A task, due in its time from the event in the company's business time."""
    event, deal = work.event, work.deal
    cause, subject = _cause(work, automation), deal.id if deal else ""
    if names_nobody(template.to, _now(work)):
        work.passed("task", subject, "no_owner", replace(cause, place=template.place))
        return
    id = derived_id("task", automation.header.id, str(number), event.subject, event.id)
    owner, notes = person_for(work, id, template.to or "deal.owner", template.place)
    due = due_of(work, template, owner)
    task = Task(
        id=id,
        purpose=template.purpose, owner=owner, deal=subject,
        title=(template.title.show("en"), template.title.show("zh")), channel=template.channel, made_at=event.at,
        due_at=due.at, reasons=(replace(cause, place=template.place, notes=(*notes, *due.notes)),),
        template=template.template, priority=template.priority,
    )  # fmt: skip
    propose(work, task)


def _tell(work: Work, automation: Automation, number: int, notify: Notify) -> None:
    cause = replace(_cause(work, automation), place=notify.place)
    nobody = names_nobody(notify.to, _now(work))
    if work.silent or nobody:
        work.passed("notice", work.event.subject, "no_owner" if nobody else "history", cause)
        return
    for to, notes in recipients(notify.to, work.event, work.situation, notify.place):
        told = derived_id("told", automation.header.id, str(number), work.event.subject, work.event.id, to)
        deal = work.deal.id if work.deal else ""
        work.outcomes.append(Told(told, to, notify.template, deal, replace(cause, notes=notes)))


def _now(work: Work) -> Situation:
    """The event's surroundings with its deal as the actions before have left it."""
    return replace(work.situation, deal=work.deal)


def _set(work: Work, automation: Automation, action: SetFact) -> None:
    """The deal with the fact at its new value; nothing when it has that value, which is also what ends a chain."""
    deal, name = work.deal, action.fact.removeprefix("deal.")
    cause = replace(_cause(work, automation), place=action.place)
    if deal is None:
        work.passed("set", action.fact, "no_deal", cause)
        return
    value = action.to.value(work.situation.facts)
    if deal.facts.get(name) != value:
        read = tuple(sorted({*cause.facts, *facts_read([action.to], work.situation.facts)}, key=lambda pair: pair[0]))
        work.keep("fact_set", replace(deal, facts={**deal.facts, name: value}), replace(cause, facts=read))


def _enrol(work: Work, automation: Automation, action: Enrol) -> None:
    """The deal in the cadence, unless it is in it or may not enter it again."""
    cause = replace(_cause(work, automation), place=action.place)
    found = next((c for c in in_force(work.rulebook.cadences, work.event.on) if c.header.id == action.cadence), None)
    if work.deal is None or found is None:
        work.passed("enrolment", action.cadence, "no_deal" if found else "not_in_force", cause)
        return
    begun = begin(work, found, cause)
    if begun:
        enrol(work, found, begun)


def _cause(work: Work, automation: Automation) -> Cause:
    read = facts_read([automation.when], work.situation.facts)
    return cause_of(automation.header, automation.header.place, work.event, work.rulebook, read)
