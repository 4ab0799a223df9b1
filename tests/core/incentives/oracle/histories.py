"""Random plans and histories, made of the engine's records: many and small. A case is named by its seed and number."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

from engine.core.durations import Duration
from engine.core.incentives.adjustments import DealProgress
from engine.core.money import Money, Rounding
from engine.core.records import Cause, Credit, Quota, Receipt
from engine.core.rules.header import Header, InForce
from engine.core.rules.plan import Plan
from engine.core.rules.plan_terms import Draw, Guarantee, PlanCap
from tests.core.incentives.oracle.calendar import Window, window_between, windows_between
from tests.core.incentives.oracle.components import DAYS, START, Parts
from tests.core.incentives.oracle.told import History
from tests.core.incentives.simple import PLACE, Named

END = date(2027, 6, 30)
ROUNDINGS = tuple(Rounding)
FACTORS = (Fraction(1), Fraction(6, 5), Fraction(1, 3), Fraction(0), None)
PERIODS = ("month", "quarter", "half", "year", "plan")


@dataclass(frozen=True)
class Case:
    """One plan, in one or several versions, and what happened; looked at on some days, the last of which is the end."""

    name: str
    history: History
    days: tuple[date, ...]


def case(seed: str, number: int) -> Case:
    """The case of that seed and number, the same on every machine."""
    return Maker(Random(f"{seed}/{number}")).made(f"{seed}/{number}")


class Maker(Parts):
    """Makes one case out of chances."""

    def made(self, name: str) -> Case:
        """The whole case."""
        credits, plans = self.credits(), self.versions()
        windows = self.windows(plans)
        pays_in = any(plan.pays_in for plan in plans)
        history = History(
            self.around.person(self.comes_and_goes), END, self.fiscal_month, plans, credits, self.quotas(windows),
            self.progress(credits), self.facts(windows),
            frozenset(self.around.day(200) for _ in range(10)), self.around.rates(self.currency) if pays_in else (),
            (self.card,) if self.card else (), self.around.scores(self.card, windows) if self.card else (),
        )  # fmt: skip
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
        terms, paid = self.terms(), self.maybe(0.15)
        capped = self.maybe(0.3 if self.comes_and_goes else 0.12)
        if self.maybe(0.2):
            terms |= self.around.ramp(self.size, self.currency, not terms)
        prorates = self.around.proration(per if capped else "", 0.2 if self.comes_and_goes else 0.7)
        pays = Named("owner.on_plan") if self.comes_and_goes else None
        plans = []
        for number, start in enumerate(starts):
            until = starts[number + 1] if number + 1 < len(starts) else END if self.over == "plan" else None
            components = tuple(self.commission(id) for id in ("c", "d")[: 2 if self.maybe(0.15) else 1])
            head = Header("plan", "p", f"plan:p@{number}", PLACE, InForce(start, until))
            cap = PlanCap(self.money(self.size), per, excess, PLACE) if capped else None
            if self.maybe(0.2):
                prorates = self.around.proration(per if capped else "", 0.2 if self.comes_and_goes else 0.7)
            pays_in = self.around.pays_in() if paid and self.maybe(0.8) else None
            if self.rare == "of_thirty":
                prorates |= {"proration": "thirty_360"}
            all_terms = {"cap": cap, "pays_in": pays_in, **terms, **prorates}
            plans.append(
                Plan(head, pays, self.currency, "quarter", (), components, rounding=rounding, **all_terms)  # type: ignore[arg-type]
            )
        return tuple(plans)

    def terms(self) -> dict[str, object]:
        """A draw or a guarantee, the same in every version."""
        odds = self.chance.random() / (3 if self.comes_and_goes else 1)
        per = self.chance.choice(PERIODS[:-1])
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
        return self.undone(made) if self.maybe(0.5 if self.rare else 0.35) else made

    def undone(self, credit: Credit) -> Credit:
        """The credit, undone on its own day or later."""
        day = credit.on + timedelta(days=self.chance.choice((0, 1, 5, 10, 30, 31, 90)))
        how = self.chance.choice(("deal.cancelled", "deal.cancelled", "deal.cancelled", "deal.reopened"))
        if self.rare == "limited":
            day = credit.on + timedelta(days=self.chance.choice((0, 1, 5)))
        if self.rare == "tapered":
            day, how = credit.on + timedelta(days=self.chance.choice((10, 10, 5))), "deal.cancelled"
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
