"""What the house was credited in a period: counted in reports, and paid to nobody."""

from dataclasses import dataclass
from datetime import date

from engine.app.views.earnings import PeriodChoice
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class HouseCredit:
    """One credit of the house: `amount` of a measure, which is `share` of the event's `whole`.

    `undone_on` is the day it was undone on (None: it stands); what was undone counts in no sum.
    """

    on: date
    deal: str
    deal_name: str
    account: str
    measure: str
    plan: Title
    place: Place
    amount: Money
    share: str
    whole: Money
    event: str
    undone_on: date | None = None


@dataclass(frozen=True, slots=True)
class HouseSum:
    """What stands of one plan and measure in one currency, and how many deals it came from."""

    plan: Title
    measure: str
    amount: Money
    deals: int


@dataclass(frozen=True, slots=True)
class HouseReport:
    """A period's credits of the house by day, and their sums by plan."""

    period: PeriodChoice
    periods: tuple[PeriodChoice, ...]
    sums: tuple[HouseSum, ...]
    rows: tuple[HouseCredit, ...]
