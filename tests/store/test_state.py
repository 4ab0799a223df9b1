"""The state over SQL answers like records in plain memory, before and after writing, in one unit and across units."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import event as hook

from engine.core.charges import RECORD_OF, Charge
from engine.core.draft import Draft, moment_and_id
from engine.core.money import Money
from engine.core.outcomes import Kept, Withdrawn
from engine.core.records import (
    Activity,
    Approval,
    Credit,
    Deal,
    Enrolment,
    Grant,
    Handover,
    Holding,
    Person,
    Quota,
    Receipt,
    Record,
    Registration,
    Score,
    Tally,
    Task,
)
from engine.store.database import Database, Unit, open_database
from engine.store.queries.pay import Touched, touched_since
from engine.store.state import SqlState, records_version
from engine.store.working_set import WorkingSet
from tests.store.samples import (
    ACCOUNT,
    ACTIVITY,
    APPROVAL,
    CAUSE,
    CREDIT,
    DEAL,
    ENROLMENT,
    GRANT,
    HANDOVER,
    HOLDING,
    NOON,
    PARTNER,
    PERSON,
    QUOTA,
    RECEIPT,
    RECORDS,
    REGISTRATION,
    SCORE,
    TALLY,
    TASK,
    TICKET,
    deal,
    event,
)  # fmt: skip

LISTED = {
    "activities": (Activity, lambda r: r.deal), "receipts": (Receipt, lambda r: r.deal),
    "enrolments": (Enrolment, lambda r: r.deal), "tasks": (Task, lambda r: r.deal), "credits": (Credit,
    lambda r: r.deal),
    "grants": (Grant, lambda r: r.deal), "registrations": (Registration, lambda r: r.account),
    "approvals": (Approval, lambda r: r.deal),
    "handovers": (Handover, lambda r: r.subject), "holdings_of": (Holding, lambda r: r.owner),
    "quotas": (Quota, lambda r: r.person), "scores": (Score, lambda r: r.person),
}  # fmt: skip


class Memory:
    """What the state should say: records in a dictionary, every list worked out anew."""

    def __init__(self) -> None:
        self.records: dict[tuple[type, str], Record] = {}

    def keep(self, record: Record) -> None:
        self.records[type(record), record.id] = record

    def withdraw(self, kind: type, id: str) -> None:
        self.records.pop((kind, id), None)

    def of(self, kind: type) -> list[Any]:
        return [record for (found, _), record in self.records.items() if found is kind]

    def many(self, name: str, key: str) -> tuple[Record, ...]:
        kind, value = LISTED[name]
        return tuple(sorted((r for r in self.of(kind) if value(r) == key), key=moment_and_id))

    def credits_of(self, payee: str, name: str) -> tuple[Record, ...]:
        own = (r for r in self.of(Credit) if (r.payee, r.name) == (payee, name))
        return tuple(sorted(own, key=moment_and_id))


DEALS = ("D-1", "D-2", "D-3")
moments = st.integers(0, 5).map(lambda hours: NOON + timedelta(hours=hours))
ids = st.integers(1, 4)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record with a small id, on one of three deals, with a moment and a value that vary."""
    number, at, on_deal = draw(ids), draw(moments), draw(st.sampled_from(DEALS))
    # The id names the deal, as derived ids do: a record never changes its deal.
    id, person, days = f"{on_deal}-{number}", draw(st.sampled_from(["ana", "ben"])), draw(st.integers(0, 2))
    on = DEAL.created_at.date() + timedelta(days=days)
    return draw(st.sampled_from([
        replace(ACTIVITY, id=id, deal=on_deal, at=at), replace(RECEIPT, id=id, deal=on_deal, at=at),
        replace(ENROLMENT, id=id, deal=on_deal, started_at=at), replace(TASK, id=id, deal=on_deal, made_at=at,
        owner=person),
        replace(TASK, id=f"free-{number}", deal="", owner=person, made_at=at),
        replace(CREDIT, id=id, deal=on_deal, at=at, payee=person, on=on), replace(GRANT, id=id, deal=on_deal, at=at,
        on=on),
        replace(APPROVAL, id=id, deal=on_deal, requested_at=at),
        replace(REGISTRATION, id=f"r{number}", account=draw(st.sampled_from(["A-1", "A-2"]))),
        replace(QUOTA, id=f"q{number}", person=person, period=f"2026-Q{number}"),
        replace(SCORE, id=f"s{number}", person=person, at=at),
        replace(HANDOVER, id=id, subject=on_deal, at=at), replace(HOLDING, id=on_deal, owner=person, since_at=at),
        replace(TALLY, id=f"t{number}", count=days),
        replace(DEAL, id=on_deal, facts={"account": draw(st.sampled_from(["A-1", "A-2", ""])), "owner": person},
                status=draw(st.sampled_from(["open", "won"]))),
        replace(PERSON, id=person, name=f"{person}{days}"),
        replace(ACCOUNT, id=draw(st.sampled_from(["A-1", "A-2"])), facts={"owner": person},
                survivor=draw(st.sampled_from(["", "A-9"]))),
        replace(TICKET, id=f"T-{number}", facts={"owner": person}, status=draw(st.sampled_from(["open", "resolved"]))),
        replace(PARTNER, id=f"P-{number}", name=f"p{days}"),
    ]))  # fmt: skip


