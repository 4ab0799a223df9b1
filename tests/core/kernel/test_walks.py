"""A whole walk: cap, what is carried in, rounding of the running total, and where 64 bits end."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from engine.core.kernel.columns import LARGEST
from engine.core.kernel.component import Limits
from engine.core.kernel.tables import RATE, Scales, Table
from engine.core.kernel.walks import Bounds, Credits, Movements, fits, walk
from engine.core.money import Rounding
from tests.core.kernel.making import comes, leaves, rates_of, rows_of, walked

F = Fraction
TENTH = rates_of("marginal", (0, "rate", F(1, 10)))
MODES = (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.DOWN)


@pytest.mark.parametrize(
    ("mode", "paid"), [(MODES[0], [1, 0, 1, 0, 0]), (MODES[1], [0, 1, 1, 0, 0]), (MODES[2], [0, 1, 0, 1, -1])]
)
def test_what_a_movement_pays_is_the_difference_of_two_rounded_totals(mode: Rounding, paid: list[int]) -> None:
    found = walked(TENTH, rows_of([5, 5, 5, 5, -5]), mode=mode)
    assert (found.paid, found.exact) == (paid, [F(1, 2)] * 4 + [F(-1, 2)])


def test_totals_begin_anew_in_each_segment() -> None:
    found = walked(TENTH, rows_of([4, 4, 4, 4], segments=[comes(0), [], comes(1, 2, 3)]))
    assert found.paid == [0, 0, 1, 0]


def test_a_cap_withholds_what_goes_beyond_it_and_gives_way_when_something_leaves() -> None:
    rows = rows_of([100, 100, 60], segments=[[*comes(0, 1, 2), leaves(0), leaves(1)], comes(0)])
    found = walked(TENTH, rows, Limits(cap=15))
    assert found.paid == [10, 5, 0, 0, -9, 10]
    assert found.withheld == [0, 5, 6, -10, -1, 0]
    assert found.exact == [10, 5, 0, 0, -9, 10]
    assert found.final == [10, 10, 6, -10, -10, 10]


def test_a_capped_total_is_rounded_like_any_other() -> None:
    found = walked(TENTH, rows_of([14, 14]), Limits(cap=2))
    assert (found.paid, found.withheld, found.exact) == ([1, 1], [0, 1], [F(7, 5), F(3, 5)])


def test_what_is_carried_in_is_there_first_and_counts_for_the_cap() -> None:
    rows = rows_of([100, 100, 30], segments=[comes(0, 1), comes(2), []])
    found = walked(TENTH, rows, Limits(cap=15, carried=[12, 40, 3]))
    assert found.carried == [(12, 12, 0), (15, 15, 25), (3, 3, 0)]
    assert (found.paid, found.withheld) == ([3, 0, 0], [7, 10, 3])
    free = walked(TENTH, rows, Limits(carried=[12, 40, 3]))
    assert (free.carried, free.paid, free.withheld) == ([(12, 12, 0), (40, 40, 0), (3, 3, 0)], [10, 10, 3], [0, 0, 0])
    assert walked(TENTH, rows, Limits(cap=15)).carried == [(0, 0, 0)] * 3
    nothing = walked(TENTH, rows, Limits(cap=15, carried=[0, 0, 0]))
    assert nothing.carried == [(0, 0, 0)] * 3


def test_what_is_carried_in_is_on_the_scale_of_amounts() -> None:
    rows = rows_of([100, 30], factor=[F(1, 3), F(1)], segments=[[*comes(0, 1), leaves(0, F(1, 7))]])
    found = walked(TENTH, rows, Limits(cap=7, carried=[2]))
    assert found.carried == [(2, 2, 0)]
    assert found.exact == [F(10, 3), F(5, 3), F(-0)]
    assert (found.paid, found.withheld) == ([3, 2, 0], [0, 1, 0])


def test_what_is_carried_in_is_rounded_beyond_64_bits_too() -> None:
    carried = (2**62 - 1) // 10
    found = walked(TENTH, rows_of([7]), Limits(carried=[carried]))
    assert (found.carried, found.paid) == ([(carried, carried, 0)], [1])


def test_bounds_of_one_deal_hold_before_its_factor() -> None:
    rows = rows_of([10, 100, 1000, 0], factor=[F(2), F(2), F(1, 2), F(1)], segments=[[*comes(0, 1, 2, 3), leaves(0)]])
    found = walked(TENTH, rows, Limits(5, 50))
    assert found.limited == [5, 10, 50, 0, -5]
    assert found.final == [10, 20, 25, 0, -10]
    assert walked(TENTH, rows, Limits(5)).limited == [5, 10, 100, 0, -5]
    assert walked(TENTH, rows, Limits(None, 50)).limited == [1, 10, 50, 0, -1]


def test_a_share_is_of_the_money_and_the_position_goes_as_a_whole() -> None:
    rows = rows_of([100, 100], segments=[[comes(0)[0], leaves(0, F(1, 3)), *comes(1)]])
    found = walked(rates_of("marginal", (0, "rate", F(1, 10)), (100, "rate", F(1, 5))), rows)
    assert (found.paid, found.after) == ([10, -3, 10], [100, 0, 100])
    assert found.exact == [10, F(-10, 3), 10]
    kept = walked(TENTH, rows_of([100], segments=[[comes(0)[0], leaves(0, F(0), moves=False)]]))
    assert (kept.paid, kept.after, [one[0] for one in kept.slices]) == ([10, 0], [100, 100], [0])


def test_a_walk_without_movements_or_without_segments_is_empty() -> None:
    assert walked(TENTH, rows_of([], segments=[])).paid == []
    found = walked(TENTH, rows_of([], segments=[[], []]), Limits(cap=1, carried=[3, 0]))
    assert (found.paid, found.carried) == ([], [(1, 1, 2), (0, 0, 0)])
    for method, kind in (("whole", "rate"), ("flat", "flat"), ("interpolated", "rate"), ("marginal", "flat")):
        rates = rates_of(method, (0, kind, 1), (5, kind, 2))
        assert walked(rates, rows_of([], segments=[[]]), Limits(1, 2)).paid == []


def test_far_more_than_64_bits_is_still_exact() -> None:
    rows = rows_of([10**17, 10**17 + 3], factor=[F(1, 7), F(1)], segments=[[*comes(0, 1), leaves(0)]])
    found = walked(TENTH, rows, Limits(10**14, 10**18, 10**18, [10**17]))
    assert found.exact == [F(10**16, 7), F(10**17 + 3, 10), F(-(10**16), 7)]
    assert sum(found.paid) == 10**16
    rating = rates_of("whole", (0, "rate", F(1, 10)), (10**17, "rate", F(1, 5)))
    first = F(10**17 - 1, 10)
    assert walked(rating, rows_of([10**17 - 1, 5]), Limits(1, 10**18)).exact == [first, first + 1]
    highest = walked(TENTH, rows_of([10**18, 10**18]), Limits(highest=[F(3 * 10**18, 2)]))
    assert highest.paid == [10**17, 5 * 10**16]
    placed = walked(rates_of("formula", (0, "rate", F(0))), rows_of([10**17], place=[F(1, 10**7)]))
    assert placed.paid == [10**10]
    same = walked(TENTH, rows_of([10**18], place=[10**18]))
    assert same.paid == [10**17]


def test_what_lies_above_the_highest_position_is_exact_beyond_64_bits_too() -> None:
    limits = Limits(highest=[F(10**17 + 1)])
    for rates in (
        rates_of("whole", (0, "rate", F(1, 10))),
        rates_of("marginal", (0, "rate", F(1, 10)), crosses="rate_before"),
    ):
        found = walked(rates, rows_of([3 * 10**17 + 1, 5]), limits)
        assert (found.exact, found.paid) == ([F(10**17 + 1, 10), 0], [10**16, 0])


def parts(**changes: object) -> tuple[Table, Credits, Movements, Bounds]:
    """A walk of two segments, the larger of which has two rows, with columns changed."""
    given = {
        "base": [6, -5], "length": None, "place": None, "factor": [1, 1], "edges": [[0, 0], [4, 3]], "price": [2, 3],
        "flat": [0, 0], "block": None, "starts": [0, 2, 3], "scales": Scales(2, 1, 1, 1), "least": None, "most": None,
        "cap": None, "carried": None, **changes,
    }  # fmt: skip
    alone = ("scales", "block", "least", "most")
    columns = {name: value for name, value in given.items() if name not in alone and value is not None}
    one = dict.fromkeys(given) | {name: np.array(value, dtype=np.int64) for name, value in columns.items()}
    pays = np.array([RATE, RATE])
    table = Table(
        "marginal", "split", one["edges"], pays, one["price"], one["flat"], given["block"], given["scales"]
    )  # fmt: skip
    length = one["base"] if one["length"] is None else one["length"]
    credits = Credits(one["base"], length, one["place"], one["factor"], np.array([True, True]))
    rows = one["starts"][-1] if len(one["starts"]) else 0
    always = np.ones(rows, dtype=bool)
    movements = Movements(
        one["starts"], np.zeros(rows, dtype=np.int64), ~always, always, always, np.ones(rows, dtype=np.int64)
    )
    return table, credits, movements, Bounds(given["least"], given["most"], one["cap"], one["carried"])


@pytest.mark.parametrize(
    ("name", "known", "most"),
    [
        # 4 × (2 + 1 rows) × 2 × (base + block 2) × price 3 + scale 2 < 2**62
        ("base", lambda n: [n, 0], (LARGEST - 1 - 2) // (4 * 3 * 2 * 3) - 2),
        ("base ", lambda n: [0, -n], (LARGEST - 1 - 2) // (4 * 3 * 2 * 3) - 2),
        ("length", lambda n: [0, n], (LARGEST - 1 - 2) // (4 * 3 * 2 * 3) - 2),
        ("edges", lambda n: [[0, 0], [3, n]], (LARGEST - 1 - 2) // (4 * 3 * 2 * 3) - 2),
        ("price", lambda n: [1, n], (LARGEST - 1 - 2) // (4 * 3 * 2 * (6 + 2))),
        ("price ", lambda n: [-n, 1], (LARGEST - 1 - 2) // (4 * 3 * 2 * (6 + 2))),
        ("block", lambda n: n, (LARGEST - 1 - 2) // (4 * 3 * 2 * 3) - 6),
        ("factor", lambda n: [n, 1], (LARGEST - 1 - 2) // (4 * 3 * 48)),
        # one fixed amount for each of two tiers, besides 2 × 8 × 3
        ("flat", lambda n: [0, n], ((LARGEST - 1 - 2) // (4 * 3) - 48) // 2),
        ("least", lambda n: n, (LARGEST - 1 - 2) // (4 * 3) - 48),
        ("most", lambda n: n, (LARGEST - 1 - 2) // (4 * 3) - 48),
        ("cap", lambda n: [n, 0], LARGEST - 1 - 2 - 4 * 3 * 48),
        ("carried", lambda n: [0, -n], LARGEST - 1 - 2 - 4 * 3 * 48),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_columns_fit_64_bits_up_to_the_last_number_and_not_one_beyond(name: str, known: object, most: int) -> None:
    assert fits(*parts(**{name.strip(): known(most)})) is True  # type: ignore[operator]
    assert fits(*parts(**{name.strip(): known(most + 1)})) is False  # type: ignore[operator]


def test_the_larger_bound_and_both_sums_count() -> None:
    most = (LARGEST - 1 - 2) // (4 * 3) - 48
    assert fits(*parts(least=most, most=most)) and not fits(*parts(least=most + 1, most=most))
    assert not fits(*parts(least=most, most=most + 1))
    half = (LARGEST - 1 - 2 - 4 * 3 * 48) // 2
    assert fits(*parts(cap=[half, 0], carried=[half, 0])) and not fits(*parts(cap=[half, 0], carried=[half + 2, 0]))


def test_amounts_and_lengths_count_apart() -> None:
    most = (LARGEST - 1 - 2) // (4 * 3 * 2 * 3) - 2
    for name, other in (("base", "length"), ("length", "base")):
        assert fits(*parts(**{name: [most, 0], other: [1, 0]}))
        assert not fits(*parts(**{name: [most + 1, 0], other: [1, 0]}))


def test_a_place_may_be_a_position_or_a_price() -> None:
    # 4 × 3 × 2 × (n + 2) × n + 2, from both
    most = 2**29
    while 24 * (most + 3) * (most + 1) + 2 >= LARGEST:
        most -= 1000
    while 24 * (most + 3) * (most + 1) + 2 < LARGEST:
        most += 1
    assert fits(*parts(place=[most, 0])) and not fits(*parts(place=[most + 1, 0]))
    assert fits(*parts(place=[1, 0], base=[(LARGEST - 3) // 72 - 2, 0]))


def test_scales_and_the_longest_segment_count() -> None:
    def limit(rows: int, factor: int = 1, share: int = 1, amount: int = 2) -> int:
        return (LARGEST - 1 - amount) // (4 * (rows + 1) * 2 * 3 * factor * share) - 2

    for starts, rows in (([0, 2, 3], 2), ([0, 1, 6], 5), ([0, 3], 3), ([0, 0], 0), ([0], 0)):
        most = limit(rows)
        assert fits(*parts(starts=starts, base=[most, 0])) and not fits(*parts(starts=starts, base=[most + 1, 0]))
    for scales, most in ((Scales(2, 1, 5, 1), limit(2, 5, 1, 10)), (Scales(2, 3, 5, 7), limit(2, 5, 7, 210))):
        assert fits(*parts(scales=scales, base=[most, 0])) and not fits(*parts(scales=scales, base=[most + 1, 0]))
    # at a price of nothing, and where nothing is counted, at least 1 of each
    assert fits(*parts(price=[0, 0], base=[(LARGEST - 3) // 24 - 2, 0]))
    assert not fits(*parts(price=[0, 0], base=[(LARGEST - 3) // 24 - 1, 0]))
    none = {"base": [0, 0], "edges": [[0, 0], [0, 0]], "scales": Scales()}
    assert fits(*parts(**none, price=[(LARGEST - 2) // (12 * 2 * 2), 0]))
    assert not fits(*parts(**none, price=[(LARGEST - 2) // (12 * 2 * 2) + 1, 0]))


def test_a_walk_at_the_last_number_that_fits_is_exact_in_64_bits() -> None:
    most = (LARGEST - 3) // 72 - 2
    table, credits, movements, bounds = parts(base=[most, most])
    found = walk(table, credits, replace(movements, starts=np.array([0, 2, 3])), bounds, Rounding.HALF_UP)
    assert found.paid.dtype == np.int64
    first = 2 * 4 + 3 * (most - 4)
    assert found.exact.tolist() == [first, 3 * most, 2 * 3 + 3 * (most - 3)]
