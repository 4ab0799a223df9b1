"""The path methods: what each stretch of the scale earns, slice by slice, by hand."""

from fractions import Fraction

import pytest

from engine.core.kernel.component import Limits
from tests.core.kernel.making import comes, leaves, rates_of, rows_of, walked

F = Fraction
TENTH, FIFTH, THIRD = F(1, 10), F(1, 5), F(3, 10)
RISING = rates_of("marginal", (0, "rate", TENTH), (100, "rate", FIFTH), (200, "rate", THIRD))


def test_a_stretch_is_split_at_every_threshold_it_passes() -> None:
    found = walked(RISING, rows_of([50, 170, 30]))
    assert found.slices == [
        (0, "rate", 0, 0, 50, TENTH, 50, 5),
        (1, "rate", 0, 50, 100, TENTH, 50, 5),
        (1, "rate", 1, 100, 200, FIFTH, 100, 20),
        (1, "rate", 2, 200, 220, THIRD, 20, 6),
        (2, "rate", 2, 220, 250, THIRD, 30, 9),
    ]
    assert (found.paid, found.withheld) == ([5, 31, 9], [0, 0, 0])
    assert (found.before, found.after) == ([0, 50, 220], [50, 220, 250])
    assert found.raw == found.limited == found.final == found.exact == [5, 31, 9]
    assert found.begun == [(True, True)] * 3


def test_ending_on_a_threshold_leaves_nothing_in_the_tier_above() -> None:
    found = walked(RISING, rows_of([100, 100, 0, 10]))
    assert [one[:3] for one in found.slices] == [(0, "rate", 0), (1, "rate", 1), (3, "rate", 2)]


def test_a_credit_that_leaves_goes_the_way_back_from_the_top() -> None:
    found = walked(RISING, rows_of([50, 170, 30], segments=[[*comes(0, 1, 2), leaves(0), leaves(1)]]))
    assert found.slices[5:] == [
        (3, "rate", 2, 200, 250, THIRD, -50, -15),
        (4, "rate", 0, 30, 100, TENTH, -70, -7),
        (4, "rate", 1, 100, 200, FIFTH, -100, -20),
    ]
    assert found.paid == [5, 31, 9, -15, -27]
    assert (found.before[3:], found.after[3:]) == ([250, 200], [200, 30])


def test_below_nothing_the_first_tier_holds() -> None:
    found = walked(RISING, rows_of([-50, 170, -140]))
    assert found.slices == [
        (0, "rate", 0, -50, 0, TENTH, -50, -5),
        (1, "rate", 0, -50, 100, TENTH, 150, 15),
        (1, "rate", 1, 100, 120, FIFTH, 20, 4),
        (2, "rate", 0, -20, 100, TENTH, -120, -12),
        (2, "rate", 1, 100, 120, FIFTH, -20, -4),
    ]


@pytest.mark.parametrize(("crosses", "paid"), [("rate_before", [5, 17, 9]), ("rate_including", [5, 51, 9])])
def test_a_crossing_deal_at_one_rate_and_its_way_back(crosses: str, paid: list[int]) -> None:
    rates = rates_of("marginal", (0, "rate", TENTH), (100, "rate", FIFTH), (200, "rate", THIRD), crosses=crosses)
    found = walked(rates, rows_of([50, 170, 30, -170]))
    again = walked(rates, rows_of([50, 170, 30], segments=[[*comes(0, 1, 2), leaves(1)]]))
    assert found.paid == again.paid == [*paid, {"rate_before": -17, "rate_including": -51}[crosses]]
    assert [one[0] for one in found.slices] == [0, 1, 2, 3]
    assert [one[3:5] for one in found.slices] == [(0, 50), (50, 220), (220, 250), (80, 250)]


def test_who_is_not_paid_moves_the_measure_and_has_no_slice() -> None:
    found = walked(RISING, rows_of([90, 60, 60], paid=[False, True, False]))
    assert (found.paid, [one[0] for one in found.slices]) == ([0, 11, 0], [1, 1])
    assert found.after == [90, 150, 210]


def test_each_segment_has_thresholds_of_its_own() -> None:
    rates = rates_of("marginal", (0, "rate", TENTH), (F(1, 2), "rate", FIFTH))
    rows = rows_of([60, 60, 60, 60], segments=[comes(0), [], comes(1, 2), comes(3)])
    found = walked(rates, rows, units=[100, 7, 200, 1000])
    assert found.paid == [5 + 2, 6, 4 + 4, 6]
    assert [one[:5] for one in found.slices] == [
        (0, "rate", 0, 0, 50), (0, "rate", 1, 50, 60), (1, "rate", 0, 0, 60), (2, "rate", 0, 60, 100),
        (2, "rate", 1, 100, 120), (3, "rate", 0, 0, 60),
    ]  # fmt: skip


