"""A late event: one that belongs before something its deal, or a deal that is decided together with it, has been through.

Those deals are decided anew from their whole history in the order of events, as if everything had arrived in that order.
What comes out is the deals, their credits and grants as they should be; tasks and messages already made stay made. So the
order of delivery never changes what anybody earns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from engine.core.decide import Decision, MatchEvent, decide
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome, Refused, Withdrawn
from engine.core.problems import Place
from engine.core.records import Account, Activity, Cause, Credit, Deal, Enrolment, Grant, Receipt, Record, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State

_MADE_ANEW: tuple[type, ...] = (Account, Deal, Credit, Grant, Activity, Receipt)

Earned = TypeVar("Earned", Credit, Grant)
Order = tuple[datetime, int, str]


def belongs_earlier(event: Event, deal: Deal | None) -> bool:
    """True when the deal has already seen an event that comes after this one in the order of events."""
    if deal is None or event.type in ("clock.ticked", "task.completed", "task.snoozed", "task.skipped"):
        return False
    return event.order < (deal.last_at, deal.last_rank, deal.last_by)


def refold(
    event: Event, history: Sequence[Event], state: State, rulebook: Rulebook, match: MatchEvent, now: Decision
) -> Decision:
    """The outcomes that bring the deals to where their whole history, `event` included, leads.

    `history` holds every recorded event of those deals, in any order; `now` is what the event leads to as things stand:
    where both agree its words are kept, and time limits go on from it. Raises EvaluationError like `decide`.
    """
    deals = frozenset(past.subject for past in (*history, event))
    fresh, refusals = _lived([*history, event], state, rulebook, match)
    if began := _begun_otherwise(fresh, state):
        fresh, refusals = _lived([*history, event], began, rulebook, match)
        for account in began.records():
            fresh.kept.setdefault(Account, {}).setdefault(account.id, account)
    refused = tuple(refusal for past, refusal in refusals if past is event)
    said = {(type(one.record), one.record.id): one for one in now.outcomes if isinstance(one, Kept)}
    changed = [_as_said(one, said) for one in _changed(fresh, state, deals, event, now.draft)]
    outcomes = (*refused, *changed, *_withdrawn(fresh, state, deals, event))
    draft = Draft(state)
    draft.fold(outcomes)
    return Decision(outcomes, draft)


def credited_anew(
    history: Sequence[Event], cause: Event, state: State, rulebook: Rulebook, match: MatchEvent
) -> tuple[Outcome, ...]:
    """What a change of people or accounts that was told of late makes of the credits and grants of some deals.

    `history` holds every recorded event of those deals, `cause` is the event that told of the change, `state` has it
    already. The deals themselves stay as they are. Raises EvaluationError like `decide`.
    """
    deals = frozenset(past.subject for past in history)
    fresh, _ = _lived(history, state, rulebook, match)
    changed = [one for one in _changed(fresh, state, deals, cause, state) if isinstance(one.record, Credit | Grant)]
    return (*changed, *_withdrawn(fresh, state, deals, cause))


def _lived(
    events: Sequence[Event], state: State, rulebook: Rulebook, match: MatchEvent
) -> tuple[Draft, list[tuple[Event, Refused]]]:
    """The records after the whole life of the events' deals, and which events were refused in it."""
    fresh = Draft(WithoutDeals(state, frozenset(event.subject for event in events)))
    refusals: list[tuple[Event, Refused]] = []
    for past in as_lived(events):
        decision = decide(replace(past, mode="history"), fresh, rulebook, match)
        fresh.fold(decision.outcomes)
        refusals += [(past, decision.refused)] if decision.refused else []
    return fresh, refusals


def _begun_otherwise(fresh: Draft, state: State) -> Draft | None:
    """The state with the accounts that began on another day than it knew, or None when there is none: the first day of an
    account counts for all that its deals went through."""
    accounts = [one for one in fresh.records() if isinstance(one, Account)]
    known = ((one, state.account(one.id)) for one in accounts)
    others = [one for one, before in known if before is None or before.created_on != one.created_on]
    began = Draft(state)
    for account in others:
        began.keep(account)
    return began if others else None


def as_lived(events: Iterable[Event]) -> list[Event]:
    """The events in the order of the deals' lives: that of events, but a deal begins with its creation, also where
    something is dated before it (a date without a time is the first moment of its day)."""
    every = list(events)
    first: dict[str, Order] = {}
    for event in every:
        first[event.subject] = min(first.get(event.subject, event.order), event.order)
    return sorted(every, key=lambda one: _moment(one, first))


def _moment(event: Event, first: dict[str, Order]) -> tuple[Order, bool, Order]:
    created = event.type == "deal.created"
    return (first[event.subject] if created else event.order, not created, event.order)


def _still_timed(record: Record, now: State) -> Record:
    """A deal that comes out in the same visit to its stage keeps the time limit that it has reached."""
    known = now.deal(record.id) if isinstance(record, Deal) else None
    if not isinstance(record, Deal) or known is None or _visit(known) != _visit(record):
        return record
    return replace(record, due_at=known.due_at, due_level=known.due_level)


def _visit(deal: Deal) -> tuple[object, ...]:
    return deal.stage, deal.status, deal.visit, deal.entered_stage_at


