"""Customers in the pool over a real database: who gets what two ask for at once, what nobody has, tickets, late events."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest

from engine.app import ownerless, public_pools
from engine.app.access import NotThere, NotYours
from engine.app.customers import customer_view
from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record_many
from engine.app.replaying import replay
from engine.app.ticking import tick
from engine.app.views.pools import PoolFilter
from engine.core.money import Money
from engine.core.ownership import OF_ACCOUNT
from engine.store.database import Database, open_database
from engine.store.migrations import upgrade
from engine.store.queries.due import due_holdings, next_due_at
from engine.store.state import SqlState
from engine.store.working_set import WorkingSet
from tests.app.test_public_pools import STAFF, code_of, on_postgres, viewer
from tests.app_house import at, event
from tests.core.service.desk import SERVICE
from tests.core.workflow.story import rules
from tests.core.workflow.test_customer_pools import BARE, BY_LOAD, POOL, VOCABULARY
from tests.core.workflow.test_public_pools import POOL as DEALS

__all__ = ["on_postgres"]

NOW = at("2026-01-06 10:00")
DESK = """
assignment: desk
title: {en: Desk, zh: 服务台}
of: ticket
capacity: {open: 1}
rows:
  - {when: [ticket.kind = "complaint", account.owner is set], method: to, people: [account.owner, "role:sales_manager"]}
  - {when: ticket.kind != "return", method: by_load, people: ["role:rep"]}
