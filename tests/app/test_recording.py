"""Recording: once for ever, in any order, with what cannot be placed kept in sight."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.app.recording import record, record_many
from engine.core.money import Money
from engine.core.records import Credit, Deal, Grant, Share, Task
from engine.store.quarantine import Quarantine
from engine.store.reading import all_records
from tests.app_house import STAFF, event, house, sale, staffed, tell


def pay_of(dw):
    """Everything that pay rests on: credits, grants and deals, without the order in which they were last touched."""
    with dw.database.unit() as unit:
        credits = {c.id: (c.payee, c.name, c.form, c.amount, c.on, c.undone_on) for c in all_records(unit, Credit)}
        grants = {g.id: (g.payee, g.component, g.amount, g.on) for g in all_records(unit, Grant)}
        deals = {d.id: (d.stage, d.status, d.won_on, d.facts.get("amount")) for d in all_records(unit, Deal)}
    return credits, grants, deals


def test_a_sale_that_meets_every_gate_is_won_and_credited_with_its_manager(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"))
    credits, grants, deals = pay_of(dw)
    assert deals["D-1"][:2] == ("won", "won")
    amounts = sorted(
        (payee, form, str(amount)) for payee, name, form, amount, *_ in credits.values() if name == "bookings"
    )
    assert amounts == [("chen-wei", "direct", "60,000.00 CNY"), ("wu-fang", "overlay", "60,000.00 CNY")]
    assert [(payee, str(amount)) for payee, _, amount, _ in grants.values()] == [("chen-wei", "1,000.00 CNY")]


def test_the_same_event_again_changes_nothing_and_another_content_is_refused(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    first = event("deal.created", "D-1", "2026-03-02", owner="chen-wei", amount="5_000 CNY", channel="direct")
    other = event("deal.created", "D-1", "2026-03-02", owner="chen-wei", amount="6_000 CNY", channel="direct")
    assert record(dw, first).status == "recorded"
    before = pay_of(dw)
    assert record(dw, first).status == "repeated"
    assert record(dw, other).status == "conflicting"
    assert pay_of(dw) == before


def test_a_gate_names_every_missing_criterion_and_nothing_else_happens(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, event("deal.created", "D-1", "2026-03-02", owner="chen-wei", amount="5_000 CNY", channel="direct"))
    refused = record(dw, event("deal.stage_asked", "D-1", "2026-03-03", stage="qualified", decision_maker="x"))
    assert refused.status == "refused" and refused.refused is not None
    assert [missing.words.en for missing in refused.refused.missing] == [
        "Record the customer's budget",
        "Speak to the customer once",
    ]
    with dw.database.unit() as unit:
        deal = all_records(unit, Deal)[0]
    assert deal.stage == "lead" and "decision_maker" not in deal.facts


def test_a_deal_of_somebody_unknown_waits_and_is_evaluated_when_they_join(tmp_path: Path):
    dw = house(tmp_path / "a.db")
    waiting = record_many(dw, sale("D-1", "2026-03-16"))
    assert {one.status for one in waiting} == {"quarantined"}
    assert waiting[0].problem and "chen-wei" in waiting[0].problem.message("en")
    tell(dw, STAFF[0])
    tell(dw, STAFF[1])
    with dw.database.unit() as unit:
        assert Quarantine(unit).count() == 0
    assert pay_of(dw)[2]["D-1"][1] == "won"


def test_a_late_correction_before_the_win_changes_what_was_credited(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"))
    tell(dw, event("deal.changed", "D-1", "2026-03-15", "late", amount="50_000 CNY"))
    assert {str(amount) for _, name, _, amount, *_ in pay_of(dw)[0].values() if name == "bookings"} == {"50,000.00 CNY"}


@pytest.mark.parametrize("first", ["creation", "change"])
def test_what_is_dated_before_the_deal_began_counts_from_its_beginning(tmp_path: Path, first: str):
    dw = staffed(tmp_path / "a.db")
    created = event("deal.created", "D-1", "2026-03-04 10:00", owner="chen-wei", amount="5_000 CNY", channel="direct")
    change = event("deal.changed", "D-1", "2026-03-04 09:00", decision_maker="Director")
    record_many(dw, [created, change] if first == "creation" else [change, created])
    with dw.database.unit() as unit:
        assert Quarantine(unit).count() == 0
        assert all_records(unit, Deal)[0].facts["decision_maker"] == "Director"


def test_history_is_credited_but_asks_nothing_of_anybody(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    record_many(dw, [replace(e, mode="history") for e in sale("D-1", "2026-03-16")])
    with dw.database.unit() as unit:
        assert all_records(unit, Task) == ()
    assert len(pay_of(dw)[0]) >= 2


JOINS = event(
    "person.joined", "sun-jie", "2025-10-09", name="Sun Jie", role="account_executive", team="china", manager="wu-fang"
)
LIFE = [
    JOINS,
    *sale("D-1", "2026-03-16", "100_000 CNY"),
    event("deal.changed", "D-1", "2026-03-12", "shared", team=(Share("sun-jie", Fraction(30, 100)),)),
    event("payment.received", "D-1", "2026-03-20", amount="40_000 CNY"),
    event("deal.changed", "D-1", "2026-03-15", "correction", amount="80_000 CNY"),
    event("payment.received", "D-1", "2026-04-20", amount="40_000 CNY"),
    event("deal.cancelled", "D-1", "2026-05-10", reason="customer withdrew"),
]


@pytest.fixture(scope="module")
def in_order(tmp_path_factory):
    """What the life leads to when everything arrives as it happened."""
    dw = staffed(tmp_path_factory.mktemp("order") / "a.db")
    record_many(dw, sorted(LIFE, key=lambda e: e.order))
    return pay_of(dw)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(LIFE), group=st.sampled_from([1, 3, 200]), twice=st.booleans())
def test_neither_order_nor_batching_nor_redelivery_changes_what_pay_rests_on(
    tmp_path_factory, in_order, order, group, twice
):
    dw = staffed(tmp_path_factory.mktemp("shuffled") / "a.db")
    record_many(dw, order, group)
    if twice:
        record_many(dw, order[::-1], group)
    assert pay_of(dw) == in_order


def test_an_event_that_waited_takes_its_place_among_those_that_did_not(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    found = record_many(dw, [e for e in LIFE if e is not JOINS])
    assert [one.event.key for one in found if one.status == "quarantined"] == ["shared"]
    tell(dw, JOINS)
    amounts = {
        payee: amount
        for payee, name, form, amount, *_ in pay_of(dw)[0].values()
        if (name, form) == ("bookings", "direct")
    }
    assert amounts == {"sun-jie": Money(24_000_00, "CNY"), "chen-wei": Money(56_000_00, "CNY")}


def test_what_lacks_a_fact_of_its_own_deal_is_evaluated_when_somebody_tells_it(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    begun = event("deal.created", "D-1", "2026-03-02", amount="1_000 CNY", product_line="hardware", source="referral")
    owner = event("deal.changed", "D-1", "2026-03-03", "owner", owner="chen-wei")
    paid = event("payment.received", "D-1", "2026-03-10", "paid", amount="1_000 CNY")
    found = record_many(dw, [begun, paid])
    assert [one.problem and one.problem.code for one in found] == [None, "E066"]
    tell(dw, owner)
    with dw.database.unit() as unit:
        assert Quarantine(unit).count() == 0
    assert [one[:2] for one in pay_of(dw)[0].values() if one[1] == "cash"] == [("chen-wei", "cash")]
