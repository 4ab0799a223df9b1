"""Random houses, told month after month: plans, people and what happens, as records in a real store, each by its seed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, cast

from sqlalchemy import select

from engine.app import payouts
from engine.app.calculating.calculation import Calculated, calculate
from engine.app.calculating.open_pay import OpenPay, open_pay
from engine.app.dealwright import Dealwright
from engine.core.absences import Absence
from engine.core.formulas import Facts, Trace
from engine.core.money import Money
from engine.core.records import Credit, Deal, Grant, Person, PersonVersion, Quota, Receipt
from engine.core.rules.header import Title
from engine.core.rules.plan import Bonus, Clawback, Component, Contest, Plan, Pool, Prize
from engine.core.rules.plan_terms import Ramp
from engine.store.database import open_database
from engine.store.migrations import upgrade
from engine.store.state import SqlState
from engine.store.tables.pay import earning_lines, run_entries, runs, settlements
from tests.core.incentives.oracle.compare import rulebook_of
from tests.core.incentives.oracle.histories import END, START, Maker
from tests.core.incentives.oracle.told import History
from tests.core.incentives.simple import PLACE, Named

PAYEES = ("ann", "bob", "cid")
ROLES = ("rep", "rep", "lead")


class Is(Named):
    """A condition: one fact is one text."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(name)
        self._value = value

    def holds(self, facts: Facts) -> bool:
        """True when it is."""
        return facts.get(self.source) == self._value


class Fixed(Named):
    """A formula that is the same whatever happens."""

    def __init__(self, amount: Money) -> None:
        super().__init__(str(amount))
        self.reads = frozenset()
        self._amount = amount

    def value(self, facts: Facts) -> object:
        """The amount."""
        return self._amount

    def trace(self, facts: Facts) -> Trace:
        """The amount."""
        return Trace(self.source, self.source)


