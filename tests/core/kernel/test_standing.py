"""The standing methods: the tier that is reached rates everything, by hand."""

from fractions import Fraction

import pytest

from engine.core.kernel.component import Limits
from tests.core.kernel.making import comes, leaves, rates_of, rows_of, walked

F = Fraction
TENTH, FIFTH, THIRD = F(1, 10), F(1, 5), F(3, 10)
WHOLE = rates_of("whole", (0, "rate", TENTH), (100, "rate", FIFTH), (200, "rate", THIRD))


def test_reaching_a_tier_brings_what_came_before_to_its_rate() -> None:
    found = walked(WHOLE, rows_of([40, 60, 10, 100]))
    assert found.slices == [
        (0, "rate", 0, 0, 40, TENTH, 40, 4),
        (1, "rate", 1, 40, 100, FIFTH, 60, 12),
        (1, "rerated", 1, 0, 40, TENTH, 40, 4),
        (2, "rate", 1, 100, 110, FIFTH, 10, 2),
        (3, "rate", 2, 110, 210, THIRD, 100, 30),
        (3, "rerated", 2, 0, 110, TENTH, 110, 11),
    ]
    assert found.paid == [4, 16, 2, 41] and found.raw == found.final == [4, 16, 2, 41]


def test_what_leaves_is_rated_as_it_stood_and_the_others_go_back_to_the_tier_below() -> None:
    found = walked(WHOLE, rows_of([40, 60, 20], segments=[[*comes(0, 1, 2), leaves(1), leaves(0)]]))
    assert found.paid == [4, 16, 4, -12 - 6, -4]
    assert found.slices[4:] == [
        (3, "rate", 1, 120, 60, FIFTH, -60, -12),
        (3, "rerated", 0, 0, 120, -TENTH, 60, -6),
        (4, "rate", 0, 60, 20, TENTH, -40, -4),
    ]


def test_the_last_to_leave_leaves_nothing() -> None:
    found = walked(WHOLE, rows_of([120], segments=[[*comes(0), leaves(0)]]))
    assert (found.paid, found.begun) == ([24, -24], [(False, True), (True, False)])
    assert found.slices == [(0, "rate", 1, 0, 120, FIFTH, 120, 24), (1, "rate", 1, 120, 0, FIFTH, -120, -24)]


def test_a_kept_attainment_leaves_the_standing_as_it_is() -> None:
    found = walked(WHOLE, rows_of([60, 60, 10], segments=[[*comes(0, 1), leaves(0, F(0), moves=False), *comes(2)]]))
    assert (found.after, found.paid) == ([60, 120, 120, 130], [6, 18, 0, 2])


def test_an_exact_return_moves_the_position_and_is_rated_no_more() -> None:
    found = walked(WHOLE, rows_of([60, 60, 90], segments=[[*comes(0, 1), leaves(0, F(0)), *comes(2)]]))
    assert found.after == [60, 120, 60, 150]
    assert found.paid == [6, 18, 0, 18]


def test_who_is_not_paid_is_not_rerated_either() -> None:
    found = walked(WHOLE, rows_of([60, 30, 30], paid=[False, True, True]))
    assert found.paid == [0, 3, 6 + 3]
    assert [one[:3] for one in found.slices] == [(1, "rate", 0), (2, "rate", 1), (2, "rerated", 1)]
    last = walked(WHOLE, rows_of([60, 60, 10], paid=[True, False, True]))
    assert last.paid == [6, 0, 2 + 6]


def test_nothing_has_no_slice_of_its_own() -> None:
    found = walked(WHOLE, rows_of([100, 0, 100, 0]))
    assert [one[:3] for one in found.slices] == [(0, "rate", 1), (2, "rate", 2), (2, "rerated", 2)]


def test_who_is_not_paid_reaches_a_tier_for_the_next_within_bounds_too() -> None:
    for limits in (Limits(), Limits(1, 1000), Limits(None, 11)):
        assert walked(WHOLE, rows_of([60, 60, 10], paid=[True, False, True]), limits).limited[:2] == [6, 0]
    assert walked(WHOLE, rows_of([60, 60, 10], paid=[True, False, True]), Limits(1, 1000)).paid == [6, 0, 2 + 6]


