"""A calculation of the open days alone comes to the same run, byte for byte, as one of all days."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from engine.app.calculating.open_desk import Desk, Since
from engine.core.absences import Absence
from engine.core.incentives.open_days import OpenDays
from engine.core.incentives.presence import Span
from engine.core.money import Money, Rounding
from engine.core.periods import period_of
from engine.core.records import Cause, Credit, Deal, Grant, Person, PersonVersion, Quota, Receipt
from engine.core.rules.header import Header, Title
from engine.core.rules.plan import Bonus, Clawback, Commission, Plan, Pool, RateTable, ReleasePart, Tier
from engine.store.queries.pay import Touched
from engine.store.runs import RunBook
from tests.app.settled_house import Fixed, House, Is
from tests.core.incentives.oracle.histories import START
from tests.core.incentives.simple import PLACE, SPAN, Named

SEED, PARTS, HOUSES = "settled", 4, 8
JOINED = date(2020, 1, 1)


def months(house: House, count: int) -> Iterator[tuple[str, date]]:
    """Names and last days of the months in which the books are kept."""
    period = period_of(START, "month", house.dw.rulebook.company)
    for _ in range(count):
        yield period.id, period.last_on
        period = period_of(period.end, "month", house.dw.rulebook.company)


def told(folder: Path, seed: str) -> tuple[int, int]:
    """How many payees were looked at in all runs of a random house, and for how many of them some days were settled."""
    folder.mkdir()
    house, looked, settled = House(folder, seed), 0, 0
    for period, last_on in months(house, house.chance.randint(4, 11)):
        for _ in range(house.chance.choice((0, 1, 1, 1, 2))):
            house.tell(last_on)
            days = house.open_days().days.values()
            looked, settled = looked + len(days), settled + sum(not one.every for one in days)
            run, found = house.calculated(period, complete=False)
            assert (run, found) == house.calculated(period, complete=True), f"{seed}, {period}"
            if house.maybe(0.9):
                house.post(run)
    house.dw.database.close()
    return looked, settled


@pytest.mark.parametrize("part", range(PARTS))
def test_open_days_alone_come_to_the_same_run_in_random_houses(tmp_path: Path, part: int) -> None:
    counts = [told(tmp_path / str(number), f"{SEED}-{part}/{number}") for number in range(HOUSES)]
    looked, settled = (sum(column) for column in zip(*counts, strict=True))
    assert settled > looked // 4, (looked, settled)


def cny(units: int) -> Money:
    """An amount."""
    return Money(units * 100, "CNY")


def plan() -> Plan:
    """A month's commission by attainment, half of it held until the customer pays; a bonus within a budget, one without;
    and a pool of the quarter."""
    tiers = tuple(Tier(Fraction(start), Fraction(rate, 100), None, None, PLACE) for start, rate in ((0, 5), (1, 10)))
    back = Clawback("deal.cancelled", None, Fraction(1), "reversed", "exact", PLACE)
    held = tuple(
        ReleasePart(Fraction(1, 2), on, pro, PLACE) for on, pro in (("deal.won", False), ("payment.received", True))
    )
    commission = Commission(
        "c", Title(), "sales", "month", "quota", RateTable("attainment", None, "marginal", "split", tiers, None, PLACE),
        None, "from_first", None, Named("attainment(sales,month)"), None, held, back, None, PLACE,
    )  # fmt: skip
    plain = Bonus("plain", Title(), "deal.won", None, Fixed(cny(9)), "", None, None, back, None, PLACE)
    race = replace(plain, id="race", budget=cny(50))
    pool = Pool(
        "pool",
        Title(),
        Fraction(1, 100),
        "sales",
        None,
        None,
        "quarter",
        None,
        "from_first",
        "equal",
        None,
        back,
        None,
        PLACE,
    )
    head = Header("plan", "p", "plan:p@1", PLACE, SPAN)
    parts = (commission, plain, race, pool)
    return Plan(head, Is("owner.role", "rep"), "CNY", "quarter", (), parts, "calendar_days", Rounding.HALF_UP)


def at(day: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def sold(payee: str, number: int, on: date) -> tuple[Deal, Credit, Receipt]:
    """A deal of 1,000 CNY, credited whole, and paid on its day."""
    cause = Cause("plan:p@1", PLACE, f"e{number}")
    id, amount = f"D{number}", cny(1000)
    deal = Deal(id, "s", "won", "won", at(on), at(on), at(on), facts={"amount": amount}, won_on=on)
    credit = Credit(
        f"c{number}", "sales", payee, id, f"e{number}", on, at(on), amount, amount, Fraction(1), "direct", "p", cause
    )
    return deal, credit, Receipt(f"r{number}", "payment", id, amount, on, at(on))


def granted(component: str, payee: str, number: int, on: date) -> Grant:
    """A bonus of 30 CNY."""
    budget = cny(50) if component == "race" else None
    cause = Cause("plan:p@1", PLACE, f"g{number}")
    return Grant(f"g{number}", component, "p", payee, "", f"g{number}", on, at(on), cny(30), cause, budget)


def first_quarter(folder: Path, *more: object) -> House:
    """A house in which two people have sold every month; the first quarter is posted."""
    house = House(folder, plans=[plan()])
    rep = (PersonVersion(JOINED, "rep"),)
    house.keep(*(Person(id, id.title(), joined_on=JOINED, versions=rep) for id in ("ann", "bob", "cid")))
    for id in ("ann", "bob"):
        house.keep(*(Quota(f"{id}-{m}", id, "sales", f"2026-{m:02d}", cny(800)) for m in range(1, 7)))
        house.keep(*(each for m in range(1, 5) for each in sold(id, 10 * m + (id == "bob"), date(2026, m, 10))))
    house.keep(granted("plain", "ann", 1, date(2026, 1, 5)), granted("race", "bob", 2, date(2026, 2, 5)), *more)
    for period in ("2026-01", "2026-02", "2026-03"):
        house.post(house.calculated(period, complete=False)[0])
    return house


def of(house: House, kind: type, id: str):
    """A record as it stands."""
    return house.known[kind, id]


def cancelled(house: House) -> None:
    """A sale of January is cancelled."""
    house.keep(
        replace(of(house, Credit, "c10"), undone_on=date(2026, 3, 25), undone_by="u", undone_as="deal.cancelled")
    )


def moved(house: House) -> None:
    """A sale of January was one of April."""
    house.keep(replace(of(house, Credit, "c10"), on=date(2026, 4, 2)))


def role(house: House, since: date) -> None:
    """Ann is no representative from a day on."""
    ann = of(house, Person, "ann")
    house.keep(replace(ann, versions=(*ann.versions, PersonVersion(since, "lead"))))


CHANGES: dict[str, Callable[[House], None]] = {
    "a late sale": lambda house: house.keep(*sold("ann", 77, date(2026, 2, 20))),
    "cancelled": cancelled,
    "moved": moved,
    "withdrawn": lambda house: house.withdraw(of(house, Credit, "c10")),
    "a quota": lambda house: house.keep(replace(of(house, Quota, "ann-2"), amount=cny(2000))),
    "paid back": lambda house: house.keep(replace(of(house, Receipt, "r10"), id="back", amount=cny(-400), on=date(2026, 4, 3))),
    "the deal's amount": lambda house: house.keep(replace(of(house, Deal, "D10"), facts={"amount": cny(3000)})),
    "another role": lambda house: role(house, date(2026, 2, 1)),
    "never a representative": lambda house: role(house, JOINED),
    "on leave": lambda house: house.keep(replace(of(house, Person, "ann"), absences=(Absence(date(2026, 1, 3), date(2026, 1, 20)),))),
    "has left": lambda house: house.keep(replace(of(house, Person, "ann"), left_on=date(2026, 2, 1))),
    "somebody new": lambda house: house.keep(Person("dan", "Dan", joined_on=date(2026, 2, 1), versions=(PersonVersion(JOINED, "rep"),))),
    "a late bonus": lambda house: house.keep(granted("plain", "ann", 7, date(2026, 1, 7))),
    "a bonus undone": lambda house: house.keep(replace(of(house, Grant, "g1"), undone_on=date(2026, 3, 25), undone_by="u", undone_as="deal.cancelled")),
    "a late bonus of the budget": lambda house: house.keep(granted("race", "ann", 8, date(2026, 1, 7))),
}  # fmt: skip


def same(house: House, period: str) -> tuple[str, int]:
    """The run of the open days, which is that of all days, and how many entries it has."""
    run, found = house.calculated(period, complete=False)
    assert (run, found) == house.calculated(period, complete=True)
    house.post(run)
    with house.dw.database.unit() as unit:
        return run, len(RunBook(unit).entries(run))


def test_what_is_settled_stays_settled_until_something_is_told_of_it(tmp_path: Path) -> None:
    house = first_quarter(tmp_path)
    assert {days.spans[0].start for days in house.open_days().days.values()} == {date(2026, 4, 1)}
    _, entries = same(house, "2026-04")
    assert entries
    assert {days.spans[0].start for days in house.open_days().days.values()} == {date(2026, 4, 1)}


@pytest.mark.parametrize("change", CHANGES)
def test_every_kind_of_change_opens_what_it_bears_on(tmp_path: Path, change: str) -> None:
    house = first_quarter(tmp_path)
    same(house, "2026-03")
    CHANGES[change](house)
    _, entries = same(house, "2026-03")
    assert entries or change == "paid back"
    same(house, "2026-04")


DEAL, CREDIT, RECEIPT = sold("ann", 50, date(2026, 1, 15))
TO_COME = {
    "a cancellation": (
        DEAL, RECEIPT, replace(CREDIT, undone_on=date(2026, 4, 20), undone_by="u", undone_as="deal.cancelled"),
    ),
    "money that goes back": (DEAL, CREDIT, RECEIPT, replace(RECEIPT, id="back", amount=cny(-400), on=date(2026, 4, 3))),
    "the customer's money": (DEAL, CREDIT, replace(RECEIPT, on=date(2026, 4, 3))),
}  # fmt: skip


@pytest.mark.parametrize("to_come", TO_COME)
def test_what_is_known_already_and_happens_later_is_not_settled(tmp_path: Path, to_come: str) -> None:
    house = first_quarter(tmp_path, *TO_COME[to_come])
    assert house.open_days().days["ann"].holds(CREDIT.on)
    _, entries = same(house, "2026-04")
    assert entries > 4
    # What the customer has taken back is held again.
    assert house.open_days().days["ann"].holds(CREDIT.on) == (to_come == "money that goes back")


def test_a_grant_of_a_budget_opens_all_days_after_it_for_everybody(tmp_path: Path) -> None:
    house = first_quarter(tmp_path)
    touched = Touched("ann", "grant", "race", "2025-11-07")
    people = [of(house, Person, id) for id in ("ann", "bob")]
    desk = Desk.of(house.dw.rulebook, Since(date(2026, 4, 1), {}, [touched]), people)
    assert desk.open_days("bob") == desk.open_days("ann") == OpenDays((Span(date(2025, 10, 1), date.max),))
    desk = Desk.of(house.dw.rulebook, Since(date(2026, 4, 1), {}, [replace(touched, name="plain")]), people)
    assert desk.open_days("bob").spans == (Span(date(2025, 10, 1), date(2026, 1, 1)), Span(date(2026, 4, 1), date.max))


def test_for_whom_nothing_was_computed_every_day_is_open(tmp_path: Path) -> None:
    house = first_quarter(tmp_path, *sold("cid", 60, date(2026, 1, 15)))
    assert house.open_days().days["cid"].every
    house.keep(*(Quota(f"cid-{m}", "cid", "sales", f"2026-{m:02d}", cny(800)) for m in range(1, 7)))
    _, entries = same(house, "2026-04")
    assert entries
    assert not house.open_days().days["cid"].every


def test_under_other_rules_every_day_is_open(tmp_path: Path) -> None:
    house = first_quarter(tmp_path)
    house.dw.rulebook = replace(house.dw.rulebook, fingerprint="other")
    assert all(days.every for days in house.open_days().days.values())
    run, _ = same(house, "2026-04")
    assert not any(days.every for days in house.open_days().days.values()), run


def test_what_a_plan_paid_goes_back_when_it_never_should_have(tmp_path: Path) -> None:
    """The other plan adds up over the year, in which the day lies from which the payee is another."""
    rates = RateTable(
        "amount", None, "marginal", "split", (Tier(Fraction(0), Fraction(1, 10), None, None, PLACE),), None, PLACE
    )
    first, *_ = plan().components
    yearly = replace(first, measured_over="year", quota="", rates=rates, multiply=None, release=())
    head = replace(plan().header, id="q", version="plan:q@1")
    house = House(
        tmp_path, plans=[plan(), replace(plan(), header=head, pays=Is("owner.role", "lead"), components=(yearly,))]
    )
    rep, lead = PersonVersion(JOINED, "rep"), PersonVersion(date(2026, 5, 15), "lead")
    ann = Person("ann", "Ann", joined_on=JOINED, versions=(rep, lead))
    house.keep(ann, *sold("ann", 1, date(2026, 5, 20)), Quota("q", "ann", "sales", "2026-05", cny(800)))
    _, entries = same(house, "2026-05")
    house.keep(replace(ann, versions=(rep,)))
    _, more = same(house, "2026-05")
    assert entries and more > entries


def test_what_somebody_without_pay_was_credited_is_not_settled_for_others(tmp_path: Path) -> None:
    """Nothing can be computed for Cid, who has no quota; the sale is in the pool, and will be cancelled in April."""
    deal, credit, receipt = sold("cid", 60, date(2026, 1, 15))
    undone = replace(credit, undone_on=date(2026, 4, 20), undone_by="u", undone_as="deal.cancelled")
    house = first_quarter(tmp_path, deal, undone, receipt)
    assert house.open_days().days["bob"].holds(credit.on)
    _, entries = same(house, "2026-04")
    assert entries > 4
    assert not house.open_days().days["bob"].holds(credit.on)