def _as_said(outcome: Kept, said: Mapping[tuple[type, str], Kept]) -> Kept:
    """What was said of the same record as it now stands, or else the outcome."""
    known = said.get((type(outcome.record), outcome.record.id))
    return known if known and known.record == outcome.record else outcome


def _changed(fresh: Draft, state: State, deals: Iterable[str], event: Event, now: State) -> list[Kept]:
    """Every record of the deals that is new or differs from what is kept."""
    cause = Cause("", Place(""), event.id)
    known = {(type(record), record.id): record for id in sorted(deals) for record in _of_deal(id, state)}
    known |= {(Account, id): account for id in fresh.kept.get(Account, {}) if (account := state.account(id))}
    found = [_still_timed(record, now) for record in fresh.records() if type(record) in _MADE_ANEW]
    return [Kept("refolded", record, cause) for record in found if record != known.get((type(record), record.id))]


def _of_deal(id: str, state: State) -> Iterator[Record]:
    """The deal and what was recorded and credited for it."""
    deal = state.deal(id)
    if deal:
        yield deal
    for records in (state.activities(id), state.receipts(id), state.credits(id), state.grants(id)):
        yield from records


def _withdrawn(fresh: Draft, state: State, deals: Iterable[str], event: Event) -> list[Outcome]:
    """Credits and grants that the history in its right order does not give."""
    cause = Cause("", Place(""), event.id)
    gone: list[Outcome] = []
    for deal in sorted(deals):
        stays = {c.id for c in fresh.credits(deal)} | {g.id for g in fresh.grants(deal)}
        gone += [Withdrawn("credit", c.id, cause) for c in state.credits(deal) if c.id not in stays]
        gone += [Withdrawn("grant", g.id, cause) for g in state.grants(deal) if g.id not in stays]
    return gone


def _of_task(record: Credit | Grant) -> bool:
    """True for what a task brought: tasks are made as things stand, so their events are no part of a deal's history."""
    return dict(record.cause.notes).get("on", "").startswith("task.")


def _as_made(record: Earned) -> Earned:
    return replace(record, undone_on=None, undone_by="", undone_as="")


class WithoutDeals:
    """A State in which some deals have not happened yet: no record, credit, task or enrolment of them is there."""

    def __init__(self, below: State, deals: frozenset[str]) -> None:
        self._below, self._deals = below, deals
        # Everything that is not about one deal is the same as below.
        self.person, self.people, self.account = below.person, below.people, below.account
        self.partner, self.registrations, self.quotas = below.partner, below.registrations, below.quotas
        self.scores, self.contact = below.scores, below.contact
        self.active_enrolments, self.pending_enrolments = below.active_enrolments, below.pending_enrolments
        self.tasks_made, self.open_tasks_of = below.tasks_made, below.open_tasks_of

    def deal(self, id: str) -> Deal | None:
        """The deal of that id."""
        return None if id in self._deals else self._below.deal(id)

    def task(self, id: str) -> Task | None:
        """The task of that id."""
        task = self._below.task(id)
        return None if task is None or task.deal in self._deals else task

    def enrolment(self, id: str) -> Enrolment | None:
        """The enrolment of that id."""
        enrolment = self._below.enrolment(id)
        return None if enrolment is None or enrolment.deal in self._deals else enrolment

    def activities(self, deal: str) -> tuple[Activity, ...]:
        """The touches of a deal."""
        return () if deal in self._deals else self._below.activities(deal)

    def receipts(self, deal: str) -> tuple[Receipt, ...]:
        """The money that moved for a deal."""
        return () if deal in self._deals else self._below.receipts(deal)

    def enrolments(self, deal: str) -> tuple[Enrolment, ...]:
        """The enrolments of a deal."""
        return () if deal in self._deals else self._below.enrolments(deal)

    def tasks(self, deal: str) -> tuple[Task, ...]:
        """The tasks of a deal."""
        return () if deal in self._deals else self._below.tasks(deal)

    def credits(self, deal: str) -> tuple[Credit, ...]:
        """The credits of a deal; where it has not happened yet, those that tasks brought, as before anything undid them."""
        found = self._below.credits(deal)
        return tuple(_as_made(one) for one in found if _of_task(one)) if deal in self._deals else found

    def credits_of(self, payee: str, name: str) -> tuple[Credit, ...]:
        """A payee's credits of a name."""
        return tuple(credit for credit in self._below.credits_of(payee, name) if credit.deal not in self._deals)

    def grants(self, deal: str) -> tuple[Grant, ...]:
        """The grants of a deal; where it has not happened yet, those that tasks brought, as before anything undid them."""
        found = self._below.grants(deal)
        return tuple(_as_made(one) for one in found if _of_task(one)) if deal in self._deals else found

    def deals_of_account(self, account: str) -> tuple[str, ...]:
        """The ids of the deals of an account."""
        return tuple(id for id in self._below.deals_of_account(account) if id not in self._deals)

    def deals_of_contact(self, contact: str) -> tuple[str, ...]:
        """The ids of the deals of a contact."""
        return tuple(id for id in self._below.deals_of_contact(contact) if id not in self._deals)
