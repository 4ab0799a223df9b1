"""The stage track of a deal page: every stage with its criteria, met or not, and what may be done about it."""

from collections.abc import Iterable

from engine.app.dealwright import Dealwright
from engine.app.reading import NOBODY, Around
from engine.app.views.choices import Choice
from engine.app.views.deals import CriterionRow, FactInput, StageRow
from engine.app.views.explaining import ConditionRow
from engine.app.views.users import User
from engine.app.why import fact_title, trace_rows
from engine.app.words import word
from engine.core.fact_types import FactKind
from engine.core.formulas import EvaluationError, Facts
from engine.core.numerals import shown_number
from engine.core.records import Deal
from engine.core.rules.header import Title
from engine.core.rules.pipeline import Criterion, Pipeline, Stage
from engine.core.workflow.gates import next_stage, stages_entered

_GIVEN_ELSEWHERE = ("deal.stage", "deal.amount", "deal.owner")


def stage_rows(
    dw: Dealwright, deal: Deal, pipeline: Pipeline | None, facts: Facts, viewer: User, known: Around = NOBODY
) -> tuple[StageRow, ...]:
    """One row for each stage in order; those that can be reached from here carry their criteria."""
    if pipeline is None:
        return ()
    return tuple(_row(dw, deal, pipeline, stage, facts, known) for stage in pipeline.stages)


def _row(dw: Dealwright, deal: Deal, pipeline: Pipeline, stage: Stage, facts: Facts, known: Around) -> StageRow:
    state = _state(deal, pipeline, stage)
    why_not = _why_not(deal, pipeline, stage, state)
    reachable = state != "current" and not why_not.en
    needs = (
        [need for entered in stages_entered(pipeline, deal.stage, stage.id) for need in entered.needs]
        if reachable
        else stage.needs
    )
    rows = tuple(criterion_row(dw, need, facts, known) for need in needs)
    unmet = [need for need, row in zip(needs, rows, strict=True) if row.condition.met is not True]
    back = state == "passed"
    override = bool(unmet) and reachable and _role(facts) in pipeline.moves.override
    return StageRow(
        stage.id, _title(stage), state, f"{shown_number(stage.probability * 100)}%", stage.place, rows, reachable and not unmet,
        override, back and pipeline.moves.backward == "with_reason", why_not,
        _inputs(dw, deal, unmet) if reachable else (), deal.entered_stage_at if state == "current" else None,
    )  # fmt: skip


def _title(stage: Stage) -> Title:
    return stage.title if stage.title.en or stage.title.zh else Title(stage.id, stage.id)


def _role(facts: Facts) -> str:
    return str(facts.get("actor.role") or "")


def _state(deal: Deal, pipeline: Pipeline, stage: Stage) -> str:
    """passed, current, next, later or closed, as seen from where the deal is."""
    if stage.id == deal.stage:
        return "current"
    if stage.closes == "lost" or deal.status == "lost":
        return "closed"
    following = next_stage(pipeline, deal.stage) if deal.status == "open" else None
    if following and stage.id == following.id:
        return "next"
    here = pipeline.stage(deal.stage)
    return "passed" if here and pipeline.position(stage.id) < pipeline.position(deal.stage) else "later"


def _why_not(deal: Deal, pipeline: Pipeline, stage: Stage, state: str) -> Title:
    """Why a move there is not allowed at all, whatever the criteria; empty when it is."""
    moves = pipeline.moves
    if state == "current" or (deal.status == "open" and stage.closes == "lost"):
        return Title()
    if deal.status != "open":
        return Title("The deal is closed.", "商机已关闭。")
    if state == "passed" and moves.backward == "never":
        return Title("Deals do not go back here.", "不允许退回阶段。")
    if stage.closes == "won" and moves.won_from and deal.stage not in moves.won_from:
        names = [_title(found) for id in moves.won_from if (found := pipeline.stage(id))]
        en, zh = ", ".join(name.show("en") for name in names), "、".join(name.show("zh") for name in names)
        return Title(f"A deal is won from {en}.", f"只能从 {zh} 赢单。")
    if state == "later" and moves.forward == "next_only":
        return Title("One stage at a time.", "请逐个阶段推进。")
    return Title()


def criterion_row(dw: Dealwright, need: Criterion, facts: Facts, known: Around = NOBODY) -> CriterionRow:
    """One criterion with its words, and what it finds; one that cannot be evaluated is not met, and says why."""
    try:
        rows = trace_rows(dw, need.when, facts, known)
    except EvaluationError as error:
        return CriterionRow(need.otherwise, ConditionRow(f"{need.when.source} ({error.code})", need.place, None))
    met = None if any(row.met is None for row in rows) else all(row.met for row in rows)
    return CriterionRow(
        need.otherwise, ConditionRow(need.when.source, need.place, met, tuple(f for row in rows for f in row.facts))
    )


def _inputs(dw: Dealwright, deal: Deal, unmet: Iterable[Criterion]) -> tuple[FactInput, ...]:
    """The facts that unmet criteria read and that a person can give with the move."""
    names = sorted({name for need in unmet for name in need.when.reads if name.startswith("deal.")})
    measures = {measure.name for measure in dw.rulebook.measures()}
    return tuple(_input(dw, deal, name) for name in names if name not in measures and name not in _GIVEN_ELSEWHERE)


def _input(dw: Dealwright, deal: Deal, name: str) -> FactInput:
    known = dw.rulebook.facts.get(name)
    kind = known.kind if known else FactKind.TEXT
    options = tuple(Choice(code, word(code)) for code in known.choices) if known else ()
    return FactInput(
        name.removeprefix("deal."), fact_title(dw, name), kind.value, options, str(deal.facts.get(name[5:]) or "")
    )
