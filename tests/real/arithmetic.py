"""Arithmetic that the independent computations share; nothing of it comes from the engine."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

Tiers = Sequence[tuple[Fraction, Fraction]]
"""Where each tier starts, on any scale, and its rate."""


def half_up(exact: Fraction) -> int:
    """To the nearest whole, halves away from zero."""
    size = abs(exact)
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return whole if exact >= 0 else -whole


def along(tiers: Tiers, before: Fraction, after: Fraction) -> Fraction:
    """A stretch of the scale, each part of it at its own tier's rate; the last tier has no end."""
    total = Fraction(0)
    for number, (start, rate) in enumerate(tiers):
        end = tiers[number + 1][0] if number + 1 < len(tiers) else max(after, start)
        total += rate * max(Fraction(0), min(after, end) - max(before, start))
    return total


def reached(tiers: Tiers, position: Fraction) -> Fraction:
    """The rate of the tier in which a position lies; a tier begins at its start."""
    return next(rate for start, rate in reversed(tiers) if position >= start)


def parts_of(running: Iterable[Fraction]) -> list[int]:
    """Whole amounts whose sums are the rounded running totals of these exact ones."""
    exact, paid, parts = Fraction(0), 0, []
    for amount in running:
        exact += amount
        parts.append(half_up(exact) - paid)
        paid += parts[-1]
    return parts


def quarter(day: str) -> str:
    """`2017-05-31` is in 2017-Q2."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
