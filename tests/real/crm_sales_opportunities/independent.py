"""The same questions answered without the engine: plain Python over the raw files, exact fractions."""

import csv
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

TIERS = ((0, Fraction(5, 100)), (50_000, Fraction(75, 1000)), (100_000, Fraction(10, 100)))
"""What an agent gets of each stretch of a quarter's bookings in dollars."""

MANAGERS = ((400_000, Fraction(125, 10_000)), (0, Fraction(75, 10_000)))
"""What a manager gets of all the team's bookings once they reach so many dollars."""

IDLE_AFTER = timedelta(days=90)
FIRST_DAY = date(2016, 10, 20)
"""The day on which prospects without any date are taken as there."""


def rows(data: Path, name: str) -> list[dict[str, str]]:
    """A file's rows."""
    with (data / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def ident(name: str) -> str:
    """`Moses Frase` as an id."""
    return name.lower().replace(" ", "-")


def half_up(exact: Fraction) -> int:
    """A positive amount to the nearest whole, halves up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def quarter(day: str) -> str:
    """`2017-05-31` is in 2017-Q2."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def won(data: Path) -> list[dict[str, str]]:
    """The won opportunities."""
    return [row for row in rows(data, "sales_pipeline.csv") if row["deal_stage"] == "Won"]


def agent_pay(data: Path) -> dict[tuple[str, str], int]:
    """Cents by agent and quarter: each stretch of the bookings at its own rate, rounded once."""
    booked: Counter[tuple[str, str]] = Counter()
    for row in won(data):
        booked[ident(row["sales_agent"]), quarter(row["close_date"])] += int(row["close_value"])
    return {key: half_up(100 * marginal(dollars)) for key, dollars in booked.items()}


def marginal(dollars: int) -> Fraction:
    """The commission on that many dollars."""
    ends = [start for start, _ in TIERS[1:]] + [10**12]
    stretches = ((rate, max(0, min(dollars, end) - start)) for (start, rate), end in zip(TIERS, ends, strict=True))
    return sum((rate * length for rate, length in stretches), Fraction(0))


def manager_pay(data: Path) -> dict[tuple[str, str], int]:
    """Cents by manager and quarter: one rate on everything that the team booked."""
    manager = {row["sales_agent"]: ident(row["manager"]) for row in rows(data, "sales_teams.csv")}
    booked: Counter[tuple[str, str]] = Counter()
    for row in won(data):
        booked[manager[row["sales_agent"]], quarter(row["close_date"])] += int(row["close_value"])
    rate = {key: next(rate for start, rate in MANAGERS if dollars >= start) for key, dollars in booked.items()}
    return {key: half_up(100 * dollars * rate[key]) for key, dollars in booked.items()}


def stages(data: Path) -> Counter[str]:
    """How many opportunities stand in each stage."""
    return Counter(row["deal_stage"].lower() for row in rows(data, "sales_pipeline.csv"))


def win_rates(data: Path) -> dict[str, Fraction]:
    """Won of all closed, by agent."""
    closed = [row for row in rows(data, "sales_pipeline.csv") if row["deal_stage"] in ("Won", "Lost")]
    every = Counter(ident(row["sales_agent"]) for row in closed)
    good = Counter(ident(row["sales_agent"]) for row in closed if row["deal_stage"] == "Won")
    return {agent: Fraction(good[agent], count) for agent, count in every.items()}


def idle(data: Path, on: date) -> set[str]:
    """The open opportunities that stood still for the whole time, on that day."""
    found = set()
    for row in rows(data, "sales_pipeline.csv"):
        if row["deal_stage"] in ("Engaging", "Prospecting"):
            since = date.fromisoformat(row["engage_date"]) if row["engage_date"] else FIRST_DAY
            if since + IDLE_AFTER <= on:
                found.add(row["opportunity_id"])
    return found


def discount(data: Path) -> tuple[int, int]:
    """List price and price of everything won, in dollars."""
    prices = {row["product"].replace(" ", ""): int(row["sales_price"]) for row in rows(data, "products.csv")}
    list_price = sum(prices[row["product"].replace(" ", "")] for row in won(data))
    return list_price, sum(int(row["close_value"]) for row in won(data))
