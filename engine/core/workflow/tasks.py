"""What people do with their tasks: complete, snooze, skip; and what becomes of them when the deal changes hands.

Only open tasks change; what is done keeps its owner. A second completion with the same outcome and one with another
outcome are two different refusals.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from engine.core.events import Event
from engine.core.outcomes import Ensuing, Outcome
from engine.core.problems import Place
from engine.core.records import Cause, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.business_time import reckon
from engine.core.workflow.causes import refused
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.recipients import recipient
from engine.core.workflow.settings import policy_of
from engine.core.workflow.task_care import delegate
from engine.core.workflow.task_outcomes import may_come_of, outcomes_of, touch_of
from engine.core.workflow.task_terms import own, terms_of
from engine.core.workflow.undoing import answered, reopened
from engine.core.workflow.visits import not_again
from engine.core.workflow.work import Work, closed, hand_on


def decide_tasks(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The task as the event leaves it, or the refusal; for a new owner of the deal, the tasks that follow."""
    if event.type in ("deal.reassigned", "deal.changed") and event.body.get("owner"):
        return handed_over(Work(event, situation, rulebook))
    change = _CHANGES.get(event.type)
    if change is None:
        return ()
    task = situation.state.task(event.subject)
    if task is None:
        return refused("E050", _told(event), task=event.subject)
    work = Work(event, situation, rulebook)
    if event.type == "task.reopened":
        return change(work, task)
    return _closed_already(event, task) or _to_be_decided(event, task) or change(work, task)


def _told(event: Event) -> Cause:
    """A person did it: no rule had a say."""
    return Cause("", Place(""), event.id)


def _closed_already(event: Event, task: Task) -> tuple[Outcome, ...]:
    if task.status == "open":
        return ()
    wanted = {"task.completed": "done", "task.skipped": "skipped"}.get(event.type)
    same = (task.status, task.outcome) == (wanted, str(event.body.get("outcome") or ""))
    particulars = {"task": task.id, "status": task.status, "outcome": task.outcome or "–"}
    return refused("E051" if same else "E052", _told(event), **particulars)


def _to_be_decided(event: Event, task: Task) -> tuple[Outcome, ...]:
    """A task that asks for a decision ends with the decision, not with a tick."""
    if event.type not in ("task.completed", "task.skipped") or task.template != "approval":
        return ()
    return refused("E213", _told(event), task=task.id)


def _completed(work: Work, task: Task) -> tuple[Outcome, ...]:
    body = work.event.body
    outcome = str(body.get("outcome") or "")
    if not may_come_of(work.rulebook, task, outcome):
        known = ", ".join(one.code for one in outcomes_of(work.rulebook, task.channel, task.purpose))
        return refused("E237", _told(work.event), found=outcome, known=known or "–")
    done = closed(task, "done", work.event, outcome, str(body.get("note") or ""))
    work.keep("completed", replace(done, answer=answered(work, task)), _told(work.event))
    work.outcomes += [Ensuing(touch, _told(work.event)) for touch in touch_of(work.event, done, work.rulebook)]
    return tuple(work.outcomes)


def _skipped(work: Work, task: Task) -> tuple[Outcome, ...]:
    refusal = not_again(work, task)
    if refusal:
        return refusal
    left = closed(task, "skipped", work.event, text=str(work.event.body.get("reason") or ""))
    work.keep("skipped", replace(left, answer=answered(work, task)), _told(work.event))
    return tuple(work.outcomes)


def _snoozed(work: Work, task: Task) -> tuple[Outcome, ...]:
    """Out of sight until then; what it is due does not change."""
    event, until = work.event, work.event.body.get("until")
    assert isinstance(until, datetime), "intake reads instants"
    if until <= event.at:
        return refused("E053", _told(event), until=until.isoformat(), at=event.at.isoformat())
    refusal = _too_much(work, task, until)
    if refusal:
        return refusal
    work.keep(
        "snoozed",
        replace(task, snoozed_until=until, snoozes=task.snoozes + 1, answer=answered(work, task)),
        _told(event),
    )
    return tuple(work.outcomes)


def _too_much(work: Work, task: Task, until: datetime) -> tuple[Outcome, ...]:
    """The refusal of a snooze that the task's policy does not allow: one too many, or too far."""
    event, terms = work.event, terms_of(work.event, work.situation, work.rulebook, task)
    most, longest = (terms.policy.snooze_at_most, terms.policy.snooze_for_at_most) if terms else (None, None)
    if terms and most is not None and task.snoozes >= most:
        return refused("E233", terms.cause(), task=task.id, most=str(most))
    if terms and longest:
        last = reckon(calendar_of(terms.policy.calendar, work.rulebook, event.on), event.at, longest).at
        if until > last:
            return refused("E234", terms.cause(), task=task.id, until=until.isoformat(), latest=last.isoformat())
    return ()


_CHANGES: Mapping[str, Callable[[Work, Task], tuple[Outcome, ...]]] = MappingProxyType(
    {
        "task.completed": _completed,
        "task.skipped": _skipped,
        "task.snoozed": _snoozed,
        "task.delegated": delegate,
        "task.reopened": reopened,
    }
)


def handed_over(work: Work) -> tuple[Outcome, ...]:
    """The open tasks that go to the deal's new owner: those of the previous owner, by the policy of their cadence."""
    deal = work.deal
    if deal is None or deal.owner == deal.previous_owner:
        return ()
    for task in work.tasks(deal.id):
        if (
            task.status == "open"
            and not _at_rest(work, task)
            and follows(policy_of_task(work, task), task.lent_by or task.owner, deal.previous_owner)
        ):
            to, notes = recipient("deal.owner", work.event, work.situation)
            hand_on(work, own(task), to, replace(_told(work.event), notes=notes))
    return tuple(work.outcomes)


def follows(policy: str, owner: str, previous_owner: str) -> bool:
    """Whether what that person has goes along when the deal changes hands."""
    return policy == "follow" or (policy == "follow_if_previous_owner" and owner == previous_owner)


def _at_rest(work: Work, task: Task) -> bool:
    """True for a task whose enrolment is paused: it stays until that goes on, and then goes to whoever has it."""
    enrolment = work.situation.state.enrolment(task.enrolment) if task.enrolment else None
    return enrolment is not None and enrolment.pause is not None


def policy_of_task(work: Work, task: Task) -> str:
    """What happens to the task when the deal changes hands: the cadence's `on_reassign`; a task of no cadence goes along when it was the previous owner's."""
    enrolment = work.situation.state.enrolment(task.enrolment) if task.enrolment else None
    return policy_of(enrolment, work.rulebook, "on_reassign") if enrolment else "follow_if_previous_owner"
