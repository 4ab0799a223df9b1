"""Rate tables: what a stretch of a measure earns. Exact fractions of minor units throughout; nothing is rounded here.

A table of the method `formula` has no tiers of its own: each credit's position is its rate. Otherwise there are two
families. In the *path* methods (marginal, per_block, interpolated amounts) each stretch of the scale
earns by itself. In the *standing* methods (whole, flat, interpolated rates) the tier that was reached rates
everything, so reaching another one re-rates what came before.

Tiers are half-open: a position that lies on a threshold has reached the upper tier. In the path methods a tier's flat
amount is earned when something lies above its start, that of the first tier with the first credit; a later return does
not lose it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.core.incentives.lines import Slice
from engine.core.rules.plan import RateTable, Tier

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The way that one credit goes along the scale: from `before` to `after` (None: nothing counted), and its amount.

    `base` is signed minor units. Backwards (after below before) is a reversal or a return. `crest` is the highest
    position so far, before and after; it decides which tiers' fixed amounts are earned.
    """

    before: Fraction | None
    after: Fraction | None
    base: Fraction
    crest: tuple[Fraction | None, Fraction | None]

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Both positions, with nothing counted as 0."""
        return (self.before or ZERO, self.after or ZERO)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reached tier gives everything: a share of the amounts, an amount for each unit, a fixed amount once."""

    tier: int
    rate: Fraction
    per_unit: Fraction
    flat: Fraction


NOWHERE = Standing(0, ZERO, ZERO, ZERO)
"""Before anything was counted."""


def is_standing(table: RateTable) -> bool:
    """True for the methods in which the reached tier rates everything."""
    return table.method in ("whole", "flat", "formula") or (
        table.method == "interpolated" and table.tiers[0].rate is not None
    )


def tier_at(table: RateTable, position: Fraction) -> int:
    """The index of the last tier that starts at or before the position; the first for a negative one."""
    reached = [index for index, tier in enumerate(table.tiers) if tier.start <= position]
    return reached[-1] if reached else 0


def scale_of(table: RateTable) -> str:
    """What positions count: attainment, amount, count, formula, or rate where a position is the rate itself."""
    if table.method == "formula":
        return "rate"
    return "formula" if table.by_formula else table.by


def earned_by(table: RateTable, stretch: Stretch) -> tuple[Slice, ...]:
    """The slices of a stretch under a path method. A stretch backwards gives the same slices with the opposite sign."""
    found = [*_stretched(table, stretch), *_flats(table, stretch)]
    return tuple(sorted(found, key=lambda slice: (slice.tier, slice.kind == "flat")))


def standing_at(table: RateTable, position: Fraction | None) -> Standing:
    """What the tier reached at a position gives, under a standing method."""
    if position is None:
        return NOWHERE
    if table.method == "formula":
        return Standing(0, position, ZERO, ZERO)
    index = tier_at(table, position)
    tier = table.tiers[index]
    rate = _between(table, index, position) if table.method == "interpolated" else tier.rate or ZERO
    return Standing(index, rate, minor(tier.per_unit), minor(tier.flat))


def standing_slices(
    table: RateTable, way: Stretch, at: Standing, flat: Fraction, base: Fraction, units: Fraction
) -> tuple[Slice, ...]:
    """One credit's own amount at a standing, and the change of the fixed amount, where there is one."""
    head, place = (at.tier, scale_of(table), *way.ends), table.tiers[at.tier].place
    found = [
        Slice("rate", *head, at.rate, base, at.rate * base, place) if at.rate else None,
        Slice("per_unit", *head, at.per_unit, units, at.per_unit * units, place) if at.per_unit else None,
        Slice("flat", *head, flat, Fraction(1), flat, place) if flat else None,
    ]
    return tuple(slice for slice in found if slice)


def counted(table: RateTable, units: Fraction) -> Fraction:
    """Units as they are paid for: started blocks where the table has a block size, else as they are."""
    return _blocks(units, table.block) if table.block else units


def minor(money: object) -> Fraction:
    """The minor units of an amount of a tier; zero when it has none."""
    return Fraction(getattr(money, "minor", 0))


