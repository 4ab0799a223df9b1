"""Random plans and histories, made of the engine's records: many and small. A case is named by its seed and number."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

from engine.core.durations import Duration
from engine.core.incentives.adjustments import DealProgress
from engine.core.money import Money, Rounding
from engine.core.records import Cause, Credit, Quota, Receipt
from engine.core.rules.header import Header, InForce, Title
from engine.core.rules.plan import Clawback, Commission, Limit, Plan, RateTable, ReleasePart, Tier
from engine.core.rules.plan_terms import Draw, Guarantee, PlanCap
from tests.core.incentives.oracle.calendar import Window, window_between, windows_between
from tests.core.incentives.oracle.told import History
from tests.core.incentives.simple import PLACE, Named

START = date(2026, 1, 1)
END = date(2027, 6, 30)
DAYS = 300
ROUNDINGS = tuple(Rounding)
CURRENCIES = ("CNY", "JPY", "KWD")
FACTORS = (Fraction(1), Fraction(6, 5), Fraction(1, 3), Fraction(0), None)
PERIODS = ("month", "quarter", "half", "year", "plan")
PAYMENTS = ("payment.received", "invoice.issued")


@dataclass(frozen=True)
class Case:
    """One plan, in one or several versions, and what happened; looked at on some days, the last of which is the end."""

    name: str
    history: History
    days: tuple[date, ...]


def case(seed: str, number: int) -> Case:
    """The case of that seed and number, the same on every machine."""
    return Maker(Random(f"{seed}/{number}")).made(f"{seed}/{number}")


class Maker:
    """Makes one case out of chances."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.currency = chance.choice(CURRENCIES)
        self.by = chance.choice(("attainment", "amount", "amount", "count", "formula"))
        self.over = chance.choice(("month", "month", "quarter", "quarter", "quarter", "half", "half", "year", "plan"))
        self.measure = "" if self.by == "formula" else chance.choice(("", "", "", "", "", "", "cash"))
        self.parted, self.weighed = (chance.random() < 0.25 for _ in range(2))
        self.fiscal_month = chance.choice((1, 1, 4, 7))
        self.size = chance.choice((30, 400, 5_000_00))
        self.together = chance.choice((1, 1, 1, 2))
        self.returns = chance.random() < 0.35

    def maybe(self, odds: float) -> bool:
        """True that often."""
        return self.chance.random() < odds

    def minor(self, most: int) -> int:
        """A small number more often than a large one, never 0."""
        return self.chance.randint(1, max(1, self.chance.choice((most, most, most // 10))))

    def money(self, most: int) -> Money:
        """An amount that is not nothing."""
        return Money(self.minor(most), self.currency)

    def made(self, name: str) -> Case:
        """The whole case."""
        credits, plans = self.credits(), self.versions()
        windows = self.windows(plans)
        history = History(
            "ann", self.fiscal_month, plans, credits, self.quotas(windows), self.progress(credits), self.facts(windows)
        )
        days = sorted(START + timedelta(days=self.chance.randrange(DAYS)) for _ in range(self.chance.randint(0, 2)))
        return Case(name, history, (*days, END))

    def versions(self) -> tuple[Plan, ...]:
        """One version for ever, or two or three that follow one another."""
        starts = [
            START,
            *sorted(
                START + timedelta(days=self.chance.randint(1, DAYS)) for _ in range(self.chance.choice((0, 0, 1, 2)))
            ),
        ]
        starts = sorted(set(starts))
        rounding = self.chance.choice(ROUNDINGS)
        per, excess = self.chance.choice(PERIODS), self.chance.choice(("lost", "carried_forward"))
        terms, capped = self.terms(), self.maybe(0.12)
        plans = []
        for number, start in enumerate(starts):
            until = starts[number + 1] if number + 1 < len(starts) else END if self.over == "plan" else None
            components = tuple(self.commission(id) for id in ("c", "d")[: 2 if self.maybe(0.15) else 1])
            head = Header("plan", "p", f"plan:p@{number}", PLACE, InForce(start, until))
            cap = PlanCap(self.money(self.size), per, excess, PLACE) if capped else None
            plans.append(
                Plan(head, None, self.currency, "quarter", (), components, "none", rounding, cap=cap, **terms)  # type: ignore[arg-type]
            )
        return tuple(plans)

    def terms(self) -> dict[str, Draw | Guarantee]:
        """A draw or a guarantee, the same in every version."""
        odds, per = self.chance.random(), self.chance.choice(PERIODS[:-1])
        amount, lasts = self.money(self.size // 3), self.chance.choice((None, "1 month", "3 months", "45 days"))
        after = Duration.parse(lasts) if lasts else None
        if odds < 0.05:
            return {"guarantee": Guarantee(amount, per, after, PLACE)}
        if odds > 0.18:
            return {}
        ends = START + timedelta(days=self.chance.randrange(DAYS)) if self.maybe(0.6) else None
        return {
            "draw": Draw(
                amount, per, self.chance.choice(("recoverable", "recoverable", "non_recoverable", "forgiven")),
                self.chance.choice(("from_above_draw", "from_all")), after,
                self.chance.choice((Fraction(1), Fraction(1, 2), Fraction(1, 3))),
                self.money(self.size // 6) if self.maybe(0.3) else None, ends,
                self.chance.choice(("owed", "forgiven")) if ends else "owed", PLACE,
            )
        }  # fmt: skip

    def commission(self, id: str) -> Commission:
        """One component."""
        gate = self.maybe(0.15)
        span = None
        if self.maybe(0.1):
            day = START + timedelta(days=self.chance.randrange(DAYS))
            span = InForce(day, day + timedelta(days=self.chance.randint(1, 120)) if self.maybe(0.5) else None)
        return Commission(
            id, Title(), "sales", self.over, "quota", self.table(), Named("met") if gate else None,
            self.chance.choice(("from_first", "above_only")) if gate else "from_first", self.bounds(),
            Named("factor") if self.maybe(0.3) else None, self.cap(), self.release(), self.clawback(), span, PLACE,
        )  # fmt: skip

    def table(self) -> RateTable:
        """A rate table whose tiers pay one kind of thing."""
        if self.by == "formula" and self.maybe(0.3):
            tier = Tier(Fraction(0), Fraction(0), None, None, PLACE)
            return RateTable("formula", Named("rate"), "formula", "split", (tier,), None, PLACE)
        method = self.chance.choice(
            ("marginal", "marginal", "marginal", "whole", "whole", "interpolated", "per_block", "flat")
        )
        if method == "per_block" and self.by == "attainment":
            method = "marginal"
        pays = {"flat": "flat", "per_block": "per_unit"}.get(method) or self.pays(method)
        starts, block = self.starts(), None
        if method == "per_block" or (pays == "per_unit" and self.maybe(0.2)):
            block = Fraction(self.chance.choice((1, 2, 3, 10))) if self.by in ("count", "formula") else self.scale() / 5
        crosses = "split"
        if method in ("marginal", "per_block"):
            crosses = self.chance.choice(("split", "split", "rate_before", "rate_including"))
        kinds = ("rate", "flat", "per_unit") if method in ("marginal", "whole") and self.maybe(0.2) else (pays,)
        if self.by == "attainment":
            kinds = kinds[:2]
        tiers = tuple(self.tier(start, self.chance.choice(kinds)) for start in starts)
        formula = Named("place") if self.by == "formula" else None
        highest = Fraction(self.chance.randint(2, 20), 10) if self.by == "attainment" and self.maybe(0.2) else None
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

    def credits(self) -> tuple[Credit, ...]:
        """What was credited, in no order; several may fall on one day or moment."""
        span = self.chance.choice((20, 100, DAYS))
        made = [self.credit(number, self.chance.randrange(span)) for number in range(self.chance.randint(1, 7))]
        self.chance.shuffle(made)
        return tuple(made)

    def credit(self, number: int, day: int) -> Credit:
        """One credit, perhaps undone."""
        on = START + timedelta(days=day)
        at = datetime(on.year, on.month, on.day, self.chance.choice((4, 4, 9)), tzinfo=UTC)
        negative = self.returns and self.by != "formula" and self.maybe(0.3)
        sign = -1 if negative else 1
        amount = Money(sign * self.minor(self.size), self.currency)
        units = sign * Fraction(self.chance.randint(1, 12), self.chance.choice((1, 1, 2, 3)))
        facts = {
            "place": Fraction(self.chance.randint(0, 24), 2),
            "met": self.maybe(0.7),
            "factor": self.chance.choice(FACTORS),
        }
        facts["rate"] = self.chance.choice((None, Fraction(self.chance.randint(0, 40), 100), Fraction(1, 7)))
        known = tuple(sorted((name, value) for name, value in facts.items() if value is not None))
        event = f"e{self.chance.randint(0, 9)}{number}"
        name = self.chance.choice(("sales", self.measure or "sales"))
        pays = Fraction(self.chance.randint(0, 5), 6) if self.parted and self.maybe(0.6) else Fraction(1)
        weight = Fraction(self.chance.choice((5, 2, 0)), 4) if self.weighed and self.maybe(0.6) else Fraction(1)
        made = Credit(
            f"credit-{number}", name, "ann", f"D{number // self.together}", event, on, at, amount, amount, Fraction(1), "direct", "p",
            Cause("plan:p@0", PLACE, event, "", known), units=units, pays=pays, weight=weight,
        )  # fmt: skip
        return self.undone(made) if self.maybe(0.35) else made

    def undone(self, credit: Credit) -> Credit:
        """The credit, undone on its own day or later."""
        day = credit.on + timedelta(days=self.chance.choice((0, 1, 5, 10, 30, 31, 90)))
        how = self.chance.choice(("deal.cancelled", "deal.cancelled", "deal.cancelled", "deal.reopened"))
        return replace(credit, undone_on=day, undone_by="u", undone_as=how)

    def windows(self, plans: tuple[Plan, ...]) -> list[Window]:
        """Every window that may be asked for."""
        if self.over != "plan":
            return windows_between(START, END, self.over, self.fiscal_month)
        spans = (plan.header.in_force for plan in plans)
        return [window_between(span.from_on, span.until_on or END, self.fiscal_month) for span in spans]

    def quotas(self, windows: list[Window]) -> tuple[Quota, ...]:
        """A quota for each window."""
        measure = self.measure or "sales"
        amounts = ((w.id, Money(self.size * self.chance.randint(1, 5), self.currency)) for w in windows)
        return tuple(Quota(f"q-{id}", "ann", measure, id, amount) for id, amount in amounts)

    def progress(self, credits: tuple[Credit, ...]) -> dict[str, DealProgress]:
        """How far each deal has come: won, and paid in parts, perhaps too much."""
        return {credit.deal: self.progress_of(credit) for credit in credits if self.maybe(0.9)}

    def progress_of(self, credit: Credit) -> DealProgress:
        """One deal's payments."""
        whole = Money(abs(credit.amount.minor) * self.chance.randint(1, 2), self.currency)
        receipts = []
        for number in range(self.chance.randint(0, 3)):
            on = credit.on + timedelta(days=self.chance.randint(0, 90))
            kind = self.chance.choice(("payment", "payment", "invoice"))
            amount = Money(self.chance.choice((1, 1, 1, -1)) * self.minor(whole.minor), self.currency)
            receipts.append(Receipt(f"r{number}", kind, credit.deal, amount, on, credit.at))
        return DealProgress(credit.deal, whole, tuple(receipts), {"deal.won": credit.on} if self.maybe(0.9) else {})

    def facts(self, windows: list[Window]) -> dict[str, dict[str, object]]:
        """What is known of some windows: whether the gate is met, and a factor for all."""
        met = self.maybe(0.5)
        found: dict[str, dict[str, object]] = {}
        for window in windows:
            facts: dict[str, object] = {"met": self.maybe(0.8)} if met else {}
            if self.maybe(0.1):
                facts["factor"] = Fraction(3, 2)
            found[window.id] = facts
        return found
