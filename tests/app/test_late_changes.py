"""Changes of people and accounts reach the deals that were credited before anybody told of them."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.app.dealwright import matcher_for
from engine.app.recording import record_many
from engine.app.replaying import replay
from engine.core.records import Account, Person
from engine.rulefiles.loading import load_texts, read_folder
from engine.store.queries.pay import credits_of, grants_of
from engine.store.reading import all_records
from tests.app_house import RULES, event, sale, staffed, tell

CHANGES = [
    event("person.joined", "brandt", "2025-01-02", name="Thomas Brandt", role="sales_manager", team="europe"),
    event("person.changed", "chen-wei", "2026-03-10", "moves", manager="brandt"),
    event("person.changed", "chen-wei", "2026-03-18", "north", region="north"),
    event("person.changed", "li-na", "2026-03-01", "promoted", role="sales_manager"),
    event("account.changed", "A-D-1", "2026-03-15 08:00", "known", is_new=False),
    event("account.changed", "A-D-2", "2026-04-15", "later", is_new=False),
]
DEALS = [
    *sale("D-1", "2026-03-16"),
    *sale("D-2", "2026-03-12", "30_000 CNY", owner="li-na"),
    event("payment.received", "D-1", "2026-03-20", amount="20_000 CNY"),
]


def pay_of(dw):
    """Credits, grants, people and accounts, as they stand."""
    with dw.database.unit() as unit:
        credits = {(c.event, c.name, c.payee, c.form): (c.amount, c.on) for c in credits_of(unit)}
        grants = {(g.event, g.component, g.payee): g.amount for g in grants_of(unit)}
        return credits, grants, all_records(unit, Person), all_records(unit, Account)


@pytest.fixture(scope="module")
def in_order(tmp_path_factory):
    """What comes out when everything is told as it happened."""
    dw = staffed(tmp_path_factory.mktemp("order") / "a.db")
    record_many(dw, sorted([*CHANGES, *DEALS], key=lambda e: e.order))
    return pay_of(dw)


def test_what_is_told_in_time_is_credited_as_expected(in_order) -> None:
    credits, grants, *_ = in_order
    booked = {(payee, form) for _, name, payee, form in credits if name == "bookings"}
    assert booked == {("chen-wei", "direct"), ("brandt", "overlay"), ("li-na", "direct"), ("wu-fang", "overlay")}
    assert not grants, "an account that is no longer new, and an owner who is on no such plan"


@settings(
    max_examples=15, phases=[Phase.generate], deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(len(CHANGES))), cut=st.integers(0, len(DEALS)), group=st.sampled_from([1, 4, 200]))
def test_before_or_after_the_deals_changes_lead_to_the_same(tmp_path_factory, in_order, order, cut, group) -> None:
    dw = staffed(tmp_path_factory.mktemp("late") / "a.db")
    changes = [CHANGES[n] for n in order]
    record_many(dw, [*DEALS[:cut], *changes, *DEALS[cut:]], group)
    assert pay_of(dw) == in_order


def test_a_late_change_withdraws_the_overlay_of_the_manager_before(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db")
    tell(dw, CHANGES[0], *sale("D-1", "2026-03-16"))
    (told,) = tell(dw, CHANGES[1])
    said = [
        (getattr(one, "what", "withdrawn"), getattr(one, "record", one).__class__.__name__) for one in told.outcomes
    ]
    assert ("withdrawn", "Withdrawn") in said and ("refolded", "Credit") in said
    assert all(differ == 0 for _, _, differ in replay(dw))


def test_a_manager_who_is_told_of_late_brings_their_own_manager_into_a_roll_up(tmp_path: Path) -> None:
    texts = dict(read_folder(RULES)[0])
    plan = "plans/account-executive-2026.yaml"
    texts[plan] = texts[plan].replace("to: {overlay: deal.owner.manager}", "to: {roll_up: deal.owner}")
    rulebook = load_texts(texts).rulebook
    assert rulebook is not None
    dw = replace(staffed(tmp_path / "a.db"), rulebook=rulebook, matcher=matcher_for(rulebook))
    tell(dw, CHANGES[1], *sale("D-1", "2026-03-16"))
    tell(
        dw,
        event("person.joined", "brandt", "2025-01-02", "brandt", name="Brandt", role="sales_manager", manager="zhou"),
    )
    overlays = {payee for _, name, payee, form in pay_of(dw)[0] if form == "overlay"}
    assert overlays == {"brandt", "zhou"}


def test_a_change_that_bears_on_no_deal_is_told_of_alone(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db")
    tell(dw, CHANGES[0], *sale("D-1", "2026-03-16"))
    (told,) = tell(dw, event("person.changed", "chen-wei", "2026-06-01", "future", manager="brandt"))
    assert len(told.outcomes) == 1
