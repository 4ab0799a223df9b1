"""The standing methods in columns: the tier that was reached rates everything, and re-rates it when another is reached."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from engine.core.kernel.columns import Column, bounded, choose, running
from engine.core.kernel.tables import FLAT, PER_UNIT, RATE, RERATED, Slices, Table, Ways, joined, tier_at

NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Rated:
    """What a standing method must know of a row: its credit with its factor, and whether its amount joins (1) or leaves
    (-1) what is rated (0: neither). `active` are the rows that are rated now; a row that leaves is so at `was`, with a
    `share` of its money."""

    credit: Column
    factor: Column
    joins: Column
    active: Column
    leaves: Column
    share: Column


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reached tier gives everything, row by row: a share, an amount for each unit, a fixed amount once."""

    tier: Column
    rate: Column
    per_unit: Column
    flat: Column

    def at(self, rows: Column) -> "Standing":
        """The standing at other rows; before anything (-1) it is nothing."""
        found = (getattr(self, name)[rows] for name in Standing.__slots__)
        return Standing(*(choose(rows < 0, 0, column) for column in found))


@dataclass(frozen=True, slots=True)
class Rating:
    """The outcome of a standing method, row by row, before cap: its slices, their sum, that within the bounds per deal,
    and the amount after factors."""

    slices: Slices
    raw: Column
    limited: Column
    final: Column


def rating(table: Table, ways: Ways, rated: Rated, least: Any, most: Any) -> Rating:
    """Each row at the standing that it reaches, the tier's fixed amount, and all others re-rated to that standing."""
    now = _standing(table, ways, ways.after, ways.begun_after)
    was = _standing(table, ways, ways.before, ways.begun_before) if ways.alone else now.at(_earlier(rated, ways))
    at = Standing(*(choose(rated.leaves, getattr(was, n), getattr(now, n)) for n in Standing.__slots__))
    flat = now.flat - was.flat
    own = at.rate * ways.base + at.per_unit * ways.units + flat
    apart = table.mixed and not ways.alone
    within = choose(rated.active, bounded(own - flat if apart else own, least, most), 0)
    raw, change, factored = choose(rated.active, own, 0), np.zeros_like(own), np.zeros_like(own)
    others = _Others(ways, rated)
    parts = [_own_slices(ways, rated, at, now, flat)]
    if not ways.alone:
        parts.append(_rerated(ways, rated, was, now, others))
        raw = raw + _changed(rated, was, now, others.base, others.units)
        change, factored = others.changes(was, now, least, most)
    if apart:
        fixed = _in_stead(ways, rated, flat, ways.begun_after & (table.pays[now.tier] == FLAT), least, most)
        change, factored = change + fixed[0], factored + fixed[1]
    return Rating(joined(parts), raw, within + change, within * rated.factor + factored)


def _in_stead(ways: Ways, rated: Rated, flat: Column, reached: Column, least: Any, most: Any) -> tuple[Column, Column]:
    """What the fixed amounts beside rates come to, row by row, before and after factors: `flat` is how they change,
    `reached` says where a tier with one is.

    A change of fixed amounts has the bounds and the factor of its credit. Where a tier with a rate is reached exactly what
    they came to goes again, without what an exact clawback has taken of it.
    """
    change, final = np.zeros_like(flat), np.zeros_like(flat)
    held: dict[int, tuple[Any, Any]] = {}
    for row in range(len(flat)):
        credit = int(rated.credit[row])
        if row == ways.starts[ways.segment[row]]:
            held = {}
        if rated.leaves[row] and not rated.active[row]:
            held.pop(credit, None)
        elif rated.active[row] and reached[row]:
            change[row] = bounded(flat[row : row + 1], least, most)[0]
            final[row] = change[row] * rated.factor[row]
            was, part = held.get(credit, (NONE, NONE)), rated.share[row]
            held[credit] = was[0] + change[row] * part, was[1] + final[row] * part
        elif rated.active[row]:
            change[row], final[row] = (-sum((pair[n] for pair in held.values()), NONE) for n in (0, 1))
            held = {}
    return change, final


def _standing(table: Table, ways: Ways, positions: Column, begun: Column) -> Standing:
    """What the tier reached at each position gives; nothing where nothing is counted."""
    tier = tier_at(table.edges, ways.segment, positions)
    price = _price(table, ways, positions, tier)
    pays, none = table.pays[tier], np.zeros_like(price)
    rate, unit = choose(begun & (pays == RATE), price, none), choose(begun & (pays == PER_UNIT), price, none)
    return Standing(tier, rate, unit, choose(begun, table.flat[tier], np.zeros_like(table.flat[tier])))


def _price(table: Table, ways: Ways, positions: Column, tier: Column) -> Column:
    """What a position pays for one minor unit or one unit."""
    if table.method == "formula":
        return positions
    if table.method == "interpolated":
        return _between(table, ways, positions, tier)
    found: Column = table.price[tier]
    return found