class StateMachine(RuleBasedStateMachine):
    """Any order of keeping, withdrawing, writing, committing, failing, and somebody else writing in between."""

    kept = Bundle("kept")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(dir=self.fresh.parent)
        shutil.copy(self.fresh, f"{self.folder}/s.db")
        self.database = open_database(f"sqlite:///{self.folder}/s.db")
        self.at_hand: WorkingSet | None = WorkingSet()
        self.memory, self.committed = Memory(), dict[Any, Any]()
        self.begin()

    fresh: Path

    def begin(self) -> None:
        self.unit = self.database.unit(write=True)
        self.state = SqlState(self.unit.__enter__(), self.at_hand)

    @initialize()
    def deals(self) -> None:
        for id in DEALS:
            self.put(replace(DEAL, id=id, facts={"account": "A-1"}))

    def put(self, record: Record) -> None:
        self.memory.keep(record)
        self.state.keep(record)

    @rule(target=kept, record=records())
    def keep(self, record: Record) -> Record:
        self.put(record)
        return record

    @rule(record=kept)
    def keep_the_same_again(self, record: Record) -> None:
        self.put(record)

    @rule(kind=st.sampled_from([Credit, Grant]), deal=st.sampled_from(DEALS), number=ids)
    def withdraw(self, kind: type[Credit] | type[Grant], deal: str, number: int) -> None:
        self.memory.withdraw(kind, f"{deal}-{number}")
        self.state.withdraw(kind, f"{deal}-{number}")

    @rule(deals=st.sets(st.sampled_from(DEALS)), tasks=st.sets(ids.map(lambda n: f"free-{n}")))
    def preload(self, deals: set[str], tasks: set[str]) -> None:
        self.state.preload(deals, tasks, {"A-2"}, {"ana"})

    @rule()
    def flush(self) -> None:
        self.state.flush()

    @rule(share=st.booleans())
    def commit(self, share: bool) -> None:
        self.state.flush()
        self.unit.__exit__(None, None, None)
        self.committed = dict(self.memory.records)
        self.at_hand = self.at_hand if share else WorkingSet()
        self.begin()

    @rule()
    def fail(self) -> None:
        self._roll_back()
        self.memory.records = dict(self.committed)
        self.begin()
        if not self.committed:
            self.deals()

    def _roll_back(self) -> None:
        assert not self.unit.__exit__(RuntimeError, RuntimeError("failed"), None)

    @rule(record=records())
    def somebody_else_writes(self, record: Record) -> None:
        self.commit(share=True)
        self._roll_back()
        with self.database.unit(write=True) as unit:
            other = SqlState(unit)
            other.keep(record)
            other.flush()
        self.memory.keep(record)
        self.committed = dict(self.memory.records)
        self.begin()

    @rule(name=st.sampled_from(sorted(LISTED)), key=st.sampled_from([*DEALS, "A-1", "A-2", "ana", "ben"]))
    def a_list_is_as_in_memory(self, name: str, key: str) -> None:
        assert getattr(self.state, name)(key) == self.memory.many(name, key)

    @rule(payee=st.sampled_from(["ana", "ben"]))
    def credits_of_a_payee_are_as_in_memory(self, payee: str) -> None:
        assert self.state.credits_of(payee, "booked") == self.memory.credits_of(payee, "booked")

    @rule(account=st.sampled_from(["A-1", "A-2"]))
    def deals_of_an_account_are_as_in_memory(self, account: str) -> None:
        own = sorted(d.id for d in self.memory.of(Deal) if d.facts.get("account") == account)
        assert self.state.deals_of_account(account) == tuple(own)

    @rule(owner=st.sampled_from(["ana", "ben"]))
    def what_a_person_has_in_hand_is_as_in_memory(self, owner: str) -> None:
        for kind, record in RECORD_OF.items():
            own = sorted(one.id for one in self.memory.of(record) if Charge(one).in_hands_of == owner)
            assert self.state.in_hand(kind, owner) == tuple(own)

    @rule(number=ids)
    def a_tally_is_as_in_memory(self, number: int) -> None:
        assert self.state.tally(f"t{number}") == self.memory.records.get((Tally, f"t{number}"))

    @rule()
    def people_are_as_in_memory(self) -> None:
        assert self.state.people() == tuple(sorted(self.memory.of(Person), key=lambda p: p.id))

    @rule(name=st.sampled_from(["task", "enrolment"]), deal=st.sampled_from([*DEALS, "free"]), number=ids)
    def one_record_is_as_in_memory(self, name: str, deal: str, number: int) -> None:
        kind = {"task": Task, "enrolment": Enrolment}[name]
        id = f"{deal}-{number}"
        assert getattr(self.state, name)(id) == self.memory.records.get((kind, id))

    @invariant()
    def small_classes_are_as_in_memory(self) -> None:
        for kind, look, wanted in (
            (Person, self.state.person, ("ana", "ben")), (type(ACCOUNT), self.state.account, ("A-1", "A-2")),
            (Deal, self.state.deal, DEALS), (type(PARTNER), self.state.partner, ("P-1", "P-2")),
        ):  # fmt: skip
            for id in wanted:
                assert look(id) == self.memory.records.get((kind, id))  # type: ignore[operator]

    def teardown(self) -> None:
        self._roll_back()
        self.database.close()
        shutil.rmtree(self.folder)


