"""The full plans without the engine: plain Python over the raw files, exact fractions, cents.

The fiscal year begins on 28 December, its months on every 28th; quotas and joiners count calendar days. The order in
which orders count is the day, then the order's number. A line is the difference of two rounded running totals; what is
paid in another currency is converted and rounded line by line.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.real.adventureworks import independent
from tests.real.adventureworks.independent import read, tenthousandths
from tests.real.arithmetic import along, half_up, parts_of, reached

Paid = tuple[str, str, str, str, int, str]
"""Component, payee, window, the quarter in which it is posted, minor units, currency."""

RULES = Path(__file__).parent / "rules"
BEGINS, DRAW_ENDS, LAST = date(2010, 12, 28), date(2012, 12, 28), date(2013, 12, 27)
TIERS = ((Fraction(0), Fraction(8, 1000)), (Fraction(1), Fraction(12, 1000)), (Fraction(120, 100), Fraction(15, 1000)))
RAMP = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))
DRAW, AT_MOST = 1_500_00, 800_00
YEAR_TIERS = tuple(
    (Fraction(dollars * 100), Fraction(rate, 10_000)) for dollars, rate in ((0, 10), (5_000_000, 20), (10_000_000, 25))
)
CAP_OF_QUARTER = 10_000_00
CURRENCIES = {"100": "USD", "19": "CAD", "98": "GBP"}
"""What the currency keys of the order lines stand for."""


@dataclass(frozen=True)
class Order:
    """One order; `cents` is its exact total rounded half up."""

    on: date
    number: str
    person: str
    reseller: str
    cents: int


@cache
def orders(data: Path) -> list[Order]:
    """Every order in the order in which it counts."""
    lines: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read(data, "reseller_sales.csv"):
        lines[row["SalesOrderNumber"]].append(row)
    found = []
    for number, rows in lines.items():
        cents = (sum(tenthousandths(row["SalesAmount"]) for row in rows) + 50) // 100
        first = rows[0]
        found.append(
            Order(
                date.fromisoformat(first["OrderDate"][:10]), number, first["EmployeeKey"], first["ResellerKey"], cents
            )
        )
    return sorted(found, key=lambda order: (order.on, order.number))


def months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The fiscal months from the one of the first day to the one that ends before or on the last: start, end."""
    start = date(first.year, first.month, 28)
    if first.day < 28:
        start = (start.replace(day=1) - timedelta(days=1)).replace(day=28)
    while True:
        end = (start + timedelta(days=10)).replace(day=28)
        if end - timedelta(days=1) > last:
            return
        yield start, end
        start = end


def month_name(start: date) -> str:
    """A fiscal month is named after the calendar month in which it begins."""
    return f"{start:%Y-%m}"


def quarter(day: date) -> str:
    """The fiscal quarter of a day."""
    count = (day.year - 2010) * 12 + day.month - 12 - (day.day < 28)
    return f"{2010 + count // 12}-Q{count % 12 // 3 + 1}"


