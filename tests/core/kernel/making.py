"""Small components for the kernel, and what it makes of them in each of its three kinds of numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from unittest.mock import patch

import numpy as np

from engine.core.kernel import component
from engine.core.kernel.columns import Column
from engine.core.kernel.component import Limits, Rows, calculated
from engine.core.kernel.tables import FLAT, KINDS, PORTION, Scales
from engine.core.kernel.walks import Walked
from engine.core.money import Money, Rounding
from engine.core.rules.plan import RateTable, Tier
from tests.core.incentives.simple import PLACE

F = Fraction
ALL = F(1)
Slice = tuple[int, str, int, Fraction, Fraction, Fraction, Fraction, Fraction]
Move = tuple[int, bool, bool, Fraction]


def rates_of(
    method: str, *tiers: tuple[Fraction | int, str, Fraction | int], crosses: str = "split", block: int | None = None,
    highest: Fraction | None = None,
) -> RateTable:  # fmt: skip
    """A rate table of tiers (start, `rate`, `each` or `flat`, how much), by amount in minor units of CNY."""

    def tier(start: Fraction | int, kind: str, pays: Fraction | int) -> Tier:
        money = Money(int(pays), "CNY")
        return Tier(
            F(start), F(pays) if kind == "rate" else None, money if kind == "flat" else None,
            money if kind == "each" else None, PLACE,
        )  # fmt: skip

    made = tuple(tier(*one) for one in tiers)
    return RateTable("amount", None, method, crosses, made, None if block is None else F(block), PLACE, highest=highest)


def comes(*credits: int) -> list[Move]:
    """Movements of credits that come, in that order."""
    return [(credit, False, True, ALL) for credit in credits]


def leaves(credit: int, share: Fraction = ALL, moves: bool = True) -> Move:
    """The movement of a credit that leaves again."""
    return (credit, True, moves, share)


def rows_of(
    base: Sequence[int], *, length: Sequence[Fraction | int] | None = None, place: Sequence[Fraction | int] | None = None,
    factor: Sequence[Fraction] | None = None, paid: Sequence[bool] | None = None,
    segments: Sequence[Sequence[Move]] | None = None, through: Sequence[bool] | None = None,
) -> Rows:  # fmt: skip
    """The rows of a component: all credits paid, at a factor of 1, in one segment, unless it is said otherwise."""
    chosen = [comes(*range(len(base)))] if segments is None else segments
    moves = [move for segment in chosen for move in segment]
    starts = [0]
    for segment in chosen:
        starts.append(starts[-1] + len(segment))
    credit, leaving, moving, share = zip(*moves, strict=True) if moves else ((), (), (), ())
    return Rows(
        base, None if length is None else [F(one) for one in length], None if place is None else [F(one) for one in place],
        [ALL] * len(base) if factor is None else factor, [True] * len(base) if paid is None else paid, starts,
        credit, leaving, moving, [part != 0 for part in share] if through is None else through, share,
    )  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What the kernel says, without scales: whole minor units, exact minor units, and slices by movement."""

    paid: list[int]
    withheld: list[int]
    exact: list[Fraction]
    raw: list[Fraction]
    limited: list[Fraction]
    final: list[Fraction]
    before: list[Fraction]
    after: list[Fraction]
    begun: list[tuple[bool, bool]]
    slices: list[Slice]
    carried: list[tuple[Fraction, int, int]]


def outcome(scales: Scales, walked: Walked) -> Outcome:
    """The outcome of a walk."""
    ways, found = walked.ways, walked.slices
    slices = []
    for row, kind, tier, *rest in zip(*(getattr(found, name).tolist() for name in found.__slots__), strict=True):
        fixed = kind in (FLAT, PORTION)
        by = (scales.position,) * 2 + (
            scales.slice if fixed else scales.rate, 1 if fixed else scales.position, scales.slice,
        )  # fmt: skip
        slices.append((row, KINDS[kind], tier, *(F(value) / scale for value, scale in zip(rest, by, strict=True))))
    return Outcome(
        walked.paid.tolist(), walked.withheld.tolist(), _exact(walked.exact, scales.amount),
        _exact(walked.raw, scales.slice), _exact(walked.limited, scales.slice),
        _exact(walked.final, scales.slice * scales.factor), _exact(ways.before, scales.position),
        _exact(ways.after, scales.position),
        list(zip(ways.begun_before.tolist(), ways.begun_after.tolist(), strict=True)), slices,
        list(zip(_exact(walked.carried_exact, scales.amount), walked.carried_paid.tolist(),
                 walked.carried_withheld.tolist(), strict=True)),
    )  # fmt: skip


def _exact(column: Column, scale: int) -> list[Fraction]:
    assert column.dtype in (np.int64, object)
    assert not any(isinstance(value, float) for value in column.tolist())
    return [F(value) / scale for value in column.tolist()]


def in_fractions(work: Callable[[], Outcome]) -> Outcome:
    """The same, all in fractions."""
    with patch.object(component, "scales_of", lambda *_: Scales(exact=True)):
        return work()


def in_whole_numbers_without_a_limit(work: Callable[[], Outcome]) -> Outcome:
    """The same, in Python's whole numbers where it would be in 64 bits."""
    with patch.object(component, "fits", lambda *_: False):
        return work()


def walked(
    rates: RateTable, rows: Rows, limits: Limits = Limits(), units: Sequence[int] | None = None,  # noqa: B008
    mode: Rounding = Rounding.HALF_UP,
) -> Outcome:  # fmt: skip
    """What the kernel says; it must say the same in all three kinds of numbers."""
    each = [1] * (len(rows.starts) - 1) if units is None else units

    def work() -> Outcome:
        return outcome(*calculated(rates, each, rows, limits, mode))

    found = work()
    assert in_whole_numbers_without_a_limit(work) == found
    assert in_fractions(work) == found
    return found
