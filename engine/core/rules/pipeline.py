"""The stages of a sale: what a deal needs to enter each, which moves are allowed, how long it may stay."""

from dataclasses import dataclass, field
from fractions import Fraction

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.automation import Action
from engine.core.rules.header import Header, Title


@dataclass(frozen=True, slots=True)
class Criterion:
    """One entry criterion: the condition, and the words for a person who does not meet it."""

    when: Formula
    otherwise: Title
    place: Place


@dataclass(frozen=True, slots=True)
class Level:
    """What happens when a deal has been in a stage for so long: a task, somebody is told, or the deal moves on by itself.

    `after` counts from entering the stage; with `chained` from the moment of the level before. `move` is a stage's id or
    empty; `reason` is given with it.
    """

    after: Duration
    task: str = ""
    to: str = "deal.owner"
    tell: str = ""
    move: str = ""
    reason: str = ""
    chained: bool = False
    place: Place = field(default=Place(""))


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a deal may stay in a stage: levels in the order of their time, each reached at most once a visit.

    `on_reentry`: `restart` counts every visit anew, `accumulate` goes on from the time of earlier visits.
    """

    levels: tuple[Level, ...]
    on_reentry: str = "restart"
    place: Place = field(default=Place(""))


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a pipeline. `closes` is `won`, `lost` or empty; `playbook` is an article's id or empty.

    `approvals` are ids of approval rules; what they ask for must be agreed to from this stage on.
    """

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
class Transition:
    """One drawn move. `from_stages` and `to` are stage ids (empty `from_stages`: from any open stage).

    `by` are the roles that may make it, whoever's the deal is (empty: anybody who works on it). `then` is done with it.
    """

    from_stages: tuple[str, ...]
    to: tuple[str, ...]
    by: tuple[str, ...] = ()
    needs_reason: bool = False
    then: tuple[Action, ...] = ()
    place: Place = field(default=Place(""))

    def leads(self, from_stage: str, to: str) -> bool:
        """True when it is drawn between these two."""
        return to in self.to and (not self.from_stages or from_stage in self.from_stages)


@dataclass(frozen=True, slots=True)
class Moves:
    """Which moves are allowed.

    `forward`: `next_only` or `any`. `backward`: `with_reason`, `any` or `never`. `won_from`: stages from which a deal
    may be won (empty: from the last open stage when forward is next_only, else from any). `reopen`: the role that may
    reopen a closed deal, `anyone` or `nobody`. `override`: roles that may pass a gate with a reason. Where `allowed`
    draws moves, those and no others can be made, and the three keys before it say nothing.
    """

    forward: str = "next_only"
    backward: str = "with_reason"
    won_from: tuple[str, ...] = ()
    reopen: str = "sales_manager"
    override: tuple[str, ...] = ()
    allowed: tuple[Transition, ...] = ()

    def drawn(self, from_stage: str, to: str, role: str | None = None) -> Transition | None:
        """The first drawn move between these two, for somebody of that role where one is given; None when there is none."""
        found = (one for one in self.allowed if one.leads(from_stage, to))
        return next((one for one in found if role is None or not one.by or role in one.by), None)


@dataclass(frozen=True, slots=True)
class Idle:
    """When an open deal counts as idle: so long since the named thing.

    `since`: last_touch (with `touches` only those kinds of activity count), stage_entered, created or last_change.
    The unit of `after` says whether the calendar or business time counts. `planned_activity_shields`: an open task
    protects the deal until it is due. `apply`: a changed rule reaches a deal `at_once`, or on its `next_touch`.
    """

    since: str
    after: Duration
    planned_activity_shields: bool
    touches: tuple[str, ...] = ()
    apply: str = "at_once"


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The ordered stages that a kind of deal goes through. `covers` None means every deal.

    `probability` says where a deal's chance comes from: follow_stage_unless_manual, follow_stage, set_if_empty, manual.
    """

    header: Header
    covers: Formula | None
    stages: tuple[Stage, ...]
    moves: Moves
    idle: Idle | None
    probability: str = "follow_stage_unless_manual"

    def stage(self, stage_id: str) -> Stage | None:
        """The stage of that id, or None."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def closing(self, how: str) -> Stage | None:
        """The stage that closes a deal as `won` or `lost`, or None when the pipeline has none."""
        return next((stage for stage in self.stages if stage.closes == how), None)

    def position(self, stage_id: str) -> int:
        """The stage's place in the order, from 0. Raises ValueError for a stage that is not there."""
        return [stage.id for stage in self.stages].index(stage_id)
