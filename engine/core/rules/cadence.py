"""A follow-up cadence: when it starts, its steps, what pauses, moves and ends it, and how it behaves when the world
changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.header import Header, Title

END = "end"
"""Instead of a step's id: the cadence is completed there."""


@dataclass(frozen=True, slots=True)
class TaskEnd:
    """When that holds of the deal, its open task counts as `done` or is `cancelled`."""

    when: Formula
    status: str
    place: Place


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """What a rule asks a person to do.

    `to` is who: `deal.owner`, `deal.owner.manager`, `role:<role>` or a person's id. `due_in` counts from the moment
    the task is made (None: due at once). `purpose` joins tasks: two rules with one purpose for one deal make one task.
    `in_time_of` owner: due when so much of the person's own working time has passed. `due_on` is a date fact of the deal
    that the task is due on, and stays due on; or so long before or after it (days, one of the two). `ends` are
    conditions of the deal that end the task while it is open.
    """

    purpose: str
    title: Title
    channel: str
    to: str
    due_in: Duration | None
    template: str
    place: Place
    priority: int = 0
    in_time_of: str = "company"
    due_on: str = ""
    ends: tuple[TaskEnd, ...] = ()
    due_before: Duration | None = None
    due_after: Duration | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """When steps may happen: [start, end) of a day (an end of 00:00 is the end of the day), on those weekdays (Monday 0;
    empty: every day that is worked)."""

    hours: tuple[tuple[time, time], ...]
    weekdays: tuple[int, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class OnOutcome:
    """What an outcome of a step's task leads to, one of: the step again after a wait, at most so many times more; another
    step; the end, under a name; another cadence."""

    outcome: str
    place: Place
    repeat_after: Duration | None = None
    at_most: int = 1
    go_to: str = ""
    end: str = ""
    enrol: str = ""


@dataclass(frozen=True, slots=True)
class Listen:
    """A step that waits for an answer: an event within a time. `met` and `not_met` are the steps that follow (empty: the
    next one). `at_once` False waits for the whole time even when the answer has come."""

    on: str
    when: Formula | None
    within: Duration
    met: str
    not_met: str
    at_once: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a cadence. `after` counts from the anchor of the policy.

    `when` not met, or `skip_when` met, skips the step, visibly. A step makes a task, or only waits (`task` None), or
    listens for an answer, or goes over to another cadence (`enrol`). `then` is the step that follows, or `end` (empty:
    the next line). `reschedule`: a task that is skipped to be done later is asked for once more after so long (None:
    never). `written` is the line of the file's list, from 0: one line that repeats makes several steps, none of them on the
    day `until` or later.
    """

    id: str
    after: Duration
    when: Formula | None
    task: TaskTemplate | None
    on_outcome: tuple[OnOutcome, ...]
    place: Place
    skip_when: Formula | None = None
    window: Window | None = None
    listen: Listen | None = None
    enrol: str = ""
    then: str = ""
    reschedule: Duration | None = None
    written: int = 0
    until: Formula | None = None

    @property
    def title(self) -> Title:
        """What its task is called; a step without one is called by its id."""
        return self.task.title if self.task else Title(self.id, self.id)


@dataclass(frozen=True, slots=True)
class StartOn:
    """The event that enrols a deal, and the condition. `priority` says who is let in first where room is limited."""

    on: str
    when: Formula | None
    place: Place
    priority: Formula | None = None


@dataclass(frozen=True, slots=True)
class StopOn:
    """An event that ends an enrolment, the condition, and the exit's name."""

    on: str
    when: Formula | None
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class PauseOn:
    """An event that lays an enrolment to rest, the condition, and the reason in a word; until another event, after a time,
    or on a day (none of them: until somebody resumes it). `at_start` is the condition under which one that begins rests from
    its beginning, without the event (None: never)."""

    on: str
    when: Formula | None
    reason: str
    place: Place
    until_on: str = ""
    until_when: Formula | None = None
    until_after: Duration | None = None
    until_day: Formula | None = None
    at_start: Formula | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """An event on which an enrolment goes over to another step, wherever it stands."""

    on: str
    when: Formula | None
    go_to: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cadence:
    """A planned series of steps after something happens. `policy` holds every policy key with its value in force, `stated`
    the keys that the rule itself writes. `time_zone` is for contacts whose zone nobody told."""

    header: Header
    start: StartOn
    stop: tuple[StopOn, ...]
    steps: tuple[Step, ...]
    policy: Mapping[str, str]
    calendar: str = ""
    pauses: tuple[PauseOn, ...] = ()
    branches: tuple[Branch, ...] = ()
    window: Window | None = None
    time_zone: str = ""
    stated: frozenset[str] = field(default_factory=frozenset)

    @property
    def lines(self) -> tuple[Step, ...]:
        """The first step of each line as it is written; a line that repeats makes several."""
        return tuple({step.written: step for step in reversed(self.steps)}.values())[::-1]

    def last_of_line(self, step: Step) -> Step:
        """The last of the steps that the step's line makes."""
        return next(one for one in reversed(self.steps) if one.written == step.written)

    def step(self, step_id: str) -> Step | None:
        """The step of that id, or None (it may have been removed by a later version)."""
        return next((step for step in self.steps if step.id == step_id), None)

    def following(self, step_id: str) -> Step | None:
        """The step after that one: what it names, or the next line; None when the cadence is over."""
        step = self.step(step_id)
        if step and step.then:
            return self.step(step.then)
        ids = [one.id for one in self.steps]
        at = ids.index(step_id) + 1 if step_id in ids else len(ids)
        return self.steps[at] if at < len(ids) else None

    def window_of(self, step: Step) -> Window | None:
        """The step's own window, or the cadence's."""
        return step.window or self.window
