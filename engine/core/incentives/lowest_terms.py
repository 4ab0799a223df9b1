"""A movement's numbers on the smallest scales that keep them whole, so that it is told by what it is and nothing else.

The kernel's scales are common to all movements of a column and so depend on which others were calculated beside it.
"""

from fractions import Fraction
from math import gcd, lcm
from typing import Any

from engine.core.incentives.worth import Stretch, Worth
from engine.core.kernel.tables import FLAT, PORTION

Plain = tuple[tuple[int, int, int], int, list[Any], list[int], list[list[Any]]]
"""The scales of positions, rates and factors; the unit, the way, the sums and the stretches in these scales."""


def in_lowest_terms(worth: Worth) -> Plain:
    """The numbers of a movement, all of them whole; the same for the same movement, wherever it was calculated."""
    scales, way = worth.scales, worth.way
    lengths = [worth.unit, *(position for position in way if position is not None)]
    rates: list[Any] = []
    raw, limited, final = worth.sums
    amounts = [raw, limited]
    for kind, _, start, end, rate, base, amount in worth.stretches:
        fixed = _is_fixed(kind)
        lengths += (start, end) if fixed else (start, end, base)
        (amounts if fixed else rates).append(rate)
        amounts.append(amount)
    position, rate_scale, factor = scales.position, scales.rate, scales.factor
    up = (1, 1, 1)
    if scales.exact:
        up = (_denominator(lengths), _denominator([*rates, *amounts]), _denominator([final]))
        position, rate_scale, factor = up
    by_length, by_rate, by_amount, by_final = up[0], up[1], up[0] * up[1], up[0] * up[1] * up[2]
    down = gcd(position, *(_whole(one, by_length) for one in lengths))
    both = down * rate_scale
    less = gcd(both, *(down * _whole(one, by_rate) for one in rates), *(_whole(one, by_amount) for one in amounts))
    rest = less * factor
    least = gcd(rest, _whole(final, by_final))

    def length(number: Any) -> int:
        return _whole(number, by_length) // down

    def amount_of(number: Any) -> int:
        return _whole(number, by_amount) // less

    def stretch(one: Stretch) -> list[Any]:
        kind, tier, start, end, rate, base, amount = one
        if _is_fixed(kind):
            return [kind, tier, length(start), length(end), amount_of(rate), base, amount_of(amount)]
        told = down * _whole(rate, by_rate) // less
        return [kind, tier, length(start), length(end), told, length(base), amount_of(amount)]

    return (
        (position // down, both // less, rest // least), length(worth.unit),
        [None if one is None else length(one) for one in way],
        [amount_of(raw), amount_of(limited), _whole(final, by_final) // least],
        [stretch(one) for one in worth.stretches],
    )  # fmt: skip


def _is_fixed(kind: int) -> bool:
    return kind in (FLAT, PORTION)


def _denominator(numbers: list[Any]) -> int:
    return lcm(*(Fraction(number).denominator for number in numbers))


def _whole(number: Any, scale: int) -> int:
    """The number on that scale; it is whole there."""
    return number * scale if type(number) is int else int(number * scale)
