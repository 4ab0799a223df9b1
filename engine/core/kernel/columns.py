"""Exact numbers in columns: how they are scaled, summed by segment, rounded, and turned back into fractions.

A column holds 64-bit integers, Python integers (dtype object) or Fractions (dtype object). Segments are stretches of
consecutive rows; `starts` gives the first row of each, and the number of rows at its end.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.core.money import Rounding
from engine.core.money import rounded as rounded_one

Column = npt.NDArray[Any]

choose: Callable[..., Column] = np.where
"""`choose(condition, this, that)`, row by row; its numbers may be of any of the three kinds."""

LARGEST = 2**62
"""Every number that stays below it can be doubled and added to another in 64 bits."""


def common_denominator(values: Iterable[Fraction | int]) -> int:
    """The smallest number that makes all of them whole."""
    return lcm(*{value.denominator for value in values}, 1)


def whole(values: Sequence[Fraction | int], scale: int) -> Column:
    """The values times the scale, which makes them whole: in 64 bits if they fit, else without a limit."""
    found = [value.numerator * (scale // value.denominator) for value in values]
    fits = not found or (min(found) > -LARGEST and max(found) < LARGEST)
    return np.array(found, dtype=np.int64 if fits else object)


def fractions(values: Sequence[Fraction | int]) -> Column:
    """The values as fractions."""
    column = np.empty(len(values), dtype=object)
    column[:] = [Fraction(value) for value in values]
    return column


def largest(column: Column) -> int:
    """The largest size of a number in it, rounded up to a whole one."""
    return int(-(-abs(max(column.max(), -column.min())) // 1)) if column.size else 0


def sizes(starts: Column) -> Column:
    """How many rows each segment has."""
    return np.diff(starts)


def segments(starts: Column) -> Column:
    """For each row the number of its segment."""
    return np.repeat(np.arange(len(starts) - 1), sizes(starts))


def running(values: Column, starts: Column) -> Column:
    """Running sums that begin anew with each segment.

    The sum over all segments may go round in 64 bits; the difference within one is right all the same.
    """
    total = np.cumsum(values)
    before = np.concatenate([np.zeros(1, values.dtype), total])[starts[:-1]]
    found: Column = total - np.repeat(before, sizes(starts))
    return found


def running_peak(values: Column, starts: Column) -> Column:
    """The highest value so far in each segment, at least 0."""
    found = np.maximum(values, 0)
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        np.maximum.accumulate(found[start:end], out=found[start:end])
    return found


def shifted(values: Column, starts: Column, first: Column) -> Column:
    """The value of the row before, within the segment; `first` (one for each segment) before its first row."""
    found = np.empty_like(values)
    found[1:] = values[:-1]
    begun = starts[:-1] < starts[1:]
    found[starts[:-1][begun]] = first[begun]
    return found


def rounded(values: Column, scale: int, mode: Rounding) -> Column:
    """Each value divided by the scale, rounded to a whole number, symmetric about zero (`money.rounded`)."""
    if values.dtype == object:
        one = np.frompyfunc(lambda value: rounded_one(value.numerator, value.denominator * scale, mode), 1, 1)
        return np.asarray(one(values), dtype=object)
    if scale == 1:
        return values
    size = np.abs(values)
    if mode is Rounding.HALF_UP:
        result = (2 * size + scale) // (2 * scale)
    else:
        result, rest = np.divmod(size, scale)
        if mode is Rounding.HALF_EVEN:
            result += (2 * rest > scale) | ((2 * rest == scale) & (result % 2 == 1))
    return choose(values < 0, -result, result)


def bounded(values: Column, least: Any, most: Any) -> Column:
    """Each value's size within the bounds, its sign kept; nothing stays nothing. None is no bound."""
    size = np.abs(values)
    if least is not None:
        size = np.maximum(size, least)
    if most is not None:
        size = np.minimum(size, most)
    return choose(values == 0, values, choose(values < 0, -size, size))
