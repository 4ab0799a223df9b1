"""What a payee has earned in a period: totals, quota and attainment, components, lines, and one line in full."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from engine.app.views.choices import NO_WORDS, Belongs
from engine.app.views.explaining import Explanation
from engine.app.views.receivables import OwedBack
from engine.app.views.scores import ScoreRow
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period to look at: [from, until), open or closed."""

    id: str
    title: Title
    from_on: date
    until_on: date
    status: str


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of one currency: `earned` in the period, `held` back at its end, `payable` released in the period, and
    `paid` of that."""

    earned: Money
    held: Money
    payable: Money
    paid: Money


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One component's share: `earned` and `payable` (released) in the period, `held` the change in what is held.

    `credited`, `quota`, `attainment` (exact ratio) and `tiers` are there with a quota only.

    `tiers` are (start as a ratio of quota, rate as shown), for the marks on the bar; `rate` is the rate reached.
    `prorated` says of which whole the quota is a part, where it is one.
    """

    id: str
    title: Title
    place: Place
    earned: Money
    held: Money
    payable: Money
    credited: Money | None = None
    quota: Money | None = None
    attainment: Fraction | None = None
    rate: str = ""
    tiers: tuple[tuple[Fraction, str], ...] = ()
    prorated: Title = NO_WORDS


@dataclass(frozen=True, slots=True)
class WholePlan:
    """What the plan as a whole did: the draw's balance that is still owed back (None: there was no draw, or nothing is
    told of a balance), and by currency what its cap withheld of the period's lines."""

    draw_balance: Money | None = None
    withheld: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class LineRow:
    """One earning line: `amount` earned and `released` in the period (on the line's own page: so far), and what is `held`
    at its end. `status`: held, payable, paid, clawed_back, reversed.
    """

    key: str
    title: Title
    component: Title
    deal: str
    deal_name: str
    on: date
    base: Money | None
    rate: str
    amount: Money
    released: Money
    held: Money
    status: str


@dataclass(frozen=True, slots=True)
class EarningsView:
    """A payee's period. `totals` one for each currency. `statement` is its number once posted, else empty.

    `owed_back` says by currency what the payee owes apart from their pay; empty where they never did.
    """

    payee: str
    payee_name: Title
    belongs: Belongs
    period: PeriodChoice
    periods: tuple[PeriodChoice, ...]
    totals: tuple[Totals, ...]
    components: tuple[ComponentRow, ...]
    lines: tuple[LineRow, ...]
    plan: Title = NO_WORDS
    statement: str = ""
    run: str = ""
    run_state: str = ""
    payees: tuple[tuple[str, Title], ...] = ()
    whole: WholePlan = WholePlan()
    scores: tuple[ScoreRow, ...] = ()
    owed_back: tuple[OwedBack, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamTotals:
    """A team's sums for a manager: never a line or a figure of one other person. `people` counts them."""

    title: Title
    period: PeriodChoice
    people: int
    totals: tuple[Totals, ...]


@dataclass(frozen=True, slots=True)
class LineVersion:
    """One entry posted for the line: what it changed in `earned` or in `released` (None: nothing), why, in which period."""

    entry: str
    at: datetime
    period: str
    earned: Money | None
    released: Money | None
    reason: Title


@dataclass(frozen=True, slots=True)
class LineView:
    """One line in full, with its explanation and what was posted for it over time."""

    line: LineRow
    payee: str
    payee_name: Title
    belongs: Belongs
    period: PeriodChoice
    explanation: Explanation
    versions: tuple[LineVersion, ...] = ()
