"""Random surroundings of a payee: when they are there, how plans prorate and ramp, what they are paid in, how they are scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

from engine.core.absences import Absence
from engine.core.formulas import Facts, Trace
from engine.core.money import Money
from engine.core.records import Person, PersonVersion, Score
from engine.core.rules.company import ExchangeRate
from engine.core.rules.header import Header, InForce, Title
from engine.core.rules.plan import PaysIn
from engine.core.rules.plan_terms import Ramp
from engine.core.rules.scorecard import Band, Grade, Kpi, Linear, Scorecard
from tests.core.incentives.oracle.calendar import Window, first_of
from tests.core.incentives.simple import PLACE, Named

LONG_AGO = date(2020, 1, 1)
CURRENCIES = ("CNY", "USD", "JPY", "KWD")
PRORATIONS = ("calendar_days", "working_days", "months", "thirty_360")
WITHOUT_DATA = ("wait", "exclude", "zero", "par")


class AtLeast(Named):
    """A condition on one fact: a number that is at least so much."""

    def __init__(self, name: str, least: Fraction) -> None:
        super().__init__(name)
        self.least = least

    def holds(self, facts: Facts) -> bool:
        """True when the fact is known and large enough."""
        value = facts.get(self.source)
        return isinstance(value, Fraction) and value >= self.least

    def trace(self, facts: Facts) -> Trace:
        """The fact."""
        return Trace(f"{self.source} >= {self.least}", str(facts.get(self.source)))


@dataclass(frozen=True)
class Surroundings:
    """Makes them out of chances, around a first day."""

    chance: Random
    start: date
    days: int

    def maybe(self, odds: float) -> bool:
        """True that often."""
        return self.chance.random() < odds

    def day(self, before: int = 0) -> date:
        """A day of the time looked at, or up to so many before it."""
        return self.start + timedelta(days=self.chance.randint(-before, self.days))

    def turn(self, before: int = 0) -> date:
        """A day on which something begins or ends: often at the end of a month."""
        day = self.day(before)
        ends = [day + timedelta(days=n) for n in range(31) if (day + timedelta(days=n)).day in (1, 30, 31)]
        return self.chance.choice(ends) if self.maybe(0.6) else day

    def person(self, comes_and_goes: bool) -> Person:
        """Somebody who was always there, or who joins, leaves, changes roles and takes leave."""
        if not comes_and_goes:
            return Person("ann", "Ann", joined_on=LONG_AGO, versions=(self._version(LONG_AGO, True),))
        joined, on_plan = self.turn(200) if self.maybe(0.6) else LONG_AGO, self.maybe(0.8)
        turns = sorted({self.turn() for _ in range(self.chance.choice((0, 0, 1, 2)))})
        versions = [self._version(LONG_AGO, on_plan)]
        for number, turn in enumerate(turns):
            versions.append(self._version(turn, on_plan if number % 2 else not on_plan))
        left = joined + timedelta(days=self.chance.randint(20, 400)) if self.maybe(0.3) else None
        leave = tuple(
            sorted((self._leave() for _ in range(self.chance.choice((0, 0, 1, 2)))), key=lambda one: one.from_on)
        )
        return Person("ann", "Ann", "", joined, left, tuple(versions), leave)

    def _version(self, day: date, on_plan: bool) -> PersonVersion:
        facts = {"on_plan": on_plan, "paid_in": self.chance.choice(CURRENCIES)}
        return PersonVersion(day, "account_executive", facts=facts)

    def _leave(self) -> Absence:
        day = self.turn(30)
        return Absence(day, max(day, self.turn(30)), self.maybe(0.3))

    def proration(self, caps: str, none: float) -> dict[str, object]:
        """How days count, and for what, or so often not at all; a cap over the plan's whole time cannot be prorated."""
        if self.maybe(none):
            return {"proration": "none"}
        whats = [what for what in ("quota", "cap", "draw", "guarantee") if self.maybe(0.7)]
        prorates = tuple(what for what in whats if (what, caps) != ("cap", "plan")) or ("quota",)
        return {"proration": self.chance.choice(PRORATIONS), "prorates": prorates}

    def ramp(self, size: int, currency: str, alone: bool) -> dict[str, object]:
        """A ramp, with a guarantee where nothing else lifts pay, and how quotas are rounded."""
        steps = tuple(
            Money(self.chance.randint(1, size), currency) if self.maybe(0.2) else Fraction(self.chance.randint(0, 4), 4)
            for _ in range(self.chance.randint(1, 5))
        )
        guarantee = Fraction(self.chance.randint(1, 5), 4) if alone and self.maybe(0.5) else None
        rounding = Money(self.chance.choice((1, 10, 250)), currency) if self.maybe(0.3) else None
        return {"ramp": Ramp(steps, guarantee, PLACE), "quota_rounding": rounding}

    def pays_in(self) -> PaysIn:
        """A currency of its own, or each payee's."""
        currency = self.chance.choice((*CURRENCIES, "owner.paid_in", "owner.paid_in"))
        kind, on = (
            self.chance.choice(("spot", "plan", "month_average")),
            self.chance.choice(("earned_on", "period_end")),
        )
        return PaysIn(currency, kind, on, PLACE)

    def rates(self, source: str) -> tuple[ExchangeRate, ...]:
        """Rates of every kind into every currency; now and then some of the first are missing."""
        found: list[ExchangeRate] = []
        for target in CURRENCIES:
            for kind in ("spot", "plan"):
                days = [date(2025, 1, 1), *(self.day(100) for _ in range(2))][1 if self.maybe(0.03) else 0 :]
                found += (
                    ExchangeRate(source, target, day, self._rate(), f"{kind}-{target}-{day}", kind) for day in days
                )
            months = map(first_of, range(2025 * 12, 2028 * 12))
            found += (ExchangeRate(source, target, m, self._rate(), f"{target}-{m}", "month_average") for m in months)
        self.chance.shuffle(found)
        return tuple({(one.source, one.target, one.kind, one.from_on): one for one in found}.values())

    def _rate(self) -> Fraction:
        return Fraction(self.chance.randint(1, 9999), self.chance.choice((10, 100, 1000, 700)))

    def card(self, period: str) -> Scorecard:
        """A scorecard of one to three KPIs, told or worked out."""
        weights = self.chance.choice(((1,), (1, 2), (1, 1, 3)))
        kpis = tuple(self._kpi(f"k{n}", Fraction(weight, sum(weights))) for n, weight in enumerate(weights))
        starts = sorted({0, *(self.chance.randint(1, 110) for _ in range(2))})
        grades = tuple(
            Grade(Fraction(at), f"g{at}", Title(), Fraction(self.chance.randint(0, 8), 4), PLACE) for at in starts
        )
        head = Header("scorecard", "s", "scorecard:s@1", PLACE, InForce(LONG_AGO))
        return Scorecard(head, None, period, kpis, grades if self.maybe(0.8) else ())

    def _kpi(self, id: str, weight: Fraction) -> Kpi:
        value = Named("attainment(sales,period)") if self.maybe(0.4) else None
        low, high = (Fraction(one, 20) for one in self.chance.sample(range(40), 2))
        line, bands = Linear(low, high, Fraction(0), Fraction(self.chance.choice((100, 120))), PLACE), ()
        if self.maybe(0.4):
            starts = sorted((low, high))
            bands = tuple(Band(start, Fraction(self.chance.randint(0, 120)), PLACE) for start in starts)  # type: ignore[assignment]
        without = self.chance.choice(WITHOUT_DATA)
        return Kpi(id, Title(), weight, value, "percent", None if bands else line, bands, without, PLACE)

    def scores(self, card: Scorecard, windows: Sequence[Window]) -> tuple[Score, ...]:
        """What was told, of most KPIs in most windows."""
        found, at = [], datetime(2026, 1, 1, tzinfo=UTC)
        for window in windows:
            for kpi in card.kpis:
                if kpi.value is None and self.maybe(0.8):
                    value = Fraction(self.chance.randint(0, 40), 20)
                    if kpi.bands and self.maybe(0.4):
                        value = self.chance.choice(kpi.bands).start
                    found.append(
                        Score(f"{window.id}/{kpi.id}", "ann", "s", kpi.id, window.id, value, "percent", at, "e", "b")
                    )
        return tuple(found)
