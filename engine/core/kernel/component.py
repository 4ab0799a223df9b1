"""A component's rows as they are told, made into columns on a common scale, and walked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np

from engine.core.kernel.columns import Column, common_denominator
from engine.core.kernel.tables import Scales, is_mixed, is_standing, rate_scale, table_of
from engine.core.kernel.walks import Bounds, Credits, Movements, Walked, fits, walk
from engine.core.money import Rounding
from engine.core.rules.plan import RateTable


@dataclass(frozen=True, slots=True)
class Rows:
    """Credits and movements of a component, segment by segment.

    By credit: `base` in minor units; `length`, how far it moves the measure (None: by its base); `place`, where it
    stands if it is rated by itself (None: no such table); `factor`; whether it is `paid`. By movement, in order:
    `credit`, whether it `leaves`, whether the position `moves` with it, whether its money goes `through` the tiers (else
    exactly what it earned goes), and which `share` of it. `starts` are the segments' first movements, and the number of
    all.
    """

    base: Sequence[int]
    length: Sequence[Fraction] | None
    place: Sequence[Fraction] | None
    factor: Sequence[Fraction]
    paid: Sequence[bool]
    starts: Sequence[int]
    credit: Sequence[int]
    leaves: Sequence[bool]
    moves: Sequence[bool]
    through: Sequence[bool]
    share: Sequence[Fraction]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in minor units: of one deal, and of the window. `carried` is what each segment starts with; `highest` the
    position up to which each segment counts (empty: no limit)."""

    least: int | None = None
    most: int | None = None
    cap: int | None = None
    carried: Sequence[int] = ()
    highest: Sequence[Fraction] = ()


def calculated(
    rates: RateTable, units: Sequence[int], rows: Rows, limits: Limits, mode: Rounding
) -> tuple[Scales, Walked]:
    """The walk of all rows, and the scales of its numbers. A position of 1 on the rate table is so many whole `units`."""
    scales = scales_of(rates, units, rows, limits)
    table = table_of(rates, scales.column(units, 1), scales)
    columns = (_credits(rows, scales), _movements(rows, scales), _bounds(limits, scales, len(units)))
    if not scales.exact and not fits(table, *columns):
        table = replace(table, price=table.price.astype(object), flat=table.flat.astype(object))
        columns = _unlimited(*columns)
    return scales, walk(table, *columns, mode)


def plain(
    rates: RateTable, units: Column, base: Column, starts: Column, cap: int | None, mode: Rounding
) -> tuple[Scales, Walked]:
    """The walk of credits that come once each, in order, with no factor, out of columns: `base` in minor units.

    Only for a table that splits amounts by amounts; its numbers must fit (ValueError).
    """
    unit = gcd(*np.unique(units).tolist())
    scales = Scales(common_denominator({tier.start * unit for tier in rates.tiers}), rate_scale(rates))
    table = table_of(rates, units, scales)
    base = base * scales.position if scales.position != 1 else base
    rows, always = len(base), np.broadcast_to(np.array(True), len(base))
    ones = np.broadcast_to(np.array(1), rows)
    credits = Credits(base, base, None, ones, always)
    movements = Movements(starts, np.arange(rows), ~always, always, always, ones)
    bounds = _bounds(Limits(cap=cap), scales, len(units))
    if not fits(table, credits, movements, bounds):
        raise ValueError("these amounts do not fit 64 bits")
    return scales, walk(table, credits, movements, bounds, mode)


def scales_of(rates: RateTable, units: Sequence[int], rows: Rows, limits: Limits) -> Scales:
    """The common scales of these rows, or fractions where a quotient must be taken."""
    if rates.method == "interpolated" or _divides(rates, rows, bool(limits.highest)):
        return Scales(exact=True)
    edges = {tier.start * gcd(*units) for tier in rates.tiers}
    block = () if rates.block is None else (rates.block,)
    position = common_denominator({*edges, *(rows.length or ()), *(rows.place or ()), *block, *limits.highest})
    rate = position if rates.method == "formula" else rate_scale(rates)
    return Scales(position, rate, common_denominator(rows.factor), common_denominator(rows.share))


def _divides(rates: RateTable, rows: Rows, limited: bool) -> bool:
    """True when a stretch is split, between tiers or at the highest position, whose amount is not its length; or when a
    part of a fixed amount may have to go whole."""
    length = rows.length if rows.place is None else rows.place
    by_rate = any(tier.rate is not None for tier in rates.tiers)
    fixed = [tier.flat is not None for tier in rates.tiers]
    if (length is not None and limited) or is_mixed(rates.method, not all(fixed), any(fixed)):
        return True
    if length is None or rates.deal_that_crosses != "split" or is_standing(rates.method, by_rate) or not by_rate:
        return False
    return any(base and way and base != way for base, way in zip(rows.base, length, strict=True))


def _credits(rows: Rows, scales: Scales) -> Credits:
    base = scales.column([number * scales.position for number in rows.base], 1)
    length = base if rows.length is None else scales.column(rows.length, scales.position)
    place = None if rows.place is None else scales.column(rows.place, scales.position)
    if place is not None and rows.place is not None and list(rows.place) == list(rows.base):
        place = base
    return Credits(base, length, place, scales.column(rows.factor, scales.factor), np.array(rows.paid, dtype=bool))


def _movements(rows: Rows, scales: Scales) -> Movements:
    whole: list[Any] = [rows.starts, rows.credit]
    starts, credit = (np.array(one, dtype=np.int64) for one in whole)
    leaves, moves, through = (np.array(one, dtype=bool) for one in (rows.leaves, rows.moves, rows.through))
    return Movements(starts, credit, leaves, moves, through, scales.column(rows.share, scales.share))


def _bounds(limits: Limits, scales: Scales, segments: int) -> Bounds:
    def one(minor: int | None) -> Any:
        return None if minor is None else minor * scales.slice

    cap = None if limits.cap is None else scales.column([limits.cap * scales.amount] * segments, 1)
    carried = scales.column([minor * scales.amount for minor in limits.carried], 1) if any(limits.carried) else None
    highest = scales.column(limits.highest, scales.position) if limits.highest else None
    return Bounds(one(limits.least), one(limits.most), cap, carried, highest)


def _unlimited(credits: Credits, movements: Movements, bounds: Bounds) -> tuple[Credits, Movements, Bounds]:
    """The same columns of whole numbers without a limit."""
    base = credits.base.astype(object)
    length = base if credits.length is credits.base else credits.length.astype(object)
    place = None if credits.place is None else base if credits.place is credits.base else credits.place.astype(object)
    return (
        Credits(base, length, place, credits.factor.astype(object), credits.paid),
        replace(movements, share=movements.share.astype(object)),
        replace(bounds, cap=_objects(bounds.cap), carried=_objects(bounds.carried), highest=_objects(bounds.highest)),
    )


def _objects(column: Column | None) -> Column | None:
    return None if column is None else column.astype(object)
