"""Moves between stages: what the pipeline allows, what a deal still lacks, and who may pass all the same.

Refusals are checked in a fixed order. Two kinds of them a person with the right may override, with a reason: a move
that the pipeline's `moves` do not allow, and criteria that are not met. Everything else holds for everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.core.approving.moving import ask_to_agree, lacking_for
from engine.core.events import Event
from engine.core.outcomes import Kept, Missing, Outcome, Overridden, Refused
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.records import Cause, Deal, Stayed
from engine.core.rules.header import Title
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.causes import cause_of
from engine.core.workflow.gates import GateRow, gate
from engine.core.workflow.moves import CHECKS, Ask, Objection, role_of, target_of
from engine.core.workflow.pipelines import pipeline_of
from engine.core.workflow.probability import entering, probability_told


def decide_stages(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal in the stage that the event asks for, or the refusal with every criterion that is missing."""
    if situation.deal is None:
        return ()
    if event.type in ("deal.created", "deal.changed"):
        return probability_told(event, situation.deal, rulebook)
    if event.type not in _MOVES:
        return ()
    pipeline = pipeline_of(situation.deal, rulebook, event.on)
    ask = Ask(event, situation.deal, pipeline, target_of(event, situation.deal, pipeline), situation, rulebook)
    objections = objections_to(ask)
    final = next((objection for objection in objections if not objection.overridable), None)
    return (_refusal(ask, final, ()),) if final else _through_the_gate(ask, objections)


def _through_the_gate(ask: Ask, objections: tuple[Objection, ...]) -> tuple[Outcome, ...]:
    """The move, when nothing stands in its way or somebody with the right says so."""
    rows = _rows(ask)
    missing = tuple(row.missing for row in rows if not row.met)
    if not objections and not missing:
        return _agreed(ask, rows, ())
    if not ask.event.body.get("override"):
        return (_refusal(ask, _first(ask, objections, missing), missing),)
    forbidden = _override_forbidden(ask)
    if forbidden:
        return (_refusal(ask, forbidden, missing),)
    passed = (*(_as_missing(ask, objection) for objection in objections), *missing)
    return _agreed(ask, rows, (Overridden(ask.deal.id, ask.stage.id, ask.reason, passed, _cause(ask, rows)),))


def _agreed(ask: Ask, rows: tuple[GateRow, ...], before: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """The move, once everybody has agreed who must; else they are asked, and it waits. No override passes an approval."""
    lacking = () if _free(ask) else lacking_for(ask)
    if not lacking:
        return (*before, _moved(ask, rows))
    return ask_to_agree(ask, lacking)


def objections_to(ask: Ask) -> tuple[Objection, ...]:
    """Everything that stands in the way of the move apart from criteria and approvals, in the order of the checks."""
    return tuple(found for check in CHECKS[ask.event.type] if (found := check(ask)))


def _free(ask: Ask) -> bool:
    """True for moves that no criterion holds up: going back, reopening and cancelling."""
    return ask.event.type in ("deal.reopened", "deal.cancelled") or ask.goes_back


def _rows(ask: Ask) -> tuple[GateRow, ...]:
    """The criteria of the move: going forward and losing have some, going back, reopening and cancelling have none."""
    if _free(ask):
        return ()
    return gate(ask.situation.facts, ask.pipeline, ask.stage.id, ask.deal.stage)


def _first(ask: Ask, objections: tuple[Objection, ...], missing: tuple[Missing, ...]) -> Objection:
    """The objection that names the refusal; what is missing is listed whichever it is."""
    lacking = Objection("E028", {"deal": ask.deal.id, "stage": ask.stage.id, "count": str(len(missing))}, True)
    return objections[0] if objections else lacking


def _override_forbidden(ask: Ask) -> Objection | None:
    """Why the actor may not override, or None."""
    roles = ask.pipeline.moves.override
    if role_of(ask) not in roles:
        who = {"actor": ask.event.actor or "–", "role": role_of(ask) or "–"}
        return Objection("E034", who | {"roles": ", ".join(roles) or "–"})
    return None if ask.reason else Objection("E035", {"deal": ask.deal.id, "stage": ask.stage.id})


def _refusal(ask: Ask, objection: Objection, missing: tuple[Missing, ...]) -> Refused:
    cause = cause_of(ask.pipeline.header, ask.place, ask.event, ask.rulebook)
    return Refused(objection.code, tuple(sorted(objection.params.items())), missing, cause)


def _as_missing(ask: Ask, objection: Objection) -> Missing:
    """A rule about moves that was overridden, as a row beside the criteria."""
    text = PROBLEM_TEXTS[objection.code]
    words = Title(text.en.format_map(objection.params), text.zh.format_map(objection.params))
    return Missing(words, ask.pipeline.header.place, "moves", ())


def _cause(ask: Ask, rows: tuple[GateRow, ...]) -> Cause:
    read = tuple(sorted(dict(pair for row in rows for pair in row.facts).items()))
    return cause_of(ask.pipeline.header, ask.place, ask.event, ask.rulebook, read)


def _moved(ask: Ask, rows: tuple[GateRow, ...]) -> Kept:
    what, change = _MOVES[ask.event.type]
    return Kept(what, change(ask), _cause(ask, rows))


def _entered(ask: Ask) -> Deal:
    """The deal at the start of a visit to the stage, with the probability that it has there."""
    deal, stage = entering(ask.deal, ask.stage, ask.pipeline), ask.stage
    over = Stayed(ask.deal.stage, ask.deal.entered_stage_at, ask.event.at)
    return replace(
        deal, stage=stage.id, previous_stage=deal.stage, visit=deal.visit + 1, status=stage.closes or "open",
        entered_stage_at=ask.event.at, stage_by=ask.event.id, due_at=None, due_level=0, stays=(*deal.stays, over),
    )  # fmt: skip


def _won(ask: Ask) -> Deal:
    return replace(_entered(ask), won_on=ask.event.on, undone_on=None, owner_at_win=ask.deal.owner)


def _reopened(ask: Ask) -> Deal:
    """Open again: the win, if there was one, no longer stands on the deal."""
    return replace(_entered(ask), won_on=None, undone_on=None, owner_at_win="")


def _cancelled(ask: Ask) -> Deal:
    """It stays in its stage; a win that is undone remembers the day."""
    undone = ask.event.on if ask.deal.won_on else None
    return replace(ask.deal, status="cancelled", undone_on=undone, due_at=None, due_level=0)


_MOVES: Mapping[str, tuple[str, Callable[[Ask], Deal]]] = MappingProxyType({
    "deal.stage_asked": ("stage_entered", _entered),
    "deal.won": ("won", _won),
    "deal.lost": ("lost", _entered),
    "deal.reopened": ("reopened", _reopened),
    "deal.cancelled": ("cancelled", _cancelled),
})  # fmt: skip
