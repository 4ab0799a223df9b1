"""Accounts that are one company count as one for everything they went through, whenever that is told and taken back."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.app.dealwright import Dealwright
from engine.app.recording import Recorded, record, record_many
from engine.app.replaying import replay
from engine.core.events import Event
from engine.core.merging import as_known, one_with, surviving
from engine.core.records import Account, Deal
from engine.store.queries.pay import credits_of, grants_of
from engine.store.reading import all_records
from engine.store.state import SqlState
from tests.app.test_account_order import cny, histories, house, outcome, told, told_in_order


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    found = house(tmp_path / "merging.db", gated=False)
    yield found
    found.database.close()


def won(deal: str, account: str, day: int, amount: int = 100) -> list[Event]:
    """A deal with an account that is won on that day of February."""
    body = {"account": account, "owner": "ann", "amount": cny(amount)}
    return [
        told("deal.created", deal, 1, f"{deal}/created", **body),
        told("deal.won", deal, day, f"{deal}/won", amount=cny(amount)),
    ]


def merged(account: str, into: str, day: int, key: str = "") -> Event:
    return told("account.merged", account, day, key or f"{account}>{into}", into=into)


def unmerged(account: str, day: int) -> Event:
    return told("account.unmerged", account, day, f"{account}/two again/{day}", reason="two companies")


def first_sales(dw: Dealwright) -> list[str]:
    """The deals that earned the bonus of an account's first sale."""
    with dw.database.unit() as unit:
        return sorted(
            grant.deal for grant in grants_of(unit) if grant.component == "first-sale" and not grant.undone_on
        )


def code(found: Recorded) -> str:
    return found.refused.code if found.refused else ""


def test_a_measure_over_the_account_counts_both_and_pay_follows(dw: Dealwright) -> None:
    record_many(dw, [*won("D-1", "A", 3), *won("D-2", "B", 5)])
    assert first_sales(dw) == ["D-1", "D-2"]
    record_many(dw, [merged("C", "A", 9), *won("D-3", "C", 12)])
    assert first_sales(dw) == ["D-1", "D-2"]
    assert record(dw, merged("B", "A", 4)).status == "recorded"
    assert first_sales(dw) == ["D-1"]


def test_what_was_won_before_the_merge_and_after_it_is_undone_counts_by_itself(dw: Dealwright) -> None:
    record_many(dw, [*won("D-1", "A", 3), *won("D-2", "B", 8), *won("D-3", "C", 14)])
    record_many(dw, [merged("B", "A", 9), merged("C", "A", 10), unmerged("C", 13)])
    assert first_sales(dw) == ["D-1", "D-2", "D-3"]
    record(dw, unmerged("B", 16))
    record(dw, merged("B", "A", 7, "earlier"))
    assert first_sales(dw) == ["D-1", "D-3"]


def test_a_gate_that_the_merge_closes_was_closed_since_then(tmp_path: Path) -> None:
    dw = house(tmp_path / "gated.db", gated=True)
    record_many(dw, [*won("D-1", "A", 3), *won("D-2", "A", 4), *won("D-3", "B", 6), merged("B", "A", 5)])
    with dw.database.unit() as unit:
        assert [deal.status for deal in all_records(unit, Deal)] == ["won", "won", "open"]
    dw.database.close()


def test_everything_is_found_under_the_surviving_id_and_keeps_its_own(dw: Dealwright) -> None:
    record_many(dw, [*won("D-1", "A", 3), *won("D-2", "B", 5), *won("D-3", "C", 6)])
    record_many(dw, [merged("B", "A", 9), merged("A", "C", 10)])
    with dw.database.unit() as unit:
        state = SqlState(unit)
        assert [surviving(id, state, dw.now()) for id in "ABC"] == ["C", "C", "C"]
        assert one_with("B", state, dw.now()) == ("C", "A", "B")
        assert [str(state.deal(id).account) for id in ("D-1", "D-2", "D-3")] == ["A", "B", "C"]  # type: ignore[union-attr]


