"""The stages of a sale: what a deal needs to enter each, which moves are allowed, how long it may stay."""

from dataclasses import dataclass, field
from fractions import Fraction

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.header import Header, Title


@dataclass(frozen=True, slots=True)
class Criterion:
    """One entry criterion: the condition, and the words for a person who does not meet it."""

    when: Formula
    otherwise: Title
    place: Place


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a deal may stay in a stage: after `at_most` a task is made; after `and_after` more, someone is told."""

    at_most: Duration
    task: str
    to: str
    and_after: Duration | None = None
    tell: str = ""
    place: Place = field(default=Place(""))


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a pipeline. `closes` is `won`, `lost` or empty; `playbook` is an article's id or empty."""

    id: str
    title: Title
    probability: Fraction
    needs: tuple[Criterion, ...]
    closes: str
    playbook: str
    stay: Stay | None
    approvals: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Moves:
    """Which moves are allowed.

    `forward`: `next_only` or `any`. `backward`: `with_reason`, `any` or `never`. `won_from`: stages from which a deal
    may be won (empty: from the last open stage when forward is next_only, else from any). `reopen`: the role that may
    reopen a closed deal, `anyone` or `nobody`. `override`: roles that may pass a gate with a reason.
    """

    forward: str = "next_only"
    backward: str = "with_reason"
    won_from: tuple[str, ...] = ()
    reopen: str = "sales_manager"
    override: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Idle:
    """When an open deal counts as idle: so long `since` (last_touch | stage_entered | created) without the named thing."""

    since: str
    after: Duration
    planned_activity_shields: bool


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The ordered stages that a kind of deal goes through. `covers` None means every deal."""

    header: Header
    covers: Formula | None
    stages: tuple[Stage, ...]
    moves: Moves
    idle: Idle | None

    def stage(self, stage_id: str) -> Stage | None:
        """The stage of that id, or None."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def closing(self, how: str) -> Stage | None:
        """The stage that closes a deal as `won` or `lost`, or None when the pipeline has none."""
        return next((stage for stage in self.stages if stage.closes == how), None)

    def position(self, stage_id: str) -> int:
        """The stage's place in the order, from 0. Raises ValueError for a stage that is not there."""
        return [stage.id for stage in self.stages].index(stage_id)
