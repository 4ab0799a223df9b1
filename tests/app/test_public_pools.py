"""The pool over a real database: who gets what two people ask for at once, what is told, and the same again in a replay."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text

from engine.app import ownerless, public_pools
from engine.app.access import NotThere, NotYours
from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import Recorded, record_many
from engine.app.replaying import replay
from engine.app.ticking import tick
from engine.app.views.pools import PoolFilter
from engine.app.views.users import User
from engine.core.rules.header import Title
from engine.store.database import Database, open_database
from engine.store.migrations import upgrade
from engine.store.queries.due import due_holdings
from engine.store.state import SqlState
from engine.store.working_set import WorkingSet
from tests.app_house import at, event
from tests.core.workflow.story import rules
from tests.core.workflow.test_public_pools import POOL

LEADS = "assignment: leads\ntitle: {en: Leads, zh: 线索}\non: [deal.created]\nrows:\n"
LEADS += '  - {when: deal.heat = "hot", method: round_robin, people: [wei, ana]}\n'
STAFF = tuple(
    event("person.joined", person, "2025-01-02", name=person.title(), role=role, manager=manager)
    for person, role, manager in (("lin", "sales_manager", ""), ("wei", "rep", "lin"), ("ana", "rep", "lin"))
)
NOW = at("2026-01-06 10:00")


def viewer(person: str, role: str = "rep") -> User:
    return User(person, Title(person, person), person, (role,))


def open_on(database: Database, now: datetime = NOW) -> Dealwright:
    rulebook = rules(POOL, LEADS)
    return Dealwright(database, rulebook, matcher_for(rulebook), lambda: now)


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    database = open_database(f"sqlite:///{tmp_path / 'h.db'}")
    upgrade(database)
    yield open_on(database)
    database.close()


@pytest.fixture
def on_postgres(postgres_url: str) -> Iterator[Dealwright]:
    database = open_database(postgres_url)
    with database.unit(write=True, appends=False) as unit:
        unit.connection.execute(text("DROP SCHEMA public CASCADE"))
        unit.connection.execute(text("CREATE SCHEMA public"))
    upgrade(database)
    yield open_on(database)
    database.close()


def filled(dw: Dealwright, *deals: str, **body: object) -> Dealwright:
    record_many(dw, [*STAFF, *(event("deal.created", deal, "2026-01-05", **body) for deal in deals or ("D-1",))])
    return dw


def owner_of(dw: Dealwright, deal: str) -> str:
    with dw.database.unit() as unit:
        found = SqlState(unit).deal(deal)
    assert found is not None
    return found.owner


def code_of(done: object) -> str:
    assert isinstance(done, Recorded)
    return done.refused.code if done.refused else done.status


def at_once(dw: Dealwright, deals: int) -> None:
    """Two people ask for each deal at the same moment, each through a process of their own."""
    desks = {person: replace(dw, working=WorkingSet()) for person in ("wei", "ana")}
    # A limit would hide who came second.
    for number in range(deals):
        start = Barrier(2)

        def ask(person: str, deal: str = f"D-{number}", start: Barrier = start) -> str:
            start.wait()
            return code_of(public_pools.claim(desks[person], "deal", deal, viewer(person)))

        with ThreadPoolExecutor(2) as threads:
            answers = dict(zip(desks, threads.map(ask, desks), strict=True))
        assert sorted(answers.values()) == ["E181", "recorded"]
        assert owner_of(dw, f"D-{number}") == next(who for who, what in answers.items() if what == "recorded")


def test_of_two_who_claim_at_once_exactly_one_gets_it(dw: Dealwright) -> None:
    at_once(filled(dw, "D-0", "D-1"), 2)


@pytest.mark.postgres
def test_of_two_who_claim_at_once_on_postgres_exactly_one_gets_it(on_postgres: Dealwright) -> None:
    at_once(filled(on_postgres, "D-0", "D-1"), 2)


def test_a_form_sent_twice_is_one_claim_and_the_page_says_what_is_left(dw: Dealwright) -> None:
    filled(dw, "D-1", "D-2")
    before = public_pools.pool_view(dw, PoolFilter(), viewer("wei"))
    assert [row.id for row in before.rows] == ["D-1", "D-2"] and before.pools[0].left == 2
    assert code_of(public_pools.claim(dw, "deal", "D-1", viewer("wei"))) == "recorded"
    after = public_pools.pool_view(dw, PoolFilter(), viewer("wei"))
    assert [row.id for row in after.rows] == ["D-2"] and after.total == 1
    assert (after.pools[0].claimed, after.pools[0].left, after.pools[0].held, after.pools[0].room) == (1, 1, 1, 2)


def test_what_does_not_lie_in_a_pool_is_not_there(dw: Dealwright) -> None:
    filled(dw, owner="wei")
    for deal in ("D-1", "D-9"):
        with pytest.raises(NotThere):
            public_pools.claim(dw, "deal", deal, viewer("ana"))
    with pytest.raises(NotYours):
        public_pools.give_back(dw, "deal", "D-1", "x", viewer("ana"))


def test_a_deal_given_back_says_why_and_bars_whoever_had_it(dw: Dealwright) -> None:
    filled(dw, owner="wei")
    assert code_of(public_pools.give_back(dw, "deal", "D-1", "no budget", viewer("wei"))) == "recorded"
    (row,) = public_pools.pool_view(dw, PoolFilter(), viewer("wei")).rows
    assert row.why == Title("given back: no budget", "退回：no budget")
    assert row.barred_until is not None and row.barred_until - NOW < timedelta(days=7, seconds=1)
    assert public_pools.pool_view(dw, PoolFilter(), viewer("ana")).rows[0].barred_until is None
    assert code_of(public_pools.claim(dw, "deal", "D-1", viewer("wei"))) == "E185"


def test_what_no_rule_could_give_is_seen_with_the_reason_and_handed_on(dw: Dealwright) -> None:
    filled(dw, "D-1", kind="renewal")
    (row,) = ownerless.ownerless(dw).rows
    assert (row.id, row.why.en) == ("D-1", "no assignment rule is for it")
    assert code_of(public_pools.hand_to(dw, "deal", "D-1", "ana", viewer("lin", "manager"))) == "recorded"
    assert owner_of(dw, "D-1") == "ana" and not ownerless.ownerless(dw).rows


def test_a_tick_looks_at_what_is_due_and_nothing_else(dw: Dealwright) -> None:
    filled(dw, *(f"D-{number}" for number in range(40)), owner="wei")
    record_many(dw, [event("activity.logged", f"D-{n}", "2026-01-20", kind="call", by="wei") for n in range(2, 40)])
    due = at("2026-02-04 09:00")
    with dw.database.unit() as unit:
        assert sorted(one.deal for one in due_holdings(unit, due)) == ["D-0", "D-1"]
    assert tick(dw, due).deals == 2
    assert [owner_of(dw, deal) for deal in ("D-0", "D-1", "D-2")] == ["", "", "wei"]
    assert tick(dw, due).deals == 0


def test_it_does_not_matter_how_often_the_clock_ticks(tmp_path: Path) -> None:
    found = []
    for number, ticks in enumerate((["2026-02-04 09:00", "2026-02-10"], [])):
        database = open_database(f"sqlite:///{tmp_path / f'{number}.db'}")
        upgrade(database)
        house = filled(open_on(database), owner="wei")
        for moment in ticks:
            tick(house, at(moment))
        # The event comes after the day on which the deal went back.
        record_many(house, [event("activity.logged", "D-1", "2026-02-11", kind="call", by="ana")])
        with database.unit() as unit:
            state = SqlState(unit)
            held = state.holding("D-1")
            assert held is not None
            found.append(
                (owner_of(house, "D-1"), held.state, [who for who, _ in held.left], state.deal("D-1").previous_owner)
            )  # type: ignore[union-attr]
        database.close()
    assert found[0] == found[1] == ("", "pooled", ["wei"], "wei")


def test_a_touch_told_of_late_moves_the_day_and_changes_no_hands(dw: Dealwright) -> None:
    filled(dw, "D-1", "D-2", owner="wei")
    tick(dw, at("2026-02-04 09:00"))
    later = replace(dw, now=lambda: at("2026-02-05 10:00"), working=WorkingSet())
    assert code_of(public_pools.claim(later, "deal", "D-1", viewer("ana"))) == "recorded"
    late = [event("activity.logged", deal, "2026-02-01", kind="call", by="wei") for deal in ("D-1", "D-2")]
    record_many(later, late)
    assert [owner_of(dw, deal) for deal in ("D-1", "D-2")] == ["ana", ""]


def test_a_replay_gives_everything_to_the_same_people(dw: Dealwright) -> None:
    filled(dw, *(f"D-{number}" for number in range(6)), heat="hot")
    filled(dw, "P-1", "P-2")
    public_pools.claim(dw, "deal", "P-1", viewer("wei"))
    public_pools.claim(dw, "deal", "P-1", viewer("ana"))
    tick(dw, at("2026-03-01"))
    public_pools.claim(replace(dw, now=lambda: at("2026-03-02")), "deal", "P-1", viewer("ana"))
    record_many(dw, [event("activity.logged", "P-1", "2026-01-20", kind="call", by="wei")])
    assert [owner_of(dw, f"D-{number}") for number in range(2)] == ["", ""]
    compared = replay(dw)
    assert {kind: differ for kind, _, differ in compared if differ} == {}
    assert {kind for kind, count, _ in compared if count} >= {"deal", "handover", "holding", "tally"}
