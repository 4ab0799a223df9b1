"""Everything in its turn: what fell due before an event is decided first, so that nothing depends on how often the clock
ticks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from engine.core.accounts import account_of
from engine.core.decide import Decision, MatchEvent, decide
from engine.core.draft import Draft
from engine.core.events import EVENT_TYPES, Event
from engine.core.merging import surviving
from engine.core.outcomes import Outcome
from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Deal
from engine.core.rules.rulebook import Rulebook
from engine.core.service.facts import CLOCK_PREFIX, ticket_of
from engine.core.situation import State
from engine.core.workflow import task_care
from engine.core.workflow.concerned import followed_deals

MOST_TURNS = 20
"""A deal that moves on by itself may fall due again at once; so often in a row at most, the rest at the next occasion."""

DECIDED_AT_ONCE = frozenset({
    "clock.ticked", "task.completed", "task.snoozed", "task.skipped", "task.delegated", "task.reopened",
    "deal.claimed", "deal.returned", "account.claimed", "account.returned",
    *(name for name, one in EVENT_TYPES.items() if one.subject == "ticket"),
})  # fmt: skip
"""What people and the clock do now, and are told at once whether it is so: never decided as of another moment."""


def decide_in_turn(event: Event, state: State, rulebook: Rulebook, match: MatchEvent) -> Decision:
    """What the event leads to, after what the clock had to do for its ticket and its deal, or for the deals whose
    follow-ups it concerns. Raises EvaluationError like `decide`."""
    draft = Draft(state)
    outcomes: list[Outcome] = []
    for id in _concerned(event, draft, rulebook) if event.type != "clock.ticked" else ():
        outcomes += _caught_up(id, event, state if not outcomes else draft, draft, rulebook, match)
    if not outcomes:
        return decide(event, state, rulebook, match)
    after = decide(event, draft, rulebook, match)
    draft.fold(after.outcomes)
    return Decision((*outcomes, *after.outcomes), draft)


def _concerned(event: Event, draft: Draft, rulebook: Rulebook) -> tuple[str, ...]:
    """For what the clock is asked first: the event's ticket, its deal, the deals whose follow-ups it concerns."""
    ticket, deal = ticket_of(event, draft), draft.deal_of(event)
    task = draft.task(event.subject) if deal is None and event.type.startswith("task.") else None
    own = [CLOCK_PREFIX + ticket.id] if ticket else [f"{task_care.CLOCK_PREFIX}{task.id}"] if task else []
    customers = _customers(event, deal, draft, rulebook)
    followed = (one.id for one in followed_deals(event, draft, rulebook))
    return (*own, *((deal.id,) if deal else ()), *customers, *followed)


def _customers(event: Event, deal: Deal | None, draft: Draft, rulebook: Rulebook) -> tuple[str, ...]:
    """The customers that the event bears on, as the clock calls them; none where no pool is of customers, and of the past
    none: what has been decided about them then stays."""
    if event.mode == "history" or all(pool.of != "account" for pool in rulebook.public_pools):
        return ()
    ticket = ticket_of(event, draft)
    about = draft.deal(event.text("deal")) if event.text("deal") else None
    named = (
        account_of(event), event.text("account"), event.text("into"), ticket.account if ticket else "",
        *(one.account for one in (deal, about) if one),
    )  # fmt: skip
    return tuple(dict.fromkeys(OF_ACCOUNT + surviving(id, draft, event.at) for id in named if id))


def _caught_up(
    id: str, event: Event, state: State, draft: Draft, rulebook: Rulebook, match: MatchEvent
) -> Iterator[Outcome]:
    """What the clock does for the deal, customer or ticket before the event, folded into the draft; `state` says the same and is quicker to ask."""
    for turn in range(MOST_TURNS):
        if not _falls_due(id, draft, draft if turn else state, event.at):
            return
        key = f"{event.key}+clock{turn or ''}"
        clock = replace(event, type="clock.ticked", subject=id, key=key, body={}, actor="")
        found = decide(clock, draft, rulebook, match).outcomes
        if not found:
            return
        draft.fold(found)
        yield from found


def _falls_due(id: str, draft: Draft, state: State, at: datetime) -> bool:
    if id.startswith(OF_ACCOUNT):
        held = draft.holding(id)
        return held is not None and held.due_at is not None and held.due_at < at
    if id.startswith(CLOCK_PREFIX):
        ticket = draft.ticket(id.removeprefix(CLOCK_PREFIX))
        return ticket is not None and ticket.due_at is not None and ticket.due_at < at
    if id.startswith(task_care.CLOCK_PREFIX):
        task = draft.task(id.removeprefix(task_care.CLOCK_PREFIX))
        return task is not None and task.look_at is not None and task.look_at < at
    deal = draft.deal(id)
    return deal is not None and is_due(deal, state, at)


def is_due(deal: Deal, state: State, at: datetime) -> bool:
    """True when a stage's limit, an approval, idleness, a step of the deal or its time in a pool falls due
    before that moment, or one of its tasks must be looked at."""
    if deal.next_due_at and deal.next_due_at < at:
        return True
    held = state.holding(deal.id)
    if held and held.due_at and held.due_at < at:
        return True
    if any(one.due_at is not None and one.due_at < at for one in state.enrolments(deal.id)):
        return True
    return any(one.look_at is not None and one.look_at < at for one in state.tasks(deal.id))
