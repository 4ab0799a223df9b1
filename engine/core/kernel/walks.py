"""One walk of a component over its movements: where each stands, what it is worth, what cap and rounding leave of it.

A movement is a credit that counts, or one that leaves again. Segments are windows of payees; nothing passes from one
segment to another. The running total of a segment is bounded by the cap and rounded; what a movement pays is the
difference of two rounded totals, so that neither slicing a deal nor batching a calculation changes what is paid by a
single minor unit.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from engine.core.kernel.columns import (
    LARGEST,
    Column,
    bounded,
    choose,
    largest,
    rounded,
    running,
    running_peak,
    segments,
    shifted,
    sizes,
)
from engine.core.kernel.path import path_slices
from engine.core.kernel.standing import Rated, Rating, rating
from engine.core.kernel.tables import Slices, Table, Ways, counted
from engine.core.money import Rounding


@dataclass(frozen=True, slots=True)
class Credits:
    """The credits of a component, one row each.

    `base` is what is paid on and `length` how far the measure moves, both on the scale of positions; `place` where a
    credit stands that is rated by itself (None: no such table). `factor` is on its scale. `paid` are those that earn.
    """

    base: Column
    length: Column
    place: Column | None
    factor: Column
    paid: Column


@dataclass(frozen=True, slots=True)
class Movements:
    """What moves the measure, in order, segment by segment. `credit` is the row in Credits.

    `leaves`: the credit is taken back. `moves`: the position goes with it. `through`: its money goes through the tiers,
    the part `share` of it, on its scale; all of it for a credit that comes.
    """

    starts: Column
    credit: Column
    leaves: Column
    moves: Column
    through: Column
    share: Column


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds per deal on the scale of slices; by segment the cap, what was carried in (on the scale of amounts) and
    the highest position that counts. None is no bound."""

    least: Any = None
    most: Any = None
    cap: Column | None = None
    carried: Column | None = None
    highest: Column | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """What every movement came to. `raw` and `limited` are on the scale of slices, `exact` (after the cap) on that of
    amounts; `paid` and `withheld` (by the cap) are whole minor units. `carried` is the same of what was carried in."""

    ways: Ways
    slices: Slices
    raw: Column
    limited: Column
    final: Column
    exact: Column
    paid: Column
    withheld: Column
    carried_exact: Column
    carried_paid: Column
    carried_withheld: Column


def fits(table: Table, credits: Credits, movements: Movements, bounds: Bounds) -> bool:
    """True when no number of the walk can leave 64 bits: a bound on every product and sum, from the largest values."""
    rows = int(sizes(movements.starts).max()) if len(movements.starts) > 1 else 0
    base = max(largest(credits.base), largest(credits.length), largest(table.edges), 1)
    price = largest(table.price)
    if credits.place is not None:
        # A place may be the rate itself.
        base, price = max(base, largest(credits.place)), max(price, largest(credits.place))
    block = table.scales.position if table.block is None else max(table.block, table.scales.position)
    flat = largest(table.flat) * len(table.edges)
    one = 2 * (base + block) * max(price, 1) + flat + max(int(bounds.least or 0), int(bounds.most or 0))
    factor, share = max(largest(credits.factor), table.scales.factor), table.scales.share
    given = sum(largest(column) for column in (bounds.cap, bounds.carried) if column is not None)
    return bool(4 * (rows + 1) * one * factor * share + given + table.scales.amount < LARGEST)


