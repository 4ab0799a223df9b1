"""Automations: for each whose condition holds, its actions in order: a task, a notice, a fact set, a cadence begun."""

from dataclasses import replace

from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Outcome, Told
from engine.core.records import Cause, Task
from engine.core.rules.automation import Action, Automation, Enrol, MakeTask, Notify, SetFact
from engine.core.rules.cadence import TaskTemplate
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation
from engine.core.workflow.business_time import Reckoned, reckon
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.enrolments import begin
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.recipients import recipient, recipients
from engine.core.workflow.steps import enrol
from engine.core.workflow.work import Work, propose


def decide_automations(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """What the automations whose conditions hold do about the event, in file order."""
    work = Work(event, situation, rulebook)
    for automation in rulebook.automations if situation.matched else ():
        if f"{automation.header.version}#" in situation.matched:
            for number, action in enumerate(automation.then):
                _act(work, automation, number, action)
    return tuple(work.outcomes)


def _act(work: Work, automation: Automation, number: int, action: Action) -> None:
    match action:
        case MakeTask():
            _make(work, automation, number, action.task)
        case Notify():
            _tell(work, automation, number, action)
        case SetFact():
            _set(work, automation, action)
        case Enrol():
            _enrol(work, automation, action)


def _make(work: Work, automation: Automation, number: int, template: TaskTemplate) -> None:
    """A task, due in its time from the event in the company's business time."""
    event, deal = work.event, work.deal
    owner, notes = recipient(template.to or "deal.owner", event, work.situation, template.place)
    calendar = calendar_of("", work.rulebook, event.on) if template.due_in else None
    due = reckon(calendar, event.at, template.due_in) if calendar and template.due_in else Reckoned(event.at)
    cause = _cause(work, automation)
    subject = deal.id if deal else ""
    task = Task(
        id=derived_id("task", automation.header.id, str(number), event.subject, event.id),
        purpose=template.purpose, owner=owner, deal=subject,
        title=(template.title.show("en"), template.title.show("zh")), channel=template.channel, made_at=event.at,
        due_at=due.at, reasons=(replace(cause, place=template.place, notes=(*notes, *due.notes)),),
        template=template.template, priority=template.priority,
    )  # fmt: skip
    propose(work, task)


def _tell(work: Work, automation: Automation, number: int, notify: Notify) -> None:
    cause = replace(_cause(work, automation), place=notify.place)
    if work.silent:
        work.passed("notice", work.event.subject, "history", cause)
        return
    for to, notes in recipients(notify.to, work.event, work.situation, notify.place):
        told = derived_id("told", automation.header.id, str(number), work.event.subject, work.event.id, to)
        deal = work.deal.id if work.deal else ""
        work.outcomes.append(Told(told, to, notify.template, deal, replace(cause, notes=notes)))


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
