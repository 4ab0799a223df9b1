"""Random teams with pools, compared: `python -m tests.core.incentives.oracle.pool_cases 2000 --seed 7`."""

from argparse import ArgumentParser
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

from engine.core.durations import Duration
from engine.core.formulas import Facts
from engine.core.incentives.owed import owed
from engine.core.incentives.together import together
from engine.core.money import ExactMoney, Money, Rounding
from engine.core.records import Cause, Credit, Person, PersonVersion
from engine.core.rules.header import Header, InForce, Title
from engine.core.rules.plan import Clawback, Plan, Pool
from tests.core.incentives.oracle.compare import books_of, rulebook_of
from tests.core.incentives.oracle.components import DAYS, START
from tests.core.incentives.oracle.histories import END
from tests.core.incentives.oracle.pools import Staff, pool_lines
from tests.core.incentives.oracle.surroundings import PRORATIONS, Surroundings
from tests.core.incentives.oracle.told import History, Line
from tests.core.incentives.simple import PLACE, Named

TEAMS = ("north", "north", "south", "")
WHERE = "tests.core.incentives.oracle.pool_cases"


class TeamAtLeast(Named):
    """A condition on what a team was credited."""

    def __init__(self, least: int) -> None:
        super().__init__("team.sales")
        self.least = least

    def holds(self, facts: Facts) -> bool:
        """True from so many minor units on."""
        total = facts.get(self.source)
        return isinstance(total, ExactMoney) and total.minor >= self.least


class Fixed(Named):
    """A formula that is an amount."""

    def __init__(self, amount: Money) -> None:
        super().__init__(str(amount))
        self.reads, self.amount = frozenset(), amount

    def value(self, facts: Facts) -> object:
        """The amount."""
        return self.amount


@dataclass(frozen=True)
class Maker:
    """Makes one case out of chances."""

    chance: Random

    def maybe(self, odds: float) -> bool:
        """True that often."""
        return self.chance.random() < odds

    def staff(self) -> Staff:
        """Everybody, with a plan that has one or two pools."""
        around = Surroundings(self.chance, START, DAYS)
        people = tuple(self.person(around, f"p{number}") for number in range(self.chance.randint(1, 5)))
        credits = tuple(self.credit(number, people) for number in range(self.chance.randint(0, 9)))
        holidays = frozenset(around.day(200) for _ in range(10))
        history = History(people[0], END, self.chance.choice((1, 1, 4)), self.plans(around), credits, holidays=holidays)
        return Staff(people, history)

    def person(self, around: Surroundings, id: str) -> Person:
        """Somebody with a team, a weight and a level that may change."""
        made = around.person(self.maybe(0.5))
        versions = tuple(self.version(version) for version in made.versions)
        return replace(made, id=id, name=id, versions=versions)

    def version(self, version: PersonVersion) -> PersonVersion:
        """The same, as one of a team."""
        weight = Fraction(self.chance.randint(0, 6), self.chance.choice((1, 2, 3)))
        facts = {**version.facts, "weight": weight, "senior": self.maybe(0.6), "met": self.maybe(0.7)}
        return replace(version, team=self.chance.choice(TEAMS), facts=facts)

    def plans(self, around: Surroundings) -> tuple[Plan, ...]:
        """One version, or two that follow one another."""
        starts = [START, around.turn()] if self.maybe(0.3) else [START]
        starts = sorted(set(starts))
        over, rounding = (
            self.chance.choice(("month", "quarter", "quarter", "half", "plan")),
            self.chance.choice([*Rounding]),
        )
        plans = []
        for number, start in enumerate(starts):
            until = starts[number + 1] if number + 1 < len(starts) else around.turn() + timedelta(days=400)
            head = Header("plan", "p", f"plan:p@{number}", PLACE, InForce(start, until))
            pools = tuple(self.pool(around, id, over) for id in ("a", "b")[: self.chance.choice((1, 1, 2))])
            proration = self.chance.choice(("none", *PRORATIONS))
            pays = Named("owner.on_plan")
            plans.append(Plan(head, pays, "CNY", "quarter", (), pools, proration, rounding, prorates=("target",)))
        return tuple(plans)

    def pool(self, around: Surroundings, id: str, over: str) -> Pool:
        """One pool."""
        gate = self.chance.choice((None, None, Named("owner.met"), TeamAtLeast(self.chance.randint(1, 900))))
        amount = Fixed(Money(self.chance.randint(0, 999), "CNY")) if self.maybe(0.2) else None
        of = "sales" if amount is None or self.maybe(0.5) else ""
        shared = self.chance.choice(("equal", "by credits", "by weights") if of else ("equal", "by weights"))
        within = Duration.parse(self.chance.choice(("10 days", "1 month"))) if self.maybe(0.3) else None
        share = Fraction(self.chance.randint(1, 6), 6)
        clawback = Clawback("deal.cancelled", within, share, "kept", "exact", PLACE) if self.maybe(0.6) else None
        return Pool(
            id, Title(), None if amount else Fraction(self.chance.randint(1, 40), self.chance.choice((100, 99))), of, amount,
            Named("owner.senior") if self.maybe(0.4) else None, over, gate,
            self.chance.choice(("from_first", "above_only")) if gate and of else "from_first", shared,
            Named("owner.weight") if shared == "by weights" else None, clawback,
            InForce(around.turn(), around.turn() + timedelta(days=300)) if self.maybe(0.1) else None, PLACE,
        )  # fmt: skip

    def credit(self, number: int, people: tuple[Person, ...]) -> Credit:
        """One credit of one of them, now and then an overlay of an event that others have too."""
        on = START + timedelta(days=self.chance.randrange(DAYS))
        event = f"e{number}"
        if self.maybe(0.4):
            on, event = START + timedelta(days=40 * (number % 3)), f"shared{number % 3}"
        at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
        amount = Money(self.chance.choice((1, 1, 1, -1)) * self.chance.randint(1, 999), "CNY")
        made = Credit(
            f"credit-{number}", "sales", self.chance.choice(people).id, f"D{number}", event, on, at, amount, amount,
            Fraction(1), self.chance.choice(("direct", "overlay")), "p", Cause("plan:p@0", PLACE, event),
        )  # fmt: skip
        if self.maybe(0.6):
            return made
        how = self.chance.choice(("deal.cancelled", "deal.cancelled", "deal.reopened"))
        return replace(
            made, undone_on=on + timedelta(days=self.chance.choice((0, 5, 10, 31, 90))), undone_by="u", undone_as=how
        )