def test_the_surviving_account_s_word_counts_and_the_others_fill_what_it_leaves_open(dw: Dealwright) -> None:
    record_many(dw, [*won("D-1", "A", 3), *won("D-2", "B", 2)])
    record_many(dw, [
        told("account.changed", "A", 4, "a", name="Alpha"), merged("B", "A", 9),
        told("account.changed", "B", 4, "b", name="Alfa", industry="steel", is_new=False),
    ])  # fmt: skip
    with dw.database.unit() as unit:
        known = as_known("B", SqlState(unit), dw.now())
    assert known is not None and known.id == "A"
    assert {name: known.facts[name] for name in ("name", "industry", "is_new")} == {
        "name": "Alpha", "industry": "steel", "is_new": False,
    }  # fmt: skip


def test_a_loop_a_second_merge_and_undoing_nothing_are_refused(dw: Dealwright) -> None:
    record_many(dw, [*won("D-1", "A", 3), *won("D-2", "B", 5), *won("D-3", "C", 6), merged("A", "B", 9)])
    assert code(record(dw, merged("A", "A", 9, "itself"))) == "E251"
    assert code(record(dw, merged("C", "C", 9))) == "E250"
    assert code(record(dw, merged("B", "A", 10))) == "E250"
    assert code(record(dw, merged("A", "C", 11))) == "E251"
    assert code(record(dw, unmerged("B", 12))) == "E252"
    with dw.database.unit() as unit:
        assert [one.survivor for one in all_records(unit, Account)] == ["B", "", ""]


def test_an_account_that_nobody_has_told_of_is_waited_for(dw: Dealwright) -> None:
    record_many(dw, won("D-1", "A", 3))
    assert record(dw, merged("B", "A", 4)).status == "quarantined"
    record_many(dw, won("D-2", "B", 5))
    assert first_sales(dw) == ["D-1"]


def test_a_merge_in_force_before_a_loop_was_told_makes_that_one_void(dw: Dealwright) -> None:
    record_many(dw, [*won("D-1", "A", 3), *won("D-2", "B", 5), merged("B", "A", 10), merged("A", "B", 9)])
    with dw.database.unit() as unit:
        assert [one.survivor for one in all_records(unit, Account)] == ["B", ""]


def test_a_replay_makes_the_same_accounts_and_pay(dw: Dealwright) -> None:
    record_many(
        dw, [*won("D-1", "A", 3), merged("B", "A", 9), *won("D-2", "B", 5), merged("A", "B", 10), unmerged("B", 12)]
    )
    assert [kind for kind, _, differ in replay(dw) if differ] == []


@st.composite
def merging_histories(draw: st.DrawFn) -> list[Event]:
    """A history of deals and accounts in which accounts are made one and two again."""
    found = [told("account.changed", id, 0, f"known/{id}", name=id) for id in "AB"] + draw(histories())
    for number in range(draw(st.integers(1, 4))):
        one, other = draw(st.permutations("AB"))
        day = draw(st.integers(1, 12))
        again = draw(st.booleans())
        key = f"merging/{number}"
        body = {"reason": "two"} if again else {"into": other}
        found.append(told(f"account.{'unmerged' if again else 'merged'}", one, day, key, **body))
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=merging_histories(), gated=st.booleans(), data=st.data())
def test_neither_order_nor_batches_change_what_merged_accounts_are_and_earn(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event], gated: bool, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))
    cuts = sorted({0, len(shuffled), *data.draw(st.lists(st.integers(0, len(shuffled)), max_size=4))})
    batches = [shuffled[start:end] for start, end in itertools.pairwise(cuts)]
    folder = tmp_path_factory.mktemp("merging")
    in_order = outcome(folder / "order.db", gated, [told_in_order(events)])
    assert outcome(folder / "shuffled.db", gated, batches) == in_order


def test_credits_are_those_of_one_company(dw: Dealwright) -> None:
    record_many(dw, [*won("D-1", "A", 3), *won("D-2", "B", 5), merged("B", "A", 4)])
    with dw.database.unit() as unit:
        counts = {credit.deal: credit.units for credit in credits_of(unit) if credit.name == "bookings"}
    assert counts == {"D-1": 1, "D-2": 2}
