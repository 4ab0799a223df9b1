"""Approvals in the house: order of delivery, replay, redelivery, the clock, and what the pages are told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.app import approvals as use
from engine.app.access import NotYours
from engine.app.deals import deal_view
from engine.app.dealwright import Dealwright
from engine.app.recording import Recorded, record, record_many
from engine.app.replaying import replay
from engine.app.ticking import tick
from engine.app.views.users import User
from engine.app.why_not import why_not
from engine.core.events import Event
from engine.core.records import Approval, Credit, Deal
from engine.core.rules.header import Title
from engine.core.value_texts import read_percent
from engine.store.queries.due import due_deals
from engine.store.reading import all_records
from tests.app_house import at, event, staffed, tell

DIRECTOR = event("person.joined", "zhou-ming", "2024-01-02", name="Zhou Ming", name_zh="周明", role="director")
ABOVE = event("person.changed", "wu-fang", "2024-01-03", "above", manager="zhou-ming")
CHEN = User("chen", Title("Chen Wei", "陈伟"), "chen-wei", ("rep",))
WU = User("wu", Title("Wu Fang", "吴芳"), "wu-fang", ("manager",))
LI = User("li", Title("Li Na", "李娜"), "li-na", ("rep",))
OPS = User("guo", Title("Guo Hua", "郭华"), "", ("ops",))


def waiting_sale(deal: str = "D-1", discount: str = "15%") -> list[Event]:
    """A sale that waits for its discount before the negotiation and is won after it was agreed to, told in order."""
    facts = {"owner": "chen-wei", "amount": "60_000 CNY", "budget": "60_000 CNY", "product_line": "hardware",
             "decision_maker": "Ms Li", "channel": "direct", "account": f"A-{deal}"}  # fmt: skip
    return [
        event("deal.created", deal, "2026-03-02", actor="chen-wei", **facts),
        event("deal.changed", deal, "2026-03-03", discount=read_percent(discount), actor="chen-wei"),
        event("activity.logged", deal, "2026-03-04", kind="call", outcome="connected", by="chen-wei"),
        event("deal.stage_asked", deal, "2026-03-05", f"{deal}-1", stage="qualified", actor="chen-wei"),
        event("deal.stage_asked", deal, "2026-03-06", f"{deal}-2", stage="proposal", actor="chen-wei"),
        event("deal.stage_asked", deal, "2026-03-09", f"{deal}-3", stage="negotiation", actor="chen-wei"),
        event("approval.granted", deal, "2026-03-10", f"{deal}-4", approval="discount", actor="wu-fang"),
        event("deal.changed", deal, "2026-03-11", f"{deal}-5", contract_signed=True, actor="chen-wei"),
        event("deal.won", deal, "2026-03-12", actor="chen-wei"),
    ]


def open_house(path: Path, now: datetime | None = None) -> Dealwright:
    dw = staffed(path, now)
    tell(dw, DIRECTOR, ABOVE)
    return dw


def outcome_of(dw: Dealwright) -> tuple[list[Deal], list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The deals, what was agreed to and who is credited, as they stand; without the clock's marks."""
    with dw.database.unit() as unit:
        deals = [replace(one, due_at=None, due_level=0, answer_due_at=None) for one in all_records(unit, Deal)]
        asked = [
            (one.id, one.state, one.values, [(s.person, s.answer) for s in one.seats])
            for one in all_records(unit, Approval)
        ]
        return deals, asked, [(c.event, c.payee, c.amount) for c in all_records(unit, Credit)]


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> Any:
    dw = open_house(tmp_path_factory.mktemp("order") / "a.db")
    tell(dw, *waiting_sale())
    return outcome_of(dw)


def test_the_win_is_credited_once_it_is_agreed_to(in_order: Any) -> None:
    (deal,), ((_, state, _, seats),), credits = in_order
    assert (deal.status, state, seats) == ("won", "granted", [("wu-fang", "granted")])
    assert {payee for _, payee, _ in credits} >= {"chen-wei", "wu-fang"}


