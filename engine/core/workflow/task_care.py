"""What the clock, absences and people do about who has a task: it goes to whoever stands in and comes back, it is told of
or handed on when it is overdue, it is given to somebody else.

A task knows when the clock must look at it (`look_at`), so a tick costs what is to be looked at, not what is open.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Outcome, Told
from engine.core.problems import Place
from engine.core.records import Cause, Person, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.task_policy import Overdue
from engine.core.situation import Situation, State
from engine.core.workflow.causes import refused
from engine.core.workflow.notes import note
from engine.core.workflow.recipients import manager_of, recipient
from engine.core.workflow.task_terms import ABSENCE, DELEGATION, Terms, lent, own, terms_of, timed
from engine.core.workflow.work import Work, hand_on

CLOCK_PREFIX = "task:"
"""The clock ticks for a task of no deal under this and its id, so that no deal of the same id is meant."""

ABSENCES = frozenset({"leave.taken", "person.out_of_office", "person.back"})
"""What may bring a task to somebody else, or back."""


def look_after(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """What the clock finds to do about the open tasks of its deal, or about its task of no deal; what it has just made
    included, so that nothing depends on how often it ticks."""
    if event.type != "clock.ticked":
        return ()
    work = Work(event, situation, rulebook)
    while due := _due(work):
        for task in due:
            _look(work, task)
    return tuple(work.outcomes)


def _due(work: Work) -> list[Task]:
    """The tasks that must be looked at by now, as the event has left them: one that was joined may be due in its turn."""
    event = work.event
    if event.subject.startswith(CLOCK_PREFIX):
        id = event.subject.removeprefix(CLOCK_PREFIX)
        kept = [one for one in work.tasks("") if one.id == id]
        own_one = work.situation.state.task(id)
        found = kept or ([own_one] if own_one else [])
    else:
        found = list(work.tasks(event.subject))
    return [task for task in found if task.status == "open" and task.look_at and task.look_at <= event.at]


def _look(work: Work, task: Task) -> None:
    """Everything that is due about the task, one after the other, each as of its own moment."""
    current: Task | None = task
    while current and current.status == "open" and (at := current.look_at) and at <= work.event.at:
        current = _looked_at(work, current, at)


def _looked_at(work: Work, task: Task, at: datetime) -> Task | None:
    """The task after what was due about it; None when it has joined another."""
    if task.back_at and task.back_at <= at:
        return _back(work, task)
    on = at.astimezone(ZoneInfo(work.rulebook.company.time_zone)).date()
    terms = terms_of(replace(work.event, at=at, on=on), work.situation, work.rulebook, task)
    if terms is None:
        return _kept(work, "watched", replace(task, look_at=None), _nobodys(work))
    away, level = terms.away(task), terms.level(task)
    if away and away.since <= at:
        to, notes = terms.stands_in(task, away)
        if to:
            return hand_on(work, lent(task, to, away.until), to, terms.cause(notes), "lent")
        # Nobody is there: it stays, visibly, and is not asked for again before it is due to.
        _kept(work, "watched", task, terms.cause(notes))
    if level and level[1] <= at:
        return _escalated(work, terms, task, level[0])
    return _kept(work, "watched", replace(task, look_at=_later(terms, task, at)), terms.cause())


def _later(terms: Terms, task: Task, at: datetime) -> datetime | None:
    """The next moment after that one: nothing is looked at twice for the same."""
    level = terms.level(task)
    return min((one for one in (task.back_at, level[1] if level else None) if one and one > at), default=None)


def _nobodys(work: Work) -> Cause:
    return Cause("", Place(""), work.event.id, work.rulebook.fingerprint)


def _kept(work: Work, what: str, task: Task, cause: Cause) -> Task:
    work.keep(what, task, cause)
    return task


def _back(work: Work, task: Task) -> Task | None:
    """The task back with who lent it, or, when they have left, for good with who has it."""
    person = work.situation.state.person(task.lent_by)
    if person is None or not person.employed(work.event.on):
        return _kept(work, "watched", timed(work.event, work.situation, work.rulebook, own(task)), _nobodys(work))
    cause = replace(_nobodys(work), notes=(note("given_back", task.owner, task.lent_by),))
    return hand_on(work, own(task), task.lent_by, cause, "given_back")


def _escalated(work: Work, terms: Terms, task: Task, level: Overdue) -> Task | None:
    """The level's word: somebody is told, or has the task from now on."""
    days = task.due_at.astimezone(terms.zone).date().isoformat()
    cause = terms.cause((note("overdue_since", days),), level)
    reached = replace(task, level=task.level + 1)
    reached = replace(reached, look_at=terms.look_at(reached))
    if level.tell:
        _tell(work, reached, level, cause)
    to = _meant(work, task, level.give_to, level.place) if level.give_to else ""
    if to and to != task.owner:
        return hand_on(work, own(reached), to, cause, "escalated")
    return _kept(work, "escalated", reached, cause)


