"""A deal supposed to be won: what the rules would credit and grant, decided as for a real event and kept nowhere.

Whether the deal could be won now is asked first. Where its pipeline says no, the refusal is told, and the same event is
decided once more as if every stage were open, so that there is something to estimate.
"""

from dataclasses import dataclass, replace

from engine.core.decide import Decision, MatchEvent, decide
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.incentives.adjustments import DealProgress, progress_of
from engine.core.outcomes import Refused
from engine.core.records import Credit, Grant, Record
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State


@dataclass(frozen=True, slots=True)
class Supposed:
    """What would be there if the event happened: new or changed credits and grants, and how far the deal would be.

    `refused` says why the deal could not be won now (None: it could). `stands` False: even with every stage open it
    could not, as for a deal that is closed; then there is nothing to estimate.
    """

    credits: tuple[Credit, ...] = ()
    grants: tuple[Grant, ...] = ()
    progress: DealProgress | None = None
    refused: Refused | None = None
    stands: bool = True

    @property
    def payees(self) -> tuple[str, ...]:
        """Everybody whom it would bring something, sorted."""
        named = {one.payee for one in self.credits} | {one.payee for one in self.grants}
        return tuple(sorted(named - {""}))


def suppose(event: Event, state: State, rulebook: Rulebook, match: MatchEvent) -> Supposed:
    """What the event would bring. Raises EvaluationError where a rule cannot be evaluated, as a real event would."""
    first = decide(event, state, rulebook, match)
    if first.refused is None:
        return _made(event, first, None)
    again = decide(event, state, with_open_stages(rulebook), match)
    return Supposed(refused=first.refused, stands=False) if again.refused else _made(event, again, first.refused)


def with_open_stages(rulebook: Rulebook) -> Rulebook:
    """The same rules, with pipelines in which a deal may go anywhere and no stage asks for anything."""
    return replace(rulebook, pipelines=tuple(_opened(pipeline) for pipeline in rulebook.pipelines))


def _opened(pipeline: Pipeline) -> Pipeline:
    stages = tuple(replace(stage, needs=()) for stage in pipeline.stages)
    return replace(pipeline, stages=stages, moves=replace(pipeline.moves, forward="any", won_from=()))


def _made(event: Event, decision: Decision, refused: Refused | None) -> Supposed:
    made: tuple[Record, ...] = decision.draft.records()
    credits = tuple(record for record in made if isinstance(record, Credit))
    grants = tuple(record for record in made if isinstance(record, Grant))
    return Supposed(credits, grants, _progress(event, decision.draft), refused)


def _progress(event: Event, draft: Draft) -> DealProgress | None:
    deal = draft.deal(event.subject)
    return progress_of(deal, draft.receipts(deal.id)) if deal else None
