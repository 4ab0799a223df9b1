"""Pipelines: every stage can be reached and left, and a deal can be won and lost."""

from collections.abc import Iterator

from engine.core.problems import Problem
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import finding, listed, twice
from engine.rulefiles.values import nearest_first


def stages_have_one_id_each(rulebook: Rulebook) -> Iterator[Problem]:
    """R214 for a stage whose id stands before."""
    for pipeline in rulebook.pipelines:
        ids = ((stage.id, ("stages", number, "stage")) for number, stage in enumerate(pipeline.stages))
        yield from twice(rulebook, pipeline.header, ids)


def stages_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """R210 for an open stage after one that closes: no forward move leads past the end of a sale."""
    for pipeline in rulebook.pipelines:
        closed = False
        for number, stage in enumerate(pipeline.stages):
            closed = closed or bool(stage.closes)
            if closed and not stage.closes:
                yield finding(rulebook, pipeline.header, ("stages", number, "stage"), "R210", stage=stage.id)


def stages_can_be_left(rulebook: Rulebook) -> Iterator[Problem]:
    """R211 for an open stage from which no allowed move leads to winning."""
    for pipeline in rulebook.pipelines:
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


def _open(pipeline: Pipeline) -> list[str]:
    """The ids of the stages that do not close, in order."""
    return [stage.id for stage in pipeline.stages if not stage.closes]
