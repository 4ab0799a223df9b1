"""A late event: one that belongs before something the deal has already been through.

The deal is decided anew from its whole history in the order of events, as if everything had arrived in that order.
What comes out is the deal, its credits and grants as they should be; tasks and messages already made stay made. So the
order of delivery never changes what anybody earns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from engine.core.decide import Decision, MatchEvent, decide
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome, Withdrawn
from engine.core.problems import Place
from engine.core.records import Activity, Cause, Credit, Deal, Enrolment, Grant, Receipt, Record, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State

_MADE_ANEW: tuple[type, ...] = (Deal, Credit, Grant, Activity, Receipt)


def belongs_earlier(event: Event, deal: Deal | None) -> bool:
    """True when the deal has already seen an event that comes after this one in the order of events."""
    if deal is None or event.type in ("clock.ticked", "task.completed", "task.snoozed", "task.skipped"):
        return False
    return (event.at, event.rank, event.id) < (deal.last_at, deal.last_rank, deal.last_by)


def refold(event: Event, history: Sequence[Event], state: State, rulebook: Rulebook, match: MatchEvent) -> Decision:
    """The outcomes that bring the deal to where its whole history, `event` included, leads.

    `history` holds every recorded event of the deal, in any order. Raises EvaluationError like `decide`.
    """
    fresh = Draft(WithoutDeal(state, event.subject))
    refused: tuple[Outcome, ...] = ()
    for past in sorted([*history, event], key=_as_lived):
        decision = decide(replace(past, mode="history"), fresh, rulebook, match)
        fresh.fold(decision.outcomes)
        if past is event and decision.refused:
            refused = (decision.refused,)
    outcomes = (
        *refused,
        *_changed(fresh, state, event.subject, event),
        *_withdrawn(fresh, state, event.subject, event),
    )
    draft = Draft(state)
    draft.fold(outcomes)
    return Decision(outcomes, draft)


def credited_anew(
    deal: str, history: Sequence[Event], cause: Event, state: State, rulebook: Rulebook, match: MatchEvent
) -> tuple[Outcome, ...]:
    """What a change of people or accounts that was told of late makes of a deal's credits and grants.

    `history` holds every recorded event of the deal, `cause` is the event that told of the change, `state` has it already.
    The deal itself stays as it is. Raises EvaluationError like `decide`.
    """
    fresh = Draft(WithoutDeal(state, deal))
    for past in sorted(history, key=_as_lived):
        fresh.fold(decide(replace(past, mode="history"), fresh, rulebook, match).outcomes)
    changed = [one for one in _changed(fresh, state, deal, cause) if isinstance(one.record, Credit | Grant)]
    return (*changed, *_withdrawn(fresh, state, deal, cause))


def _as_lived(event: Event) -> tuple[bool, tuple[datetime, int, str, str]]:
    """The order of a deal's life: it begins with its creation, also where something is dated before it (a date without a
    time is the first moment of its day)."""
    return (event.type != "deal.created", event.order)


def _changed(fresh: Draft, state: State, deal: str, event: Event) -> list[Kept]:
    """Every record of the deal that is new or differs from what is kept."""
    cause = Cause("", Place(""), event.id)
    known = {(type(record), record.id): record for record in _of_deal(deal, state)}
    found = [record for record in fresh.records() if type(record) in _MADE_ANEW]
    return [Kept("refolded", record, cause) for record in found if record != known.get((type(record), record.id))]


def _of_deal(id: str, state: State) -> Iterator[Record]:
    """The deal and what was recorded and credited for it."""
    deal = state.deal(id)
    if deal:
        yield deal
    for records in (state.activities(id), state.receipts(id), state.credits(id), state.grants(id)):
        yield from records


def _withdrawn(fresh: Draft, state: State, deal: str, event: Event) -> list[Outcome]:
    """Credits and grants that the history in its right order does not give."""
    cause = Cause("", Place(""), event.id)
    credits, grants = fresh.kept.get(Credit, {}), fresh.kept.get(Grant, {})
    gone = [Withdrawn("credit", c.id, cause) for c in state.credits(deal) if c.id not in credits]
    return [*gone, *(Withdrawn("grant", g.id, cause) for g in state.grants(deal) if g.id not in grants)]


class WithoutDeal:
    """A State in which one deal has not happened yet: no record, credit, task or enrolment of it is there."""

    def __init__(self, below: State, deal: str) -> None:
        self._below, self._deal = below, deal
        # Everything that is not about one deal is the same as below.
        self.person, self.people, self.account = below.person, below.people, below.account
        self.partner, self.registrations, self.quotas = below.partner, below.registrations, below.quotas
        self.scores, self.contact = below.scores, below.contact
        self.active_enrolments, self.pending_enrolments = below.active_enrolments, below.pending_enrolments
        self.tasks_made, self.open_tasks_of = below.tasks_made, below.open_tasks_of

    def deal(self, id: str) -> Deal | None:
        """The deal of that id."""
        return None if id == self._deal else self._below.deal(id)

    def task(self, id: str) -> Task | None:
        """The task of that id."""
        task = self._below.task(id)
        return None if task is None or task.deal == self._deal else task

    def enrolment(self, id: str) -> Enrolment | None:
        """The enrolment of that id."""
        enrolment = self._below.enrolment(id)
        return None if enrolment is None or enrolment.deal == self._deal else enrolment

    def activities(self, deal: str) -> tuple[Activity, ...]:
        """The touches of a deal."""
        return () if deal == self._deal else self._below.activities(deal)

    def receipts(self, deal: str) -> tuple[Receipt, ...]:
        """The money that moved for a deal."""
        return () if deal == self._deal else self._below.receipts(deal)

    def enrolments(self, deal: str) -> tuple[Enrolment, ...]:
        """The enrolments of a deal."""
        return () if deal == self._deal else self._below.enrolments(deal)

    def tasks(self, deal: str) -> tuple[Task, ...]:
        """The tasks of a deal."""
        return () if deal == self._deal else self._below.tasks(deal)

    def credits(self, deal: str) -> tuple[Credit, ...]:
        """The credits of a deal."""
        return () if deal == self._deal else self._below.credits(deal)

    def credits_of(self, payee: str, name: str) -> tuple[Credit, ...]:
        """A payee's credits of a name."""
        return tuple(credit for credit in self._below.credits_of(payee, name) if credit.deal != self._deal)

    def grants(self, deal: str) -> tuple[Grant, ...]:
        """The grants of a deal."""
        return () if deal == self._deal else self._below.grants(deal)

    def deals_of_account(self, account: str) -> tuple[str, ...]:
        """The ids of the deals of an account."""
        return tuple(id for id in self._below.deals_of_account(account) if id != self._deal)

    def deals_of_contact(self, contact: str) -> tuple[str, ...]:
        """The ids of the deals of a contact."""
        return tuple(id for id in self._below.deals_of_contact(contact) if id != self._deal)
