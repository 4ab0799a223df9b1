"""What is known of a payee, and the lines that are owed: before the plan as a whole has its say, and finished."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from engine.core.incentives.adjustments import DealProgress
from engine.core.records import Credit, Person, Quota, Score
from engine.core.rules.company import ExchangeRate
from engine.core.rules.plan import Plan
from engine.core.rules.scorecard import Scorecard
from tests.core.incentives.oracle.table import whole_number


@dataclass(frozen=True)
class History:
    """All that is known of one payee. `facts` are those of a window, by its name; nothing is looked at from the day `ends` on.

    `holidays` are days off besides Saturdays and Sundays; `asked` remembers on which days the plan pays.
    """

    person: Person
    ends: date
    fiscal_month: int
    plans: tuple[Plan, ...]
    credits: tuple[Credit, ...]
    quotas: tuple[Quota, ...] = ()
    progress: Mapping[str, DealProgress] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    rates: tuple[ExchangeRate, ...] = ()
    cards: tuple[Scorecard, ...] = ()
    scores: tuple[Score, ...] = ()
    asked: dict[date, bool] = field(default_factory=dict, init=False, compare=False, repr=False)


class Unpayable(Exception):
    """Something that a rule needs is missing, so that nobody can say what is owed."""


@dataclass(frozen=True, order=True)
class Line:
    """What one source is owed, in whole minor units."""

    version: str
    component: str
    window: str
    source: str
    on: date
    earned: int
    released: int
    withheld: int
    taken_back: int
    currency: str


@dataclass(frozen=True)
class Draft:
    """A line before the plan's cap, draw and guarantee: what it earned gross of clawback, what a clawback took of it, and
    the share that is released (None: all at once, as what a clawback leaves of what was paid)."""

    plan: Plan
    place: int
    component: str
    window: str
    source: str
    on: date
    gross: int
    taken: int
    withheld: int
    share: Fraction | None

    def line(self) -> Line:
        """The finished line."""
        earned = self.gross - self.taken
        released = earned
        if self.share is not None and self.share < 1 and not (earned < 0 < self.taken):
            released = whole_number(earned * self.share, self.plan.rounding.value)
        version = self.plan.header.version
        return Line(
            version, self.component, self.window, self.source, self.on, earned, released, self.withheld, self.taken,
            self.plan.currency,
        )  # fmt: skip