def test_a_highest_position_that_nobody_reaches_changes_nothing() -> None:
    rows = rows_of([60, 60, 90], segments=[[*comes(0, 1), leaves(0, F(0), moves=False), *comes(2), leaves(1)]])
    for rates in (WHOLE, rates_of("marginal", (0, "rate", TENTH), (100, "rate", FIFTH))):
        assert walked(rates, rows, Limits(highest=[F(1000)])) == walked(rates, rows)


def test_segments_are_rated_apart() -> None:
    rates = rates_of("whole", (0, "rate", TENTH), (1, "rate", FIFTH))
    rows = rows_of([60, 60, 60, 60], segments=[comes(0, 1), [], comes(2, 3)])
    assert walked(rates, rows, units=[100, 1, 50]).paid == [6, 18, 12, 12]


def test_factors_hold_for_what_is_rerated_too() -> None:
    found = walked(WHOLE, rows_of([40, 60, 100], factor=[F(2), F(1, 2), F(3)]))
    assert found.final == [8, 6 + 8, 90 + 8 + 3]
    assert found.limited == [4, 16, 30 + 10]
    left = walked(WHOLE, rows_of([40, 60], factor=[F(2), F(1, 2)], segments=[[*comes(0, 1), leaves(1)]]))
    assert left.final == [8, 14, -6 - 8]


@pytest.mark.parametrize(
    ("least", "most", "limited"),
    [
        (5, None, [5, 12 + 3, 5, 30 + 4 + 6 + 0]),
        (None, 10, [4, 10 + 4, 2, 10 + 2 + 0 + 1]),
        (6, 9, [6, 9 + 2, 6, 9 + 1 + 0 + 0]),
    ],
)
def test_each_of_the_others_stays_within_the_bounds_of_one_deal(
    least: int | None, most: int | None, limited: list[int]
) -> None:
    found = walked(WHOLE, rows_of([40, 60, 10, 100]), Limits(least, most))
    assert (found.limited, found.paid) == (limited, limited)
    assert found.raw == [4, 16, 2, 41]


def test_bounds_and_factors_when_one_leaves() -> None:
    rows = rows_of([40, 60, 20], factor=[F(1), F(2), F(3)], segments=[[*comes(0, 1, 2), leaves(1)]])
    found = walked(WHOLE, rows, Limits(None, 7))
    assert found.limited == [4, 7 + 3, 4, -7 - (7 - 4) - (4 - 2)]
    assert found.final == [4, 14 + 3, 12, -14 - 3 - 6]


def test_who_comes_after_another_has_left_is_none_of_the_others_yet() -> None:
    rows = rows_of([40, 60, 20, 15], segments=[[*comes(0, 1, 2), leaves(1), *comes(3)]])
    assert walked(WHOLE, rows, Limits(None, 7)).limited == [4, 7 + 3, 4, -7 - (7 - 4) - (4 - 2), 1 + F(1, 2)]
    assert walked(WHOLE, rows, Limits(3, None)).limited[3] == -12 - (8 - 4) - (4 - 3)


def test_what_rerating_changes_is_exact_beyond_64_bits_within_bounds() -> None:
    large = 10**19 + 1
    rates = rates_of("whole", (0, "rate", TENTH), (large + 1, "rate", FIFTH))
    rows = rows_of([large, 1], segments=[[*comes(0, 1), leaves(1)]])
    found = walked(rates, rows, Limits(None, 10**30))
    assert found.limited == [F(large, 10), F(1, 5) + F(large, 10), F(-1, 5) - F(large, 10)]


def test_bounds_in_a_later_segment_look_at_their_own_rows_only() -> None:
    rows = rows_of([90, 40, 60, -10], segments=[comes(0), comes(1, 3, 2), comes(3)])
    found = walked(rates_of("whole", (0, "rate", TENTH), (90, "rate", FIFTH)), rows, Limits(5, None))
    assert found.paid == [18, 5, -5, 12 + 3 + 0, -5]