def _between(table: Table, ways: Ways, positions: Column, tier: Column) -> Column:
    """The rate on the straight line from a tier's start to the next one's; the last tier's rate holds beyond."""
    following = np.minimum(tier + 1, len(table.edges) - 1)
    here, there = table.edges[tier, ways.segment], table.edges[following, ways.segment]
    level = (tier == following) | (positions <= here)
    way = choose(level, NONE, positions - here) / choose(tier == following, NONE + 1, there - here)
    found: Column = table.price[tier] + way * (table.price[following] - table.price[tier])
    return found


def _earlier(rated: Rated, ways: Ways) -> Column:
    """For each row the last rated row before it in its segment, or -1."""
    rows = np.arange(len(rated.active))
    last = np.maximum.accumulate(choose(rated.active, rows, -1)) if len(rows) else rows
    before = np.concatenate([np.full(1, -1), last])[:-1]
    return choose(before < ways.starts[ways.segment], -1, before)


def _own_slices(ways: Ways, rated: Rated, at: Standing, now: Standing, flat: Column) -> Slices:
    """Each row's own amount at its standing, and the change of the fixed amount, where there is one."""
    one = np.ones_like(flat)
    parts = [(RATE, at.rate, ways.base), (PER_UNIT, at.per_unit, ways.units), (FLAT, flat, one)]
    tier = choose(rated.leaves, at.tier, now.tier)
    found = []
    for kind, rate, base in parts:
        row = np.flatnonzero(rated.active & (rate != 0) & ((base != 0) | (kind == FLAT)))
        found.append(_slices(row, kind, tier, ways.before, ways.after, rate, base))
    return joined(found)


def _rerated(ways: Ways, rated: Rated, was: Standing, now: Standing, others: "_Others") -> Slices:
    """What the change of tier makes of everything before: the difference of the rates on all of it."""
    zero = np.zeros_like(ways.before)
    found = []
    for rate, base in ((now.rate - was.rate, others.base), (now.per_unit - was.per_unit, others.units)):
        row = np.flatnonzero(rated.active & (rate != 0) & (base != 0))
        found.append(_slices(row, RERATED, now.tier, zero, ways.before, rate, base))
    return joined(found)


def _slices(row: Column, kind: int, tier: Column, start: Column, end: Column, rate: Column, base: Column) -> Slices:
    amount = rate[row] * base[row]
    return Slices(row, np.full(len(row), kind), tier[row], start[row], end[row], rate[row], base[row], amount)


def _changed(rated: Rated, was: Standing, now: Standing, base: Column, units: Column) -> Column:
    change = (now.rate - was.rate) * base + (now.per_unit - was.per_unit) * units
    return choose(rated.active, change, 0)


class _Others:
    """What is rated besides a row's own credit, when it comes or after it has left."""

    def __init__(self, ways: Ways, rated: Rated) -> None:
        self._ways, self._rated = ways, rated
        self.base, self.units = self._sums(1), self._units(1)

    def _sums(self, factor: Any) -> Column:
        return self._besides(self._rated.joins * self._size(self._ways.base) * factor)

    def _units(self, factor: Any) -> Column:
        return self._besides(self._rated.joins * self._size(self._ways.units) * factor)

    def _size(self, values: Column) -> Column:
        """The credit's own amount: that of a row that leaves has its sign turned."""
        return choose(self._rated.joins < 0, -values, values)

    def _besides(self, moved: Column) -> Column:
        return running(moved, self._ways.starts) - choose(self._rated.joins > 0, moved, 0)

    def changes(self, was: Standing, now: Standing, least: Any, most: Any) -> tuple[Column, Column]:
        """What re-rating adds, before and after the factors of the others."""
        if least is None and most is None:
            factored = self._sums(self._rated.factor), self._units(self._rated.factor)
            plain = _changed(self._rated, was, now, self.base, self.units)
            return plain, _changed(self._rated, was, now, *factored)
        pairs = [self._bounded(row, was, now, least, most) for row in range(len(self.base))]
        both = np.array(pairs, dtype=object).reshape(-1, 2).astype(self.base.dtype)
        return both[:, 0], both[:, 1]

    def _bounded(self, row: int, was: Standing, now: Standing, least: Any, most: Any) -> tuple[Any, Any]:
        """The same with bounds per deal: each of the others is bounded by itself."""
        if not self._rated.active[row] or (was.rate[row], was.per_unit[row]) == (now.rate[row], now.per_unit[row]):
            return 0, 0
        begin = self._ways.starts[self._ways.segment[row]]
        end = row if self._rated.joins[row] > 0 else row + 1
        joins = self._rated.joins[begin:end]
        base, units = self._ways.base[begin:end], self._ways.units[begin:end]
        size = choose(joins < 0, -1, 1)
        then = bounded(size * (was.rate[row] * base + was.per_unit[row] * units), least, most)
        after = bounded(size * (now.rate[row] * base + now.per_unit[row] * units), least, most)
        change = joins * (after - then)
        return change.sum(), (change * self._rated.factor[begin:end]).sum()
