"""What a window's story is made of: what is known, credits as they stand, how they go, what a source came to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from engine.core.records import Credit
from engine.core.rules.plan import Commission
from tests.core.incentives.oracle.calendar import days_after

ONE = Fraction(1)


@dataclass
class Known:
    """What a window's pay depends on. `quota` and `carried` are minor units; `own` says which credits this version pays."""

    as_of: date
    own: frozenset[str]
    quota: int | None = None
    carried: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    released_by: Callable[[Credit, date], Fraction] = lambda _credit, _day: ONE


@dataclass
class Tally:
    """What one source came to, in whole minor units."""

    earned: int = 0
    withheld: int = 0
    taken: int = 0
    all_paid: bool = False


@dataclass
class Entry:
    """One credit as it stands in the window."""

    credit: Credit
    amount: Fraction
    length: Fraction
    factor: Fraction
    paid: bool
    place: Fraction | None
    units: Fraction = Fraction(0)


@dataclass(frozen=True)
class Undone:
    """How a credit goes: the share of the money, whether its length leaves the scale, and through the tiers or not."""

    share: Fraction
    reverses: bool
    from_top: bool
    of_paid: bool = False


def undone(credit: Credit, component: Commission, as_of: date) -> Undone | None:
    """What is to be taken back of a credit by that day, or nothing."""
    policy, day = component.clawback, credit.undone_on
    if day is None or day > as_of:
        return None
    if credit.undone_as == "deal.reopened":
        return Undone(ONE, True, True)
    if policy is None or credit.undone_as not in ("", policy.on):
        return None
    share = policy.share
    if policy.within is not None:
        last = days_after(credit.on, policy.within)
        if day > last:
            return None
        if policy.tapers and last > credit.on:
            share = share * (last - day).days / (last - credit.on).days
    of_paid, reversed_ = policy.of == "paid", policy.attainment == "reversed"
    return Undone(share, reversed_, reversed_ and policy.through_tiers == "from_top" and not of_paid, of_paid)
