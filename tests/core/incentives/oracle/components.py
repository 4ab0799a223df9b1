"""Random commissions: rate tables, bounds, caps, releases and clawbacks."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from engine.core.durations import Duration
from engine.core.money import Money
from engine.core.rules.header import InForce, Title
from engine.core.rules.plan import Clawback, Commission, Limit, RateTable, ReleasePart, Tier
from tests.core.incentives.oracle.surroundings import AtLeast, Surroundings
from tests.core.incentives.simple import PLACE, Named

START = date(2026, 1, 1)
DAYS = 300
CURRENCIES = ("CNY", "JPY", "KWD")
PAYMENTS = ("payment.received", "invoice.issued")


class Parts:
    """Makes the parts of a plan out of chances.

    `rare` is a shape that many chances must come together for: exact clawbacks above a `limited` attainment, those that
    have `tapered` to nothing, presence in months `of_thirty` days.
    """

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.currency = chance.choice(CURRENCIES)
        self.by = chance.choice(("attainment", "attainment", "amount", "amount", "count", "formula"))
        self.over = chance.choice(("month", "month", "quarter", "quarter", "quarter", "half", "half", "year", "plan"))
        self.measure = "" if self.by == "formula" else chance.choice(("", "", "", "", "", "", "cash"))
        self.parted, self.weighed = (chance.random() < 0.25 for _ in range(2))
        self.fiscal_month = chance.choice((1, 1, 4, 7))
        self.size = chance.choice((30, 400, 5_000_00))
        self.together = chance.choice((1, 1, 1, 2))
        self.returns = chance.random() < 0.35
        self.around = Surroundings(chance, START, DAYS)
        self.comes_and_goes = chance.random() < 0.5
        self.rare = chance.choice(("", "", "", "", "", "limited", "tapered", "of_thirty"))
        if self.rare:
            self.over, self.by = chance.choice(("half", "year")), chance.choice(("attainment", "amount"))
        if self.rare in ("limited", "of_thirty"):
            self.by, self.comes_and_goes = "attainment", self.rare == "of_thirty"
            self.size, self.returns = 5_000_00, self.rare == "limited"
        scored = self.over != "plan" and chance.random() < 0.15
        self.card = self.around.card(self.over) if scored else None

    def maybe(self, odds: float) -> bool:
        """True that often."""
        return self.chance.random() < odds

    def minor(self, most: int) -> int:
        """A small number more often than a large one, never 0."""
        return self.chance.randint(1, max(1, self.chance.choice((most, most, most // 10))))

    def money(self, most: int) -> Money:
        """An amount that is not nothing."""
        return Money(self.minor(most), self.currency)

    def commission(self, id: str) -> Commission:
        """One component."""
        gate, multiply = Named("met") if self.maybe(0.15) else None, Named("factor") if self.maybe(0.3) else None
        if self.card and self.maybe(0.7):
            gate = AtLeast("scorecard.score", Fraction(self.chance.randint(1, 100)))
        if self.card and self.maybe(0.5):
            multiply = Named(self.chance.choice(("scorecard.multiplier", "scorecard.score")))
        span = None
        if self.maybe(0.1):
            day = START + timedelta(days=self.chance.randrange(DAYS))
            span = InForce(day, day + timedelta(days=self.chance.randint(1, 120)) if self.maybe(0.5) else None)
        return Commission(
            id, Title(), "sales", self.over, "quota", self.table(), gate,
            self.chance.choice(("from_first", "above_only")) if gate else "from_first", self.bounds(),
            multiply, self.cap(), self.release(), self.clawback(), span, PLACE,
        )  # fmt: skip

    def table(self) -> RateTable:
        """A rate table whose tiers pay one kind of thing."""
        if self.by == "formula" and self.maybe(0.3):
            tier = Tier(Fraction(0), Fraction(0), None, None, PLACE)
            return RateTable("formula", Named("rate"), "formula", "split", (tier,), None, PLACE)
        method = self.chance.choice(
            ("marginal", "marginal", "marginal", "whole", "whole", "interpolated", "per_block", "flat")
        )
        if self.rare in ("limited", "tapered"):
            method = self.chance.choice(("whole", "interpolated" if self.rare == "limited" else "flat"))
        if method == "per_block" and self.by == "attainment":
            method = "marginal"
        pays = {"flat": "flat", "per_block": "per_unit"}.get(method) or self.pays(method)
        starts, block = self.starts(), None
        if method == "per_block" or (pays == "per_unit" and self.maybe(0.2)):
            block = Fraction(self.chance.choice((1, 2, 3, 10))) if self.by in ("count", "formula") else self.scale() / 5
        crosses = "split"
        if method in ("marginal", "per_block"):
            crosses = self.chance.choice(("split", "split", "rate_before", "rate_including"))
        kinds = ("rate", "flat", "per_unit") if method in ("marginal", "whole") and self.maybe(0.3) else (pays,)
        if self.by == "attainment":
            kinds = kinds[:2]
        tiers = tuple(self.tier(start, self.chance.choice(kinds)) for start in starts)
        formula = Named("place") if self.by == "formula" else None
        highest = Fraction(self.chance.randint(2, 20), 10) if self.by == "attainment" and self.maybe(0.4) else None
        if self.rare == "limited":
            highest = Fraction(self.chance.randint(2, 10), 10)
        return RateTable(self.by, formula, method, crosses, tiers, block, PLACE, self.measure, highest)

    def pays(self, method: str) -> str:
        """What the tiers pay."""
        if method == "interpolated":
            return self.chance.choice(("rate", "flat"))
        if self.by == "count" and self.maybe(0.5):
            return "per_unit"
        return self.chance.choice(("rate", "rate", "rate", "flat"))

    def scale(self) -> Fraction:
        """About as far as one credit goes on the table's scale."""
        return {
            "attainment": Fraction(1, 2),
            "amount": Fraction(self.size),
            "count": Fraction(5),
            "formula": Fraction(5),
        }[self.by]

    def starts(self) -> list[Fraction]:
        """Rising from 0; some are met exactly by a credit."""
        starts = [Fraction(0)]
        for _ in range(self.chance.choice((0, 1, 2, 3, 4))):
            step = self.scale() * self.chance.randint(1, 15) / 10
            starts.append(starts[-1] + (max(Fraction(1), Fraction(int(step))) if self.by == "amount" else step))
        return starts

    def tier(self, start: Fraction, pays: str) -> Tier:
        """One tier; rates neither rise nor fall of necessity."""
        rate = Fraction(self.chance.randint(0, 400), self.chance.choice((1000, 999, 2000))) if pays == "rate" else None
        fixed = Money(self.chance.randint(0, max(2, self.size // 5)), self.currency)
        return Tier(start, rate, fixed if pays == "flat" else None, fixed if pays == "per_unit" else None, PLACE)

    def bounds(self) -> Limit | None:
        """Bounds on one deal."""
        if not self.maybe(0.25):
            return None
        least, most = sorted((self.minor(self.size // 5 + 1), self.minor(self.size // 5 + 1)))
        return Limit(
            Money(most, self.currency) if self.maybe(0.7) else None,
            Money(least, self.currency) if self.maybe(0.7) else None,
        )

    def cap(self) -> Limit | None:
        """The most in a window."""
        excess = self.chance.choice(("lost", "carried_forward", "carried_forward"))
        return Limit(self.money(self.size // 2), None, excess) if self.maybe(0.35) else None

    def release(self) -> tuple[ReleasePart, ...]:
        """When it becomes payable."""
        if not self.maybe(0.35):
            return ()
        first = Fraction(self.chance.randint(1, 9), 10)
        after = Duration.parse(self.chance.choice(("10 days", "1 month"))) if self.maybe(0.2) else None
        day = START + timedelta(days=self.chance.randrange(DAYS)) if self.maybe(0.1) else None
        won = ReleasePart(first, "deal.won", False, PLACE, after)
        if day is not None:
            return (won, ReleasePart(1 - first, "", False, PLACE, None, day))
        return (won, ReleasePart(1 - first, self.chance.choice(PAYMENTS), self.maybe(0.7), PLACE, after))

    def clawback(self) -> Clawback | None:
        """When it is taken back."""
        if self.rare == "limited":
            kept = self.chance.choice(("reversed", "kept"))
            return Clawback("deal.cancelled", None, Fraction(1), kept, "exact", PLACE)
        if self.rare == "tapered":
            ten = Duration.parse("10 days")
            return Clawback("deal.cancelled", ten, Fraction(1), "reversed", "from_top", PLACE, True)
        if self.maybe(0.3):
            return None
        share = Fraction(1) if self.maybe(0.6) else Fraction(self.chance.randint(1, 5), 6)
        within = (
            Duration.parse(self.chance.choice(("10 days", "3 weeks", "1 month", "2 months")))
            if self.maybe(0.3)
            else None
        )
        return Clawback(
            "deal.cancelled", within, share, self.chance.choice(("reversed", "reversed", "kept")),
            self.chance.choice(("from_top", "exact")), PLACE, within is not None and self.maybe(0.4),
            "paid" if self.maybe(0.15) else "earned",
        )  # fmt: skip