def test_units_in_blocks_are_given_back_as_many_as_they_were() -> None:
    rates = rates_of("whole", (0, "each", 3), (10, "each", 5), block=4)
    found = walked(rates, rows_of([1, 1, 1], length=[6, 3, 5], segments=[[*comes(0, 1, 2), leaves(0)]]))
    assert [(one[0], one[1], one[2], one[5], one[6], one[7]) for one in found.slices] == [
        (0, "per_unit", 0, 3, 2, 6),
        (1, "per_unit", 0, 3, 1, 3),
        (2, "per_unit", 1, 5, 1, 5),
        (2, "rerated", 1, 2, 3, 6),
        (3, "per_unit", 1, 5, -2, -10),
        (3, "rerated", 0, -2, 2, -4),
    ]
    assert found.paid == [6, 3, 11, -14]


def test_started_blocks_given_back_are_those_of_the_credit_whatever_it_leaves() -> None:
    rates = rates_of("whole", (0, "each", 3), block=4)
    assert walked(rates, rows_of([1, 1], length=[5, 3], segments=[[*comes(0, 1), leaves(0)]])).paid == [6, 0, -6]
    halves = rows_of([1, 1], length=[F(9, 2), F(7, 2)], segments=[[*comes(0, 1), leaves(0)]])
    assert walked(rates, halves).paid == [6, 0, -6]


def test_units_without_a_block_and_bounds() -> None:
    rates = rates_of("whole", (0, "each", 3), (10, "each", 5))
    rows = rows_of([1, 1], length=[6, 5], segments=[[*comes(0, 1), leaves(0)]])
    assert walked(rates, rows).paid == [18, 25 + 12, -30 - 10]
    assert walked(rates, rows, Limits(None, 20)).paid == [18, 20 + 2, -20 - (20 - 15)]


def test_a_fixed_amount_is_that_of_the_tier_reached() -> None:
    rates = rates_of("flat", (0, "flat", 5), (10, "flat", 20), (20, "flat", 60))
    found = walked(rates, rows_of([9, 1, 5, 6], segments=[[*comes(0, 1, 2, 3), leaves(0), leaves(1)], comes(0)]))
    assert found.paid == [5, 15, 0, 40, -40, 0, 5]
    assert found.slices == [
        (0, "flat", 0, 0, 9, 5, 1, 5),
        (1, "flat", 1, 9, 10, 15, 1, 15),
        (3, "flat", 2, 15, 21, 40, 1, 40),
        (4, "flat", 2, 21, 12, -40, 1, -40),
        (6, "flat", 0, 0, 9, 5, 1, 5),
    ]


def test_rates_and_fixed_amounts_in_one_table_that_rates_everything() -> None:
    rates = rates_of("whole", (0, "rate", TENTH), (100, "flat", 50), (200, "each", 1))
    found = walked(rates, rows_of([60, 60, 100]))
    assert found.paid == [6, 50 - 6, 100 - 50 + 120]
    assert [one[1:3] for one in found.slices] == [
        ("rate", 0), ("flat", 1), ("rerated", 1), ("per_unit", 2), ("flat", 2), ("rerated", 2),
    ]  # fmt: skip


def test_a_rate_lies_on_the_line_between_two_tiers_and_stays_beyond_the_last() -> None:
    rates = rates_of("interpolated", (0, "rate", F(0)), (100, "rate", TENTH), (200, "rate", THIRD))
    found = walked(rates, rows_of([50, 50, 50, 150]))
    assert [one[5] for one in found.slices if one[1] == "rate"] == [F(1, 20), TENTH, FIFTH, THIRD]
    assert found.exact == [F(5, 2), F(15, 2), 10 + 10, 45 + 15]
    below = walked(rates_of("interpolated", (0, "rate", FIFTH), (100, "rate", TENTH)), rows_of([-50, 50, 20]))
    assert below.exact == [-10, 10, F(18, 5)]