def test_the_state_answers_like_plain_memory_in_any_order_of_steps(fresh_file: Path) -> None:
    StateMachine.fresh = fresh_file
    StateMachine.TestCase.settings = settings(
        max_examples=50, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )
    StateMachine.TestCase("runTest").runTest()


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with one record of each class."""
    with database.unit(write=True) as unit:
        state = SqlState(unit)
        for record in RECORDS:
            state.keep(record)
        state.flush()
    return database


def test_every_class_is_written_and_read_back(filled: Database) -> None:
    with filled.unit() as unit:
        state = SqlState(unit)
        assert state.person("ana") == PERSON and state.people() == (PERSON,)
        assert (state.account("A-1"), state.deal("D-1"), state.partner("P-1")) == (ACCOUNT, DEAL, PARTNER)
        assert (state.task("task-1"), state.enrolment("en-1")) == (TASK, ENROLMENT)
        assert (state.activities("D-1"), state.receipts("D-1")) == ((ACTIVITY,), (RECEIPT,))
        assert (state.enrolments("D-1"), state.tasks("D-1")) == ((ENROLMENT,), (TASK,))
        assert (state.credits("D-1"), state.grants("D-1")) == ((CREDIT,), (GRANT,))
        assert (state.registrations("A-1"), state.quotas("ana"), state.scores("ana")) == (
            (REGISTRATION,),
            (QUOTA,),
            (SCORE,),
        )
        assert (state.handovers("D-1"), state.holdings_of("ana")) == ((HANDOVER,), (HOLDING,))
        assert (state.holding("D-1"), state.tally("leads/first")) == (HOLDING, TALLY)
        assert state.in_hand("deal", "ana") == ("D-1",) and state.in_hand("deal", "ben") == ()
        assert state.credits_of("ana", "booked") == (CREDIT,)
        assert state.deals_of_account("A-1") == ("D-1",)
        assert state.person("nobody") is None and state.tasks("") == ()


@pytest.mark.parametrize("written", [True, False], ids=["written before", "not written"])
@pytest.mark.parametrize("looked", [True, False], ids=["looked at before", "not looked at"])
def test_a_record_moves_from_list_to_list(filled: Database, written: bool, looked: bool) -> None:
    with filled.unit(write=True) as unit:
        state = SqlState(unit)
        if looked:
            state.credits_of("ana", "booked"), state.credits_of("ben", "booked")
            state.registrations("A-1"), state.registrations("A-2"), state.quotas("ana"), state.quotas("ben")
            state.deals_of_account("A-1"), state.deals_of_account("A-2")
        moved_deal = replace(DEAL, facts={**DEAL.facts, "account": "A-2"})
        moved = (replace(CREDIT, payee="ben"), replace(REGISTRATION, account="A-2"), replace(QUOTA, person="ben"))
        for record in (*moved, moved_deal):
            state.keep(record)
        if written:
            state.flush()
        assert (state.credits_of("ana", "booked"), state.credits_of("ben", "booked")) == ((), moved[:1])
        assert (state.registrations("A-1"), state.registrations("A-2")) == ((), moved[1:2])
        assert (state.quotas("ana"), state.quotas("ben")) == ((), moved[2:])
        assert (state.deals_of_account("A-1"), state.deals_of_account("A-2")) == ((), ("D-1",))


def test_reading_a_list_does_not_bring_back_what_was_changed_or_withdrawn(filled: Database) -> None:
    with filled.unit(write=True) as unit:
        state = SqlState(unit)
        state.keep(replace(CREDIT, share=CREDIT.share * 2))
        state.withdraw(Grant, "g-1")
        state.keep(replace(PERSON, name="Anna"))
        state.preload(["D-1"], people=["ana", "ben"])
        assert state.credits_of("ana", "booked") == state.credits("D-1") == (replace(CREDIT, share=CREDIT.share * 2),)
        assert state.grants("D-1") == ()
        assert state.people() == (replace(PERSON, name="Anna"),)
        state.keep(GRANT)
        state.flush()
        assert state.grants("D-1") == (GRANT,)
    with filled.unit() as unit:
        assert SqlState(unit).grants("D-1") == (GRANT,)


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that is sent while the test runs."""
    sent: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    hook.listen(database.engine, "before_cursor_execute", note)
    yield sent
    hook.remove(database.engine, "before_cursor_execute", note)