def _tell(work: Work, task: Task, level: Overdue, cause: Cause) -> None:
    to = _meant(work, task, level.tell, level.place)
    if not to:
        work.passed("escalation", task.id, "no_manager", cause)
    elif not work.silent:
        id = derived_id("told", "overdue", task.id, str(task.level), to)
        work.outcomes.append(
            Told(id, to, "task-overdue", task.deal, replace(cause, notes=(*cause.notes, note("task", task.id))))
        )


def _meant(work: Work, task: Task, to: str, place: Place) -> str:
    """Whom a level means: the task's owner, their manager (empty when there is none), or whom any rule may mean."""
    if to == "task.owner":
        return task.owner
    if to == "task.owner.manager":
        return manager_of(task.owner, work.situation.state, work.event.on)
    return recipient(to, work.event, work.situation, place)[0]


def decide_absence(event: Event, draft: Draft, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Somebody is away, or back, or otherwise away than was known: what they have to do goes where it belongs now, and
    what others do for them comes back."""
    found: list[Outcome] = []
    for id in sorted({*draft.open_tasks_of(event.subject), *draft.lent_tasks(event.subject)}):
        task = draft.task(id)
        deal = draft.deal(task.deal) if task and task.deal else None
        if task is None:
            continue
        situation = Situation(draft, deal, facts_of(event, draft, rulebook, deal), frozenset())
        outcomes = _placed(Work(event, situation, rulebook), task)
        draft.fold(outcomes)
        found += outcomes
    return tuple(found)


def _placed(work: Work, task: Task) -> tuple[Outcome, ...]:
    """The task with whoever has it by what is now known of absences."""
    event = work.event
    if task.lent_by == event.subject and task.lent_for == ABSENCE:
        home = replace(own(task), owner=task.lent_by)
        terms = terms_of(event, work.situation, work.rulebook, home)
        away = terms.away(home) if terms else None
        if away is None or away.since > event.at:
            _back(work, task)
        elif away.until != task.back_at:
            later = replace(task, back_at=away.until)
            _kept(work, "watched", timed(event, work.situation, work.rulebook, later), _nobodys(work))
    elif task.owner == event.subject:
        _left_by(work, task)
    return tuple(work.outcomes)


def _left_by(work: Work, task: Task) -> None:
    """The task of somebody who is away, at once with whoever stands in, or when the time comes."""
    terms = terms_of(work.event, work.situation, work.rulebook, task)
    away = terms.away(task) if terms else None
    to, notes = terms.stands_in(task, away) if terms and away and away.since <= work.event.at else ("", ())
    if terms and away and to:
        hand_on(work, lent(task, to, away.until), to, terms.cause(notes), "lent")
    elif (looked := timed(work.event, work.situation, work.rulebook, task)) != task:
        _kept(work, "watched", looked, terms.cause(notes) if terms else _nobodys(work))


def delegate(work: Work, task: Task) -> tuple[Outcome, ...]:
    """The task given to somebody else, for good or until a moment, by what the policy allows."""
    event, state = work.event, work.situation.state
    to, until = event.text("to"), event.body.get("until")
    person, has = state.person(to), state.person(task.owner)
    terms = terms_of(event, work.situation, work.rulebook, task)
    allowed = terms.policy.delegate if terms else "company"
    cause = Cause("", Place(""), event.id)
    if person is None or not person.employed(event.on):
        return refused("E230", cause, task=task.id, person=to)
    if to == task.owner:
        return refused("E231", cause, task=task.id, person=to)
    if allowed == "nobody" or (allowed == "team" and not _together(has, person, state, event)):
        return refused("E232", terms.cause() if terms else cause, task=task.id, person=to, allowed=allowed)
    if isinstance(until, datetime) and until <= event.at:
        return refused("E053", cause, until=until.isoformat(), at=event.at.isoformat())
    given = own(task)
    if isinstance(until, datetime) and to != task.lent_by:
        given = replace(given, lent_by=task.lent_by or task.owner, lent_for=DELEGATION, back_at=until)
    said = note("given", task.owner, to, event.text("reason"))
    hand_on(work, given, to, replace(cause, notes=(said,)), "delegated")
    return tuple(work.outcomes)


def _together(one: Person | None, other: Person, state: State, event: Event) -> bool:
    """True for people of one team or under one manager, and for whoever stands above the first."""
    mine, theirs = (person.on(event.on) if person else None for person in (one, other))
    if mine and theirs and any(same and same == theirs_too for same, theirs_too in
                               ((mine.team, theirs.team), (mine.manager, theirs.manager))):  # fmt: skip
        return True
    above, seen = one.id if one else "", set[str]()
    while above and above not in seen:
        seen.add(above)
        above = manager_of(above, state, event.on)
    return other.id in seen
