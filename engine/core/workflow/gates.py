"""The gate before a stage: every entry criterion, met or not, each with its own words and the facts it read.

A jump escapes nothing: going forward over stages asks for the criteria of those stages too, first things first. Going
back, losing and reopening are not held up by the criteria of stages in between.
"""

from dataclasses import dataclass

from engine.core.formulas import Facts
from engine.core.outcomes import Missing
from engine.core.rules.pipeline import Criterion, Pipeline, Stage
from engine.core.workflow.causes import facts_read


@dataclass(frozen=True, slots=True)
class GateRow:
    """One criterion as a person sees it: for which stage it is asked, its text, and whether the deal meets it."""

    stage: str
    criterion: Criterion
    facts: tuple[tuple[str, object], ...]
    met: bool

    @property
    def missing(self) -> Missing:
        """The row as a refusal names it."""
        one = self.criterion
        return Missing(one.otherwise, one.place, one.when.source, self.facts)


def gate(facts: Facts, pipeline: Pipeline, stage: str, from_stage: str = "") -> tuple[GateRow, ...]:
    """Every criterion between `from_stage` and `stage`, in the pipeline's order; without `from_stage`, the stage's own.

    `facts` are those of the situation, by full name. Raises EvaluationError where a criterion cannot be evaluated, and
    ValueError for a stage that the pipeline does not have.
    """
    return tuple(
        GateRow(entered.id, criterion, facts_read([criterion.when], facts), criterion.when.holds(facts))
        for entered in stages_entered(pipeline, from_stage, stage)
        for criterion in entered.needs
    )


def stages_entered(pipeline: Pipeline, from_stage: str, stage: str) -> tuple[Stage, ...]:
    """The open stages that a move passes over, and the stage it goes to; only that one when it goes back or is lost."""
    target = pipeline.stages[pipeline.position(stage)]
    start = pipeline.stage(from_stage)
    if start is None or target.closes == "lost":
        return (target,)
    between = pipeline.stages[pipeline.position(from_stage) + 1 : pipeline.position(stage)]
    return (*(passed for passed in between if not passed.closes), target)


def next_stage(pipeline: Pipeline, stage: str) -> Stage | None:
    """Where a deal goes next: the following open stage, after the last one the stage that wins it; None when closed."""
    here = pipeline.stage(stage)
    if here is None or here.closes:
        return None
    after = pipeline.stages[pipeline.position(stage) + 1 :]
    return next((one for one in after if not one.closes), pipeline.closing("won"))