def test_a_group_of_events_is_read_and_written_in_a_few_statements(database: Database, statements: list[str]) -> None:
    group = [
        event(number, type="deal.created", body={"account": f"A-{number % 50}", "owner": "ana"})
        for number in range(300)
    ]
    with database.unit(write=True) as unit:
        state = SqlState(unit)
        statements.clear()
        state.preload_events(group)
        for number, one in enumerate(group):
            assert state.deal(one.subject) is None and state.credits(one.subject) == ()
            state.registrations(f"A-{number % 50}"), state.deals_of_account(f"A-{number % 50}"), state.person("ana")
            state.keep(deal(number))
            for made in (
                replace(TASK, id=f"t{number}"),
                replace(ACTIVITY, id=f"a{number}"),
                replace(CREDIT, id=f"c{number}"),
            ):
                state.keep(replace(made, deal=one.subject))
        state.flush()
        assert len(statements) <= 20
        assert len(state.tasks("D-7")) == 1


def test_a_working_set_saves_reading_until_somebody_else_writes(database: Database, statements: list[str]) -> None:
    at_hand = WorkingSet()

    def look(unit: Unit) -> None:
        state = SqlState(unit, at_hand)
        state.preload(["D-1"])
        assert state.deal("D-1") is not None
        state.flush()

    with database.unit(write=True) as unit:
        state = SqlState(unit, at_hand)
        state.keep(DEAL)
        state.flush()
    database.run(look)
    statements.clear()
    database.run(look)
    assert not any("FROM deals" in statement and "account" not in statement for statement in statements)
    with database.unit(write=True) as unit:
        other = SqlState(unit)
        other.keep(replace(DEAL, stage="won"))
        other.flush()
    with database.unit() as unit:
        assert SqlState(unit, at_hand).deal("D-1") == replace(DEAL, stage="won")


