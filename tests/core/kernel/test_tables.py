"""Rate tables in columns: tiers at thresholds, started blocks, scales, sums of slices and their order."""

from fractions import Fraction

import numpy as np
import pytest

from engine.core.kernel import tables
from engine.core.kernel.columns import fractions
from engine.core.kernel.tables import FLAT, KINDS, PER_UNIT, PORTION, RATE, RERATED, Scales, Slices
from tests.core.kernel.making import rates_of

F = Fraction
MIXED = rates_of("marginal", (0, "rate", F(1, 10)), (F(1, 2), "each", 7), (F(3, 4), "flat", 9), block=4)


def test_a_kind_is_its_place_in_the_list() -> None:
    named = (KINDS[RATE], KINDS[PER_UNIT], KINDS[FLAT], KINDS[PORTION], KINDS[RERATED])
    assert named == ("rate", "per_unit", "flat", "portion", "rerated") == KINDS


def test_scales_multiply() -> None:
    scales = Scales(2, 3, 5, 7)
    assert (scales.slice, scales.amount) == (6, 210)
    assert (Scales().slice, Scales().amount, Scales().exact) == (1, 1, False)
    assert scales.column([F(1, 2)], 2).tolist() == [1] and scales.column([F(1, 2)], 2).dtype == np.int64
    assert Scales(exact=True).column([F(1, 2)], 2).tolist() == [F(1, 2)]


def test_a_table_says_by_tier_what_it_pays_on_the_scales() -> None:
    table = tables.table_of(MIXED, np.array([8, 4, 80]), Scales(2, 10))
    assert table.edges.tolist() == [[0, 0, 0], [8, 4, 80], [12, 6, 120]] and table.edges.dtype == np.int64
    assert table.pays.tolist() == [RATE, PER_UNIT, FLAT]
    assert table.price.tolist() == [1, 70, 0]
    assert table.flat.tolist() == [0, 0, 180]
    assert table.block == 8 and type(table.block) is int
    assert (table.method, table.crosses, table.scales) == ("marginal", "split", Scales(2, 10))
    assert tables.table_of(rates_of("whole", (0, "rate", F(1, 2))), np.array([1]), Scales(1, 2)).block is None
    assert tables.prices(MIXED.tiers) == [F(1, 10), F(7), F(0)] and tables.rate_scale(MIXED) == 10


def test_edges_of_a_share_of_a_quota_are_whole_where_the_scale_makes_them_so() -> None:
    rates = rates_of("marginal", (0, "rate", F(1, 10)), (F(1, 3), "rate", F(1, 5)), (F(1, 2), "rate", F(1, 4)))
    table = tables.table_of(rates, np.array([6, 3]), Scales(2, 20))
    assert table.edges.tolist() == [[0, 0], [4, 2], [6, 3]]


def test_a_table_in_fractions_has_its_edges_as_they_are() -> None:
    table = tables.table_of(MIXED, fractions([3, 5]), Scales(exact=True))
    assert table.edges.tolist() == [[0, 0], [F(3, 2), F(5, 2)], [F(9, 4), F(15, 4)]]
    assert table.price.tolist() == [F(1, 10), 7, 0] and table.flat.tolist() == [0, 0, 9]
    assert table.block == F(4)


@pytest.mark.parametrize(
    ("method", "kind", "standing", "fixed"),
    [
        ("marginal", "rate", False, False),
        ("marginal", "flat", False, True),
        ("per_block", "each", False, False),
        ("whole", "rate", True, False),
        ("whole", "flat", True, True),
        ("flat", "flat", True, True),
        ("formula", "rate", True, False),
        ("interpolated", "rate", True, False),
        ("interpolated", "flat", False, False),
    ],
)
def test_a_table_belongs_to_one_of_two_families(method: str, kind: str, standing: bool, fixed: bool) -> None:
    table = tables.table_of(rates_of(method, (0, kind, 1), (5, kind, 2)), np.array([1]), Scales())
    assert (table.standing, table.fixed) == (standing, fixed)
    mixed = tables.table_of(rates_of(method, (0, kind, 1), (5, "flat", 2)), np.array([1]), Scales())
    assert mixed.fixed == (method != "interpolated")


def test_a_threshold_belongs_to_the_upper_tier_at_it_and_to_the_lower_below_it() -> None:
    edges = np.array([[0, 0], [10, 5], [20, 6]])
    positions = np.array([-1, 0, 9, 10, 20, 21, 5, 6, 7, -3])
    segment = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    assert tables.tier_at(edges, segment, positions).tolist() == [0, 0, 0, 1, 2, 2, 1, 2, 2, 0]
    assert tables.tier_below(edges, segment, positions).tolist() == [0, 0, 0, 0, 1, 2, 0, 1, 2, 0]
    assert tables.tier_at(edges, segment, positions).dtype == np.int64


def test_a_started_block_is_a_block_in_both_directions() -> None:
    units = np.array([0, 1, 999, 1000, 1001, 4500, -1, -1000, -1001])
    assert tables.blocks(units, 1000).tolist() == [0, 1, 1, 1, 2, 5, -1, -1, -2]
    assert tables.blocks(fractions([F(7, 2), F(-1, 2), F(1, 2)]), F(1)).tolist() == [4, -1, 1]
    assert tables.counted(units, 1000).tolist() == tables.blocks(units, 1000).tolist()
    assert tables.counted(units, None) is units


def slices(rows: list[int], kinds: list[int], tiers: list[int], amounts: list[int]) -> Slices:
    """Slices of which only these are looked at."""
    rest = np.arange(len(rows))
    columns = (np.array(one, dtype=np.int64) for one in (rows, kinds, tiers))
    return Slices(*columns, rest, rest, rest, rest, np.array(amounts, dtype=np.int64))


def test_slices_are_summed_by_row_and_a_row_without_any_comes_to_nothing() -> None:
    found = slices([0, 0, 2, 4, 4, 4], [0] * 6, [0] * 6, [1, 2, 5, 7, 1, 1])
    assert found.sums(6).tolist() == [3, 0, 5, 0, 9, 0]
    assert found.sums(6).dtype == np.int64
    assert slices([], [], [], []).sums(2).tolist() == [0, 0]
    assert slices([], [], [], []).sums(0).tolist() == []


def test_joined_slices_stand_by_row_then_tier_a_fixed_amount_later_and_rerating_last() -> None:
    one = slices([1, 0, 0], [RERATED, FLAT, RATE], [0, 1, 2], [10, 11, 12])
    two = slices([0, 1, 0], [RATE, RATE, RERATED], [1, 3, 0], [20, 21, 22])
    found = tables.joined([one, two])
    assert found.row.tolist() == [0, 0, 0, 0, 1, 1]
    assert found.amount.tolist() == [20, 11, 12, 22, 21, 10]
    assert found.kind.tolist() == [RATE, FLAT, RATE, RERATED, RATE, RERATED]
    assert found.tier.tolist() == [1, 1, 2, 0, 3, 0]
