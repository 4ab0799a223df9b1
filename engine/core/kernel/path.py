"""The path methods in columns: each stretch of the scale earns by itself, tier by tier."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from engine.core.kernel.columns import Column, choose
from engine.core.kernel.tables import FLAT, PER_UNIT, PORTION, Slices, Table, Ways, blocks, joined, tier_at, tier_below

ONE = Fraction(1)
"""A divisor that keeps a quotient exact: two plain integers in a column of objects would divide to a float."""


def path_slices(table: Table, ways: Ways) -> Slices:
    """The slices of every row that earns. A stretch backwards gives the same slices with the opposite sign."""
    stretched = _stretched(table, ways)
    return joined([stretched, _flats(table, ways)]) if table.fixed else stretched


def _stretched(table: Table, ways: Ways) -> Slices:
    """The slices that depend on how far a stretch goes."""
    low, high = np.minimum(ways.before, ways.after), np.maximum(ways.before, ways.after)
    first, last = _tiers_passed(table, ways, low, high)
    count = choose(ways.paid, last - first + 1, 0)
    row = np.repeat(np.arange(len(low)), count)
    tier = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    segment, edges = ways.segment[row], table.edges
    following = np.minimum(tier + 1, len(edges) - 1)
    start = choose(tier == first[row], low[row], edges[tier, segment])
    end = choose(tier == last[row], high[row], edges[following, segment])
    base = _base(table, ways, row, start, end, low, high)
    kind, rate = table.pays[tier], table.price[tier]
    found = Slices(row, kind, tier, start, end, rate, base, rate * base)
    return _portions(table, ways, found) if table.method == "interpolated" else _paying(table, ways, found)


def _tiers_passed(table: Table, ways: Ways, low: Column, high: Column) -> tuple[Column, Column]:
    """The first and last tier that each stretch passes through; one tier where the crossing deal is not split.

    A reversal goes the same way back, so it meets the tier that the credit itself had.
    """
    if table.crosses != "split":
        one = tier_at(table.edges, ways.segment, high if table.crosses == "rate_including" else low)
        return one, one
    first = tier_at(table.edges, ways.segment, low)
    return first, np.maximum(first, tier_below(table.edges, ways.segment, high))


def _base(table: Table, ways: Ways, row: Column, start: Column, end: Column, low: Column, high: Column) -> Column:
    """How much of each stretch's amount lies in each slice.

    On a common scale a stretch whose amount is not its length has only one of both, so nothing needs dividing.
    """
    if table.crosses != "split":
        return ways.base[row]
    length, base = (high - low)[row], ways.base[row]
    if not table.scales.exact:
        part = choose(ways.after[row] < ways.before[row], start - end, end - start)
        return part if ways.natural else choose(length == 0, base, choose(base == 0, base, part))
    return choose(length == 0, base, base * (end - start) / choose(length == 0, ONE, length))


def _paying(table: Table, ways: Ways, found: Slices) -> Slices:
    """The slices that pay a rate or by the unit, those that come to nothing left out."""
    if (table.pays == PER_UNIT).any():
        base = choose(found.kind == PER_UNIT, _units(table, ways, found), found.base)
        found = replace(found, base=base, amount=found.rate * base)
    keep = (found.kind != FLAT) & (found.base != 0)
    return found if keep.all() else _chosen(found, keep)


def _units(table: Table, ways: Ways, found: Slices) -> Column:
    """How many units, or started blocks counted from the tier's start, lie in each slice."""
    sign = choose(ways.after[found.row] < ways.before[found.row], -1, 1)
    units: Column = sign * (found.end - found.start)
    if table.block is not None:
        begin = table.edges[found.tier, ways.segment[found.row]]
        whole = blocks(found.end - begin, table.block) - blocks(found.start - begin, table.block)
        units = sign * whole * table.scales.position
    return units


def _portions(table: Table, ways: Ways, found: Slices) -> Slices:
    """A tier's fixed amount in proportion to the part of the tier that was covered; nothing beyond the last."""
    last = found.tier == len(table.edges) - 1
    begin = table.edges[found.tier, ways.segment[found.row]]
    finish = table.edges[choose(last, 0, found.tier + 1), ways.segment[found.row]]
    sign = choose(ways.after[found.row] < ways.before[found.row], -1, 1)
    covered = choose(last, 0, sign * (found.end - found.start) / choose(last, ONE, finish - begin))
    flat = table.flat[found.tier]
    portion = replace(found, kind=np.full_like(found.kind, PORTION), rate=flat, base=covered, amount=flat * covered)
    return _chosen(portion, covered != 0)


def _flats(table: Table, ways: Ways) -> Slices:
    """The fixed amounts of the tiers that a stretch enters, or leaves again."""
    parts = [_flat(table, ways, tier) for tier in np.flatnonzero(table.pays == FLAT).tolist()]
    return joined(parts)


def _flat(table: Table, ways: Ways, tier: int) -> Slices:
    """The rows in which one tier's fixed amount is earned or lost."""
    edge = table.edges[tier][ways.segment]
    after = ways.begun_after if tier == 0 else ways.begun_after & (ways.crest_after > edge)
    before = ways.begun_before if tier == 0 else ways.begun_before & (ways.crest_before > edge)
    change = after.astype(np.int64) - before.astype(np.int64)
    row = np.flatnonzero(ways.paid & (change != 0))
    base, rate = change[row].astype(table.flat.dtype), np.repeat(table.flat[tier : tier + 1], len(row))
    return Slices(
        row, np.full(len(row), FLAT), np.full(len(row), tier), ways.before[row], ways.after[row], rate, base, base * rate,
    )  # fmt: skip


def _chosen(found: Slices, keep: Any) -> Slices:
    return Slices(*(getattr(found, name)[keep] for name in Slices.__slots__))
