"""The stage track of a deal page: every stage with its criteria, met or not, and what may be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.app.dealwright import Dealwright
from engine.app.reading import NOBODY, Around, header_title
from engine.app.views.approvals import ApprovalNeed
from engine.app.views.choices import Choice
from engine.app.views.deals import CriterionRow, FactInput, StageRow
from engine.app.views.explaining import ConditionRow, FactRow
from engine.app.views.users import User
from engine.app.why import fact_title, trace_rows
from engine.app.words import word
from engine.core.approving.standing import AGREED, approvals_for, latest, rule_in_force, standing
from engine.core.events import Event
from engine.core.fact_types import FactKind
from engine.core.formulas import EvaluationError, Facts
from engine.core.numerals import shown_number
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.records import Deal
from engine.core.rules.approval import ApprovalRule
from engine.core.rules.header import Title
from engine.core.rules.pipeline import Criterion, Pipeline, Stage
from engine.core.situation import Situation, State
from engine.core.workflow.gates import next_stage, stages_entered
from engine.core.workflow.moves import Ask, Objection, role_of
from engine.core.workflow.stages import objections_to

_GIVEN_ELSEWHERE = ("deal.stage", "deal.amount", "deal.owner")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks at the track, and what is known around the deal."""

    state: State
    facts: Facts
    viewer: User


def stage_rows(
    dw: Dealwright, deal: Deal, pipeline: Pipeline | None, asking: Asking, known: Around = NOBODY
) -> tuple[StageRow, ...]:
    """One row for each stage in order; those that can be reached from here carry their criteria and approvals."""
    if pipeline is None:
        return ()
    return tuple(_row(dw, deal, pipeline, stage, asking, known) for stage in pipeline.stages)


def _row(dw: Dealwright, deal: Deal, pipeline: Pipeline, stage: Stage, asking: Asking, known: Around) -> StageRow:
    state = _state(deal, pipeline, stage)
    tried = _tried(dw, deal, pipeline, stage, asking)
    objections = objections_to(tried) if state != "current" else ()
    barred = [one for one in objections if one.code not in _SAY_WHY]
    reachable = state != "current" and not barred
    needs = _needs(pipeline, deal, stage, tried) if reachable else stage.needs
    rows = tuple(criterion_row(dw, need, asking.facts, known) for need in needs)
    unmet = [need for need, row in zip(needs, rows, strict=True) if row.condition.met is not True]
    may_pass = role_of(tried) in pipeline.moves.override
    return StageRow(
        stage.id, _title(stage), state, f"{shown_number(stage.probability * 100)}%", stage.place, rows, reachable and not unmet,
        may_pass and reachable and bool(unmet), any(one.code in _SAY_WHY for one in objections),
        _words(pipeline, deal, barred), _inputs(dw, deal, unmet) if reachable else (),
        deal.entered_stage_at if state == "current" else None,
        _approvals(dw, deal, pipeline, stage, asking, known) if reachable and not tried.goes_back else (),
    )  # fmt: skip


_SAY_WHY = ("E027", "E212", "E037")
"""Objections that a reason answers."""


def _tried(dw: Dealwright, deal: Deal, pipeline: Pipeline, stage: Stage, asking: Asking) -> Ask:
    """The move to the stage as if the viewer asked for it now, without a reason."""
    how = f"deal.{stage.closes}" if stage.closes else "deal.stage_asked"
    now = dw.now()
    event = Event(how, deal.id, "screen", "tried", now, now.astimezone(dw.zone).date(), asking.viewer.person,
                  {"stage": stage.id})  # fmt: skip
    situation = Situation(asking.state, deal, asking.facts, frozenset())
    return Ask(event, deal, pipeline, stage, situation, dw.rulebook)


def _needs(pipeline: Pipeline, deal: Deal, stage: Stage, tried: Ask) -> tuple[Criterion, ...]:
    """The criteria of the move; going back has none."""
    if tried.goes_back:
        return stage.needs
    return tuple(need for entered in stages_entered(pipeline, deal.stage, stage.id) for need in entered.needs)


def _approvals(
    dw: Dealwright, deal: Deal, pipeline: Pipeline, stage: Stage, asking: Asking, known: Around
) -> tuple[ApprovalNeed, ...]:
    """The approvals that the stage asks for and that the deal needs, with how it stands to each."""
    on = dw.now().astimezone(dw.zone).date()
    rules = (rule_in_force(id, dw.rulebook, on) for id in approvals_for(pipeline, stage.id))
    found = [(rule, standing(rule, deal.id, asking.state, asking.facts)) for rule in rules if rule]
    return tuple(_need(deal, rule, how, asking, known) for rule, how in found if how != "not_needed")


def _need(deal: Deal, rule: ApprovalRule, how: str, asking: Asking, known: Around) -> ApprovalNeed:
    last = latest(rule.header.id, deal.id, asking.state)
    who = tuple(known.person(seat.person) for seat in last.waiting) if last else ()
    return ApprovalNeed(rule.header.id, header_title(rule.header), how, who, rule.header.place)


def gate_conditions(
    dw: Dealwright, deal: Deal, pipeline: Pipeline, stage: Stage, asking: Asking, known: Around = NOBODY
) -> tuple[ConditionRow, ...]:
    """What a move to the stage asks for, in the order in which it is checked: moves, criteria, approvals."""
    tried = _tried(dw, deal, pipeline, stage, asking)
    moves = (
        ConditionRow(PROBLEM_TEXTS[one.code].en.format_map(one.params), pipeline.header.place, False)
        for one in objections_to(tried)
        if one.code not in _SAY_WHY
    )
    needs = _needs(pipeline, deal, stage, tried)
    criteria = (row for need in needs for row in trace_rows(dw, need.when, asking.facts, known))
    asked = () if tried.goes_back else _approvals(dw, deal, pipeline, stage, asking, known)
    return (*moves, *criteria, *(_agreed(need) for need in asked))


def _agreed(need: ApprovalNeed) -> ConditionRow:
    name = f"approval.{need.rule}"
    fact = FactRow(name, need.title, word(need.standing))
    return ConditionRow(f'{name} = "granted"', need.place, need.standing in AGREED, (fact,))


def _title(stage: Stage) -> Title:
    return stage.title if stage.title.en or stage.title.zh else Title(stage.id, stage.id)


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


def _words(pipeline: Pipeline, deal: Deal, barred: list[Objection]) -> Title:
    """Why a move there is not allowed at all, whatever the criteria; empty when it is."""
    if deal.status != "open":
        return Title("The deal is closed.", "商机已关闭。")
    if not barred:
        return Title()
    first = barred[0]
    if first.code in _SHORT:
        return _SHORT[first.code]
    said = {name: _named(pipeline, text) for name, text in first.params.items()}
    text = PROBLEM_TEXTS[first.code]
    return Title(text.en.format_map({name: title.show("en") for name, title in said.items()}),
                 text.zh.format_map({name: title.show("zh") for name, title in said.items()}))  # fmt: skip


_SHORT = {
    "E025": Title("One stage at a time.", "请逐个阶段推进。"), "E026": Title("Deals do not go back here.", "不允许退回阶段。"),
}  # fmt: skip


def _named(pipeline: Pipeline, listed: str) -> Title:
    """The stages that a refusal lists, by their titles; other words as they are."""
    found = [(pipeline.stage(id), id) for id in listed.split(", ")]
    titles = [_title(stage) if stage else Title(id, id) for stage, id in found]
    return Title(", ".join(one.show("en") for one in titles), "、".join(one.show("zh") for one in titles))


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
