"""An incentive plan: who it pays, what is credited to whom, and the components that turn credits into money."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.money import Money, Rounding
from engine.core.problems import Place
from engine.core.rules.header import Header, InForce, Title
from engine.core.rules.plan_terms import Draw, Guarantee, PlanCap, Ramp


@dataclass(frozen=True, slots=True)
class CreditTo:
    """Who is credited.

    `kind` is `split` (shares of `source`, a team fact, the rest to `rest`), `split_payout` (the whole amount to each of
    them, the pay in those shares), `overlay` (the whole amount to each person that `source` names, marked as overlay),
    `cascade` (one level after another: `chain` with `shares`, `each` of_the_rest | of_the_same), `roll_up` (every manager
    above `source`, as overlay: `levels` of them, 0 all, in the hierarchy of the day `as_of`, `event` or a date fact) or
    `house` (nobody is paid). Sources: `deal.team`, `deal.owner`, `deal.owner.manager`, `deal.<role fact>`.
    """

    kind: str
    source: str = ""
    rest: str = ""
    chain: tuple[str, ...] = ()
    shares: tuple[Fraction, ...] = ()
    each: str = "of_the_rest"
    levels: int = 0
    as_of: str = "event"


@dataclass(frozen=True, slots=True)
class CreditRule:
    """One way to earn credit of a name (`bookings`). `amount` None means deal.amount; the result is in plan currency.

    `counts` is how many units the event counts where rates go by count (a number; None: one). `weighs` is by how much
    the measure moves for each unit of the amount (None: 1); pay follows the amount. `dated` is the day that puts the
    credit into its window (None: the event's). `conditions` is how many conditions `when` lists.
    `each` is `line` where there is a credit for each line of the deal, and `amount` None means line.amount; else empty.
    """

    name: str
    on: str
    when: Formula | None
    amount: Formula | None
    to: CreditTo
    place: Place
    counts: Formula | None = None
    weighs: Formula | None = None
    dated: Formula | None = None
    conditions: int = 0
    each: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """From this position on, up to the next tier. `rate` is a share of the credited amount; `flat` a fixed amount;
    `per_unit` an amount for each unit of a counted measure. The position is a ratio (attainment), an amount in minor
    units or a count."""

    start: Fraction
    rate: Fraction | None
    flat: Money | None
    per_unit: Money | None
    place: Place


@dataclass(frozen=True, slots=True)
class RateTable:
    """How credited amounts become pay.

    `by`: attainment | amount | count | a formula. `method`: marginal | whole | interpolated | per_block | flat, or
    `formula` where a component says `rate:`: each credit is paid its amount times `by_formula` on its facts, one tier.
    `deal_that_crosses` (marginal): split | rate_before | rate_including. Tiers are half-open, the first starts at 0.
    `position_of` is the credit by which the position is measured (empty: the one that is paid on); `highest` the
    attainment above which nothing counts any more (None: no limit).
    """

    by: str
    by_formula: Formula | None
    method: str
    deal_that_crosses: str
    tiers: tuple[Tier, ...]
    block: Fraction | None
    place: Place
    position_of: str = ""
    highest: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on an amount. `excess` of a cap: lost | carried_forward."""

    at_most: Money | None = None
    at_least: Money | None = None
    excess: str = "lost"


@dataclass(frozen=True, slots=True)
class ReleasePart:
    """A share of an earning that becomes payable on an event, `after` a time from then, or on a `day`.

    `pro_rata`: in the proportion paid so far, each payment after that time.
    """

    share: Fraction
    on: str
    pro_rata: bool
    place: Place
    after: Duration | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Clawback:
    """Taking back what an undone event earned. `within` counts from the credited date (None: without limit).
    `attainment`: reversed | kept. `through_tiers`: from_top | exact. `tapers`: the share falls evenly to nothing over
    `within`. `of`: earned, or paid (only what was released by then; what is held lapses). `settled`: netted against
    other pay, or receivable (owed by the payee, deducted from nothing)."""

    on: str
    within: Duration | None
    share: Fraction
    attainment: str
    through_tiers: str
    place: Place
    tapers: bool = False
    of: str = "earned"
    settled: str = "netted"


@dataclass(frozen=True, slots=True)
class Commission:
    """A component that pays by a rate on credits. `quota` names a target or `quota` for quotas set by events.
    `scorecard` is which one `scorecard.*` asks (empty: the one that scores the payee); of a bonus as well."""

    id: str
    title: Title
    of: str
    measured_over: str
    quota: str
    rates: RateTable
    gate: Formula | None
    gate_kind: str
    per_deal: Limit | None
    multiply: Formula | None
    cap: Limit | None
    release: tuple[ReleasePart, ...]
    clawback: Clawback | None
    in_force: InForce | None
    place: Place
    scorecard: str = ""

    @property
    def measure(self) -> str:
        """The credit by which its attainment is measured: the one that it pays on, unless the rates name another."""
        return self.rates.position_of or self.of


@dataclass(frozen=True, slots=True)
class Bonus:
    """A component that pays a fixed amount: for each event that meets `when` (`on` given), or once a period (`target`).
    `to` is the payee (default: the deal's owner). `budget` is for everybody together, `budget_per_person` for each;
    `count_at_most` is how many are paid in all (None: no bound)."""

    id: str
    title: Title
    on: str
    when: Formula | None
    amount: Formula
    to: str
    budget: Money | None
    multiply: Formula | None
    clawback: Clawback | None
    in_force: InForce | None
    place: Place
    scorecard: str = ""
    budget_per_person: Money | None = None
    count_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """A component that several people share, once a window has ended: `share` of what they were credited under the name
    `of`, or an `amount` of its own.

    `members` narrows who of the plan takes part; without it each team has a pool of its own. `gate` is asked of each
    member. `shared`: equal | by credits | by weights (`weights`, asked of each member).
    """

    id: str
    title: Title
    share: Fraction | None
    of: str
    amount: Formula | None
    members: Formula | None
    measured_over: str
    gate: Formula | None
    gate_kind: str
    shared: str
    weights: Formula | None
    clawback: Clawback | None
    in_force: InForce | None
    place: Place


@dataclass(frozen=True, slots=True)
class Prize:
    """What a place in a contest pays; places count from 1."""

    number: int
    amount: Money
    place: Place


@dataclass(frozen=True, slots=True)
class Contest:
    """A component that pays the first places of a window, by the credits of the name `rank_by`.

    `ties`: share | all | earliest. `at_least` is what one must reach to have a place. `among`: all, or the fact of which
    each value has a contest of its own (`owner.team`, `owner.region`).
    """

    id: str
    title: Title
    rank_by: str
    measured_over: str
    prizes: tuple[Prize, ...]
    ties: str
    at_least: Money | None
    among: str
    clawback: Clawback | None
    in_force: InForce | None
    place: Place


OwnComponent = Commission | Bonus
"""Components that pay each payee for themselves."""

Component = OwnComponent | Pool | Contest


@dataclass(frozen=True, slots=True)
class Exchange:
    """How amounts of deals come into the plan's currency: by a kind of rate (RATE_KINDS), of the day `on`: event_date,
    deal.won_on or invoice_date."""

    kind: str = "spot"
    on: str = "event_date"


@dataclass(frozen=True, slots=True)
class PaysIn:
    """The currency that payees are paid in: a code, or a fact of theirs that holds one. By a kind of rate, of the day
    `on`: earned_on, or the last of the plan period that it was earned in (period_end)."""

    currency: str
    kind: str
    on: str
    place: Place


@dataclass(frozen=True, slots=True)
class Plan:
    """The written rules that pay one role. `pays` is asked of the person as `owner.*` facts; None pays everybody.

    `credits_where_several`: all | first | most_specific of the credit rules of one name that an event meets. `remainder`
    says who gets the cents that a split cannot divide: last_by_id | largest_share | first_named | largest_remainder.
    `proration` is how part of a period is counted, and `prorates` what it scales: quota, target, cap, draw, guarantee. A
    quota that is scaled is rounded to whole `quota_rounding` (None: to the currency's smallest unit).
    """

    header: Header
    pays: Formula | None
    currency: str
    period: str
    credits: tuple[CreditRule, ...]
    components: tuple[Component, ...]
    proration: str
    rounding: Rounding
    credits_where_several: str = "all"
    remainder: str = "last_by_id"
    exchange: Exchange = Exchange()
    pays_in: PaysIn | None = None
    prorates: tuple[str, ...] = ("quota", "target")
    quota_rounding: Money | None = None
    cap: PlanCap | None = None
    draw: Draw | None = None
    guarantee: Guarantee | None = None
    ramp: Ramp | None = None
