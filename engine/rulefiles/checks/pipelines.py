"""Pipelines: every stage can be reached and left, and a deal can be won and lost."""

from collections.abc import Iterator
from itertools import combinations, product
from math import prod

from engine.core.problems import Problem
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import finding, listed, twice
from engine.rulefiles.values import nearest_first

MOST_TRIED = 10_000
"""Combinations of choices that are tried out to find a deal that two pipelines cover."""


def stages_have_one_id_each(rulebook: Rulebook) -> Iterator[Problem]:
    """R214 for a stage whose id stands before."""
    for pipeline in rulebook.pipelines:
        ids = ((stage.id, ("stages", number, "stage")) for number, stage in enumerate(pipeline.stages))
        yield from twice(rulebook, pipeline.header, ids)


def stages_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """R210 for an open stage after one that closes: no forward move leads past the end of a sale."""
    for pipeline in rulebook.pipelines:
        if pipeline.moves.allowed:
            continue
        closed = False
        for number, stage in enumerate(pipeline.stages):
            closed = closed or bool(stage.closes)
            if closed and not stage.closes:
                yield finding(rulebook, pipeline.header, ("stages", number, "stage"), "R210", stage=stage.id)


def stages_can_be_left(rulebook: Rulebook) -> Iterator[Problem]:
    """R211 for an open stage from which no allowed move leads to winning."""
    for pipeline in rulebook.pipelines:
        if pipeline.moves.allowed:
            continue
        opened = _open(pipeline)
        last = max(
            (opened.index(stage) for stage in pipeline.moves.won_from if stage in opened), default=len(opened) - 1
        )
        stuck = opened[last + 1 :] if pipeline.moves.backward == "never" else ()
        for stage_id in stuck:
            path = ("stages", pipeline.position(stage_id), "stage")
            yield finding(rulebook, pipeline.header, path, "R211", stage=stage_id, how="won")


def deals_can_be_closed(rulebook: Rulebook) -> Iterator[Problem]:
    """R213 for a pipeline without a stage that closes as won, or as lost."""
    for pipeline in rulebook.pipelines:
        for how in ("won", "lost"):
            if pipeline.closing(how) is None:
                yield finding(rulebook, pipeline.header, ("stages", -1), "R213", how=how)


def won_from_names_open_stages(rulebook: Rulebook) -> Iterator[Problem]:
    """R212 for a name in `won_from` that is no open stage."""
    for pipeline in rulebook.pipelines:
        opened = _open(pipeline)
        for number, name in enumerate(pipeline.moves.won_from):
            if name not in opened:
                known = listed(nearest_first(name, opened))
                yield finding(rulebook, pipeline.header, ("moves", "won_from", number), "R212", found=name, known=known)


def every_deal_has_one_pipeline(rulebook: Rulebook) -> Iterator[Problem]:
    """R223 for two pipelines that cover one deal, with such a deal, where their conditions rest on choices alone."""
    for first, second in combinations(rulebook.pipelines, 2):
        one, other = first.header, second.header
        if one.id == other.id or not one.in_force.overlaps(other.in_force):
            continue
        witness = _in_both(first, second, rulebook)
        if witness is not None:
            shown = " and ".join(f'{name} = "{word}"' for name, word in witness.items()) or "–"
            params = {"witness": shown, "other": one.id, "other_place": str(one.place)}
            yield finding(rulebook, other, ("covers",), "R223", **params)


def _in_both(first: Pipeline, second: Pipeline, rulebook: Rulebook) -> dict[str, str] | None:
    """Facts of a deal that both pipelines cover; None when there is none, or when it cannot be tried out."""
    conditions = [pipeline.covers for pipeline in (first, second) if pipeline.covers is not None]
    names = sorted({name for condition in conditions for name in condition.reads})
    choices = [rulebook.facts[name].choices for name in names]
    if not all(choices) or prod(map(len, choices)) > MOST_TRIED:
        return None
    for words in product(*choices):
        facts = dict(zip(names, words, strict=True))
        if all(condition.holds(facts) for condition in conditions):
            return facts
    return None


def _open(pipeline: Pipeline) -> list[str]:
    """The ids of the stages that do not close, in order."""
    return [stage.id for stage in pipeline.stages if not stage.closes]