@settings(max_examples=25, phases=[Phase.generate], deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(order=st.permutations(range(1, 9)), group=st.sampled_from([1, 3, 200]))
def test_the_order_of_delivery_changes_nothing(
    order: list[int], group: int, tmp_path_factory: pytest.TempPathFactory, in_order: Any
) -> None:
    """Whatever comes first, an answer before its question too."""
    dw = open_house(tmp_path_factory.mktemp("any") / "a.db")
    events = waiting_sale()
    record_many(dw, [events[0], *(events[number] for number in order)], group)
    assert outcome_of(dw) == in_order


def test_a_replay_gives_the_same(tmp_path: Path, in_order: Any) -> None:
    dw = open_house(tmp_path / "a.db", datetime(2026, 3, 20, tzinfo=UTC))
    tell(dw, *waiting_sale()[:6])
    tick(dw, at("2026-03-11 09:00"))
    record(dw, waiting_sale()[6])
    found = {kind: (count, differ) for kind, count, differ in replay(dw)}
    assert found["approval"] == (1, 0)
    assert all(differ == 0 for _, differ in found.values()), found


def test_a_win_that_waits_is_no_win_to_any_rule(tmp_path: Path) -> None:
    dw = open_house(tmp_path / "a.db")
    tell(dw, *waiting_sale()[:8])
    tell(dw, event("deal.changed", "D-1", "2026-03-11 15:00", discount=read_percent("30%"), actor="chen-wei"))
    tell(dw, waiting_sale()[8])
    deals, asked, credits = outcome_of(dw)
    assert (deals[0].status, [state for _, state, *_ in asked], credits) == ("open", ["void", "pending"], [])
    tell(dw, event("approval.granted", "D-1", "2026-03-12 10:00", "a", approval="discount", actor="wu-fang"),
         event("approval.granted", "D-1", "2026-03-12 11:00", "b", approval="discount", actor="zhou-ming"))  # fmt: skip
    deals, _, credits = outcome_of(dw)
    assert deals[0].status == "won" and credits


def test_a_second_delivery_decides_nothing_twice(tmp_path: Path) -> None:
    dw = open_house(tmp_path / "a.db")
    tell(dw, *waiting_sale()[:7])
    assert record(dw, waiting_sale()[6]).status == "repeated"
    with dw.database.unit() as unit:
        assert len(all_records(unit, Approval)) == 1


def test_the_clock_finds_what_is_late_and_nothing_else(tmp_path: Path) -> None:
    dw = open_house(tmp_path / "a.db")
    tell(dw, *waiting_sale()[:6])
    with dw.database.unit() as unit:
        assert due_deals(unit, at("2026-03-11 08:59")) == ()
        assert [due.deal for due in due_deals(unit, at("2026-03-11 09:00"))] == ["D-1"]
    assert tick(dw, at("2026-03-11 09:00")).deals == 1
    with dw.database.unit() as unit:
        (asked,) = all_records(unit, Approval)
    assert [(seat.person, seat.answer) for seat in asked.seats] == [("zhou-ming", "")]


def test_the_page_shows_each_what_is_theirs(tmp_path: Path) -> None:
    dw = open_house(tmp_path / "a.db", at("2026-03-09 10:00"))
    tell(dw, *waiting_sale()[:6])
    mine, asked = use.approvals(dw, WU).mine, use.approvals(dw, CHEN).asked
    assert [(row.title.zh, row.values[0].value.en, row.move_to.en) for row in mine] == [("折扣", "15%", "Negotiation")]
    assert [row.id for row in asked] == [row.id for row in mine] == [row.id for row in use.approvals(dw, OPS).others]
    nothing = use.approvals(dw, LI)
    assert not (nothing.mine or nothing.asked or nothing.others or nothing.decided)
    with pytest.raises(NotYours):
        use.decide(dw, mine[0].id, "granted", LI)


def test_the_deal_page_says_what_the_gate_waits_for(tmp_path: Path) -> None:
    dw = open_house(tmp_path / "a.db", at("2026-03-09 10:00"))
    tell(dw, *waiting_sale()[:6])
    view = deal_view(dw, "D-1", CHEN)
    (need,) = next(stage for stage in view.stages if stage.id == "negotiation").approvals
    assert (need.standing, [who.en for who in need.who]) == ("pending", ["Wu Fang"])
    assert view.approvals[0].recallable
    row = why_not(dw, "D-1", "negotiation", CHEN).conditions[-1]
    assert (row.text, row.met) == ('approval.discount = "granted"', False)
    done = use.decide(dw, view.approvals[0].id, "granted", WU)
    assert isinstance(done, Recorded) and done.status == "recorded"
    assert deal_view(dw, "D-1", CHEN).row.stage.en == "Negotiation"


def test_one_form_sent_twice_is_one_answer(tmp_path: Path) -> None:
    dw = open_house(tmp_path / "a.db", at("2026-03-09 10:00"))
    tell(dw, *waiting_sale()[:6])
    id = use.approvals(dw, WU).mine[0].id
    first, second = use.decide(dw, id, "refused", WU, "no"), use.decide(dw, id, "granted", WU)
    assert isinstance(first, Recorded) and isinstance(second, Recorded)
    assert (first.status, second.status, second.refused and second.refused.code) == ("recorded", "refused", "E204")