class House:
    """A house and the chances by which it is told of more."""

    def __init__(self, folder: Path, seed: str = "", plans: Sequence[Plan] = ()) -> None:
        self.chance = Random(seed)
        self.maker = Maker(self.chance)
        self.plans = tuple(plans) or tuple(self._plans())
        cards = (self.maker.card,) if self.maker.card else ()
        month = 1 if plans else self.maker.fiscal_month
        history = History(Person("ann", "Ann"), END, month, self.plans, (), cards=cards)
        database = open_database(f"sqlite:///{folder / 'house.db'}")
        upgrade(database)
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.dw = Dealwright(database, rulebook_of(history), cast(Any, None), lambda: self.now)
        self.known: dict[tuple[type, str], Any] = {}
        self.number = 0
        if not plans:
            self._staff()

    def _staff(self) -> None:
        """Those who are there from the first."""
        self.keep(*(Person(id, id.title(), joined_on=date(2020, 1, 1), versions=self._versions()) for id in PAYEES))
        self.keep(*(quota for id in PAYEES if self.maybe(0.9) for quota in self.quotas(id)))

    def maybe(self, odds: float) -> bool:
        """True that often."""
        return self.chance.random() < odds

    def keep(self, *records: Any) -> None:
        """The records are as given from now on."""
        with self.dw.database.unit(write=True) as unit:
            state = SqlState(unit)
            for record in records:
                state.keep(record)
                self.known[type(record), record.id] = record
            state.flush()

    def withdraw(self, record: Credit | Grant) -> None:
        """The record counts no more."""
        with self.dw.database.unit(write=True) as unit:
            state = SqlState(unit)
            state.withdraw(type(record), record.id)
            state.flush()
        del self.known[type(record), record.id]

    def tell(self, until: date) -> None:
        """Some things happen up to that day, or are told late, or of days to come."""
        for _ in range(self.chance.randint(0, 5)):
            self.number += 1
            self.chance.choice(OPERATIONS)(self, self._day(until))

    def open_days(self) -> OpenPay:
        """Whose pay is open when."""
        with self.dw.database.unit() as unit:
            return open_pay(self.dw.rulebook, unit)

    def calculated(self, period: str, *, complete: bool) -> tuple[str, list[tuple[Any, ...]]]:
        """The run of a calculation, and everything that it wrote."""
        made = calculate(self.dw, period, "he-ping", complete=complete)
        assert isinstance(made, Calculated), made
        found: list[tuple[Any, ...]] = [tuple(sorted(map(str, made.unpaid)))]
        with self.dw.database.unit() as unit:
            for table in (runs, run_entries, earning_lines, settlements):
                shown = [column for column in table.columns if column.name not in ("made_by", "made_at")]
                own = table.c.id if table is runs else table.c.run
                found += [tuple(row) for row in unit.rows(select(*shown).where(own == made.id).order_by(*shown))]
        return made.id, found

    def post(self, run: str) -> None:
        """The run is approved and posted."""
        self.now += timedelta(minutes=1)
        for step in (payouts.approve, payouts.post):
            assert not step(self.dw, run, "deng-li").problems

    def _plans(self) -> Iterator[Plan]:
        """One plan or two, for everybody or for a role."""
        for id in ("p", "q")[: 1 if self.maybe(0.5) else 2]:
            maker = self.maker if id == "p" else self._other()
            pays = Is("owner.role", self.chance.choice(ROLES)) if self.maybe(0.6) else None
            least = self.chance.choice((None, Fraction(1, 2))) if maker.over != "plan" else None
            ramp = Ramp((Fraction(1, 2), Fraction(3, 4)), least, PLACE)
            proration = self.chance.choice(("none", "calendar_days", "months", "thirty_360"))
            ramp_of, carries = ramp if self.maybe(0.1) else None, self.maybe(0.2)
            for plan in maker.versions():
                plan = plan if carries else self._carrying_nothing(plan)
                version = plan.header.version.replace("p@", f"{id}@")
                head = replace(plan.header, id=id, version=version)
                parts = (*plan.components, *self._more())
                yield replace(plan, header=head, pays=pays, components=parts, proration=proration, ramp=ramp_of,
                              pays_in=None, guarantee=None if ramp_of else plan.guarantee)  # fmt: skip

    def _carrying_nothing(self, plan: Plan) -> Plan:
        """The plan without what is carried from one period into the next."""
        cap = replace(plan.cap, excess="lost", per=plan.cap.per.replace("plan", "year")) if plan.cap else None
        parts = (replace(c, cap=replace(c.cap, excess="lost") if c.cap else None) for c in plan.components)
        return replace(plan, cap=cap, draw=None, components=tuple(parts))

    def _other(self) -> Maker:
        """Makes another plan in the same currency."""
        other = Maker(self.chance)
        other.currency, other.size, other.fiscal_month = self.maker.currency, self.maker.size, self.maker.fiscal_month
        return other

    def _more(self) -> Iterator[Component]:
        """Components of the other kinds, a few of which depend on everybody."""
        amount, span = self.maker.money(self.maker.size), self.chance.choice(("month", "quarter"))
        asks = Named(
            f"{self.chance.choice(('attainment', 'attainment', 'rank'))}(sales,{self.chance.choice(('month', 'quarter', 'half', 'year', '2026-Q1'))})"
        )
        back = Clawback("deal.cancelled", None, Fraction(1), "reversed", "exact", PLACE)
        if self.maybe(0.5):
            budget = self.maker.money(self.maker.size * 2) if self.maybe(0.2) else None
            each = self.maker.money(self.maker.size) if self.maybe(0.1) else None
            yield Bonus(
                "spiff", Title(), "deal.won", None, Fixed(amount), "", budget, None, back, None, PLACE, "", each
            )
        if self.maybe(0.3):
            yield Bonus("target", Title(), "", None, Fixed(amount), "", None, asks, None, None, PLACE)
        if self.maybe(0.15):
            yield Pool(
                "pool",
                Title(),
                Fraction(1, 10),
                "sales",
                None,
                None,
                span,
                None,
                "from_first",
                "equal",
                None,
                back,
                None,
                PLACE,
            )
        if self.maybe(0.15):
            yield Contest(
                "contest", Title(), "sales", span, (Prize(1, amount, PLACE),), "share", None, "all", back, None, PLACE
            )

    def _versions(self) -> tuple[PersonVersion, ...]:
        return (PersonVersion(date(2020, 1, 1), self.chance.choice(ROLES)),)

    def quotas(self, payee: str) -> Iterator[Quota]:
        """A quota of the payee for each window."""
        for quota in self.maker.quotas(self.maker.windows(self.plans)):
            yield replace(quota, id=f"{quota.id}-{payee}", person=payee)

    def _day(self, until: date) -> date:
        """Mostly in the last month; some days are long past, some to come."""
        back = self.chance.choice((*range(30), *range(0, 30, 2), 45, 80, 100, 150, -20))
        return max(START, until - timedelta(days=back))

    def payees(self) -> list[str]:
        """Everybody who works here."""
        return [id for kind, id in self.known if kind is Person]

    def any_of(self, kind: type) -> Any:
        """Some record of a class; None while there is none."""
        found = [record for (of, _), record in self.known.items() if of is kind]
        return self.chance.choice(found) if found else None


