"""Columns of exact numbers: the three kinds agree, segments begin anew, and 64 bits are left in time."""

from fractions import Fraction
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.kernel import columns
from engine.core.kernel.columns import LARGEST, Column
from engine.core.money import Rounding
from engine.core.money import rounded as rounded_one

F = Fraction
KINDS = ("int64", "whole", "fraction")
SEGMENTS = st.lists(st.lists(st.integers(-(10**6), 10**6), max_size=4), max_size=5)


def column(values: list[int], kind: str) -> Column:
    """The values in a column of that kind."""
    if kind == "int64":
        return np.array(values, dtype=np.int64)
    return columns.fractions(values) if kind == "fraction" else np.array(values, dtype=object)


def starts_of(segments: list[list[int]]) -> Column:
    """The first row of each segment, and the number of rows."""
    return np.array([0, *accumulate(map(len, segments))], dtype=np.int64)


def flat(segments: list[list[int]]) -> list[int]:
    """All values."""
    return [value for segment in segments for value in segment]


def test_a_common_denominator_is_the_smallest() -> None:
    assert columns.common_denominator([]) == 1
    assert columns.common_denominator([F(1, 4), F(5, 6), 7]) == 12
    assert columns.common_denominator([3, F(4)]) == 1


def test_scaled_values_are_whole() -> None:
    found = columns.whole([F(1, 4), F(-5, 6), 7], 12)
    assert found.tolist() == [3, -10, 84] and found.dtype == np.int64
    assert columns.whole([], 5).dtype == np.int64


@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_as_large_as_the_largest_leaves_64_bits_and_one_below_does_not(sign: int) -> None:
    assert LARGEST == 2**62
    below, at = columns.whole([0, sign * (2**62 - 1)], 1), columns.whole([0, sign * 2**62], 1)
    assert (below.dtype, at.dtype) == (np.dtype(np.int64), np.dtype(object))
    assert at.tolist() == [0, sign * 2**62] and all(type(one) is int for one in at.tolist())
    assert columns.whole([F(2**62 - 1, 3)], 3).dtype == np.int64
    assert columns.whole([F(2**61, 3), 0], 6).dtype == object


def test_fractions_are_fractions_even_of_whole_numbers() -> None:
    found = columns.fractions([1, F(1, 3)])
    assert found.tolist() == [F(1), F(1, 3)] and all(isinstance(one, Fraction) for one in found)
    assert columns.fractions([]).shape == (0,) and columns.fractions([]).dtype == object


@pytest.mark.parametrize(
    ("values", "size"), [([], 0), ([-3, 2], 3), ([4, -3], 4), ([0], 0), ([-7, -5], 7), ([5, 7], 7)]
)
def test_the_largest_size_of_any_sign(values: list[int], size: int) -> None:
    for kind in KINDS:
        found = columns.largest(column(values, kind))
        assert found == size and type(found) is int


def test_the_largest_size_of_a_fraction_is_rounded_up() -> None:
    assert columns.largest(columns.fractions([F(5, 2), F(-13, 4)])) == 4
    assert columns.largest(columns.fractions([F(1, 3)])) == 1


def test_segments_of_no_row_and_one_row_have_their_place() -> None:
    starts = np.array([0, 0, 1, 1, 3])
    assert columns.sizes(starts).tolist() == [0, 1, 0, 2]
    assert columns.segments(starts).tolist() == [1, 3, 3]
    assert columns.segments(np.array([0])).tolist() == []


@given(SEGMENTS, st.sampled_from(KINDS))
def test_running_sums_and_peaks_begin_anew_in_each_segment(segments: list[list[int]], kind: str) -> None:
    values, starts = column(flat(segments), kind), starts_of(segments)
    sums = columns.running(values, starts)
    assert sums.tolist() == flat([list(accumulate(segment)) for segment in segments])
    assert sums.dtype == values.dtype
    peaks = [[max(0, *segment[: at + 1]) for at in range(len(segment))] for segment in segments]
    assert columns.running_peak(values, starts).tolist() == flat(peaks)
    assert values.tolist() == flat(segments), "what is given stays as it is"


def test_a_sum_over_all_segments_may_go_round_in_64_bits() -> None:
    segments = [[2**62, 2**61], [2**62], [], [2**62, 5], [-(2**62), -(2**62)], [7]]
    values = np.array(flat(segments), dtype=np.int64)
    found = columns.running(values, starts_of(segments))
    assert found.tolist() == flat([list(accumulate(segment)) for segment in segments])


@given(SEGMENTS, st.sampled_from(KINDS))
def test_the_value_of_the_row_before_and_what_a_segment_begins_with(segments: list[list[int]], kind: str) -> None:
    first = [10**7 + number for number in range(len(segments))]
    found = columns.shifted(column(flat(segments), kind), starts_of(segments), column(first, kind))
    assert found.tolist() == flat([[one, *own][: len(own)] for one, own in zip(first, segments, strict=True)])


@given(st.lists(st.integers(-(10**9), 10**9)), st.integers(1, 40), st.sampled_from(Rounding), st.sampled_from(KINDS))
def test_a_column_is_rounded_as_each_number_is(values: list[int], scale: int, mode: Rounding, kind: str) -> None:
    found = columns.rounded(column(values, kind), scale, mode)
    assert found.tolist() == [rounded_one(value, scale, mode) for value in values]
    assert found.dtype == (np.int64 if kind == "int64" else object)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Rounding.HALF_UP, [0, 0, 1, 1, 1, 2, 2, 3, -1, -2, -2, -3]),
        (Rounding.HALF_EVEN, [0, 0, 0, 1, 1, 2, 2, 2, 0, -2, -2, -2]),
        (Rounding.DOWN, [0, 0, 0, 0, 1, 1, 1, 2, 0, -1, -1, -2]),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_halves_go_where_the_mode_says(mode: Rounding, expected: list[int], kind: str) -> None:
    quarters = column([0, 1, 2, 3, 4, 6, 7, 10, -2, -6, -7, -10], kind)
    assert columns.rounded(quarters, 4, mode).tolist() == expected
    assert columns.rounded(quarters, 1, mode).tolist() == quarters.tolist()


def test_fractions_are_rounded_over_their_own_denominator_too() -> None:
    found = columns.rounded(columns.fractions([F(7, 3), F(-5, 2), F(3, 2)]), 3, Rounding.HALF_EVEN)
    assert found.tolist() == [1, -1, 0]
    assert columns.rounded(columns.fractions([F(5, 2)]), 1, Rounding.HALF_EVEN).tolist() == [2]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (None, None, [0, 1, -1, 5, -9]),
        (3, None, [0, 3, -3, 5, -9]),
        (None, 4, [0, 1, -1, 4, -4]),
        (3, 4, [0, 3, -3, 4, -4]),
        (6, 4, [0, 4, -4, 4, -4]),
        (0, 0, [0, 0, 0, 0, 0]),
    ],
)
def test_bounds_hold_for_the_size_and_nothing_stays_nothing(
    least: int | None, most: int | None, expected: list[int], kind: str
) -> None:
    assert columns.bounded(column([0, 1, -1, 5, -9], kind), least, most).tolist() == expected