def test_a_draft_is_absorbed_whole(filled: Database) -> None:
    with filled.unit(write=True) as unit:
        state = SqlState(unit)
        draft = Draft(state)
        draft.fold([Kept("done", replace(TASK, status="done"), CAUSE), Withdrawn("credit", "cr-1", CAUSE)])
        state.absorb(draft.records(), draft.withdrawn)
        assert (state.task("task-1"), state.credits("D-1")) == (replace(TASK, status="done"), ())
        state.flush()
    with filled.unit() as unit:
        assert SqlState(unit).credits("D-1") == ()
        assert SqlState(unit).task("task-1") == replace(TASK, status="done")


def test_the_version_moves_only_when_a_record_does(filled: Database) -> None:
    with filled.unit(write=True) as unit:
        state = SqlState(unit)
        before = records_version(unit)
        for record in RECORDS:
            state.keep(record)
        assert state.flush() == before == records_version(unit)
        state.keep(replace(TASK, status="done"))
        assert state.flush() == before + 1 == records_version(unit)


def test_what_bears_on_pay_touches_its_window_before_and_after(filled: Database) -> None:
    with filled.unit(write=True) as unit:
        before = records_version(unit)
        assert touched_since(unit, before) == ()
        state = SqlState(unit)
        state.keep(replace(CREDIT, on=CREDIT.on + timedelta(days=40)))
        state.keep(replace(TASK, status="done"))
        state.flush()
        middle = records_version(unit)
        state.withdraw(Grant, "g-1")
        state.keep(replace(QUOTA, period="2026-Q2"))
        state.keep(replace(SCORE, value=SCORE.value / 2))
        state.flush()
        later = records_version(unit)
        state.keep(replace(RECEIPT, id="pay-2"))
        state.flush()
        assert touched_since(unit, later) == (Touched("ana", "release", "booked", "2026-04-11"),)
        assert touched_since(unit, later, releases=False) == ()
        assert touched_since(unit, middle) == (
            Touched("ana", "grant", "spiff", "2026-03-02"), Touched("ana", "quota", "booked", "2026-Q1"),
            Touched("ana", "quota", "booked", "2026-Q2"), Touched("ana", "release", "booked", "2026-04-11"),
            Touched("ana", "score", "reps", "2026-Q1"),
        )  # fmt: skip
        assert Touched("ana", "credit", "booked", "2026-03-02") in touched_since(unit, before)


def test_a_person_and_a_deal_touch_where_pay_may_come_out_otherwise(filled: Database) -> None:
    with filled.unit(write=True) as unit:
        state = SqlState(unit)
        before = records_version(unit)
        person, deal = state.people()[0], state.deal("D-1")
        assert deal is not None
        later = replace(person.versions[-1], from_on=date(2027, 5, 1), role="other")
        state.keep(replace(person, versions=(*person.versions, later)))
        state.keep(replace(deal, facts={**deal.facts, "name": "another"}))
        state.flush()
        assert touched_since(unit, before) == (Touched(person.id, "person", "", "2027-05-01"),)
        middle = records_version(unit)
        state.keep(replace(deal, facts={**deal.facts, "amount": Money(1, "CNY")}))
        state.flush()
        assert {touch.kind for touch in touched_since(unit, middle)} == {"release"}
        assert touched_since(unit, middle, releases=False) == ()
