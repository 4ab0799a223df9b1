"""Everything in its turn: what fell due before an event is decided first, so that nothing depends on how often the clock
ticks."""

from dataclasses import replace
from datetime import datetime

from engine.core.decide import Decision, MatchEvent, decide
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.records import Deal
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State

MOST_TURNS = 20
"""A deal that moves on by itself may fall due again at once; so often in a row at most, the rest at the next occasion."""

DECIDED_AT_ONCE = frozenset({
    "clock.ticked", "task.completed", "task.snoozed", "task.skipped", "deal.claimed", "deal.returned",
})  # fmt: skip
"""What people and the clock do now, and are told at once whether it is so: never decided as of another moment."""


def decide_in_turn(event: Event, state: State, rulebook: Rulebook, match: MatchEvent) -> Decision:
    """What the event leads to, after what the clock had to do for its deal. Raises EvaluationError like `decide`."""
    draft = Draft(state)
    outcomes: list[Outcome] = []
    for turn in range(MOST_TURNS):
        deal = draft.deal_of(event)
        if deal is None or event.type == "clock.ticked" or not is_due(deal, draft if outcomes else state, event.at):
            break
        key = f"{event.key}+clock{turn or ''}"
        clock = replace(event, type="clock.ticked", subject=deal.id, key=key, body={}, actor="")
        before = decide(clock, draft, rulebook, match).outcomes
        if not before:
            break
        outcomes += before
        draft.fold(before)
    if not outcomes:
        return decide(event, state, rulebook, match)
    after = decide(event, draft, rulebook, match)
    draft.fold(after.outcomes)
    return Decision((*outcomes, *after.outcomes), draft)


def is_due(deal: Deal, state: State, at: datetime) -> bool:
    """True when a stage's limit, an approval, idleness, a step of the deal or its time in a pool falls due before that moment."""
    if deal.next_due_at and deal.next_due_at < at:
        return True
    held = state.holding(deal.id)
    if held and held.due_at and held.due_at < at:
        return True
    return any(one.due_at is not None and one.due_at < at for one in state.enrolments(deal.id))
