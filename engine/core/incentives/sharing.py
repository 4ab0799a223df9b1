"""Dividing the whole of an event among those who share it: exact shares, whole cents, and the rest by the plan's rule."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from engine.core.incentives.recipients import Recipient
from engine.core.money import Rounding, rounded

REMAINDERS = ("last_by_id", "largest_share", "first_named", "largest_remainder")
"""Who gets the cents that do not divide. `largest_remainder` gives one cent each, the others give all to one."""


def shared(minor: int, named: Sequence[Recipient], remainder: str = "last_by_id") -> tuple[int, ...]:
    """The whole divided by shares that total 1: each part cut off at the minor unit, what is left over by `remainder`.

    The parts sum to the whole, also of a negative one, whose parts are those of its opposite with the other sign.
    """
    sign, whole = (-1 if minor < 0 else 1), abs(minor)
    parts = [whole * who.share.numerator // who.share.denominator for who in named]
    for index in _receivers(whole, named, parts, remainder):
        parts[index] += 1
    return tuple(sign * part for part in parts)


def alone(minor: int, named: Sequence[Recipient], mode: Rounding) -> tuple[int, ...]:
    """The share of the whole of each by themselves, rounded once: shares that need not total 1."""
    return tuple(rounded(minor * who.share.numerator, who.share.denominator, mode) for who in named)


def _receivers(whole: int, named: Sequence[Recipient], parts: Sequence[int], remainder: str) -> list[int]:
    """The index of who gets each cent that is left over. Ties go to the last by id, of remainders to the first."""
    left = whole - sum(parts)
    if not left:
        return []
    if remainder == "largest_remainder":
        by_rest = sorted(range(len(named)), key=lambda n: (parts[n] - whole * named[n].share, named[n].payee))
        return by_rest[:left]
    key = _FIRST_BY[remainder]
    chosen = max(range(len(named)), key=lambda n: key(named[n]))
    return [chosen] * left


def _by_id(who: Recipient) -> tuple[Fraction | int, str]:
    return (0, who.payee)


def _by_share(who: Recipient) -> tuple[Fraction | int, str]:
    return (who.share, who.payee)


def _by_naming(who: Recipient) -> tuple[Fraction | int, str]:
    return (-who.place, who.payee)


_FIRST_BY: Mapping[str, Callable[[Recipient], tuple[Fraction | int, str]]] = MappingProxyType(
    {"last_by_id": _by_id, "largest_share": _by_share, "first_named": _by_naming}
)