"""


def open_on(database: Database, *texts: str) -> Dealwright:
    rulebook = rules(*(texts or (POOL, VOCABULARY)))
    return Dealwright(database, rulebook, matcher_for(rulebook), lambda: NOW)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = open_database(f"sqlite:///{tmp_path / 'h.db'}")
    upgrade(found)
    yield found
    found.close()


@pytest.fixture
def dw(database: Database) -> Dealwright:
    return open_on(database)


def filled(dw: Dealwright, *accounts: str, **body: object) -> Dealwright:
    facts = {"industry": "steel", "name": "Nordstahl", **body}
    record_many(dw, [*STAFF, *(event("account.changed", id, "2026-01-05", **facts) for id in accounts or ("A-1",))])
    return dw


def owner_of(dw: Dealwright, account: str) -> str:
    with dw.database.unit() as unit:
        found = SqlState(unit).account(account)
    assert found is not None
    return str(found.facts.get("owner") or "")


def ask_at_once(dw: Dealwright) -> None:
    desks = {person: replace(dw, working=WorkingSet()) for person in ("wei", "ana")}
    for id in ("A-1", "A-2"):
        start = Barrier(2)

        def ask(person: str, id: str = id, start: Barrier = start) -> str:
            start.wait()
            return code_of(public_pools.claim(desks[person], "account", id, viewer(person)))

        with ThreadPoolExecutor(2) as threads:
            answers = dict(zip(desks, threads.map(ask, desks), strict=True))
        assert sorted(answers.values()) == ["E190", "recorded"]
        assert owner_of(dw, id) == next(who for who, what in answers.items() if what == "recorded")


def test_of_two_who_claim_a_customer_at_once_exactly_one_gets_it(dw: Dealwright) -> None:
    ask_at_once(filled(dw, "A-1", "A-2"))


@pytest.mark.postgres
def test_of_two_who_claim_a_customer_at_once_on_postgres_exactly_one_gets_it(on_postgres: Dealwright) -> None:
    ask_at_once(filled(open_on(on_postgres.database), "A-1", "A-2"))


def test_the_pool_lists_customers_with_what_the_viewer_may_still_claim(dw: Dealwright) -> None:
    filled(dw, "A-1", "A-2")
    view = public_pools.pool_view(dw, PoolFilter(), viewer("wei"))
    assert [(row.kind, row.id, row.name, row.why.en) for row in view.rows] == [
        ("account", "A-1", "Nordstahl", "nobody has had it yet"), ("account", "A-2", "Nordstahl", "nobody has had it yet")
    ]  # fmt: skip
    assert code_of(public_pools.claim(dw, "account", "A-1", viewer("wei"))) == "recorded"
    after = public_pools.pool_view(dw, PoolFilter(), viewer("wei"))
    assert ([row.id for row in after.rows], after.pools[0].left, after.pools[0].room) == (["A-2"], 1, 2)
    with pytest.raises(NotThere):
        public_pools.claim(dw, "deal", "A-2", viewer("wei"))


def test_only_whoever_has_a_customer_gives_them_back_and_the_page_says_until_when_it_is_theirs(dw: Dealwright) -> None:
    filled(dw, owner="wei")
    record_many(dw, [event("deal.created", "D-1", "2026-01-05 12:00", owner="ana", account="A-1")])
    theirs, anas = (customer_view(dw, "A-1", "", viewer(person)) for person in ("wei", "ana"))
    assert theirs.held is not None and theirs.held.why.en == "protected: A deal is open"
    assert theirs.owners.people == anas.owners.people == {"wei"}
    with pytest.raises(NotYours):
        public_pools.give_back(dw, "account", "A-1", "x", viewer("ana"))
    assert code_of(public_pools.give_back(dw, "account", "A-1", "no need", viewer("wei"))) == "recorded"
    back = customer_view(dw, "A-1", "", viewer("ana"))
    assert (back.held, back.pooled.en) == (None, "Customers")
    (row,) = public_pools.pool_view(dw, PoolFilter(), viewer("wei")).rows
    assert row.why.en == "given back: no need" and row.former.en == "Wei" and row.barred_until is not None
    assert "Customer returned to the pool" in [one.row.title.en for one in back.timeline]


def test_the_clock_takes_back_what_is_due_and_asks_for_nothing_else(dw: Dealwright) -> None:
    filled(dw, owner="wei")
    with dw.database.unit() as unit:
        assert next_due_at(unit) == at("2026-02-01 09:00")
        assert [due.deal for due in due_holdings(unit, at("2026-02-01 09:00"))] == [f"{OF_ACCOUNT}A-1"]
    assert tick(dw, at("2026-02-01 09:00")).told == 1
    assert tick(dw, at("2026-02-04 09:00")).deals == 1 and owner_of(dw, "A-1") == ""
    assert tick(dw, at("2026-03-04 10:00")).deals == 0
    back = customer_view(dw, "A-1", "", viewer("guo", "ops"))
    assert "back in the public pool" in " ".join(one.row.detail.en for one in back.timeline)


def test_an_event_after_the_day_finds_the_customer_back_already(dw: Dealwright) -> None:
    filled(dw, owner="wei", industry="steel")
    tick(dw, at("2026-02-01 10:00"))
    record_many(dw, [event("account.changed", "A-1", "2026-02-10", name="Nord")])
    assert owner_of(dw, "A-1") == ""


def test_what_no_rule_could_give_is_seen_with_the_reason_and_handed_on(database: Database) -> None:
    rule = BY_LOAD.replace("{open: 2}", "{open: 0}")
    dw = filled(open_on(database, rule, VOCABULARY), "A-1", "A-2", industry="steel")
    record_many(dw, [event("account.changed", "A-3", "2026-01-05", industry="retail")])
    rows = ownerless.ownerless(dw).rows
    assert [(row.kind, row.id) for row in rows] == [("account", "A-1"), ("account", "A-2")]
    assert "not ana: has 0/0 customers" in rows[0].why.en and ownerless.how_many_ownerless(dw) == 2
    assert code_of(public_pools.hand_to(dw, "account", "A-1", "ana", viewer("lin", "manager"))) == "recorded"
    assert owner_of(dw, "A-1") == "ana" and [row.id for row in ownerless.ownerless(dw).rows] == ["A-2"]
    with pytest.raises(NotThere):
        public_pools.hand_to(dw, "account", "A-1", "wei", viewer("lin", "manager"))


def tickets(dw: Dealwright, *told: tuple[str, str, dict[str, object]]) -> dict[str, str]:
    """Whose each ticket is after those were opened."""
    record_many(dw, [event("ticket.opened", id, when, **body) for id, when, body in told])
    with dw.database.unit() as unit:
        state = SqlState(unit)
        return {id: ticket.owner for id, *_ in told if (ticket := state.ticket(id))}


def test_a_ticket_goes_to_the_customers_owner_or_whoever_has_fewest_and_the_rest_is_in_sight(
    database: Database,
) -> None:
    dw = filled(open_on(database, DESK, SERVICE, VOCABULARY), "A-1", owner="ana")
    own = tickets(
        dw, ("T-1", "2026-01-05 12:00", {"kind": "complaint", "account": "A-1"}),
        ("T-2", "2026-01-05 13:00", {"kind": "question", "account": "A-1"}),
        ("T-3", "2026-01-05 14:00", {"kind": "question", "account": "A-1"}),
        ("T-4", "2026-01-05 15:00", {"kind": "complaint", "account": "A-1"}),
        ("T-5", "2026-01-05 16:00", {"kind": "question", "owner": "wei"}),
        ("T-6", "2026-01-05 16:00", {"kind": "return"}),
    )  # fmt: skip
    assert own == {"T-1": "ana", "T-2": "wei", "T-3": "", "T-4": "lin", "T-5": "wei", "T-6": ""}
    rows = ownerless.ownerless(dw).rows
    assert [(row.kind, row.id) for row in rows] == [("ticket", "T-3"), ("ticket", "T-6")]
    assert "not ana: has 1/1 open tickets" in rows[0].why.en
    assert rows[1].why.en == "no assignment rule is for it"
    assert code_of(public_pools.hand_to(dw, "ticket", "T-3", "wei", viewer("lin", "manager"))) == "recorded"
    record_many(dw, [event("ticket.resolved", "T-1", "2026-01-06 10:00", actor="ana")])
    assert tickets(dw, ("T-7", "2026-01-06 11:00", {"kind": "question"})) == {"T-7": "ana"}
    assert [differ for _, _, differ in replay(dw) if differ] == []


def test_an_answer_counts_for_whom_a_rule_gave_the_ticket(database: Database) -> None:
    dw = filled(open_on(database, DESK, SERVICE, VOCABULARY), "A-1", owner="ana")
    tickets(dw, ("T-1", "2026-01-05 12:00", {"kind": "complaint", "account": "A-1"}))
    told = [event("ticket.replied", "T-1", "2026-01-05 13:00", by="agent"), event("ticket.resolved", "T-1", "2026-01-05 14:00"),
            event("satisfaction.answered", "T-1", "2026-01-06 09:00", score=5)]  # fmt: skip
    record_many(dw, told)
    with dw.database.unit() as unit:
        state = SqlState(unit)
        ticket, answer = state.ticket("T-1"), state.answer("T-1")
    assert ticket is not None and ticket.owner == "ana" and ticket.status == "resolved"
    assert answer is not None and (answer.person, answer.satisfied) == ("ana", True)


def test_a_customer_first_named_by_something_told_late_is_given_out_like_any(database: Database) -> None:
    rule = BY_LOAD.replace('when: account.industry = "steel", ', "")
    dw = open_on(database, rule, POOL.replace('covers: account.industry = "steel"\n', ""), VOCABULARY)
    record_many(dw, [*STAFF, event("deal.created", "D-1", "2026-01-05 10:00", owner="wei")])
    record_many(dw, [event("activity.logged", "D-1", "2026-01-08 10:00", kind="call", by="wei")])
    record_many(dw, [event("deal.changed", "D-1", "2026-01-06 10:00", account="A-9")])
    assert owner_of(dw, "A-9") == "ana"
    with dw.database.unit() as unit:
        held = SqlState(unit).holding(f"{OF_ACCOUNT}A-9")
    assert held is not None and (held.state, held.owner) == ("held", "ana")
    assert [differ for _, _, differ in replay(dw) if differ] == []


def test_crediting_knows_the_owner_before_across_the_pool(dw: Dealwright) -> None:
    filled(dw, owner="wei")
    public_pools.give_back(dw, "account", "A-1", "no need", viewer("wei"))
    assert code_of(public_pools.claim(dw, "account", "A-1", viewer("ana"))) == "recorded"
    with dw.database.unit() as unit:
        account = SqlState(unit).account("A-1")
    assert account is not None
    facts = account.at(at("2026-01-07 10:00"))
    assert (facts["owner"], facts["previous_owner"], str(facts["transferred_on"])) == ("ana", "wei", "2026-01-06")


def test_the_pool_comes_in_pages_and_is_searched_as_a_whole(dw: Dealwright) -> None:
    filled(dw, *(f"A-{number:03}" for number in range(120)))
    record_many(dw, [event("account.changed", "A-117", "2026-01-05 12:00", name="Élan Guss")])
    view, pages = public_pools.pool_view(dw, PoolFilter(), viewer("wei")), []
    while True:
        pages.append([row.id for row in view.rows])
        if not view.next:
            break
        view = public_pools.pool_view(dw, PoolFilter(after=view.next), viewer("wei"))
    assert [len(page) for page in pages] == [50, 50, 20] and view.total == 120
    assert sorted(id for page in pages for id in page) == [f"A-{number:03}" for number in range(120)]
    for words in ("guss", "a-117"):
        found = public_pools.pool_view(dw, PoolFilter(text=words), viewer("wei"))
        assert ([row.id for row in found.rows], found.total) == (["A-117"], 1)
    for nothing in (PoolFilter(pool="elsewhere"), PoolFilter(text="account"), PoolFilter(text="%")):
        assert public_pools.pool_view(dw, nothing, viewer("wei")).total == 0


def test_a_deal_in_the_pool_is_found_by_its_customer(database: Database) -> None:
    dw = open_on(database, DEALS)
    record_many(dw, [*STAFF, event("account.changed", "A-1", "2026-01-05", name="Nordstahl")])
    record_many(dw, [event("deal.created", "D-1", "2026-01-05", name="Kiln", account="A-1")])
    for words in ("nordst", "kiln", "d-1"):
        found = public_pools.pool_view(dw, PoolFilter(text=words), viewer("wei"))
        assert [(row.kind, row.id, row.account) for row in found.rows] == [("deal", "D-1", "Nordstahl")]


def later(dw: Dealwright, when: str) -> Dealwright:
    return replace(dw, now=lambda: at(when))


def test_a_refused_claim_may_be_asked_for_again_another_day(dw: Dealwright) -> None:
    filled(dw, "A-1", "A-2", "A-3")
    asked = [code_of(public_pools.claim(dw, "account", id, viewer("wei"))) for id in ("A-1", "A-2", "A-3", "A-3")]
    assert asked == ["recorded", "recorded", "E183", "E183"]
    assert code_of(public_pools.claim(later(dw, "2026-01-07 10:00"), "account", "A-3", viewer("wei"))) == "recorded"
    assert [differ for _, _, differ in replay(dw) if differ] == []


def test_a_form_sent_twice_is_one_claim(dw: Dealwright) -> None:
    filled(dw, "A-1")
    record_many(dw, [event("account.changed", "A-2", "2026-01-05 12:00", industry="steel")])
    assert code_of(public_pools.hand_to(dw, "account", "A-2", "ana", viewer("lin", "manager"))) == "recorded"
    assert code_of(public_pools.claim(dw, "account", "A-1", viewer("wei"))) == "recorded"
    assert code_of(public_pools.claim(dw, "account", "A-1", viewer("wei"))) == "E190"


def test_rights_go_by_the_company_and_not_by_the_record(dw: Dealwright) -> None:
    filled(dw, "A-1", owner="wei")
    filled(dw, "A-2", owner="ana")
    record_many(dw, [event("account.merged", "A-2", "2026-01-05 12:00", actor="lin", into="A-1")])
    with pytest.raises(NotYours):
        public_pools.give_back(dw, "account", "A-2", "x", viewer("ana"))
    assert code_of(public_pools.give_back(dw, "account", "A-2", "no need", viewer("wei"))) == "recorded"
    assert (owner_of(dw, "A-1"), owner_of(dw, "A-2")) == ("", "")
    filled(dw, "A-3")
    filled(dw, "A-4", owner="ana")
    record_many(dw, [event("account.merged", "A-4", "2026-01-05 13:00", actor="lin", into="A-3")])
    with pytest.raises(NotThere):
        public_pools.hand_to(dw, "account", "A-3", "wei", viewer("lin", "manager"))
    assert code_of(public_pools.give_back(dw, "account", "A-3", "no need", viewer("ana"))) == "recorded"
    assert owner_of(dw, "A-4") == ""


def test_the_next_page_begins_where_this_one_ended_whoever_claims_meanwhile(dw: Dealwright) -> None:
    filled(dw, *(f"A-{number:03}" for number in range(70)))
    first = public_pools.pool_view(dw, PoolFilter(), viewer("wei"))
    assert code_of(public_pools.claim(dw, "account", first.rows[-1].id, viewer("ana"))) == "recorded"
    assert len(public_pools.pool_view(dw, PoolFilter(after=first.next), viewer("wei")).rows) == 20
    assert len(public_pools.pool_view(dw, PoolFilter(after="nowhere"), viewer("wei")).rows) == 50


def test_what_a_refused_late_event_would_have_brought_about_does_not_happen(database: Database) -> None:
    moved = 'automation: moved\ntitle: {en: Moved, zh: 推进}\non: deal.stage_entered\nwhen: deal.stage = "qualified"\n'
    dw = filled(open_on(database, BARE, moved + "then: [{recycle: account}]\n"), owner="wei")
    record_many(dw, [event("deal.created", "D-1", "2026-01-05 12:00", owner="wei", account="A-1")])
    record_many(dw, [event("deal.changed", "D-1", "2026-01-08 12:00", budget="1.00 CNY", contact="C-1")])
    late = event("deal.stage_asked", "D-1", "2026-01-06 12:00", actor="wei", stage="qualified")
    assert record_many(dw, [late])[0].status == "refused"
    assert owner_of(dw, "A-1") == "wei"


def test_a_closed_ticket_is_given_to_nobody(database: Database) -> None:
    dw = filled(open_on(database, SERVICE))
    record_many(dw, [event("ticket.opened", "T-1", "2026-01-05 12:00", kind="question"),
                     event("ticket.closed", "T-1", "2026-01-05 13:00", reason="x")])  # fmt: skip
    with pytest.raises(NotThere):
        public_pools.hand_to(dw, "ticket", "T-1", "wei", viewer("lin", "manager"))


def other_rules(dw: Dealwright, *texts: str) -> Dealwright:
    """The same house by other rules, from now on."""
    rulebook = rules(*texts)
    return Dealwright(dw.database, rulebook, matcher_for(rulebook), dw.now)


def held(dw: Dealwright, account: str) -> tuple[str, datetime | None]:
    with dw.database.unit() as unit:
        found = SqlState(unit).holding(f"{OF_ACCOUNT}{account}")
    return (found.state, found.recycle_at) if found else ("", None)


def test_a_pool_that_comes_into_force_looks_at_those_to_whom_nothing_happens_any_more(database: Database) -> None:
    dw = filled(open_on(database, VOCABULARY), "A-1", "A-2", owner="wei")
    record_many(dw, [event("account.changed", "A-2", "2026-01-05 12:00", industry="retail")])
    record_many(dw, [event("account.changed", "A-3", "2026-01-05 12:00", industry="steel")])
    assert tick(dw, at("2026-01-06 10:00")).deals == 0 and held(dw, "A-1") == ("", None)
    dw = other_rules(dw, POOL, VOCABULARY)
    assert tick(dw, at("2026-01-07 10:00")).deals == 2
    assert [held(dw, id)[0] for id in ("A-1", "A-2", "A-3")] == ["held", "", "pooled"]
    assert held(dw, "A-1")[1] == at("2026-02-06 10:00")
    assert tick(dw, at("2026-01-08 10:00")).deals == 0
    shorter = POOL.replace("{after: 30 days", "{after: 10 days")
    assert tick(other_rules(dw, shorter, VOCABULARY), at("2026-01-09 10:00")).deals == 1
    assert held(dw, "A-1")[1] == at("2026-01-19 09:00")
    assert tick(other_rules(dw, VOCABULARY), at("2026-01-10 10:00")).deals == 2
    assert [held(dw, id)[0] for id in ("A-1", "A-3")] == ["out", "out"]


def test_so_does_a_pool_of_deals(database: Database) -> None:
    dw = open_on(database, VOCABULARY)
    record_many(dw, [*STAFF, event("deal.created", "D-1", "2026-01-05", owner="wei")])
    assert tick(other_rules(dw, DEALS), at("2026-01-07 10:00")).deals == 1
    with dw.database.unit() as unit:
        found = SqlState(unit).holding("D-1")
    assert found is not None and (found.state, found.owner) == ("held", "wei")


def test_what_a_new_pool_cannot_tell_goes_aside_and_the_clock_goes_on(database: Database) -> None:
    dw = open_on(database, VOCABULARY)
    record_many(dw, [*STAFF, event("deal.created", "D-1", "2026-01-05", owner="wei", amount=Money(500_000, "EUR")),
                     event("deal.created", "D-2", "2026-01-05", owner="wei", amount="2000.00 CNY")])  # fmt: skip
    dw = other_rules(dw, DEALS.replace('covers: deal.kind = "new"', "covers: deal.amount >= 1_000 CNY"))
    done = tick(dw, at("2026-01-07 10:00"))
    assert (done.deals, done.quarantined) == (2, 1)
    with dw.database.unit() as unit:
        found = SqlState(unit).holding("D-2")
    assert found is not None and found.state == "held"
    assert tick(dw, at("2026-01-08 10:00")).deals == 0


def test_a_longer_time_counts_from_the_release_on_whatever_was_due_by_the_shorter(database: Database) -> None:
    dw = filled(open_on(database, PLAIN, VOCABULARY), owner="wei")
    dw = other_rules(dw, PLAIN.replace("{after: 30 days", "{after: 80 days"), VOCABULARY)
    tick(dw, at("2026-02-05 10:00"))
    assert owner_of(dw, "A-1") == "wei" and held(dw, "A-1") == ("held", at("2026-03-26 09:00"))
    shorter = other_rules(dw, PLAIN.replace("{after: 30 days", "{after: 10 days"), VOCABULARY)
    tick(shorter, at("2026-02-06 10:00"))
    assert owner_of(dw, "A-1") == ""


PLAIN = POOL.replace("remind_before: 3 days\n", "")