def test_a_length_that_is_not_the_amount_shares_the_amount_in_proportion() -> None:
    rates = rates_of("marginal", (0, "rate", TENTH), (2, "rate", FIFTH))
    found = walked(rates, rows_of([300, 90, 60, 30], length=[3, 1, 0, -2]))
    assert found.slices == [
        (0, "rate", 0, 0, 2, TENTH, 200, 20),
        (0, "rate", 1, 2, 3, FIFTH, 100, 20),
        (1, "rate", 1, 3, 4, FIFTH, 90, 18),
        (2, "rate", 1, 4, 4, FIFTH, 60, 12),
        (3, "rate", 1, 2, 4, FIFTH, 30, 6),
    ]
    back = walked(rates, rows_of([300], length=[3], segments=[[*comes(0), leaves(0)]]))
    assert [one[6] for one in back.slices] == [200, 100, -200, -100]


def test_on_a_common_scale_a_credit_that_only_measures_or_only_pays_divides_nothing() -> None:
    rates = rates_of("marginal", (0, "rate", TENTH), (100, "rate", FIFTH))
    found = walked(rates, rows_of([0, 80, 0, 40], length=[150, 0, -80, 40], segments=[[*comes(0, 1, 2, 3), leaves(1)]]))
    assert [(one[0], one[2], one[6], one[7]) for one in found.slices] == [
        (1, 1, 80, 16), (3, 0, 30, 3), (3, 1, 10, 2), (4, 1, -80, -16),
    ]  # fmt: skip


def test_units_are_paid_by_tier_without_a_block() -> None:
    rates = rates_of("marginal", (0, "each", 3), (10, "each", 5))
    found = walked(rates, rows_of([700, 800], length=[8, 5], segments=[[*comes(0, 1), leaves(0)]]))
    assert found.slices == [
        (0, "per_unit", 0, 0, 8, 3, 8, 24),
        (1, "per_unit", 0, 8, 10, 3, 2, 6),
        (1, "per_unit", 1, 10, 13, 5, 3, 15),
        (2, "per_unit", 0, 5, 10, 3, -5, -15),
        (2, "per_unit", 1, 10, 13, 5, -3, -15),
    ]
    half = walked(rates, rows_of([700], length=[F(5, 2)]))
    assert (half.exact, half.paid) == ([F(15, 2)], [8])


def test_started_blocks_count_from_the_start_of_their_tier() -> None:
    rates = rates_of("per_block", (0, "each", 3), (10, "each", 5), block=4)
    found = walked(rates, rows_of([1, 1, 1, 1], length=[3, 1, 5, 6], segments=[[*comes(0, 1, 2, 3), leaves(3)]]))
    assert [(one[0], one[2], one[6], one[7]) for one in found.slices] == [
        (0, 0, 1, 3), (2, 0, 2, 6), (3, 1, 2, 10), (4, 1, -2, -10),
    ]  # fmt: skip
    assert found.paid == [3, 0, 6, 10, -10]


def test_rates_units_and_fixed_amounts_may_stand_in_one_table() -> None:
    rates = rates_of("marginal", (0, "rate", TENTH), (100, "flat", 40), (150, "each", 2), (170, "rate", FIFTH))
    found = walked(rates, rows_of([120, 40, 20], segments=[[*comes(0, 1, 2), leaves(2)]]))
    assert found.slices == [
        (0, "rate", 0, 0, 100, TENTH, 100, 10),
        (0, "flat", 1, 0, 120, 40, 1, 40),
        (1, "per_unit", 2, 150, 160, 2, 10, 20),
        (2, "per_unit", 2, 160, 170, 2, 10, 20),
        (2, "rate", 3, 170, 180, FIFTH, 10, 2),
        (3, "per_unit", 2, 160, 170, 2, -10, -20),
        (3, "rate", 3, 170, 180, FIFTH, -10, -2),
    ]
    assert found.paid == [50, 20, 22, -22]


def test_a_fixed_amount_is_earned_above_its_start_once_and_lost_only_with_what_earned_it() -> None:
    rates = rates_of("marginal", (0, "flat", 10), (50, "flat", 20))
    found = walked(
        rates, rows_of([50, 1, -40, 45, 5], segments=[[*comes(0, 1, 2, 3, 4), leaves(1), leaves(0)], comes()])
    )
    assert found.paid == [10, 20, 0, 0, 0, 0, -20]
    assert [one[:3] for one in found.slices] == [(0, "flat", 0), (1, "flat", 1), (6, "flat", 1)]
    assert found.slices[2] == (6, "flat", 1, 60, 10, 20, -1, -20)
    alone = walked(rates, rows_of([60], segments=[[*comes(0), leaves(0)]]))
    assert alone.paid == [30, -30]
    assert alone.begun == [(False, True), (True, False)]


