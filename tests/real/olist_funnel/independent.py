"""Revenue and cash of won sellers without the engine: plain Python over centavos, local dates as they are written."""

import calendar
import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

Pay = dict[tuple[str, str], int]
"""Centavos by person and quarter."""


def read(data: Path, name: str) -> list[dict[str, str]]:
    """A file's rows."""
    with (data / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def centavos(text: str) -> int:
    """`53.99` as a whole number of centavos."""
    whole, _, decimals = text.partition(".")
    assert len(decimals) <= 2 and not whole.startswith("-"), text
    return int(whole + decimals.ljust(2, "0"))


def half_up(exact: Fraction) -> int:
    """A positive amount to the nearest whole, halves up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def quarter(year: int, month: int) -> str:
    """The calendar quarter of a month."""
    return f"{year}-Q{(month + 2) // 3}"


def people(data: Path) -> dict[str, tuple[str, str]]:
    """By seller: who developed the lead (SDR), who closed the deal (SR)."""
    return {row["seller_id"]: (row["sdr_id"], row["sr_id"]) for row in read(data, "closed_deals.csv")}


def revenue(data: Path, role: int) -> Counter[tuple[str, str]]:
    """Prices of items sold by the sellers of each SDR (0) or SR (1), by the quarter of their local shipping date."""
    won, sums = people(data), Counter[tuple[str, str]]()
    for row in read(data, "order_items.csv"):
        date = row["shipping_limit_date"]
        sums[won[row["seller_id"]][role], quarter(int(date[:4]), int(date[5:7]))] += centavos(row["price"])
    return sums


def instalments(data: Path) -> list[tuple[str, int, str]]:
    """Every part of every payment: the SR, its centavos, the day it is due (`2018-05-31`)."""
    won = people(data)
    first = {row["order_id"]: row for row in reversed(read(data, "order_items.csv"))}
    parts = []
    for row in read(data, "order_payments.csv"):
        item = first[row["order_id"]]
        count, whole = int(row["payment_installments"]), centavos(row["payment_value"])
        for index in range(count):
            amount = whole // count + (index < whole % count)
            parts.append((won[item["seller_id"]][1], amount, months_later(item["shipping_limit_date"][:10], index)))
    return parts


def months_later(day: str, months: int) -> str:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return f"{year}-{month + 1:02}-{min(int(day[8:10]), last):02}"


def cash(data: Path) -> Counter[tuple[str, str]]:
    """Centavos received by SR and quarter."""
    sums: Counter[tuple[str, str]] = Counter()
    for person, amount, day in instalments(data):
        sums[person, quarter(int(day[:4]), int(day[5:7]))] += amount
    return sums


def sourcing_pay(data: Path) -> Pay:
    """1 % of what the seller sold, to the SDR."""
    return {key: half_up(Fraction(sold, 100)) for key, sold in revenue(data, 0).items()}


def closing_pay(data: Path) -> Pay:
    """2 % of a quarter's first 20,000 reais and 3 % of the rest, to the SR."""
    bound = 20_000 * 100
    return {
        key: half_up(Fraction(2, 100) * min(sold, bound) + Fraction(3, 100) * max(sold - bound, 0))
        for key, sold in revenue(data, 1).items()
    }


def cash_pay(data: Path) -> Pay:
    """0.5 % of cash received, to the SR."""
    pay = {key: half_up(Fraction(received, 200)) for key, received in cash(data).items()}
    return {key: centavos for key, centavos in pay.items() if centavos}