def compared(seed: str, number: int) -> str:
    """Empty when both agree on every line of two days; else the day, the lines, and the command that shows it again."""
    maker = Maker(Random(f"{seed}/{number}"))
    staff = maker.staff()
    for day in (START + timedelta(days=maker.chance.randrange(2 * DAYS)), END):
        mine, theirs = sorted(pool_lines(staff, day)), sorted(_by_engine(staff, day))
        if mine != theirs:
            rows = [f"  here   {line}" for line in mine if line not in theirs]
            rows += [f"  engine {line}" for line in theirs if line not in mine]
            again = f"python -m {WHERE} 1 --seed {seed} --first {number}"
            return "\n".join([f"case {seed}/{number} as of {day}: {again}", *rows])
    return ""


def _by_engine(staff: Staff, day: date) -> list[Line]:
    rulebook, credits = rulebook_of(staff.history), staff.history.credits
    shared = together(rulebook, staff.people, credits, (), day)
    found = []
    for person in staff.people:
        own = replace(books_of(staff.history), credits=[c for c in credits if c.payee == person.id], together=shared)
        for line in owed(rulebook, person, own, day):
            amounts = (line.earned, line.released, line.withheld, line.taken_back)
            name = f"{person.id}/{line.source}"
            minor = (amount.minor for amount in amounts)
            found.append(Line(line.version, line.component, line.window, name, line.on, *minor, line.earned.currency))
    return found


def main() -> int:
    """Prints how many cases agreed and each that did not; 1 when any did not."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    told = [compared(asked.seed, number) for number in range(asked.first, asked.first + asked.count)]
    wrong = [text for text in told if text]
    print(
        "\n".join([*wrong[:5], f"{len(told) - len(wrong)} of {len(told)} teams with pools agree (seed {asked.seed})"])
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
