"""Earning lines: what one credit or grant earned for one payee, with the arithmetic. An amount is its lines' sum."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.incentives.identity import ids_after
from engine.core.incentives.scored import Scored
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.records import Cause

STEPS = (
    "eligible",
    "credit",
    "measure",
    "gate",
    "rate",
    "per_deal",
    "multiply",
    "cap",
    "proration",
    "plan_cap",
    "clawback",
    "draw",
    "release",
    "currency",
    "rounding",
    "payable",
)
"""The fixed order in which a plan applies. Every line's trace has each of them once, also where it does nothing."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One stretch of a credit inside one tier, and what it earned.

    `kind` is `rate` (a share of `base`), `per_unit` (an amount for each unit or started block of `base`), `flat` (the
    tier's fixed amount; base 1) or `rerated` (earlier amounts brought to the tier that was reached; `rate` is the
    difference). `start` and `end` are positions on the rate table's scale: minor units, a count, or a ratio of quota
    (`scale`: amount, count, attainment, formula; rate: the position is the rate itself). `rate` is a ratio, or minor
    units for each unit. `amount` is exact, in minor units; taken back is negative. `tier` counts from 0.
    """

    kind: str
    tier: int
    scale: str
    start: Fraction
    end: Fraction
    rate: Fraction
    base: Fraction
    amount: Fraction
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the fixed order on one line: `name` is of STEPS, `code` says what it did.

    `particulars` are texts that fill the code's words (`step_texts.py`). `after` is the exact amount after the step in
    minor units (None before there is one).
    """

    name: str
    code: str
    particulars: tuple[tuple[str, str], ...] = ()
    after: Fraction | None = None


@dataclass(frozen=True, slots=True)
class EarningLine:
    """What one source earned for one payee in one component and window, as known on the day of calculation.

    `source` is the credit's or grant's id, or `target` (a period bonus) or `carried` (excess carried in);
    `source_kind` is credit, grant, target or carried. `version` is the plan's or programme's rule version. `window` is
    the period whose attainment it belongs to; `earned_period` the plan period of `on`, in which it counts as earned.
    `earned` and `released` are to date, after clawback; what is held is earned minus released. `exact` is the unrounded
    amount in minor units before clawback; `withheld` what a cap kept back; `taken_back` what a clawback took, positive;
    `unwound` are the slices of a clawback that went through the tiers. `settled` says how what was taken back is got:
    netted, or receivable. `source_currency` is the plan's, where the line is paid in another (empty: it is not). `score`
    is the scorecard's result that a gate or a factor asked for.
    """

    key: str
    plan: str
    version: str
    component: str
    window: str
    payee: str
    source: str
    source_kind: str
    deal: str
    event: str
    on: date
    earned_period: str
    earned: Money
    released: Money
    exact: Fraction
    withheld: Money
    taken_back: Money
    slices: Sequence[Slice]
    steps: Sequence[Step]
    cause: Cause
    unwound: Sequence[Slice] = ()
    settled: str = "netted"
    source_currency: str = ""
    score: Scored | None = None

    @property
    def plan_currency(self) -> str:
        """The currency of the slices, of `exact`, and of every step before `currency`."""
        return self.source_currency or self.earned.currency

    @property
    def held(self) -> Money:
        """Earned and not yet released."""
        return self.earned - self.released


def line_key(plan: str, component: str, window: str, payee: str, source: str) -> str:
    """The identity of an earning line, the same in every calculation: it names no rule version and no run."""
    return line_keys(plan, component, window, payee)(source)


def line_keys(plan: str, component: str, window: str, payee: str) -> Callable[[str], str]:
    """The identities of the lines of one window, by source."""
    return ids_after("line", plan, component, window, payee)
