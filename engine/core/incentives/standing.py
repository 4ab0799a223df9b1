"""Where a payee's window stands on a component's rate table: position, tier, and how far it is to the next.

Positions are those of the calculation: what counts, over the quota that the calculation used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from engine.core.incentives.adjustments import undoing
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.worth import scale_of
from engine.core.money import Money
from engine.core.periods import Period
from engine.core.records import Credit
from engine.core.rules.plan import Commission, RateTable, Tier


@dataclass(frozen=True, slots=True)
class Standing:
    """A place on a rate table. `scale` is attainment, amount or count; `counted` is in minor units or units.

    `unit` is what a position of 1 stands for in the same: the quota's minor units, else 1. `tier` counts from 0.
    """

    scale: str
    counted: Fraction
    unit: Fraction
    tier: int
    quota: Money | None = None

    @property
    def position(self) -> Fraction:
        """The place on the scale: a ratio of quota, minor units, or a count."""
        return self.counted / self.unit

    def missing(self, start: Fraction) -> Fraction:
        """How much more must count until the position is there, in whole minor units or in units; 0 when it is."""
        more = max(Fraction(0), start * self.unit - self.counted)
        return more if self.scale == "count" else Fraction(ceil(more))


def standing(
    component: Commission, payee: str, window: Period, credits: Iterable[Credit], quota: Money | None, as_of: date
) -> Standing | None:
    """Where the window stands at the end of that day; None where deals are rated by themselves, or without a quota."""
    scale = scale_of(component.rates)
    if scale == "formula" or (scale == "attainment" and not quota):
        return None
    own = (one for one in credits if (one.payee, one.name) == (payee, component.measure) and window.contains(one.on))
    counted: Fraction | int = sum(_size(one, scale) for one in own if _counts(component, one, as_of))
    unit = Fraction(quota.minor) if scale == "attainment" and quota else Fraction(1)
    highest = component.rates.highest
    counted = Fraction(counted if highest is None else min(counted, highest * unit))
    return Standing(scale, counted, unit, tier_at(component.rates, counted / unit), quota)


def _counts(component: Commission, credit: Credit, as_of: date) -> bool:
    """True when the credit is there on that day and has not left again with its attainment."""
    if credit.on > as_of or not (component.in_force is None or component.in_force.covers(credit.on)):
        return False
    undone = undoing(credit, component.clawback, as_of) if credit.undone_on else None
    return undone is None or not undone.reverses_attainment


def _size(credit: Credit, scale: str) -> Fraction | int:
    if scale == "count":
        return credit.units
    return credit.amount.minor if credit.weight == 1 else credit.amount.minor * credit.weight


def tier_at(rates: RateTable, position: Fraction) -> int:
    """The tier in which a position lies; the first for one below all."""
    return max((number for number, tier in enumerate(rates.tiers) if tier.start <= position), default=0)


def next_tier(component: Commission, place: Standing) -> tuple[int, Tier] | None:
    """The first tier that is not reached, with its number; None in the last."""
    above = ((number, tier) for number, tier in enumerate(component.rates.tiers) if tier.start > place.position)
    return next(above, None)


def quota_in(lines: Sequence[EarningLine]) -> Money | None:
    """The quota that the calculation of these lines used; None where they say none."""
    said = (dict(step.particulars).get("quota") for line in lines for step in line.steps if step.name == "measure")
    text = next((quota for quota in said if quota), None)
    return Money.parse(text) if text else None
