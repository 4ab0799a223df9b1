"""The records as core's deciders see them, over the database: `core.situation.State`, with changes kept in memory.

A group of events shares one state: `preload` reads what the group is about in a few queries, `keep` and `withdraw` lay
each event's changes over it, `flush` writes them all at once. Every look-up reflects what was kept before.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from engine.core.charges import ChargeKind
from engine.core.events import EVENT_TYPES, Event
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
from engine.store import chains, standing
from engine.store.chains import START, Head
from engine.store.database import Unit
from engine.store.deal_lists import DealLists
from engine.store.in_hand import InHand
from engine.store.record_rows import KINDS, LISTED_BY_DEAL, ListKey
from engine.store.tables.records import touches
from engine.store.working_set import Touch, WorkingSet, touch_rows, touched

SomeRecord = TypeVar("SomeRecord", bound=Record)

CHAIN = "records"
_DEAL: ListKey = ("deal",)


def records_version(unit: Unit) -> int:
    """A number that grows with every change of any record: what a calculation notes as its watermark."""
    return chains.head_of(unit, CHAIN).seq


class SqlState:
    """The records as they stand in this unit. `at_hand` may be handed from unit to unit by one worker."""

    def __init__(self, unit: Unit, at_hand: WorkingSet | None = None) -> None:
        self._unit = unit
        self._set = at_hand or WorkingSet()
        self._version = records_version(unit)
        self._set.open(self._version)
        self._touches: set[Touch] = set()
        self._in_hand = InHand(unit, self._set.shelves)
        self._of_account, self._of_contact = (
            DealLists(unit, self._set.shelves[Deal], name) for name in ("account", "contact")
        )
        unit.after_commit(self._committed)

    def preload(
        self,
        deals: Iterable[str] = (),
        tasks: Iterable[str] = (),
        accounts: Iterable[str] = (),
        people: Iterable[str] = (),
    ) -> None:
        """Read the records around those subjects in a few queries, whatever their number."""
        shelves, unit = self._set.shelves, self._unit
        wanted = list(tasks)
        shelves[Task].read_ids(unit, wanted)
        found = [task for id in wanted if (task := self.task(id))]
        ids = {*deals, *(task.deal for task in found if task.deal)}
        shelves[Deal].read_ids(unit, ids)
        for kind in LISTED_BY_DEAL:
            shelves[kind].read_lists(unit, _DEAL, [(id,) for id in ids])
        known = [deal for id in ids if (deal := self.deal(id))]
        around = {*accounts, *(str(deal.facts.get("account") or "") for deal in known)} - {""}
        shelves[Account].read_ids(unit, around)
        shelves[Registration].read_lists(unit, ("account",), [(id,) for id in around])
        self._of_account.read(around)
        shelves[Person].read_ids(unit, {*people, *(deal.owner for deal in known)} - {""})

    def preload_events(self, events: Sequence[Event]) -> None:
        """Read what a group of events is about: their deals, tasks, accounts and people."""
        by_family: dict[str, set[str]] = {"deal": set(), "task": set(), "account": set(), "person": set()}
        for event in events:
            kind = EVENT_TYPES[event.type].subject if event.type in EVENT_TYPES else ""
            # The clock ticks for a deal.
            kind = "deal" if kind == "clock" else kind
            by_family.setdefault(kind, set()).add(event.subject)
            by_family["account"].add(str(event.body.get("account") or ""))
            by_family["person"] |= {event.actor, str(event.body.get("owner") or "")}
        self._set.shelves[Ticket].read_ids(self._unit, by_family.get("ticket", ()))
        self.preload(by_family["deal"], by_family["task"], by_family["account"] - {""}, by_family["person"] - {""})

    def keep(self, record: Record) -> None:
        """The record is as given from now on; written by `flush`."""
        kind = KINDS[type(record)]
        before = self._set.shelves[type(record)].put(self._unit, record)
        if before == record:
            return
        self._touches |= touched(kind, before, record)
        if isinstance(record, Deal):
            self._of_account.move(record, before)
            self._of_contact.move(record, before)
        if isinstance(record, Deal | Account | Ticket):
            self._in_hand.move(record, before)

    def withdraw(self, kind: type[Credit] | type[Grant], id: str) -> None:
        """A credit or grant counts no more; nothing happens when there is none of that id."""
        before = self._set.shelves[kind].withdraw(self._unit, id)
        self._touches |= touched(KINDS[kind], before, None)

    def absorb(self, kept: Iterable[Record], withdrawn: Iterable[tuple[type, str]] = ()) -> None:
        """Lay a draft's changes over the state: `absorb(draft.records(), draft.withdrawn)`."""
        for kind, id in sorted(withdrawn, key=lambda gone: (gone[0].__name__, gone[1])):
            self.withdraw(kind, id)
        for record in kept:
            self.keep(record)

    def flush(self) -> int:
        """Write every change since the last time; returns the version of the records from now on."""
        shelves = [shelf for shelf in self._set.shelves.values() if shelf.changed or shelf.withdrawn]
        if shelves:
            for shelf in shelves:
                shelf.write(self._unit)
            self._version += 1
            chains.move_head(self._unit, CHAIN, Head(self._version, START))
            self._unit.upsert(touches, touch_rows(self._touches, self._version))
            self._touches = set()
        return self._version

    def _committed(self) -> None:
        """After the commit the working set may be used again, unless somebody forgot to write what it holds."""
        if not any(shelf.changed or shelf.withdrawn for shelf in self._set.shelves.values()):
            self._set.close(self._version)

    def _one(self, kind: type[SomeRecord], id: str) -> SomeRecord | None:
        return self._set.shelves[kind].one(self._unit, id)  # type: ignore[no-any-return]

    def _by_deal(self, kind: type[SomeRecord], deal: str) -> tuple[SomeRecord, ...]:
        return self._set.shelves[kind].many(self._unit, _DEAL, (deal,)) if deal else ()

    def person(self, id: str) -> Person | None:
        """The person of that id."""
        return self._one(Person, id)

    def people(self) -> tuple[Person, ...]:
        """Everybody, by id."""
        return self._set.shelves[Person].everything(self._unit)

    def account(self, id: str) -> Account | None:
        """The account of that id."""
        return self._one(Account, id)

    def contact(self, id: str) -> Contact | None:
        """The contact of that id."""
        return self._one(Contact, id)

    def deal(self, id: str) -> Deal | None:
        """The deal of that id."""
        return self._one(Deal, id)

    def partner(self, id: str) -> Partner | None:
        """The partner of that id."""
        return self._one(Partner, id)

    def task(self, id: str) -> Task | None:
        """The task of that id."""
        return self._one(Task, id)

    def enrolment(self, id: str) -> Enrolment | None:
        """The enrolment of that id."""
        return self._one(Enrolment, id)

    def activities(self, deal: str) -> tuple[Activity, ...]:
        """The touches of a deal that still stand."""
        return tuple(one for one in self._by_deal(Activity, deal) if not one.undone_by)

    def receipts(self, deal: str) -> tuple[Receipt, ...]:
        """The money that moved for a deal."""
        return self._by_deal(Receipt, deal)

    def enrolments(self, deal: str) -> tuple[Enrolment, ...]:
        """The enrolments of a deal, running and ended."""
        return self._by_deal(Enrolment, deal)

    def tasks(self, deal: str) -> tuple[Task, ...]:
        """The tasks of a deal, open and ended."""
        return self._by_deal(Task, deal)

    def credits(self, deal: str) -> tuple[Credit, ...]:
        """The credits of a deal that stand or were undone; withdrawn ones are not there."""
        return self._by_deal(Credit, deal)

    def credit(self, id: str) -> Credit | None:
        """The credit of that id, unless it was withdrawn."""
        return self._one(Credit, id)

    def credits_of(self, payee: str, name: str) -> tuple[Credit, ...]:
        """The credits of a payee for one measure."""
        return self._set.shelves[Credit].many(self._unit, ("payee", "name"), (payee, name))

    def grants(self, deal: str) -> tuple[Grant, ...]:
        """The bonuses and referral fees that a deal earned."""
        return self._by_deal(Grant, deal)

    def registrations(self, account: str) -> tuple[Registration, ...]:
        """The claims on an account."""
        return self._set.shelves[Registration].many(self._unit, ("account",), (account,))

    def quotas(self, person: str) -> tuple[Quota, ...]:
        """The quotas of a payee."""
        return self._set.shelves[Quota].many(self._unit, ("person",), (person,))

    def scores(self, person: str) -> tuple[Score, ...]:
        """What a person was told to have reached of KPIs."""
        return self._set.shelves[Score].many(self._unit, ("person",), (person,))

    def handovers(self, subject: str) -> tuple[Handover, ...]:
        """How a deal or a task changed hands by rules."""
        return self._set.shelves[Handover].many(self._unit, ("subject",), (subject,))

    def holding(self, deal: str) -> Holding | None:
        """Where a deal stands to a public pool."""
        return self._one(Holding, deal)

    def holdings_of(self, owner: str) -> tuple[Holding, ...]:
        """What a person holds of public pools."""
        return self._set.shelves[Holding].many(self._unit, ("owner",), (owner,))

    def tally(self, id: str) -> Tally | None:
        """The tally of that id."""
        return self._one(Tally, id)

    def in_hand(self, kind: ChargeKind, owner: str) -> tuple[str, ...]:
        """The ids of what a person has in hand of that kind, sorted."""
        return self._in_hand.of(kind, owner)

    def approvals(self, deal: str) -> tuple[Approval, ...]:
        """What was asked to be agreed to for a deal, decided and not."""
        return self._by_deal(Approval, deal)

    def ticket(self, id: str) -> Ticket | None:
        """The ticket of that id."""
        return self._one(Ticket, id)

    def tickets_of(self, account: str) -> tuple[Ticket, ...]:
        """The tickets of an account, open and done."""
        return self._set.shelves[Ticket].many(self._unit, ("account",), (account,)) if account else ()

    def answer(self, ticket: str) -> Answer | None:
        """What the customer thought of a ticket."""
        return self._one(Answer, ticket)

    def active_enrolments(self, cadence: str, owner: str) -> frozenset[str]:
        """The ids of a cadence's enrolments that take up room."""
        return standing.active_enrolments(self._unit, self._set.shelves[Enrolment], cadence, owner)

    def pending_enrolments(self, cadence: str, limit: int) -> tuple[Enrolment, ...]:
        """The first of those who wait for room in a cadence."""
        return standing.pending_enrolments(self._unit, self._set.shelves[Enrolment], cadence, limit)

    def tasks_made(self, owner: str, first: datetime, after: datetime) -> frozenset[str]:
        """The ids of the tasks that cadences made for somebody in [first, after)."""
        return standing.tasks_made(self._unit, self._set.shelves[Task], owner, first, after)

    def lent_tasks(self, person: str) -> frozenset[str]:
        """The ids of the open tasks that others do for somebody."""
        return standing.lent_tasks(self._unit, self._set.shelves[Task], person)

    def open_tasks_of(self, owner: str) -> frozenset[str]:
        """The ids of what somebody has to do."""
        return standing.open_tasks_of(self._unit, self._set.shelves[Task], owner)

    def deals_of_account(self, account: str) -> tuple[str, ...]:
        """The ids of an account's deals, sorted; whoever asks for them looks at them next, so they are read at once."""
        found = self._of_account.of(account)
        self._set.shelves[Deal].read_ids(self._unit, found)
        return found

    def deals_of_contact(self, contact: str) -> tuple[str, ...]:
        """The ids of a contact's deals, sorted."""
        return self._of_contact.of(contact)
