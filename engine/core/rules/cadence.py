"""A follow-up cadence: when it starts, its steps, what ends it, and how it behaves when the world changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.header import Header, Title


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
    that the task is due on, and stays due on. `ends` are conditions of the deal that end the task while it is open.
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


@dataclass(frozen=True, slots=True)
class OnOutcome:
    """What an outcome of a step's task leads to: the step again after a wait, at most so many times more."""

    outcome: str
    repeat_after: Duration
    at_most: int


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a cadence. `after` counts from the anchor of the policy; `when` not met skips the step, visibly."""

    id: str
    after: Duration
    when: Formula | None
    task: TaskTemplate
    on_outcome: tuple[OnOutcome, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class StartOn:
    """The event that enrols a deal, and the condition."""

    on: str
    when: Formula | None
    place: Place


@dataclass(frozen=True, slots=True)
class StopOn:
    """An event that ends an enrolment, the condition, and the exit's name."""

    on: str
    when: Formula | None
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cadence:
    """A planned series of steps after something happens. `policy` holds every policy key with its value in force."""

    header: Header
    start: StartOn
    stop: tuple[StopOn, ...]
    steps: tuple[Step, ...]
    policy: Mapping[str, str]
    calendar: str = ""

    def step(self, step_id: str) -> Step | None:
        """The step of that id, or None (it may have been removed by a later version)."""
        return next((step for step in self.steps if step.id == step_id), None)
