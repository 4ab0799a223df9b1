"""What a task policy says of one task: whose it is while its owner is away, and when the clock looks at it next."""

from collections import ChainMap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from engine.core.events import Event
from engine.core.formulas import Facts
from engine.core.records import Cause, Person, Task
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.rules.task_policy import Overdue, TaskPolicy
from engine.core.situation import Situation
from engine.core.workflow.availability import presence
from engine.core.workflow.business_time import reckon
from engine.core.workflow.calendars import instant
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.notes import Note, note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.recipients import manager_of

ABSENCE, DELEGATION = "absence", "delegation"
"""What a task is lent for: it comes back when its owner does, or at the stated moment."""


@dataclass(frozen=True, slots=True)
class Away:
    """Not at work from a moment until another (None: nobody knows), with whoever stands in."""

    since: datetime
    until: datetime | None
    stand_in: str
    kind: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The policy that covers a task, seen from one event."""

    event: Event
    situation: Situation
    rulebook: Rulebook
    policy: TaskPolicy
    facts: Facts

    def look_at(self, task: Task) -> datetime | None:
        """The next moment at which the clock has something to see to: its return, its owner's absence, its next level."""
        away = self.away(task)
        level = self.level(task)
        moments = (task.back_at, away.since if away else None, level[1] if level else None)
        return min((at for at in moments if at), default=None)

    def away(self, task: Task) -> Away | None:
        """The first absence of its owner that is not over and ends after it is due, for a policy that gives it to somebody
        meanwhile. A task that is lent already stays where it is."""
        person = self.situation.state.person(task.owner)
        if self.policy.when_away == "stay" or task.lent_by or person is None:
            return None
        latest = max(task.due_at, self.event.at)
        found = (one for one in absences(person, self.zone) if one.until is None or latest < one.until)
        return min(found, key=lambda one: one.since, default=None)

    def stands_in(self, task: Task, away: Away) -> tuple[str, tuple[Note, ...]]:
        """Who has the task meanwhile, and why, in notes; empty when there is nobody at work."""
        at, state = self.event.at, self.situation.state
        above = manager_of(task.owner, state, self.event.on)
        chain = [away.stand_in, above] if self.policy.when_away == "stand_in" else [above]
        until = away.until.astimezone(self.zone).date().isoformat() if away.until else ""
        for one in dict.fromkeys(chain):
            person = state.person(one) if one else None
            if person and one != task.owner and presence(person, at, self.event.on).at_work:
                return one, (note("stands_in", one, task.owner, until),)
        return "", (note("nobody_stands_in", task.owner, until),)

    def level(self, task: Task) -> tuple[Overdue, datetime] | None:
        """The next level of being overdue, and its moment, counted from when the task was due."""
        if task.level >= len(self.policy.overdue):
            return None
        level = self.policy.overdue[task.level]
        calendar = calendar_of(self.policy.calendar, self.rulebook, self.event.on)
        return level, reckon(calendar, task.due_at, level.after).at

    def cause(self, notes: tuple[Note, ...] = (), of: Overdue | None = None) -> Cause:
        """Because the policy says so."""
        read = facts_read([self.policy.covers], self.facts)
        place = of.place if of else self.policy.header.place
        return cause_of(self.policy.header, place, self.event, self.rulebook, read, notes)

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.rulebook.company.time_zone)


def terms_of(event: Event, situation: Situation, rulebook: Rulebook, task: Task) -> Terms | None:
    """What the first policy in force that covers the task says; None when none does."""
    own = {"task.id": task.id, "task.purpose": task.purpose, "task.channel": task.channel}
    facts = ChainMap(own, situation.facts)  # type: ignore[arg-type]
    policies = in_force(rulebook.task_policies, event.on)
    found = next((one for one in policies if one.covers is None or one.covers.holds(facts)), None)
    return Terms(event, situation, rulebook, found, facts) if found else None


def cared_for(event: Event, situation: Situation, rulebook: Rulebook, task: Task) -> Task:
    """The task with whoever is there to do it now, and with the moment at which the clock looks at it next."""
    terms = terms_of(event, situation, rulebook, task)
    away = terms.away(task) if terms else None
    to, notes = terms.stands_in(task, away) if terms and away and away.since <= event.at else ("", ())
    if away and to:
        first = replace(task.reasons[0], notes=(*task.reasons[0].notes, *notes))
        task = replace(lent(task, to, away.until), reasons=(first, *task.reasons[1:]))
    return timed(event, situation, rulebook, task)


def timed(event: Event, situation: Situation, rulebook: Rulebook, task: Task) -> Task:
    """The task with the moment at which the clock looks at it next."""
    terms = terms_of(event, situation, rulebook, task)
    return replace(task, look_at=terms.look_at(task) if terms else task.back_at)


def done_lately(
    event: Event, situation: Situation, rulebook: Rulebook, task: Task, known: Iterable[Task]
) -> Task | None:
    """The task as done already: its person has done the same for the deal within the policy's `done_within`. None when
    not, or when no policy says so. A step that comes again does not stand for itself."""
    terms = terms_of(event, situation, rulebook, task) if task.purpose else None
    within = terms.policy.done_within if terms else None
    if terms is None or within is None:
        return None
    calendar = calendar_of(terms.policy.calendar, rulebook, event.on)
    for other in known:
        alike = (other.purpose, other.owner, other.status) == (task.purpose, task.owner, "done")
        again = bool(task.enrolment) and other.enrolment == task.enrolment
        if alike and not again and other.ended_at and task.made_at < reckon(calendar, other.ended_at, within).at:
            first, day = task.reasons[0], other.ended_at.astimezone(terms.zone).date().isoformat()
            reason = replace(first, notes=(*first.notes, note("done_lately", other.id, day)))
            return replace(task, status="done", outcome=other.outcome, ended_at=other.ended_at, ended_by=other.ended_by,
                           reasons=(reason,), look_at=None)  # fmt: skip
    return None


def lent(task: Task, to: str, until: datetime | None) -> Task:
    """The task with somebody who does it while its owner is away, until then (None: until they are back)."""
    return replace(task, owner=to, lent_by=task.owner, lent_for=ABSENCE, back_at=until)


def own(task: Task) -> Task:
    """The task as its owner's for good."""
    return replace(task, lent_by="", lent_for="", back_at=None)


def absences(person: Person, zone: ZoneInfo) -> Iterator[Away]:
    """When the person is not at work, as it is known: out of office, then leave, whose days are the company's."""
    for out in person.out:
        yield Away(out.from_at, out.until_at, out.stand_in, "out")
    for leave in person.absences:
        if leave.from_on < leave.until_on:
            first, until = (instant(zone.key, day, time.min) for day in (leave.from_on, leave.until_on))
            during = next((out.stand_in for out in person.out if out.stand_in and out.covers(first)), "")
            yield Away(first, until, during, "on_leave")
