"""The slow, obvious calculation of pay, apart from the engine: fractions of whole amounts, one credit at a time.

It knows nothing of slices, stretches or standings. Marginal pay is counted unit by unit of the tiers; whole pay is
computed anew for all credits after each of them. Only small numbers are meant to go through it.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class SimplePlan:
    """A rate table over amounts: `starts` are minor units, `rates` shares. `cap`, `most`, `least` are minor units."""

    method: str
    starts: tuple[Fraction, ...]
    rates: tuple[Fraction, ...]
    flats: tuple[int, ...] = ()
    cap: int | None = None
    most: int | None = None
    least: int | None = None
    crosses: str = "split"
    factors: tuple[Fraction, ...] = ()


def half_up(value: Fraction) -> int:
    """Rounded to a whole number, ties away from zero."""
    whole = int(abs(value) * 2 + 1) // 2
    return whole if value >= 0 else -whole


def tier(plan: SimplePlan, position: Fraction) -> int:
    """The last tier that has begun at a position."""
    found = 0
    for number, start in enumerate(plan.starts):
        if start <= position:
            found = number
    return found


def up_to(plan: SimplePlan, position: Fraction) -> Fraction:
    """What the marginal table pays on everything from 0 to a position."""
    paid = Fraction(0)
    for number, start in enumerate(plan.starts):
        end = plan.starts[number + 1] if number + 1 < len(plan.starts) else None
        inside = position if end is None else min(position, end)
        if inside > start:
            paid += (inside - start) * plan.rates[number]
    return paid


def bound(plan: SimplePlan, amount: Fraction) -> Fraction:
    """An amount of one deal within its bounds."""
    if amount == 0:
        return amount
    if plan.least is not None:
        amount = max(amount, Fraction(plan.least))
    if plan.most is not None:
        amount = min(amount, Fraction(plan.most))
    return amount


def pay(plan: SimplePlan, amounts: list[int]) -> list[int]:
    """What each credit earns, in minor units, in order."""
    total, paid, earned = Fraction(0), 0, []
    for number in range(len(amounts)):
        total = _gross(plan, amounts[: number + 1])
        within = total if plan.cap is None else min(total, Fraction(plan.cap))
        earned.append(half_up(within) - paid)
        paid = half_up(within)
    return earned


def _gross(plan: SimplePlan, amounts: list[int]) -> Fraction:
    """Everything earned by these credits, before cap and rounding."""
    factors = plan.factors or (Fraction(1),) * len(amounts)
    if plan.method == "whole":
        reached = tier(plan, Fraction(sum(amounts)))
        rate = plan.rates[reached]
        return sum((bound(plan, rate * a) * f for a, f in zip(amounts, factors, strict=False)), Fraction(0))
    if plan.method == "flat":
        return Fraction(plan.flats[tier(plan, Fraction(sum(amounts)))]) if amounts else Fraction(0)
    gross, before = Fraction(0), Fraction(0)
    for amount, factor in zip(amounts, factors, strict=False):
        after = before + amount
        if plan.crosses == "split":
            one = up_to(plan, after) - up_to(plan, before)
        else:
            one = plan.rates[tier(plan, before if plan.crosses == "rate_before" else after)] * amount
        gross += bound(plan, one) * factor
        before = after
    return gross
