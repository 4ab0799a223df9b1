"""A state with changes laid over it: what the records will be if an event's outcomes are kept.

Nothing below is touched until the caller takes `kept` and `withdrawn` and writes them, so an event that fails or is
refused leaves no trace but its refusal.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar, cast

from engine.core.charges import RECORD_OF, Charge, ChargeKind
from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome, Withdrawn
from engine.core.records import (
    Account,
    Activity,
    Answer,
    Approval,
    Contact,
    Credit,
    Deal,
    Enrolment,
    Grant,
    Handover,
    Holding,
    Partner,
    Person,
    Quota,
    Receipt,
    Record,
    Registration,
    Score,
    Tally,
    Task,
    Ticket,
)
from engine.core.situation import State

SomeRecord = TypeVar("SomeRecord", bound=Record)


class Draft:
    """A State over another State. `kept` are the changed records in the order of their last change, by class and id."""

    def __init__(self, below: State) -> None:
        self._below = below
        self.kept: dict[type, dict[str, Record]] = {}
        self.withdrawn: set[tuple[type, str]] = set()
        # The kept records of each class and deal, since a deal's records are asked for again and again.
        self._of_deal: dict[tuple[type, str], dict[str, Record]] = {}

    def fold(self, outcomes: Iterable[Outcome]) -> None:
        """Lay the outcomes over what is there; the last one about a record wins."""
        for outcome in outcomes:
            if isinstance(outcome, Kept):
                self.keep(outcome.record)
            elif isinstance(outcome, Withdrawn):
                kind = Credit if outcome.kind == "credit" else Grant
                gone = self.kept.get(kind, {}).pop(outcome.id, None)
                if gone:
                    self._of_deal[kind, getattr(gone, "deal", "")].pop(outcome.id)
                self.withdrawn.add((kind, outcome.id))

    def keep(self, record: Record) -> None:
        """The record as it now stands."""
        self.kept.setdefault(type(record), {})[record.id] = record
        self._of_deal.setdefault((type(record), getattr(record, "deal", "")), {})[record.id] = record
        self.withdrawn.discard((type(record), record.id))

    def records(self) -> tuple[Record, ...]:
        """All changed records, class by class."""
        return tuple(record for by_id in self.kept.values() for record in by_id.values())

    def deal_of(self, event: Event) -> Deal | None:
        """The deal that the event is about: its subject, or that of its task."""
        family = event.type.split(".")[0]
        if family == "task":
            task = self.task(event.subject)
            return self.deal(task.deal) if task else None
        if family in ("ticket", "satisfaction"):
            ticket = self.ticket(event.subject)
            return self.deal(ticket.deal) if ticket else None
        return (
            None
            if family in ("person", "partner", "account", "contact", "agreement", "quota", "score")
            else self.deal(event.subject)
        )

    def _one(self, kind: type[SomeRecord], id: str, below: Callable[[str], SomeRecord | None]) -> SomeRecord | None:
        kept = self.kept.get(kind)
        if kept and id in kept:
            return cast(SomeRecord, kept[id])
        return None if (kind, id) in self.withdrawn else below(id)

    def _many(
        self, kind: type[SomeRecord], below: tuple[SomeRecord, ...], mine: Callable[[SomeRecord], bool]
    ) -> tuple[SomeRecord, ...]:
        """The list below with the draft's changes in it; order of the list below, then by moment and id."""
        kept = cast(dict[str, SomeRecord], self.kept.get(kind, {}))
        return self._joined(kind, below, [record for record in kept.values() if mine(record)])

    def _by_deal(self, kind: type[SomeRecord], below: tuple[SomeRecord, ...], deal: str) -> tuple[SomeRecord, ...]:
        """A deal's list below with the draft's changes in it."""
        return self._joined(
            kind, below, list(cast(dict[str, SomeRecord], self._of_deal.get((kind, deal), {})).values())
        )

    def _joined(
        self, kind: type[SomeRecord], below: tuple[SomeRecord, ...], own: list[SomeRecord]
    ) -> tuple[SomeRecord, ...]:
        kept = self.kept.get(kind, {})
        if not kept and not self.withdrawn:
            return below
        gone = {id for withdrawn, id in self.withdrawn if withdrawn is kind}
        rest = [record for record in below if record.id not in kept and record.id not in gone]
        return tuple(sorted([*rest, *own], key=moment_and_id)) if own or len(rest) != len(below) else below

    def person(self, id: str) -> Person | None:
        """The person of that id."""
        return self._one(Person, id, self._below.person)

    def people(self) -> Iterable[Person]:
        """Everybody, by id."""
        kept = cast(dict[str, Person], self.kept.get(Person, {}))
        if not kept:
            return self._below.people()
        return sorted([*(p for p in self._below.people() if p.id not in kept), *kept.values()], key=lambda p: p.id)

    def account(self, id: str) -> Account | None:
        """The account of that id."""
        return self._one(Account, id, self._below.account)

    def contact(self, id: str) -> Contact | None:
        """The contact of that id."""
        return self._one(Contact, id, self._below.contact)

    def deal(self, id: str) -> Deal | None:
        """The deal of that id."""
        return self._one(Deal, id, self._below.deal)

    def partner(self, id: str) -> Partner | None:
        """The partner of that id."""
        return self._one(Partner, id, self._below.partner)

    def task(self, id: str) -> Task | None:
        """The task of that id."""
        return self._one(Task, id, self._below.task)

    def enrolment(self, id: str) -> Enrolment | None:
        """The enrolment of that id."""
        return self._one(Enrolment, id, self._below.enrolment)

    def activities(self, deal: str) -> tuple[Activity, ...]:
        """The touches of a deal that still stand."""
        found = self._by_deal(Activity, self._below.activities(deal), deal)
        return tuple(one for one in found if not one.undone_by)

    def receipts(self, deal: str) -> tuple[Receipt, ...]:
        """The money that moved for a deal."""
        return self._by_deal(Receipt, self._below.receipts(deal), deal)

    def enrolments(self, deal: str) -> tuple[Enrolment, ...]:
        """The enrolments of a deal."""
        return self._by_deal(Enrolment, self._below.enrolments(deal), deal)

    def tasks(self, deal: str) -> tuple[Task, ...]:
        """The tasks of a deal."""
        return self._by_deal(Task, self._below.tasks(deal), deal)

    def credits(self, deal: str) -> tuple[Credit, ...]:
        """The credits of a deal."""
        return self._by_deal(Credit, self._below.credits(deal), deal)

    def credits_of(self, payee: str, name: str) -> tuple[Credit, ...]:
        """A payee's credits of a name."""
        return self._many(Credit, self._below.credits_of(payee, name), lambda r: (r.payee, r.name) == (payee, name))

    def grants(self, deal: str) -> tuple[Grant, ...]:
        """The grants of a deal."""
        return self._by_deal(Grant, self._below.grants(deal), deal)

    def registrations(self, account: str) -> tuple[Registration, ...]:
        """The registrations for an account."""
        return self._many(Registration, self._below.registrations(account), lambda r: r.account == account)

    def quotas(self, person: str) -> tuple[Quota, ...]:
        """The quotas of a person."""
        return self._many(Quota, self._below.quotas(person), lambda r: r.person == person)

    def scores(self, person: str) -> tuple[Score, ...]:
        """What a person was told to have reached of KPIs."""
        return self._many(Score, self._below.scores(person), lambda r: r.person == person)

    def handovers(self, subject: str) -> tuple[Handover, ...]:
        """How a deal or a task changed hands by rules."""
        return self._many(Handover, self._below.handovers(subject), lambda r: r.subject == subject)

    def holding(self, deal: str) -> Holding | None:
        """Where a deal stands to a public pool."""
        return self._one(Holding, deal, self._below.holding)

    def holdings_of(self, owner: str) -> tuple[Holding, ...]:
        """What a person holds of public pools."""
        return self._many(Holding, self._below.holdings_of(owner), lambda r: r.owner == owner)

    def tally(self, id: str) -> Tally | None:
        """The tally of that id."""
        return self._one(Tally, id, self._below.tally)

    def in_hand(self, kind: ChargeKind, owner: str) -> tuple[str, ...]:
        """The ids of what a person has in hand of that kind."""
        kept = self.kept.get(RECORD_OF[kind], {})
        below = self._below.in_hand(kind, owner)
        own = [one.id for one in kept.values() if Charge(cast(Deal, one)).in_hands_of == owner]
        return tuple(sorted({*(id for id in below if id not in kept), *own})) if kept else below

    def approvals(self, deal: str) -> tuple[Approval, ...]:
        """What was asked to be agreed to for a deal."""
        return self._many(Approval, self._below.approvals(deal), lambda r: r.deal == deal)

    def active_enrolments(self, cadence: str, owner: str) -> frozenset[str]:
        """The ids of a cadence's enrolments that take up room."""
        mine = self._kept(Enrolment)
        own = {
            one.id for one in mine.values() if one.takes_room and one.cadence == cadence and owner in ("", one.owner)
        }
        return frozenset(({*self._below.active_enrolments(cadence, owner)} - mine.keys()) | own)

    def pending_enrolments(self, cadence: str, limit: int) -> tuple[Enrolment, ...]:
        """The first of those who wait for room in a cadence, in the order in which they are let in."""
        mine = self._kept(Enrolment)
        below = self._below.pending_enrolments(cadence, limit + len(mine))
        own = [one for one in mine.values() if one.pending and not one.ended_as and one.cadence == cadence]
        waiting = [*(one for one in below if one.id not in mine), *own]
        return tuple(sorted(waiting, key=lambda one: one.turn)[:limit])

    def tasks_made(self, owner: str, first: datetime, after: datetime) -> frozenset[str]:
        """The ids of the tasks that cadences made for somebody in [first, after)."""
        mine = self._kept(Task)
        own = {t.id for t in mine.values() if t.enrolment and t.owner == owner and first <= t.made_at < after}
        return frozenset(({*self._below.tasks_made(owner, first, after)} - mine.keys()) | own)

    def open_tasks_of(self, owner: str) -> frozenset[str]:
        """The ids of what somebody has to do."""
        mine = self._kept(Task)
        own = {task.id for task in mine.values() if task.owner == owner and task.status == "open"}
        return frozenset(({*self._below.open_tasks_of(owner)} - mine.keys()) | own)

    def lent_tasks(self, person: str) -> frozenset[str]:
        """The ids of the open tasks that others do for somebody."""
        mine = self._kept(Task)
        own = {task.id for task in mine.values() if task.lent_by == person and task.status == "open"}
        return frozenset(({*self._below.lent_tasks(person)} - mine.keys()) | own)

    def _kept(self, kind: type[SomeRecord]) -> dict[str, SomeRecord]:
        return cast(dict[str, SomeRecord], self.kept.get(kind, {}))

    def ticket(self, id: str) -> Ticket | None:
        """The ticket of that id."""
        return self._one(Ticket, id, self._below.ticket)

    def tickets_of(self, account: str) -> tuple[Ticket, ...]:
        """The tickets of an account."""
        return self._many(Ticket, self._below.tickets_of(account), lambda r: r.account == account)

    def answer(self, ticket: str) -> Answer | None:
        """What the customer thought of a ticket."""
        return self._one(Answer, ticket, self._below.answer)

    def deals_of_account(self, account: str) -> tuple[str, ...]:
        """The ids of the deals of an account."""
        return self._deals_with("account", account, self._below.deals_of_account(account))

    def deals_of_contact(self, contact: str) -> tuple[str, ...]:
        """The ids of the deals of a contact."""
        return self._deals_with("contact", contact, self._below.deals_of_contact(contact))

    def _deals_with(self, name: str, value: str, below: tuple[str, ...]) -> tuple[str, ...]:
        kept = cast(dict[str, Deal], self.kept.get(Deal, {}))
        own = [deal.id for deal in kept.values() if deal.facts.get(name) == value]
        return tuple(sorted({*(id for id in below if id not in kept), *own}))


def moment_and_id(record: Record) -> tuple[str, str]:
    """The one order of every list of records: by its moment (or day), then id."""
    for name in ("at", "made_at", "started_at", "requested_at", "requested_on", "since_at", "opened_at", "period"):
        moment = getattr(record, name, None)
        if moment is not None:
            return (moment if isinstance(moment, str) else moment.isoformat(), record.id)
    return ("", record.id)
