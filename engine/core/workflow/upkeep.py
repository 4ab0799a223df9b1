"""Open tasks of automations follow the deal: one that is due on a date of it moves with the date, and one whose reason
has gone counts as done or is cancelled, as its rule says."""

from collections.abc import Iterator
from dataclasses import replace

from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.records import Task
from engine.core.rules.automation import Automation, MakeTask
from engine.core.rules.cadence import TaskTemplate
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.deadlines import due_on_date
from engine.core.workflow.work import Work, closed


def decide_upkeep(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal's open tasks as its facts now leave them."""
    deal = situation.deal
    if deal is None or event.mode == "history" or event.type == "clock.ticked":
        return ()
    kept_up = list(_kept_up(rulebook))
    work = Work(event, situation, rulebook)
    for task in work.tasks(deal.id) if kept_up else ():
        found = _template(task, kept_up) if task.status == "open" else None
        if found:
            _follow(work, task, *found)
    return tuple(work.outcomes)


def _kept_up(rulebook: Rulebook) -> Iterator[tuple[Automation, TaskTemplate]]:
    """The templates whose tasks follow the deal."""
    for automation in rulebook.automations:
        for action in automation.then:
            if isinstance(action, MakeTask) and (action.task.due_on or action.task.ends):
                yield automation, action.task


def _template(task: Task, kept_up: list[tuple[Automation, TaskTemplate]]) -> tuple[Automation, TaskTemplate] | None:
    """The template that made the task; a task that another rule joined follows none, since that one still wants it."""
    wanted = {(reason.rule, reason.place) for reason in task.reasons}
    return next((one for one in kept_up if wanted == {(one[0].header.version, one[1].place)}), None)


def _follow(work: Work, task: Task, automation: Automation, template: TaskTemplate) -> None:
    for end in template.ends:
        if end.when.holds(work.situation.facts):
            read = facts_read([end.when], work.situation.facts)
            cause = cause_of(automation.header, end.place, work.event, work.rulebook, read)
            what = "completed" if end.status == "done" else "cancelled"
            work.keep(what, closed(task, end.status, work.event, "condition" if end.status == "done" else ""), cause)
            return
    due = due_on_date(work, template) if template.due_on else None
    if due and due.at != task.due_at:
        cause = cause_of(automation.header, template.place, work.event, work.rulebook, notes=due.notes)
        work.keep("due_moved", replace(task, due_at=due.at), cause)
