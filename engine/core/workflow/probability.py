"""Where a deal's probability comes from: its stage or a person, as the pipeline's `probability` says.

A stage that closes has its own, 100 % or 0 %; reopening brings back the stage's, or what stood there before.
"""

from dataclasses import replace
from fractions import Fraction

from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome
from engine.core.records import Deal
from engine.core.rules.pipeline import Pipeline, Stage
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.causes import cause_of
from engine.core.workflow.pipelines import pipeline_of


def entering(deal: Deal, stage: Stage, pipeline: Pipeline) -> Deal:
    """The deal with the probability that it has once it is in the stage."""
    now = deal.facts.get("probability")
    before = now if isinstance(now, Fraction) and deal.status == "open" else deal.probability_before
    if stage.closes:
        return _with(replace(deal, probability_before=before), stage.probability)
    value = {
        "follow_stage": stage.probability, "follow_stage_unless_manual": _first(deal.probability_set, stage.probability),
        "set_if_empty": _first(before, stage.probability), "manual": before,
    }[pipeline.probability]  # fmt: skip
    return _with(replace(deal, probability_before=None), value)


def _first(value: Fraction | None, otherwise: Fraction) -> Fraction:
    return otherwise if value is None else value


def _with(deal: Deal, probability: Fraction | None) -> Deal:
    return replace(deal, facts={**deal.facts, "probability": probability})


def probability_told(event: Event, deal: Deal, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """What a new deal takes from its stage, or what a person set; an empty one follows the stage again."""
    if event.type == "deal.changed" and "probability" not in event.body:
        return ()
    pipeline = pipeline_of(deal, rulebook, event.on)
    stage = pipeline.stage(deal.stage)
    if stage is None:
        return ()
    told = event.body.get("probability")
    manual = told if isinstance(told, Fraction) else None
    known = replace(deal, probability_set=manual)
    cause = cause_of(pipeline.header, stage.place, event, rulebook)
    return (Kept("changed", _with(known, _now(manual, stage, pipeline)), cause),)


def _now(told: Fraction | None, stage: Stage, pipeline: Pipeline) -> Fraction | None:
    """What holds after a person said so; a stage that closes is not argued with, and without a word the stage's holds
    unless only people set it."""
    if stage.closes:
        return stage.probability
    if told is not None:
        return told
    return None if pipeline.probability == "manual" else stage.probability
