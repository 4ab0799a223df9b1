"""The contestants of the pay benchmark do the same job: every exact one agrees to the cent with `calculate_window`."""

from functools import lru_cache

import numpy as np
import pytest

from tests.bench.bench_pay import asked
from tests.bench.pay.data import DIRECT, OVERLAY, PayData, PayResult, payouts_wrong, slices_wrong
from tests.bench.pay.generator import generate
from tests.bench.pay.measure import measure, told
from tests.bench.pay.peers import contestant, contestants

EXACT = [name for name in contestants() if contestant(name).exact]
JOBS = [(name, ordered) for ordered in (True, False) for name in EXACT if ordered or name != "duckdb streamed"]


@lru_cache
def rows(ordered: bool) -> PayData:
    """5,000 credits of 50 payees."""
    return generate(5_000, 50, ordered=ordered)


@lru_cache
def found_by(name: str, ordered: bool = True) -> PayResult:
    """What a contestant finds."""
    one = contestant(name)
    prepared = one.prepare(rows(ordered))
    return one.result(prepared, one.calculate(prepared))


@pytest.mark.parametrize(("name", "ordered"), JOBS)
def test_an_exact_contestant_agrees_with_the_engine_on_every_row(name: str, ordered: bool) -> None:
    right, found = found_by("calculate_window", ordered), found_by(name, ordered)
    assert len(found.payout) == 5_000
    assert payouts_wrong(found, right) == 0
    assert slices_wrong(found, right) == 0


def test_a_streamed_total_is_refused_where_rows_come_in_no_order() -> None:
    with pytest.raises(ValueError, match="needs rows in order"):
        contestant("duckdb streamed").prepare(rows(False))


def test_floats_are_told_by_how_many_rows_they_pay_wrongly() -> None:
    found, right = found_by("pandas float"), found_by("calculate_window")
    print(f"pandas float: {payouts_wrong(found, right)} of {len(right.payout)} rows are off")
    assert abs(found.payout - right.payout).max() <= 1


def test_the_rows_have_what_the_job_is_about() -> None:
    data, result = rows(True), found_by("calculate_window")
    tiers = np.bincount(result.slices.row, minlength=data.rows)
    capped = (data.form == DIRECT) & (data.amount > 0) & (result.payout == 0)
    assert set(result.slices.tier) == {0, 1, 2, 3}
    assert (tiers > 1).any(), "deals that cross a tier"
    assert capped.any(), "deals beyond the cap"
    assert (data.amount < 0).any(), "returns"
    assert (data.form == OVERLAY).any(), "overrides"
    assert len(np.unique(data.deal[data.form == DIRECT])) < (data.form == DIRECT).sum(), "shared deals"


def test_the_same_seed_makes_the_same_rows_and_shuffling_only_moves_them() -> None:
    one, two, moved = generate(2_000, 40), generate(2_000, 40), generate(2_000, 40, ordered=False)
    key = ["payee", "day", "amount", "deal", "form"]
    assert all(np.array_equal(getattr(one, name), getattr(two, name)) for name in key)
    order = np.lexsort((moved.deal, moved.day, moved.payee))
    assert all(np.array_equal(getattr(one, name), getattr(moved, name)[order]) for name in key)
    assert not np.array_equal(one.payee, moved.payee)
    assert np.array_equal(one.quota, moved.quota)


def test_no_payee_has_two_rows_of_a_deal_and_a_shared_deal_keeps_its_cents() -> None:
    data = rows(True)
    assert len(np.unique(data.payee.astype(np.int64) * 10**9 + data.deal)) == data.rows
    whole = np.zeros(data.deal.max() + 1, np.int64)
    np.add.at(whole, data.deal[data.form == DIRECT], data.amount[data.form == DIRECT])
    seen = data.deal[data.form == OVERLAY]
    both = np.isin(seen, data.deal[data.form == DIRECT])
    assert (whole[seen[both]] == data.amount[data.form == OVERLAY][both]).mean() > 0.999, "the last deal may be cut off"


def test_the_command_measures_each_contestant_in_its_own_process(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_L2_SIZE", "1")
    (tmp_path / "rows").mkdir()
    generate(500, 20).save(tmp_path / "rows")
    names = ["duckdb", "python Decimal"]
    found = measure(asked(["--only", *names]).only, 1, tmp_path, 120)
    assert [(one.name, one.failed, one.wrong_payouts, one.wrong_slices) for one in found] == [
        (n, "", 0, 0) for n in names
    ]
    assert all(run["peak"] >= run["held"] > 10 and run["wall"] > 0 for one in found for run in one.runs)
    lines = list(told(found))
    assert len(lines) == 4
    assert "| duckdb |" in lines[2]


def test_a_contestant_that_takes_too_long_is_left_out(tmp_path) -> None:
    (tmp_path / "rows").mkdir()
    generate(500, 20).save(tmp_path / "rows")
    (found,) = measure(["duckdb"], 2, tmp_path, 0.01)
    assert (found.runs, found.failed) == ([], "more than 0 s")
    assert "more than 0 s" in list(told([found]))[2]
