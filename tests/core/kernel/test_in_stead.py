"""Fixed amounts in the stead of rates, what leaves exactly above the highest position, and shares of nothing, by hand."""

from fractions import Fraction

from engine.core.kernel.component import Limits
from tests.core.kernel.making import comes, leaves, rates_of, rows_of, walked

F = Fraction
TENTH, FIFTH, THIRD = F(1, 10), F(1, 5), F(3, 10)
MIXED = rates_of("whole", (0, "flat", 20), (100, "rate", TENTH), (200, "flat", 50), (300, "flat", 70))


def test_a_rate_takes_back_exactly_what_fixed_amounts_came_to() -> None:
    rows = rows_of([60, 90, 100, 60], factor=[F(2), F(1), F(3), F(1, 2)])
    # 20 × 2; that goes, and 10 % of 60 × 2 and of 90; those go, and 50 × 3; then 20 more × 1/2.
    assert walked(MIXED, rows).paid == [40, 12 + 9 - 40, 150 - 21, 10]
    down = rows_of([60, 90, 100, 60, -150], factor=[F(2), F(1), F(3), F(1, 2), F(1)])
    assert walked(MIXED, down).paid[-1] == 12 + 9 + 30 + 3 - 15 - 160


def test_bounds_hold_for_the_change_of_a_fixed_amount_and_for_each_rate_apart() -> None:
    # 20 and 50 become 15; 10 % of 60 becomes 7.
    found = walked(MIXED, rows_of([60, 90, 100]), Limits(7, 15))
    assert found.paid == [15, 7 + 9 - 15, 15 - 16]
    assert found.limited == [15, 1, -1]


def test_a_share_that_leaves_takes_that_share_of_the_change() -> None:
    rows = rows_of([60, 90], segments=[[*comes(0, 1), leaves(1, F(1, 2)), *comes(1)]])
    # 10 % of both goes and 20 come, half of it; when it comes again, that half goes and not the whole.
    assert walked(MIXED, rows).exact == [20, 15 - 20, F(20 - 15, 2), 15 - F(20, 2)]


def test_what_leaves_exactly_is_no_part_of_what_a_rate_takes_back() -> None:
    rows = rows_of([60, 90], segments=[[*comes(0), leaves(0, F(0)), *comes(1), leaves(1)], comes(0, 1)])
    assert walked(rates_of("whole", (0, "flat", 20), (80, "rate", TENTH)), rows).paid == [20, 0, 9, -9, 20, 15 - 20]


def test_of_what_leaves_exactly_above_the_highest_as_much_is_lost_as_came() -> None:
    rates = rates_of("whole", (0, "rate", TENTH), (60, "rate", FIFTH), (100, "rate", THIRD))
    rows = rows_of([80, 60, 30], segments=[[*comes(0, 1), leaves(0, F(0)), *comes(2)]])
    assert walked(rates, rows, Limits(highest=[F(100)])).paid == [16, 6 + 8, 0, 6 - 2]
    kept = rows_of([80, 60, -50], segments=[[*comes(0, 1), leaves(1, F(0), moves=False), *comes(2)]])
    assert walked(rates, kept, Limits(highest=[F(100)])).paid == [16, 6 + 8, 0, -2 - 8]


def test_a_share_of_nothing_that_goes_through_the_tiers_leaves_them_all_the_same() -> None:
    flat = rates_of("flat", (0, "flat", 5), (100, "flat", 50))
    moves = [*comes(0), leaves(0, F(0)), *comes(1)]
    assert walked(flat, rows_of([100, 100], segments=[moves], through=[True] * 3)).paid == [50, 0, 50]
    assert walked(flat, rows_of([100, 100], segments=[moves])).paid == [50, 0, 0]
