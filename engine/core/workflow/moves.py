"""What stands in the way of a move, apart from entry criteria: the checks, in the order in which they refuse.

"Already done" and "not possible from here" are different refusals, so that a second press of a button and a mistake
read differently.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.core.events import Event
from engine.core.problems import Place
from engine.core.records import Deal
from engine.core.rules.pipeline import Pipeline, Stage
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.gates import next_stage


@dataclass(frozen=True, slots=True)
class Objection:
    """A refusal's code and particulars; `overridable` when a person with the right may pass it."""

    code: str
    params: Mapping[str, str]
    overridable: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What an event asks of a deal's stage, with everything that the checks look at. `target` None: no such stage."""

    event: Event
    deal: Deal
    pipeline: Pipeline
    target: Stage | None
    situation: Situation
    rulebook: Rulebook

    @property
    def stage(self) -> Stage:
        """The target, once the checks have found that there is one."""
        assert self.target is not None, "the checks refuse a stage that is not there"
        return self.target

    @property
    def reason(self) -> str:
        """What the person said, or empty."""
        return str(self.event.body.get("reason") or "").strip()

    @property
    def by_rule(self) -> bool:
        """True for a move that a rule brings about by itself."""
        return bool(self.event.body.get("by_rule"))

    @property
    def is_drawn(self) -> bool:
        """True where the pipeline draws its moves one by one."""
        return bool(self.pipeline.moves.allowed)

    @property
    def place(self) -> Place:
        """Where the rule about the target stands."""
        return self.target.place if self.target else self.pipeline.header.place

    @property
    def goes_back(self) -> bool:
        """True when the target comes before the deal's stage in the pipeline."""
        here = self.pipeline.stage(self.deal.stage)
        if here is None or self.target is None or self.target.closes:
            return False
        return self.pipeline.position(self.target.id) < self.pipeline.position(here.id)


Check = Callable[[Ask], Objection | None]


def target_of(event: Event, deal: Deal, pipeline: Pipeline) -> Stage | None:
    """The stage that the event leads to, or None when the pipeline has none such."""
    asked = str(event.body.get("stage") or "")
    match event.type:
        case "deal.won" | "deal.lost":
            return pipeline.closing(event.type.removeprefix("deal."))
        case "deal.reopened":
            return pipeline.stage(asked or deal.previous_stage)
        case "deal.cancelled":
            return pipeline.stage(deal.stage)
    return pipeline.stage(asked)


def role_of(ask: Ask) -> str:
    """The actor's role on the event's day; empty for nobody, a stranger, and somebody who has left."""
    person = ask.situation.state.person(ask.event.actor) if ask.event.actor else None
    version = person.on(ask.event.on) if person and person.employed(ask.event.on) else None
    return version.role if version else ""


def _stage_known(ask: Ask) -> Objection | None:
    if ask.target:
        return None
    asked = str(ask.event.body.get("stage") or ask.deal.previous_stage or "–")
    return Objection("E021", {"stage": asked, "pipeline": ask.pipeline.header.id,
                              "stages": ", ".join(stage.id for stage in ask.pipeline.stages)})  # fmt: skip


def _has_closing(ask: Ask) -> Objection | None:
    how = ask.event.type.removeprefix("deal.")
    return None if ask.target else Objection("E030", {"pipeline": ask.pipeline.header.id, "how": how})


def _not_there_yet(ask: Ask) -> Objection | None:
    if ask.target is None or ask.target.id != ask.deal.stage:
        return None
    return Objection("E022", {"deal": ask.deal.id, "stage": ask.deal.stage})


def _not_done_yet(ask: Ask) -> Objection | None:
    how = ask.event.type.removeprefix("deal.")
    return Objection("E031", {"deal": ask.deal.id, "status": how}) if ask.deal.status == how else None


def _is_open(ask: Ask) -> Objection | None:
    closed = ask.deal.status != "open"
    return Objection("E023", {"deal": ask.deal.id, "status": ask.deal.status}) if closed else None


def _does_not_close(ask: Ask) -> Objection | None:
    if ask.target is None or not ask.target.closes:
        return None
    return Objection("E024", {"stage": ask.target.id, "how": ask.target.closes})


def _drawn(ask: Ask) -> Objection | None:
    """Where moves are drawn, there must be one between the two stages."""
    moves = ask.pipeline.moves
    if not moves.allowed or ask.target is None or moves.drawn(ask.deal.stage, ask.target.id):
        return None
    there = (to for one in moves.allowed if not one.from_stages or ask.deal.stage in one.from_stages for to in one.to)
    known = ", ".join(dict.fromkeys(there)) or "–"
    return Objection("E210", {"from": ask.deal.stage, "stage": ask.target.id, "known": known}, overridable=True)