def test_lines_between_tiers_run_by_segment() -> None:
    rates = rates_of("interpolated", (0, "rate", F(0)), (1, "rate", TENTH), (2, "rate", THIRD))
    found = walked(rates, rows_of([50, 50, 250], segments=[comes(0), comes(1, 2)]), units=[100, 200])
    assert found.exact == [F(5, 2), F(50, 40), F(1, 5) * 300 - F(50, 40)]


def test_a_credit_rated_by_itself_knows_nothing_of_the_others() -> None:
    rows = rows_of([1000, 500, 100], place=[150, 50, 100], segments=[[*comes(0, 1, 2), leaves(0)]])
    found = walked(WHOLE, rows)
    assert found.paid == [200, 50, 20, -200]
    assert found.slices == [
        (0, "rate", 1, 0, 150, FIFTH, 1000, 200),
        (1, "rate", 0, 0, 50, TENTH, 500, 50),
        (2, "rate", 1, 0, 100, FIFTH, 100, 20),
        (3, "rate", 1, 150, 0, FIFTH, -1000, -200),
    ]
    assert (found.before, found.after) == ([0, 0, 0, 150], [150, 50, 100, 0])
    assert found.begun == [(False, True)] * 3 + [(True, False)]


def test_a_place_may_be_the_rate_itself() -> None:
    rows = rows_of(
        [1000, 50], place=[F(1, 8), F(-1, 5)], factor=[F(1), F(1, 2)], segments=[[*comes(0, 1), leaves(0, F(1, 2))]]
    )
    found = walked(rates_of("formula", (0, "rate", F(0))), rows)
    assert found.exact == [125, -5, F(-125, 2)]
    assert found.slices[0] == (0, "rate", 0, 0, F(1, 8), F(1, 8), 1000, 125)


def test_a_path_by_place_and_units_by_place() -> None:
    path = rates_of("marginal", (0, "rate", TENTH), (100, "rate", FIFTH))
    assert walked(path, rows_of([150, 50], place=[150, 50])).paid == [20, 5]
    found = walked(path, rows_of([300, 90], place=[150, 50], segments=[[*comes(0, 1), leaves(0)]]))
    assert found.paid == [20 + 20, 9, -40]
    each = rates_of("whole", (0, "each", 3), (10, "each", 5), block=4)
    assert walked(each, rows_of([1, 1], place=[9, 13], segments=[[*comes(0, 1), leaves(1)]])).paid == [9, 20, -20]
    plain = rates_of("whole", (0, "each", 3), (10, "each", 5))
    assert walked(plain, rows_of([1, 1], place=[9, 13], segments=[[*comes(0, 1), leaves(1)]])).paid == [27, 65, -65]
    halves = rows_of([1, 1], place=[F(9, 2), F(21, 2)], segments=[[*comes(0, 1), leaves(1)]])
    assert walked(each, halves).paid == [6, 15, -15]
    assert walked(plain, halves).exact == [F(27, 2), F(105, 2), F(-105, 2)]
    flat = rates_of("flat", (0, "flat", 3), (10, "flat", 5))
    assert walked(flat, rows_of([1, 1], place=[9, 13], segments=[[*comes(0, 1), leaves(1)]])).paid == [3, 5, -5]
    fixed = rates_of("marginal", (0, "flat", 3), (10, "flat", 5))
    assert walked(fixed, rows_of([1, 1], place=[9, 13], segments=[[*comes(0, 1), leaves(1)]])).paid == [3, 8, -8]


def test_bounds_hold_for_each_credit_that_is_rated_by_itself() -> None:
    rows = rows_of([1000, 500, 100], place=[150, 50, 100], segments=[[*comes(0, 1, 2), leaves(0)]])
    found = walked(WHOLE, rows, Limits(30, 60))
    assert found.limited == [60, 50, 30, -60]
    assert found.raw == [200, 50, 20, -200]