def quarter_start(name: str) -> date:
    """Its first day."""
    count = 12 * (int(name[:4]) - 2010) + 3 * (int(name[-1]) - 1)
    return date(2010 + (count + 11) // 12, (count + 11) % 12 + 1, 28)


@cache
def people(data: Path) -> Mapping[str, dict[str, str]]:
    """The rows of people."""
    return {row["EmployeeKey"]: row for row in read(data, "sales_people.csv")}


def since(data: Path, person: str) -> date:
    """The person's first day on a plan."""
    return max(BEGINS, date.fromisoformat(people(data)[person]["HireDate"]))


def part(start: date, end: date, first: date) -> Fraction:
    """The part of these days that somebody is there whose first day that is."""
    return Fraction(max(0, (end - max(start, first)).days), (end - start).days)


def quota(whole: int, name: str, first: date) -> int:
    """The quarter's quota in cents, ramped and prorated, in whole dollars."""
    start = quarter_start(name)
    three = list(months(start, LAST))[:3]
    begun = next(months(first, LAST))[0]
    numbers = [(month.year - begun.year) * 12 + month.month - begun.month for month, _ in three]
    if any(number < len(RAMP) for number in numbers):
        exact = sum(
            (
                Fraction(whole, 3) * (RAMP[number] if number < len(RAMP) else 1) * part(*month, first)
                for number, month in zip(numbers, three, strict=True)
                if number >= 0
            ),
            Fraction(0),
        )
    else:
        exact = whole * part(start, three[-1][1], first)
    return 100 * half_up(exact / 100) if exact != whole else whole


Line = tuple[date, str, int]
"""Day, quarter, cents in dollars."""


def commission_lines(data: Path, person: str) -> Iterator[Line]:
    """The lines of a representative: the personal percentage times the stretch of the tiers."""
    first, points = since(data, person), Fraction(people(data)[person]["CommissionPct"]) * 100
    sold: dict[str, list[Order]] = defaultdict(list)
    for order in orders(data):
        if order.person == person:
            sold[quarter(order.on)].append(order)
    quotas = independent.quotas(data)
    for name, own in sold.items():
        goal = quota(quotas[person, name], name, first)
        tiers = [(goal * at, rate) for at, rate in TIERS]
        position, pieces = 0, []
        for order in own:
            pieces.append(points * along(tiers, Fraction(position), Fraction(position + order.cents)))
            position += order.cents
        for order, cents in zip(own, parts_of(pieces), strict=True):
            yield order.on, name, cents


def draw_lines(data: Path, person: str, earned: list[Line]) -> Iterator[Line]:
    """What lifts a month to the draw, and what later months give back; the month in place of the quarter."""
    first, balance = since(data, person), 0
    begun = next(months(first, LAST))[0]
    count = begun.year * 12 + begun.month - 1 + 3
    recovers_from = date(count // 12, count % 12 + 1, 28)
    for start, end in months(first, LAST):
        have = sum(cents for on, _, cents in earned if start <= on < end)
        draw = half_up(DRAW * part(start, end, first)) if start < DRAW_ENDS else 0
        last = end - timedelta(days=1)
        if have < draw:
            balance += draw - have
            yield last, month_name(start), draw - have
        elif start >= recovers_from and balance:
            back = min(balance, max(0, have - draw) // 2, AT_MOST)
            balance -= back
            yield last, month_name(start), -back


def rates() -> list[tuple[str, str, Fraction]]:
    """Target, first day, rate, for what is paid in another currency than dollars."""
    with (RULES / "exchange-rates.csv").open(encoding="utf-8", newline="") as handle:
        return [(row["target"], row["from"], Fraction(row["rate"])) for row in csv.DictReader(handle)]


def currency_of(data: Path) -> Mapping[str, str]:
    """Each person's currency: that of most of their order lines."""
    keys: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read(data, "reseller_sales.csv"):
        keys[row["EmployeeKey"]][row["CurrencyKey"]] += 1
    return {who: CURRENCIES[found.most_common(1)[0][0]] for who, found in keys.items()}


def representatives(data: Path) -> Iterator[Paid]:
    """Commission and draw of every representative, in the currency of each."""
    paid_in, table = currency_of(data), rates()
    for person, row in people(data).items():
        if row["Title"] != "Sales Representative":
            continue
        currency = paid_in.get(person, "USD")
        earned = list(commission_lines(data, person))
        draws = draw_lines(data, person, earned)
        named = [("quota-commission", *line) for line in earned] + [("draw", *line) for line in draws]
        for component, on, window, cents in named:
            begun = [rate for target, day, rate in table if target == currency and day <= on.isoformat()]
            minor = half_up(cents * begun[-1]) if currency != "USD" else cents
            yield component, person, window, quarter(on), minor, currency


def managers(data: Path) -> Iterator[Paid]:
    """The year's tiers on all that everybody below sold, each order at the tier it reaches; a quarter pays at most its
    cap, and the excess first thing in the next."""
    above = {who: row["ManagerKey"] for who, row in people(data).items()}
    for who, row in people(data).items():
        if row["Title"] == "Sales Representative":
            continue
        sold = [order for order in orders(data) if who in chain(above, order.person) and order.on >= since(data, who)]
        by_year: dict[str, list[Order]] = defaultdict(list)
        for order in sold:
            by_year[quarter(order.on)[:4]].append(order)
        due: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for year, own in by_year.items():
            position, pieces = 0, []
            for order in own:
                position += order.cents
                pieces.append(order.cents * reached(YEAR_TIERS, Fraction(position)))
            for order, cents in zip(own, parts_of(pieces), strict=True):
                due[quarter(order.on)].append((year, cents))
        carried = 0
        for name in sorted(f"{year}-Q{number}" for year in range(2010, 2013) for number in range(1, 5)):
            room = CAP_OF_QUARTER
            yield "plan_cap", who, name, name, min(carried, room), "USD"
            carried, room = carried - min(carried, room), room - min(carried, room)
            for year, cents in due[name]:
                yield "organisation-commission", who, year, name, min(cents, room), "USD"
                carried, room = carried + cents - min(cents, room), room - min(cents, room)


def chain(above: Mapping[str, str], person: str) -> Iterator[str]:
    """Everybody above a person."""
    while above.get(person):
        person = above[person]
        yield person


def resellers(data: Path) -> Iterator[Paid]:
    """One percent of each order to its reseller, half of that to a warehouse, at most 400 dollars; from the day of the
    agreement on. By the fiscal month."""
    rows = {row["ResellerKey"]: row for row in read(data, "resellers.csv")}
    for order in orders(data):
        row = rows[order.reseller]
        year = row["FirstOrderYear"]
        signed = BEGINS if year == "2010" else date(int(year), 7, 1) if year else None
        if signed is None or order.on < signed:
            continue
        exact = Fraction(order.cents, 200 if row["BusinessType"] == "Warehouse" else 100)
        start = date(order.on.year, order.on.month, 28)
        start = start if order.on.day >= 28 else (start.replace(day=1) - timedelta(days=1)).replace(day=28)
        fee = half_up(min(exact, Fraction(400_00)))
        yield "reseller-fee", f"reseller-{order.reseller}", month_name(start), quarter(order.on), fee, "USD"


@cache
def paid(data: Path) -> list[Paid]:
    """All that the full plans and the programme pay, piece by piece."""
    return [*representatives(data), *managers(data), *resellers(data)]


def settled(data: Path) -> dict[tuple[str, str, str], tuple[int, int, str]]:
    """Minor units earned and released, and their currency, by component, payee and window."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for component, payee, window, _, minor, _ in paid(data):
        sums[component, payee, window] += minor
    currency = {piece[1]: piece[5] for piece in paid(data)}
    return {key: (minor, minor, currency[key[1]]) for key, minor in sums.items() if minor}


def by_quarter(data: Path) -> dict[str, Counter[str]]:
    """The same by the quarter in which it is posted, in each currency."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, _, name, minor, currency in paid(data):
        sums[name][currency] += minor
    return sums