def _theirs_to_make(ask: Ask) -> Objection | None:
    """A drawn move may be for some roles only; what a rule brings about by itself is nobody's."""
    if ask.target is None or ask.by_rule or ask.pipeline.moves.drawn(ask.deal.stage, ask.target.id, role_of(ask)):
        return None
    drawn = [one for one in ask.pipeline.moves.allowed if one.leads(ask.deal.stage, ask.target.id)]
    if not drawn:
        return None
    roles = ", ".join(dict.fromkeys(role for one in drawn for role in one.by))
    params = {"from": ask.deal.stage, "stage": ask.target.id, "roles": roles, "role": role_of(ask) or "–"}
    return Objection("E211", params, overridable=True)


def _drawn_says_why(ask: Ask) -> Objection | None:
    if ask.target is None or ask.reason:
        return None
    drawn = ask.pipeline.moves.drawn(ask.deal.stage, ask.target.id, None if ask.by_rule else role_of(ask))
    if drawn is None or not drawn.needs_reason:
        return None
    return Objection("E212", {"from": ask.deal.stage, "stage": ask.target.id})


def _forward_allowed(ask: Ask) -> Objection | None:
    """Under `next_only` a deal goes to the next open stage; one whose stage is gone from the pipeline goes to any."""
    if ask.is_drawn or ask.target is None or ask.goes_back or ask.pipeline.moves.forward != "next_only":
        return None
    following = next_stage(ask.pipeline, ask.deal.stage)
    if following is None or following.id == ask.target.id or ask.target.id == ask.deal.stage:
        return None
    return Objection("E025", {"from": ask.deal.stage, "stage": ask.target.id, "next": following.id}, overridable=True)


def _backward_allowed(ask: Ask) -> Objection | None:
    if ask.is_drawn or not ask.goes_back or ask.pipeline.moves.backward != "never":
        return None
    return Objection("E026", {"from": ask.deal.stage, "stage": ask.stage.id}, overridable=True)


def _backward_says_why(ask: Ask) -> Objection | None:
    if ask.is_drawn or not ask.goes_back or ask.pipeline.moves.backward != "with_reason" or ask.reason:
        return None
    return Objection("E027", {"from": ask.deal.stage, "stage": ask.stage.id})


def _won_from_here(ask: Ask) -> Objection | None:
    """A deal is won from the stages named; without names from the last open one under `next_only`, else from any."""
    if ask.is_drawn:
        return None
    allowed = ask.pipeline.moves.won_from
    if not allowed and ask.pipeline.moves.forward == "next_only":
        allowed = tuple(stage.id for stage in ask.pipeline.stages if not stage.closes)[-1:]
    if not allowed or ask.deal.stage in allowed or ask.pipeline.stage(ask.deal.stage) is None:
        return None
    return Objection("E029", {"from": ask.deal.stage, "allowed": ", ".join(allowed)}, overridable=True)


def _is_closed(ask: Ask) -> Objection | None:
    return Objection("E032", {"deal": ask.deal.id, "stage": ask.deal.stage}) if ask.deal.status == "open" else None


def _may_reopen(ask: Ask) -> Objection | None:
    wanted, has = ask.pipeline.moves.reopen, role_of(ask)
    if wanted == "anyone" or (wanted != "nobody" and has == wanted):
        return None
    return Objection("E033", {"actor": ask.event.actor or "–", "role": has or "–", "wanted": wanted})


def _says_why(ask: Ask) -> Objection | None:
    return None if ask.reason else Objection("E037", {"deal": ask.deal.id, "event": ask.event.type})


def _not_lost(ask: Ask) -> Objection | None:
    return Objection("E036", {"deal": ask.deal.id}) if ask.deal.status == "lost" else None


_DRAWN = (_drawn_says_why, _drawn, _theirs_to_make)

CHECKS: Mapping[str, tuple[Check, ...]] = MappingProxyType({
    "deal.stage_asked": (_stage_known, _is_open, _not_there_yet, _does_not_close, _backward_says_why, _backward_allowed,
                         _forward_allowed, *_DRAWN),
    "deal.won": (_has_closing, _not_done_yet, _is_open, _won_from_here, *_DRAWN),
    "deal.lost": (_has_closing, _not_done_yet, _is_open, *_DRAWN),
    "deal.reopened": (_is_closed, _may_reopen, _says_why, _stage_known, _does_not_close),
    "deal.cancelled": (_not_done_yet, _not_lost, _says_why),
})  # fmt: skip
"""For each event, every check in its order; the first that objects and cannot be overridden names the refusal."""
