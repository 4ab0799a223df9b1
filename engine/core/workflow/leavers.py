"""Somebody who leaves with work still open: their manager is asked, once, to hand it over.

Nothing stops with them: rules have no owner, and what falls due later goes to their manager by itself.
"""

from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Outcome
from engine.core.problems import Place
from engine.core.records import Cause, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.calendars import next_working_moment
from engine.core.workflow.notes import note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.recipients import manager_of
from engine.core.workflow.work import Work, propose

HAND_OVER = "hand-over"


def decide_leavers(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The task to hand over what the person had to do; nothing when they had nothing, or when nobody is above them."""
    work, state = Work(event, situation, rulebook), situation.state
    person, left = state.person(event.subject), len(state.open_tasks_of(event.subject))
    if person is None or not left:
        return ()
    cause = Cause("", Place(""), event.id, rulebook.fingerprint, notes=(note("left_work", person.name, left),))
    to = manager_of(person.id, state, event.on)
    if not to:
        work.passed("task", person.id, "no_manager", cause)
        return tuple(work.outcomes)
    purpose = f"{HAND_OVER}.{person.id}"
    asked = (state.task(id) for id in state.open_tasks_of(to))
    if any(task and task.purpose == purpose for task in asked):
        work.passed("task", person.id, "already_asked", cause)
        return tuple(work.outcomes)
    due_at = next_working_moment(calendar_of("", rulebook, event.on), event.at)
    title = (f"Hand over the work of {person.name}", f"交接{person.name_zh or person.name}的工作")
    task = Task(
        id=derived_id("task", HAND_OVER, person.id, event.id), purpose=purpose, owner=to, deal="",
        title=title, channel="todo", made_at=event.at, due_at=due_at, reasons=(cause,),
    )  # fmt: skip
    propose(work, task)
    return tuple(work.outcomes)