def walk(table: Table, credits: Credits, movements: Movements, bounds: Bounds, mode: Rounding) -> Walked:
    """The whole walk. The columns must fit (`fits`), or be of Python integers or fractions."""
    ways = _ways(table, credits, movements, bounds)
    rated = _rating(table, ways, credits, movements, bounds)
    final = rated.final * movements.share
    none = np.zeros(len(movements.starts) - 1, dtype=final.dtype)
    carried = none if bounds.carried is None else bounds.carried
    total = _Total(movements.starts, table.scales.amount, mode)
    after = running(final, movements.starts) + carried[ways.segment]
    gross = total.difference(after, carried)[1]
    exact, paid, first = final, gross, (carried, rounded(carried, table.scales.amount, mode))
    kept = first[1]
    if bounds.cap is not None:
        first = (np.minimum(carried, bounds.cap), rounded(np.minimum(carried, bounds.cap), table.scales.amount, mode))
        exact, paid = total.difference(np.minimum(after, bounds.cap[ways.segment]), first[0])
    return Walked(
        ways, rated.slices, rated.raw, rated.limited, rated.final, exact, paid, gross - paid, *first, kept - first[1],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Total:
    """A running total of each segment, and how it is rounded."""

    starts: Column
    scale: int
    mode: Rounding

    def difference(self, after: Column, begin: Column) -> tuple[Column, Column]:
        """What each row adds to the total, which begins with `begin` in each segment: exactly, and in whole units."""
        whole = rounded(after, self.scale, self.mode)
        start = rounded(begin, self.scale, self.mode)
        return after - shifted(after, self.starts, begin), whole - shifted(whole, self.starts, start)


def _rating(table: Table, ways: Ways, credits: Credits, movements: Movements, bounds: Bounds) -> Rating:
    """What each movement is worth, before cap: by the method's family."""
    factor = credits.factor[movements.credit]
    if table.standing:
        paid = credits.paid[movements.credit]
        joins = choose(movements.leaves, -1, 1) * paid
        rated = Rated(movements.credit, factor, joins, ways.paid, movements.leaves, movements.share)
        return rating(table, ways, rated, bounds.least, bounds.most)
    slices = path_slices(table, ways)
    raw = slices.sums(len(factor))
    limited = raw if bounds.least is None and bounds.most is None else bounded(raw, bounds.least, bounds.most)
    return Rating(slices, raw, limited, limited * factor)


def _ways(table: Table, credits: Credits, movements: Movements, bounds: Bounds) -> Ways:
    """Where each movement goes."""
    segment, one = segments(movements.starts), movements.credit
    sign = choose(movements.leaves, -1, 1)
    paid = credits.paid[one] & movements.through
    if credits.place is not None:
        return _alone(table, credits, movements, segment, paid)
    base = sign * credits.base[one]
    length = choose(movements.moves, sign * credits.length[one], 0)
    after = running(length, movements.starts)
    way = _Way(after - length, after, base)
    crest = _crest(table, movements, length, way, None if bounds.highest is None else bounds.highest[segment])
    begun = _begun(table, movements, sign)
    if bounds.highest is not None:
        way = _exactly(way.below(bounds.highest[segment], table.scales.exact), movements, len(credits.paid))
    units = _units(table, credits, movements, way) if table.standing else base
    return Ways(
        movements.starts, segment, way.before, way.after, way.base, units, *crest, *begun, paid,
        natural=credits.base is credits.length,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Way:
    before: Column
    after: Column
    base: Column

    def below(self, highest: Column, exact: bool) -> "_Way":
        """The part of the way below the highest position that counts, and the part of the amount that lies on it.

        On a common scale the amount is the length, so nothing needs dividing.
        """
        before, after = np.minimum(self.before, highest), np.minimum(self.after, highest)
        length, counts = self.after - self.before, after - before
        if not exact:
            return _Way(before, after, choose(length == counts, self.base, counts))
        part = counts / choose(length == 0, Fraction(1), length)
        return _Way(before, after, choose(length == counts, self.base, self.base * part))


def _exactly(way: _Way, movements: Movements, credits: int) -> _Way:
    """The same, where of what leaves exactly as much is lost as came of it: not the part on the way that it goes."""
    own = np.zeros(credits, dtype=way.base.dtype)
    own[movements.credit[~movements.leaves]] = way.base[~movements.leaves]
    exactly = movements.leaves & ~movements.through
    return _Way(way.before, way.after, choose(exactly, -own[movements.credit], way.base))


def _crest(
    table: Table, movements: Movements, length: Column, way: _Way, highest: Column | None
) -> tuple[Column, Column]:
    """The highest position before and after each movement; only fixed amounts of tiers ask for it.

    A return does not lower it. What is taken back lowers it to what it would be had that credit never been.
    """
    if not table.fixed or table.standing:
        return way.before, way.after
    after = running_peak(way.after, movements.starts)
    gone = np.flatnonzero(movements.leaves & movements.moves)
    for segment in np.unique(np.searchsorted(movements.starts, gone, side="right") - 1).tolist():
        own = slice(int(movements.starts[segment]), int(movements.starts[segment + 1]))
        after[own] = _without(movements.credit[own], length[own], movements.leaves[own] & movements.moves[own])
    if highest is not None:
        after = np.minimum(after, highest)
    zero = np.zeros(len(movements.starts) - 1, dtype=after.dtype)
    return shifted(after, movements.starts, zero), after


def _without(credit: Column, length: Column, leaves: Column) -> Column:
    """The highest position after each movement of one segment, each time as if what has left had never been."""
    counts, found = np.zeros_like(length), np.zeros_like(length)
    for row in range(len(length)):
        if leaves[row]:
            counts[credit == credit[row]] = 0
        else:
            counts[row] = length[row]
        found[row] = max(np.cumsum(counts[: row + 1]).max(), 0)
    return found


def _begun(table: Table, movements: Movements, sign: Column) -> tuple[Column, Column]:
    """Whether anything is counted before and after each movement; only fixed amounts and standings ask for it."""
    if not table.fixed and not table.standing:
        always = np.broadcast_to(np.array(True), len(sign))
        return always, always
    counting = running(choose(movements.moves, sign, 0), movements.starts)
    none = np.zeros(len(movements.starts) - 1, dtype=counting.dtype)
    return shifted(counting, movements.starts, none) > 0, counting > 0


def _units(table: Table, credits: Credits, movements: Movements, way: _Way) -> Column:
    """How many units each movement is paid for: those by which its credit moved the measure, given back when it leaves."""
    units: Column = counted(way.after, table.block) - counted(way.before, table.block)
    if table.block is None and not movements.leaves.any():
        return units
    own = np.zeros(len(credits.paid), dtype=units.dtype)
    own[movements.credit[~movements.leaves]] = units[~movements.leaves]
    scale = 1 if table.block is None else table.scales.position
    given: Column = choose(movements.leaves, -1, 1) * own[movements.credit] * scale
    return given


def _alone(table: Table, credits: Credits, movements: Movements, segment: Column, paid: Column) -> Ways:
    """The ways of credits that are rated by themselves: each from nothing to its place."""
    assert credits.place is not None, "the caller has asked"
    place, none = credits.place[movements.credit], np.zeros_like(credits.place[movements.credit])
    before, after = choose(movements.leaves, place, none), choose(movements.leaves, none, place)
    sign, begun = choose(movements.leaves, -1, 1), movements.leaves
    units = (counted(after, table.block) - counted(before, table.block)) * _per_block(table)
    return Ways(
        movements.starts, segment, before, after, sign * credits.base[movements.credit], units, before, after,
        begun, ~begun, paid, alone=True, natural=credits.base is credits.place,
    )  # fmt: skip


def _per_block(table: Table) -> int:
    return 1 if table.block is None else table.scales.position
