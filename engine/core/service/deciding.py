"""What the clock does about tickets: warnings before a promised date, what follows when it is missed, closing by itself.

A ticket carries the moment at which the clock must look as `due_at`, so a tick costs what is due. Each step is reached
once for each limit and round, as of its own moment, however seldom the clock ticks. What was asked of somebody because of
a limit goes when the limit is met.
"""

from dataclasses import replace
from datetime import datetime

from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Kept, Outcome, Told
from engine.core.problems import Place
from engine.core.records import Cause, Task, Ticket
from engine.core.rules.rulebook import Rulebook
from engine.core.service.facts import ticket_of
from engine.core.service.standing import Standing, facts_at_opening, standing_of
from engine.core.service.steps import Due
from engine.core.situation import Situation
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.notes import Note, note
from engine.core.workflow.recipients import names_nobody, recipient, recipients
from engine.core.workflow.work import Work, propose, withdraw

_PRIORITY = {"urgent": 2, "high": 1}
_ASKED = {
    "first_response": ("Answer ticket {ticket}", "回复工单 {ticket}"),
    "next_response": ("Answer the customer again: ticket {ticket}", "再次回复客户：工单 {ticket}"),
    "resolution": ("Resolve ticket {ticket}", "解决工单 {ticket}"),
}


def decide_service(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The ticket after what the clock had to do, and the tasks that come and go with its limits."""
    ticket = ticket_of(event, situation.state)
    if ticket is None:
        return ()
    work = Work(event, situation, rulebook)
    if event.type == "clock.ticked":
        while ticket.due_at and ticket.due_at <= event.at:
            ticket = _reached(work, ticket, ticket.due_at)
    elif ticket.reached and not event.type.endswith(".settled"):
        _met(work, _standing(work, ticket, event.at))
    return tuple(work.outcomes)


def _standing(work: Work, ticket: Ticket, at: datetime) -> Standing:
    return standing_of(ticket, at, work.situation.state, work.rulebook)


def _reached(work: Work, ticket: Ticket, at: datetime) -> Ticket:
    """The ticket after what was due at that moment."""
    standing = _standing(work, ticket, at)
    due = [one for one in standing.ahead if one.at <= at]
    for one in due:
        _carry_out(work, standing, one)
    reached = (*ticket.reached, *(one.name for one in due))
    after = _standing(work, replace(standing.stood, reached=reached), at)
    closes = after.course.status == "closed" != ticket.status
    cause = _cause(work, standing, standing.level.header.place if standing.level else Place(""))
    work.outcomes.append(Kept("closed" if closes else "timed", after.stood, cause))
    if closes:
        _met(work, after)
    return after.stood


def _met(work: Work, standing: Standing) -> None:
    """Whoever was asked to keep a limit that is met, or to no purpose any more, need not any longer."""
    ticket = standing.ticket
    met = [_link(ticket, one.limit, one.round) for one in standing.clocks if one.met_at is not None]
    by_id = (work.situation.state.task(_task_id(ticket, name)) for name in ticket.reached)
    tasks = {task.id: task for task in (*work.tasks(ticket.deal), *by_id) if task} if met else {}
    for task in tasks.values():
        for link in met:
            if any(link in reason.notes for reason in task.reasons):
                withdraw(work, task, link, replace(task.reasons[0], event=work.event.id, notes=()))


def _carry_out(work: Work, standing: Standing, due: Due) -> None:
    """What a step says, once it is known who is meant."""
    step = due.step
    for to, what in ((step.to, "task") if step.task else ("", ""), (step.tell, "notice") if step.tell else ("", "")):
        if not to:
            continue
        nobody = names_nobody(to, work.situation)
        if nobody or (work.silent and what == "notice"):
            why_not = "no_owner" if nobody else "history"
            work.passed(what, standing.ticket.id, why_not, _cause(work, standing, step.place))
        elif what == "task":
            _ask(work, standing, due)
        else:
            _tell(work, standing, due)


def _ask(work: Work, standing: Standing, due: Due) -> None:
    ticket, clock, step = standing.ticket, due.clock, due.step
    owner, notes = recipient(step.to, work.event, work.situation, step.place)
    said = (*_notes(ticket, due), *notes, *clock.notes)
    topic = f": {ticket.text('topic')}" if ticket.text("topic") else ""
    en, zh = (words.format(ticket=ticket.id) + topic for words in _ASKED[clock.limit])
    task = Task(
        id=_task_id(ticket, due.name), purpose=step.task, owner=owner, deal=ticket.deal, title=(en, zh), channel="",
        made_at=due.at, due_at=max(clock.due_at, due.at), reasons=(_cause(work, standing, step.place, said),),
        template=step.task, priority=_PRIORITY.get(ticket.text("priority"), 0),
    )  # fmt: skip
    propose(work, task)


def _tell(work: Work, standing: Standing, due: Due) -> None:
    ticket, step = standing.ticket, due.step
    for to, notes in recipients(step.tell, work.event, work.situation, step.place):
        told = derived_id("told", "service", ticket.id, due.name, to)
        cause = _cause(work, standing, step.place, (*_notes(ticket, due), *notes, *due.clock.notes))
        work.outcomes.append(Told(told, to, step.task or f"ticket-{step.of}", ticket.deal, cause))


def _task_id(ticket: Ticket, name: str) -> str:
    return derived_id("task", "service", ticket.id, name)


def _notes(ticket: Ticket, due: Due) -> tuple[Note, ...]:
    """Which limit it is about, its date, and the link by which the task goes when it is met."""
    clock = due.clock
    return note("promised", ticket.id, clock.limit, clock.due_at.isoformat()), _link(ticket, clock.limit, clock.round)


def _link(ticket: Ticket, limit: str, round: int) -> Note:
    return note("clock", ticket.id, limit, round)


def _cause(work: Work, standing: Standing, place: Place, notes: tuple[Note, ...] = ()) -> Cause:
    level, promise = standing.level, standing.promise
    assert level is not None, "the clock has nothing to do where no rule promises anything or closes"
    read = facts_read([promise.when if promise else None], facts_at_opening(standing.stood, work.situation.state))
    return cause_of(level.header, place, work.event, work.rulebook, read, notes)