def test_what_is_taken_back_lowers_the_highest_position_to_that_of_the_others() -> None:
    rates = rates_of("marginal", (0, "flat", 10), (50, "flat", 20))
    found = walked(rates, rows_of([50, 1], segments=[[*comes(0, 1), leaves(1), leaves(0)]]))
    assert found.paid == [10, 20, -20, -10]
    low = rates_of("marginal", (0, "flat", 10), (F(1, 3), "flat", 20))
    assert walked(low, rows_of([-2, 5], segments=[[*comes(0, 1), leaves(1)]])).paid == [10, 20, -20]
    several = rows_of([60, 60, 60], segments=[comes(0), [*comes(0, 1, 2), leaves(2), leaves(0)], comes(1), []])
    assert walked(rates, several).paid == [30, 30, 0, 0, 0, 0, 30]


def test_fixed_amounts_above_the_highest_position_are_not_reached() -> None:
    rates = rates_of("marginal", (0, "flat", 10), (50, "flat", 20), (80, "flat", 40))
    rows = rows_of([60, 60], segments=[[*comes(0, 1), leaves(1)], comes(0, 1)])
    assert walked(rates, rows, Limits(highest=[F(80), F(81)])).paid == [30, 0, 0, 30, 40]


def test_each_fixed_amount_is_that_of_its_tier() -> None:
    rates = rates_of("marginal", (0, "flat", 10), (50, "flat", 20), (60, "flat", 40), (70, "flat", 80))
    found = walked(rates, rows_of([55, 10, 10]))
    assert [(one[0], one[2], one[5], one[7]) for one in found.slices] == [
        (0, 0, 10, 10), (0, 1, 20, 20), (1, 2, 40, 40), (2, 3, 80, 80),
    ]  # fmt: skip


def test_a_fixed_amount_is_of_its_own_segment_and_of_who_is_paid() -> None:
    rates = rates_of("marginal", (0, "flat", 10), (50, "flat", 20))
    found = walked(rates, rows_of([60, 60, 30], paid=[True, True, False], segments=[comes(0), comes(2, 1), comes(2)]))
    assert found.paid == [30, 0, 20, 0]
    returned = walked(rates, rows_of([-60, 70]))
    assert returned.paid == [10, 0]


def test_parts_of_a_tier_s_amount_by_the_part_covered_and_nothing_beyond_the_last() -> None:
    rates = rates_of("interpolated", (0, "flat", 100), (50, "flat", 200), (100, "flat", 300))
    found = walked(rates, rows_of([25, 50, 45], segments=[[*comes(0, 1, 2), leaves(0)]]))
    assert found.slices == [
        (0, "portion", 0, 0, 25, 100, F(1, 2), 50),
        (1, "portion", 0, 25, 50, 100, F(1, 2), 50),
        (1, "portion", 1, 50, 75, 200, F(1, 2), 100),
        (2, "portion", 1, 75, 100, 200, F(1, 2), 100),
        (3, "portion", 1, 95, 100, 200, F(-1, 10), -20),
    ]
    assert found.paid == [50, 150, 100, -20]
    by_segment = walked(rates, rows_of([25, 25], segments=[comes(0), comes(1)]), units=[1, 2])
    assert by_segment.paid == [50, 25]


def test_what_lies_above_the_highest_position_earns_nothing() -> None:
    limits = Limits(highest=[F(120), F(60)])
    found = walked(RISING, rows_of([110, 30, 30, 80], segments=[[*comes(0, 1, 2), leaves(1)], comes(3)]), limits)
    assert found.paid == [12, 2, 0, 0, 6]
    assert (found.before, found.after) == ([0, 110, 120, 120, 0], [110, 120, 120, 120, 60])
    assert [one[6] for one in found.slices] == [100, 10, 10, 60]


def test_the_amount_above_the_highest_position_goes_in_proportion_to_the_length() -> None:
    rates = rates_of("marginal", (0, "rate", TENTH), (2, "rate", FIFTH))
    found = walked(rates, rows_of([300, 60, 50, 70], length=[3, 2, 0, 1]), Limits(highest=[F(4)]))
    assert found.slices == [
        (0, "rate", 0, 0, 2, TENTH, 200, 20),
        (0, "rate", 1, 2, 3, FIFTH, 100, 20),
        (1, "rate", 1, 3, 4, FIFTH, 30, 6),
        (2, "rate", 1, 4, 4, FIFTH, 50, 10),
    ]
