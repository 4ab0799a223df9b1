"""Drawn moves and time limits: stages that are there, that can be reached and left, lines that are never used."""

from collections.abc import Iterator
from itertools import pairwise

from engine.core.durations import Duration
from engine.core.problems import Problem
from engine.core.rules.pipeline import Pipeline, Transition
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import Path, finding, listed
from engine.rulefiles.values import nearest_first


def moves_name_stages(rulebook: Rulebook) -> Iterator[Problem]:
    """R363 for a stage that a drawn move or a level leads from or to and that the pipeline does not have."""
    for pipeline in rulebook.pipelines:
        known = [stage.id for stage in pipeline.stages]
        for path, name in _named(pipeline):
            if name not in known:
                near = listed(nearest_first(name, known))
                yield finding(rulebook, pipeline.header, path, "R363", found=name, known=near)


def _named(pipeline: Pipeline) -> Iterator[tuple[Path, str]]:
    for number, drawn in enumerate(pipeline.moves.allowed):
        for key, stages in (("from", drawn.from_stages), ("to", drawn.to)):
            for place, name in enumerate(stages):
                yield ("moves", "allowed", number, key, place), name
    for number, stage in enumerate(pipeline.stages):
        for place, level in enumerate(stage.stay.levels if stage.stay else ()):
            if level.move:
                yield ("stages", number, "stay", "levels", place, "move"), level.move


def drawn_stages_are_joined(rulebook: Rulebook) -> Iterator[Problem]:
    """Where moves are drawn: R210 for a stage that none leads to, R211 for an open one from which none leads to winning."""
    for pipeline in rulebook.pipelines:
        if not pipeline.moves.allowed:
            continue
        first, won = pipeline.stages[0].id, pipeline.closing("won")
        reached = _from(pipeline, first)
        for number, stage in enumerate(pipeline.stages):
            path = ("stages", number, "stage")
            if stage.id not in reached:
                yield finding(rulebook, pipeline.header, path, "R210", stage=stage.id)
            elif won and not stage.closes and won.id not in _from(pipeline, stage.id):
                yield finding(rulebook, pipeline.header, path, "R211", stage=stage.id, how="won")


def _from(pipeline: Pipeline, start: str) -> set[str]:
    """Every stage that drawn moves lead to from there, the start included; none leads on from a stage that closes."""
    opened = {stage.id for stage in pipeline.stages if not stage.closes}
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for drawn in pipeline.moves.allowed:
            if here in opened and (not drawn.from_stages or here in drawn.from_stages):
                fresh = set(drawn.to) - seen
                seen |= fresh
                waiting += fresh
    return seen


def drawn_moves_do_not_overlap(rulebook: Rulebook) -> Iterator[Problem]:
    """R364, a warning, for a drawn move that somebody may already make by an earlier line: the first one wins."""
    for pipeline in rulebook.pipelines:
        opened = tuple(stage.id for stage in pipeline.stages if not stage.closes)
        for number, drawn in enumerate(pipeline.moves.allowed):
            for earlier in pipeline.moves.allowed[:number]:
                pair = _both(earlier, drawn, opened)
                if pair:
                    params = {"from": pair[0], "stage": pair[1], "line": str(earlier.place.line)}
                    yield finding(rulebook, pipeline.header, ("moves", "allowed", number), "R364", **params)
                    break


def _both(first: Transition, second: Transition, opened: tuple[str, ...]) -> tuple[str, str] | None:
    """Two stages that both draw a move between, for somebody in common; None when there are none."""
    if first.by and second.by and not set(first.by) & set(second.by):
        return None
    starts = [name for name in second.from_stages or opened if not first.from_stages or name in first.from_stages]
    ends = [name for name in second.to if name in first.to]
    return next(((start, end) for start in starts for end in ends if start != end), None)


def levels_rise(rulebook: Rulebook) -> Iterator[Problem]:
    """R365 for a level of a time limit that is reached no later than the one before it."""
    for pipeline in rulebook.pipelines:
        for number, stage in enumerate(pipeline.stages):
            levels = stage.stay.levels if stage.stay else ()
            for place, (before, level) in enumerate(pairwise(levels), start=1):
                if no_later(level.after, before.after) and not level.chained:
                    path = ("stages", number, "stay", "levels", place, "after")
                    yield finding(
                        rulebook, pipeline.header, path, "R365", found=str(level.after), before=str(before.after)
                    )


def no_later(one: Duration, other: Duration) -> bool:
    """True when the one is surely no longer than the other; durations of different kinds cannot be told apart."""
    (base, size), (others, factor) = other.unit.base, one.unit.base
    return base == others and one.count * factor <= other.count * size
