"""Rate tables in columns: what stretches of a measure earn, slice by slice.

A table of the method `formula` has no tiers of its own: each credit's position is its rate. Otherwise there are two
families. In the *path* methods (marginal, per_block, interpolated amounts) each stretch of the scale
earns by itself. In the *standing* methods (whole, flat, interpolated rates) the tier that was reached rates
everything, so reaching another one re-rates what came before.

Tiers are half-open: a position that lies on a threshold has reached the upper tier. In the path methods a tier's flat
amount is earned when something lies above its start, that of the first tier with the first credit; a later return does
not lose it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from engine.core.kernel.columns import LARGEST, Column, choose, common_denominator, fractions, largest, whole
from engine.core.rules.plan import RateTable, Tier

KINDS = ("rate", "per_unit", "flat", "portion", "rerated")
"""What a slice is: a share of an amount, an amount for each unit or block, a tier's fixed amount, the covered part of
one, or earlier amounts brought to the tier that was reached. Slices hold the place in this list."""

RATE, PER_UNIT, FLAT, PORTION, RERATED = range(len(KINDS))


@dataclass(frozen=True, slots=True)
class Scales:
    """By what positions, rates, factors and shares taken back are multiplied so that all of them are whole.

    `exact`: they are left as fractions, because a quotient is needed that no common scale makes whole; all are 1.
    """

    position: int = 1
    rate: int = 1
    factor: int = 1
    share: int = 1
    exact: bool = False

    @property
    def slice(self) -> int:
        """The scale of an amount straight from the rate table."""
        return self.position * self.rate

    @property
    def amount(self) -> int:
        """The scale of an amount after its factor and the share taken back."""
        return self.position * self.rate * self.factor * self.share

    def column(self, values: Sequence[Fraction | int], scale: int) -> Column:
        """The values as a column on a scale of this kind."""
        return fractions(values) if self.exact else whole(values, scale)


@dataclass(frozen=True, slots=True)
class Table:
    """A rate table ready for arithmetic: `edges` are by tier its starts in each segment, on the scale of positions.

    `pays` tells by tier what it pays (RATE, PER_UNIT, FLAT), `price` how much: a rate on its scale, or minor units on
    the scale of rates; `flat` are fixed amounts on the scale of slices.
    """

    method: str
    crosses: str
    edges: Column
    pays: Column
    price: Column
    flat: Column
    block: Any
    scales: Scales

    @property
    def standing(self) -> bool:
        """True for the methods in which the reached tier rates everything."""
        return is_standing(self.method, bool((self.pays == RATE).any()))

    @property
    def mixed(self) -> bool:
        """True when the tier reached may rate everything, or pay a fixed amount in its stead."""
        return is_mixed(self.method, bool((self.pays != FLAT).any()), bool((self.pays == FLAT).any()))

    @property
    def fixed(self) -> bool:
        """True when some tier has a fixed amount that is earned as a whole."""
        return self.method != "interpolated" and bool((self.pays == FLAT).any())


def is_standing(method: str, by_rate: bool) -> bool:
    """True for the methods in which the reached tier rates everything; `by_rate` when tiers pay shares."""
    return method in ("whole", "flat", "formula") or (method == "interpolated" and by_rate)


def is_mixed(method: str, priced: bool, fixed: bool) -> bool:
    """True where the tier reached rates everything in one place and pays a fixed amount in its stead in another."""
    return method == "whole" and priced and fixed


def prices(tiers: Sequence[Tier]) -> list[Fraction]:
    """What each tier pays for one minor unit or one unit, exactly; 0 for a fixed amount."""
    return [tier.rate if tier.rate is not None else Fraction(getattr(tier.per_unit, "minor", 0)) for tier in tiers]


def rate_scale(rates: RateTable) -> int:
    """What makes all of a table's rates whole."""
    return common_denominator(prices(rates.tiers))