def _between(table: RateTable, index: int, position: Fraction) -> Fraction:
    """The rate on the straight line from this tier's start to the next one's; the last tier's rate holds beyond."""
    here = table.tiers[index]
    if index + 1 == len(table.tiers) or position <= here.start:
        return here.rate or ZERO
    there = table.tiers[index + 1]
    way = (position - here.start) / (there.start - here.start)
    return (here.rate or ZERO) + way * ((there.rate or ZERO) - (here.rate or ZERO))


def _stretched(table: RateTable, stretch: Stretch) -> Iterator[Slice]:
    """The slices that depend on how far the stretch goes."""
    before, after = stretch.ends
    if before == after or table.deal_that_crosses != "split":
        yield from _at_one_tier(table, stretch)
        return
    low, high = min(before, after), max(before, after)
    sign = 1 if after > before else -1
    density = stretch.base / (after - before)
    for index, start, end in _overlaps(table, low, high):
        yield from _slices(table, index, start, end, sign * density * (end - start), sign)


def _at_one_tier(table: RateTable, stretch: Stretch) -> Iterator[Slice]:
    """The whole stretch at one tier's rate: the one it starts in, or the one it ends in (rate_including).

    A reversal goes the same way back, so it meets the tier that the credit itself had.
    """
    before, after = stretch.ends
    low, high = min(before, after), max(before, after)
    index = tier_at(table, high if table.deal_that_crosses == "rate_including" else low)
    yield from _slices(table, index, low, high, stretch.base, 1 if after >= before else -1)


def _overlaps(table: RateTable, low: Fraction, high: Fraction) -> Iterator[tuple[int, Fraction, Fraction]]:
    """Each tier that the way from low to high passes through, with the part of the way inside it."""
    for index, tier in enumerate(table.tiers):
        start = low if index == 0 else max(low, tier.start)
        end = high if index + 1 == len(table.tiers) else min(high, table.tiers[index + 1].start)
        if start < end:
            yield index, start, end


def _slices(table: RateTable, index: int, start: Fraction, end: Fraction, base: Fraction, sign: int) -> Iterator[Slice]:
    """What one tier pays for one part of the way: by rate, by unit or block, or by the covered part of the tier."""
    tier, scale = table.tiers[index], scale_of(table)
    if table.method == "interpolated":
        yield _portion(table, index, start, end, sign)
        return
    if tier.rate is not None and base:
        yield Slice("rate", index, scale, start, end, tier.rate, base, tier.rate * base, tier.place)
    if tier.per_unit is not None:
        units = sign * _units(table, tier, start, end)
        price = minor(tier.per_unit)
        yield Slice("per_unit", index, scale, start, end, price, units, price * units, tier.place)


def _units(table: RateTable, tier: Tier, start: Fraction, end: Fraction) -> Fraction:
    """How many units, or started blocks counted from the tier's start, lie between two positions."""
    if not table.block:
        return end - start
    return _blocks(end - tier.start, table.block) - _blocks(start - tier.start, table.block)


def _blocks(units: Fraction, block: Fraction) -> Fraction:
    """Started blocks: 4,500 in blocks of 1,000 are 5. Symmetric for what is given back."""
    whole = -((-abs(units)) // block)
    return Fraction(whole if units >= 0 else -whole)


def _portion(table: RateTable, index: int, start: Fraction, end: Fraction, sign: int) -> Slice:
    """A tier's fixed amount in proportion to the part of the tier that was covered; nothing beyond the last."""
    tier = table.tiers[index]
    last = index + 1 == len(table.tiers)
    covered = ZERO if last else sign * (end - start) / (table.tiers[index + 1].start - tier.start)
    flat = minor(tier.flat)
    return Slice("portion", index, scale_of(table), start, end, flat, covered, flat * covered, tier.place)


def _flats(table: RateTable, stretch: Stretch) -> Iterator[Slice]:
    """The fixed amounts of the tiers that the stretch enters, or leaves again."""
    if table.method == "interpolated":
        return
    for index, tier in enumerate(table.tiers):
        change = _entered(index, tier, stretch.crest[1]) - _entered(index, tier, stretch.crest[0])
        if tier.flat is not None and change:
            flat, (start, end) = minor(tier.flat), stretch.ends
            yield Slice("flat", index, scale_of(table), start, end, flat, Fraction(change), change * flat, tier.place)


def _entered(index: int, tier: Tier, position: Fraction | None) -> bool:
    """True when something lies above the tier's start; for the first tier, when anything was counted."""
    return position is not None and (index == 0 or position > tier.start)
