"""Attainment and commission without the engine: SQL over whole ten-thousandths of a dollar, then exact fractions.

Rounding, stated: the lines of an order add up exactly and the order is rounded half up to the cent; a person's
commission of a quarter is exact and rounded half up to the cent once.
"""

import csv
import sqlite3
from fractions import Fraction
from pathlib import Path

ORDERS = """
    select person, quarter, sum(cents) from (
        select l.person,
               (select name from quarters q where q.starts <= l.ordered order by q.starts desc limit 1) as quarter,
               (sum(l.tenthousandths) + 50) / 100 as cents
        from lines l group by l.number)
    group by person, quarter
"""


def read(data: Path, name: str) -> list[dict[str, str]]:
    """A file's rows."""
    with (data / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def tenthousandths(text: str) -> int:
    """`2024.9940` as a whole number of ten-thousandths."""
    whole, _, decimals = text.partition(".")
    assert len(decimals) <= 4 and not whole.startswith("-"), text
    return int(whole + decimals.ljust(4, "0"))


def quarter_names(data: Path) -> dict[str, str]:
    """The name of the quarter that each quota date opens: four to a year, the first year is 2010."""
    dates = sorted({row["Date"][:10] for row in read(data, "sales_quota.csv")})
    return {day: f"{2010 + index // 4}-Q{index % 4 + 1}" for index, day in enumerate(dates)}


def sold(data: Path) -> dict[tuple[str, str], int]:
    """Cents sold by person and quarter, a quarter lasting from one quota date to the next."""
    base = sqlite3.connect(":memory:")
    base.execute("create table quarters (starts text, name text)")
    base.execute("create table lines (number text, person text, ordered text, tenthousandths integer)")
    base.executemany("insert into quarters values (?, ?)", quarter_names(data).items())
    base.executemany(
        "insert into lines values (?, ?, ?, ?)",
        (
            (row["SalesOrderNumber"], row["EmployeeKey"], row["OrderDate"][:10], tenthousandths(row["SalesAmount"]))
            for row in read(data, "reseller_sales.csv")
        ),
    )
    return {(person, quarter): cents for person, quarter, cents in base.execute(ORDERS)}


def quotas(data: Path) -> dict[tuple[str, str], int]:
    """Cents of quota by person and quarter."""
    names = quarter_names(data)
    return {
        (row["EmployeeKey"], names[row["Date"][:10]]): tenthousandths(row["SalesAmountQuota"]) // 100
        for row in read(data, "sales_quota.csv")
    }


def attainment(data: Path) -> dict[tuple[str, str], Fraction]:
    """Sold ÷ quota."""
    quota = quotas(data)
    return {key: Fraction(cents, quota[key]) for key, cents in sold(data).items()}


def commission(data: Path) -> dict[tuple[str, str], int]:
    """Cents by person and quarter: the person's own percentage up to the quota, half as much again above it."""
    quota = quotas(data)
    rate = {row["EmployeeKey"]: Fraction(row["CommissionPct"]) for row in read(data, "sales_people.csv")}
    pay = {}
    for key, cents in sold(data).items():
        within, above = min(cents, quota[key]), max(cents - quota[key], 0)
        exact = rate[key[0]] * (within + Fraction(3, 2) * above)
        pay[key] = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return {key: cents for key, cents in pay.items() if cents}


def managers(data: Path) -> dict[str, str]:
    """Who reports to whom."""
    return {row["EmployeeKey"]: row["ManagerKey"] for row in read(data, "sales_people.csv")}