def table_of(rates: RateTable, units: Column, scales: Scales) -> Table:
    """The table for segments in which a position of 1 (the whole quota, a minor unit, a unit) is so many `units`."""
    flat = [Fraction(getattr(tier.flat, "minor", 0)) * scales.slice for tier in rates.tiers]
    pays = [RATE if tier.rate is not None else PER_UNIT if tier.per_unit is not None else FLAT for tier in rates.tiers]
    block = None if rates.block is None else rates.block * scales.position
    return Table(
        rates.method, rates.deal_that_crosses, _edges(rates, units, scales), np.array(pays), scales.column(prices(rates.tiers), scales.rate),
        scales.column(flat, 1), block if block is None or scales.exact else int(block), scales,
    )  # fmt: skip


def _edges(rates: RateTable, units: Column, scales: Scales) -> Column:
    """Where each tier starts in each segment. The scale makes every one of them whole, not every share of a quota."""
    starts = [tier.start for tier in rates.tiers]
    if scales.exact:
        return np.multiply.outer(fractions(starts), units)
    shares = common_denominator(starts)
    begins = whole(starts, shares)
    if max(largest(begins), 1) * scales.position * max(largest(units), 1) >= LARGEST:
        begins = begins.astype(object)
    found: Column = np.multiply.outer(begins * scales.position, units) // shares
    return found


@dataclass(frozen=True, slots=True)
class Ways:
    """The stretches of a component, row by row: where each starts and ends, and what lies on it.

    `base` is signed minor units on the scale of positions; `units` how many units or blocks the credit counts, signed;
    `crest_before` and `crest_after` the highest position so far; `begun_before` and `begun_after` whether anything is
    counted; what a table does not ask for is left as it comes. `paid` are the rows that earn. `alone`: each row is
    rated by itself. `natural`: base and length are one.
    """

    starts: Column
    segment: Column
    before: Column
    after: Column
    base: Column
    units: Column
    crest_before: Column
    crest_after: Column
    begun_before: Column
    begun_after: Column
    paid: Column
    alone: bool = False
    natural: bool = True


@dataclass(frozen=True, slots=True)
class Slices:
    """The slices of all rows, in the order of rows, then tiers. `row` is the movement; `kind` a place in KINDS.

    `start` and `end` are positions on their scale. `rate` and `base` are as `Table.price` and `Ways.base` or `units`;
    `amount` is on the scale of slices. Those of FLAT have a base of 1 and the amount as rate, on the scale of slices.
    """

    row: Column
    kind: Column
    tier: Column
    start: Column
    end: Column
    rate: Column
    base: Column
    amount: Column

    def begins(self, rows: int) -> Column:
        """Where each row's slices begin among all of them, and where those of the last end."""
        return np.searchsorted(self.row, np.arange(rows + 1))

    def sums(self, rows: int) -> Column:
        """The sum of each row's amounts."""
        found = np.zeros(rows, dtype=self.amount.dtype)
        first = np.flatnonzero(np.diff(self.row, prepend=-1))
        if len(first):
            found[self.row[first]] = np.add.reduceat(self.amount, first)
        return found


def tier_at(edges: Column, segment: Column, positions: Column) -> Column:
    """For each position the last tier that starts at or before it; the first for a negative one."""
    found = np.zeros(len(positions), dtype=np.int64)
    for start in edges[1:]:
        found += start[segment] <= positions
    return found


def tier_below(edges: Column, segment: Column, positions: Column) -> Column:
    """For each position the last tier that starts before it; the first when none does."""
    found = np.zeros(len(positions), dtype=np.int64)
    for start in edges[1:]:
        found += start[segment] < positions
    return found


def counted(positions: Column, block: Any) -> Column:
    """Units as they are paid for: started blocks where the table has a block size, else as they are."""
    return positions if block is None else blocks(positions, block)


def blocks(units: Column, block: Any) -> Column:
    """Started blocks: 4,500 in blocks of 1,000 are 5. Symmetric for what is given back."""
    size = -((-np.abs(units)) // block)
    return choose(units < 0, -size, size)


def joined(parts: Sequence[Slices]) -> Slices:
    """Several slices as one, by row, then tier: a fixed amount after what its tier pays else, re-rating last."""
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in Slices.__slots__]
    row, kind, tier = columns[:3]
    order = np.lexsort((kind, tier, kind == RERATED, row))
    return Slices(*(column[order] for column in columns))