def sells(house: House, day: date) -> None:
    """A deal is won, and credited to one or two."""
    credit = house.maker.credit(house.number, 0)
    at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    deal = Deal(f"D{house.number}", "s", "won", "won", at, at, at, facts={"amount": abs(credit.amount)}, won_on=day)
    undone = day + timedelta(days=house.chance.choice((0, 10, 40, 90))) if credit.undone_on else None
    own = [
        replace(credit, id=f"credit-{house.number}-{id}", payee=id, deal=deal.id, on=day, at=at, undone_on=undone)
        for id in house.chance.sample(house.payees(), 1 if house.maybe(0.7) else 2)
    ]
    house.keep(deal, *own)


def sells_more(house: House, day: date) -> None:
    """As before, at another time of chance: selling is what mostly happens."""
    sells(house, day)


def undoes(house: House, day: date) -> None:
    """A credit is undone, on that day or when it was made."""
    credit = house.any_of(Credit)
    if credit:
        how = house.chance.choice(("deal.cancelled", "deal.reopened"))
        house.keep(replace(credit, undone_on=max(day, credit.on), undone_by="u", undone_as=how))


def corrects(house: House, day: date) -> None:
    """A credit is of another amount or day, or counts no more."""
    credit = house.any_of(Credit)
    if not credit:
        return
    if house.maybe(0.3):
        house.withdraw(credit)
        return
    amount = house.maker.money(house.maker.size)
    on = day if house.maybe(0.3) else credit.on
    undone = max(credit.undone_on, on) if credit.undone_on else None
    house.keep(replace(credit, amount=amount, source_amount=amount, on=on, undone_on=undone))


def receives(house: House, day: date) -> None:
    """Money arrives for a deal, or goes back."""
    deal = house.any_of(Deal)
    if deal:
        whole = deal.facts["amount"].minor
        amount = Money(
            house.chance.choice((1, 1, 1, -1)) * house.chance.randint(1, max(1, whole)), house.maker.currency
        )
        kind = house.chance.choice(("payment", "payment", "invoice"))
        house.keep(
            Receipt(f"r{house.number}", kind, deal.id, amount, day, datetime(day.year, day.month, day.day, tzinfo=UTC))
        )


def changes_deal(house: House, day: date) -> None:
    """A deal is of another amount than its credits say, or was won on another day."""
    deal = house.any_of(Deal)
    if deal:
        house.keep(replace(deal, facts={"amount": house.maker.money(house.maker.size)}, won_on=day))


def sets_quota(house: House, day: date) -> None:
    """A quota is another."""
    quota = house.any_of(Quota)
    if quota:
        house.keep(replace(quota, amount=house.maker.money(house.maker.size * 5)))


def changes_person(house: House, day: date) -> None:
    """Somebody has another role from a day on, is away, leaves, or comes."""
    person, odds = house.any_of(Person), house.chance.random()
    if odds < 0.5:
        versions = (*(v for v in person.versions if v.from_on != day), PersonVersion(day, house.chance.choice(ROLES)))
        house.keep(replace(person, versions=tuple(sorted(versions, key=lambda v: v.from_on))))
    elif odds < 0.8:
        absences = (*person.absences, Absence(day, day + timedelta(days=house.chance.choice((5, 20, 60)))))
        house.keep(replace(person, absences=tuple(sorted(absences, key=lambda a: a.from_on))))
    elif odds < 0.9:
        house.keep(replace(person, left_on=day if person.left_on is None else None))
    else:
        id = f"new-{house.number}"
        house.keep(Person(id, id, joined_on=day, versions=(PersonVersion(day, house.chance.choice(ROLES)),)))
        house.keep(*house.quotas(id))


def grants(house: House, day: date) -> None:
    """A bonus is granted, now and then within a budget that the rule does not name."""
    bonuses = [(plan, part) for plan in house.plans for part in plan.components if isinstance(part, Bonus) and part.on]
    if bonuses:
        plan, bonus = house.chance.choice(bonuses)
        budget = bonus.budget or (house.maker.money(house.maker.size * 2) if house.maybe(0.05) else None)
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        amount, cause = house.maker.money(house.maker.size), house.maker.credit(1, 0).cause
        house.keep(
            Grant(
                f"g{house.number}",
                bonus.id,
                plan.header.id,
                house.chance.choice(house.payees()),
                "",
                f"e{house.number}",
                day,
                at,
                amount,
                cause,
                budget,
            )
        )


def undoes_grant(house: House, day: date) -> None:
    """A bonus is undone, or was never earned."""
    grant = house.any_of(Grant)
    if grant and house.maybe(0.2):
        house.withdraw(grant)
    elif grant:
        house.keep(replace(grant, undone_on=max(day, grant.on), undone_by="u", undone_as="deal.cancelled"))


OPERATIONS = (
    sells, sells, sells, sells_more, sells_more, undoes, corrects, receives, receives, changes_deal, sets_quota,
    changes_person, grants, grants, undoes_grant,
)  # fmt: skip
