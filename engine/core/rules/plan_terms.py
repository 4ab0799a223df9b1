"""What a plan does to a payee's pay as a whole, after its components: cap, draw, guarantee and ramp."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.durations import Duration
from engine.core.money import Money
from engine.core.problems import Place


@dataclass(frozen=True, slots=True)
class PlanCap:
    """The most that all components together pay in a period. `per`: month, quarter, half, year, or plan (its whole time).
    `excess`: lost | carried_forward into the next period."""

    at_most: Money
    per: str
    excess: str
    place: Place


@dataclass(frozen=True, slots=True)
class Draw:
    """Pay that is advanced when less is earned in a period.

    `kind`: recoverable (owed back from later pay), non_recoverable (never), forgiven (owed back until the draw ends).
    `recover`: from_above_draw (pay never falls below the draw while it runs) or from_all. Recovery begins
    `starts_after` the first draw period, takes at most the share `rate` of what there is to take from, and at most
    `at_most` a period. The draw runs in the periods that begin before `ends`; then the balance is `balance_at_end`:
    owed | forgiven.
    """

    amount: Money
    per: str
    kind: str
    recover: str
    starts_after: Duration | None
    rate: Fraction
    at_most: Money | None
    ends: date | None
    balance_at_end: str
    place: Place

    @property
    def owed_back(self) -> bool:
        """True when what is advanced becomes a balance."""
        return self.kind != "non_recoverable"

    @property
    def forgives(self) -> bool:
        """True when what is still owed at the end is let go."""
        return self.kind == "forgiven" or self.balance_at_end == "forgiven"


@dataclass(frozen=True, slots=True)
class Guarantee:
    """The least that is paid in a period, with nothing to recover. `lasts` counts from the payee's first period on the
    plan; None is without end, the plan's floor."""

    amount: Money
    per: str
    lasts: Duration | None
    place: Place


@dataclass(frozen=True, slots=True)
class Ramp:
    """The quota of a payee's first months on the plan, month by month: a share of the month's quota, or an amount in its
    place. After the last one the quota is whole. `guarantee` is the share of on-target pay that these months pay at
    least (None: nothing is guaranteed)."""

    months: tuple[Fraction | Money, ...]
    guarantee: Fraction | None
    place: Place
