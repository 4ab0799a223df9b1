"""Rate tables: what a stretch of the scale is worth, and what everything is worth at the tier reached."""

from fractions import Fraction

from engine.core.rules.plan import Limit, RateTable, Tier

NOTHING = Fraction(0)


def whole_number(value: Fraction, mode: str) -> int:
    """Half up (away from zero), half to even, or towards zero; the sign is put aside first."""
    size = abs(value)
    below = int(size)
    rest = size - below
    up = {"half_up": rest >= Fraction(1, 2), "down": False}.get(mode)
    if up is None:
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2 == 1)
    size_rounded = below + 1 if up else below
    return size_rounded if value >= 0 else -size_rounded


def within(amount: Fraction, limit: Limit | None) -> Fraction:
    """The amount of one deal within its bounds; a return's are the same with a minus; nothing stays nothing."""
    if limit is None or amount == 0:
        return amount
    size = abs(amount)
    if limit.at_least is not None and size < limit.at_least.minor:
        size = Fraction(limit.at_least.minor)
    if limit.at_most is not None and size > limit.at_most.minor:
        size = Fraction(limit.at_most.minor)
    return size if amount > 0 else -size


def reached(table: RateTable, position: Fraction) -> int:
    """The last tier that has begun at a position; below the first it is the first."""
    return max((n for n, tier in enumerate(table.tiers) if tier.start <= position), default=0)


def pays_once(table: RateTable) -> bool:
    """True where the tier reached pays one fixed amount for everything."""
    return table.method == "flat" or (table.method == "whole" and all(tier.flat is not None for tier in table.tiers))


def rerates(table: RateTable) -> bool:
    """True where the tier reached rates everything that came before, too."""
    return (table.method == "whole" and not pays_once(table)) or (
        table.method == "interpolated" and table.tiers[0].flat is None
    )


def stretch(table: RateTable, low: Fraction, high: Fraction, amount: Fraction) -> Fraction:
    """What the positions from low to high pay, when they are an amount; fixed amounts of tiers are told by `entered`."""
    if low == high:
        rate = table.tiers[reached(table, low)].rate
        return NOTHING if rate is None else rate * amount
    if table.deal_that_crosses != "split":
        tier = table.tiers[reached(table, low if table.deal_that_crosses == "rate_before" else high)]
        return _paid(tier, table, low, high, amount, high - low)
    worth = NOTHING
    for number, tier in enumerate(table.tiers):
        start = low if number == 0 else max(low, tier.start)
        end = min(high, table.tiers[number + 1].start) if number + 1 < len(table.tiers) else high
        if end > start:
            worth += _paid(tier, table, start, end, amount, high - low)
    return worth


def _paid(tier: Tier, table: RateTable, start: Fraction, end: Fraction, amount: Fraction, length: Fraction) -> Fraction:
    """One tier's part of a stretch."""
    if tier.rate is not None:
        return tier.rate * amount * (end - start) / length
    if tier.flat is not None and table.method == "interpolated":
        later = [other.start for other in table.tiers if other.start > tier.start]
        return tier.flat.minor * (end - start) / (later[0] - tier.start) if later else NOTHING
    if tier.per_unit is None:
        return NOTHING
    return tier.per_unit.minor * units(table, start - tier.start, end - tier.start)


def units(table: RateTable, start: Fraction, end: Fraction) -> Fraction:
    """How many units, or started blocks, lie between two positions."""
    return end - start if table.block is None else Fraction(blocks(end, table.block) - blocks(start, table.block))


def blocks(units: Fraction, size: Fraction) -> int:
    """How many blocks have been started; below zero, how many started blocks are owed back."""
    started = -int(-abs(units) // size)
    return started if units >= 0 else -started


def fixed(table: RateTable, position: Fraction, highest: Fraction | None) -> Fraction:
    """All fixed amounts due: of every tier entered at the highest position, or of the one tier reached (`flat`).

    A threshold that is just met is the last of the tier below; the first tier is entered with the first credit, a return
    as well. No highest position (None) is that of a window in which nothing counts.
    """
    if highest is None or table.method == "interpolated":
        return NOTHING
    begun = [tier for number, tier in enumerate(table.tiers) if number == 0 or tier.start < highest]
    if pays_once(table):
        begun = [table.tiers[reached(table, position)]]
    return sum((Fraction(tier.flat.minor) for tier in begun if tier.flat is not None), NOTHING)


def between(table: RateTable, position: Fraction) -> Fraction:
    """The rate on the line between two tiers; level beyond the last and the first."""
    cells = [(tier.start, tier.rate or NOTHING) for tier in table.tiers]
    here = reached(table, position)
    if here + 1 == len(cells) or position <= cells[0][0]:
        return cells[here][1]
    (start, low), (end, high) = cells[here], cells[here + 1]
    return low + (high - low) * (position - start) / (end - start)


def at_tier(table: RateTable, position: Fraction, amount: Fraction, count: Fraction) -> Fraction:
    """What one credit earns when everything is rated at the position reached."""
    if table.method == "interpolated":
        return between(table, position) * amount
    tier = table.tiers[reached(table, position)]
    if tier.rate is not None:
        return tier.rate * amount
    return tier.per_unit.minor * count if tier.per_unit is not None else NOTHING
