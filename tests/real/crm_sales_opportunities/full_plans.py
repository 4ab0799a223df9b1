"""The full plans without the engine: plain Python over the raw files, exact fractions, cents.

The order in which wins count is the day, then the opportunity's id. A line is the difference of two rounded running
totals; cents are rounded half up. The year's cap leaves lines what room there is, by day, then in the plan's order.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.real.arithmetic import along, half_up, parts_of, quarter, reached
from tests.real.crm_sales_opportunities.independent import ident, rows, won

Pay = dict[tuple[str, str, str], int]
"""Cents by component, payee and quarter."""

RULES = Path(__file__).parent / "rules"
QUARTERS = ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")
LAST_DAYS = ("2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31")
GOAL = 7_000_000_00
OF_THE_YEAR = tuple(Fraction(part, 100) for part in (12, 30, 30, 28))
HEAD = "head-of-sales"

AGENT_TIERS = ((0, 4), (50, 6), (100, 9), (130, 12))
"""Percent of the quota, and percent of what lies from there on."""

MANAGER_TIERS = tuple((Fraction(at, 100), Fraction(rate, 1000)) for at, rate in ((0, 4), (80, 8), (100, 12)))
CAP, CAP_OF_YEAR, FLOOR = 14_000_00, 48_000_00, 2_500_00
SPIFF, BUDGET = 400_00, 15_000_00
BONUS = ((Fraction(120, 100), 150), (Fraction(1), 100), (Fraction(75, 100), 40))
CURVE = ((0, 1_500_000_00, 4_000_00), (1_500_000_00, 2_050_000_00, 6_000_00))
"""From, to, and the amount that the whole of it earns."""


@dataclass(frozen=True)
class Win:
    """A won opportunity; `amount` in cents."""

    on: str
    id: str
    agent: str
    amount: int
    product: str
    sector: str
    account: str


@cache
def wins(data: Path) -> list[Win]:
    """Every won opportunity in the order in which it counts."""
    sector = {row["account"]: row["sector"] for row in rows(data, "accounts.csv")}
    return sorted((
        Win(
            row["close_date"], row["opportunity_id"], ident(row["sales_agent"]), 100 * int(row["close_value"]),
            row["product"].replace("GTXPro", "GTX Pro"), sector[row["account"]], row["account"],
        )
        for row in won(data)
    ), key=lambda win: (win.on, win.id))  # fmt: skip


def shares(name: str) -> dict[str, Fraction]:
    """Each person's share of the year's goal."""
    with (RULES / name).open(encoding="utf-8", newline="") as handle:
        return {row["person"]: Fraction(row["share"].rstrip("%")) / 100 for row in csv.DictReader(handle)}


@cache
def quotas(name: str) -> dict[tuple[str, str], Fraction]:
    """Cents by person and quarter; every one of them is a whole number of dollars."""
    parts = zip(QUARTERS, OF_THE_YEAR, strict=True)
    return {(who, name_): GOAL * part * share for name_, part in parts for who, share in shares(name).items()}


@cache
def by_person(data: Path) -> Mapping[tuple[str, str], list[Win]]:
    """The wins of each agent and quarter."""
    found: dict[tuple[str, str], list[Win]] = defaultdict(list)
    for win in wins(data):
        found[win.agent, quarter(win.on)].append(win)
    return found


def quota_pieces(sold: list[Win], quota: Fraction) -> list[Fraction]:
    """What each win earns before the cap: its stretch of the tiers, within 5 to 600 dollars, times its factor; nothing
    where 60 % of the quota was not reached in the quarter."""
    if sum(win.amount for win in sold) < Fraction(60, 100) * quota:
        return [Fraction(0)] * len(sold)
    tiers = [(quota * at / 100, Fraction(rate, 100)) for at, rate in AGENT_TIERS]
    position, pieces = Fraction(0), []
    for win in sold:
        exact = along(tiers, position, position + win.amount)
        position += win.amount
        within = min(max(exact, Fraction(5_00)), Fraction(600_00)) if exact else exact
        pieces.append(within * (Fraction(3, 2) if win.product == "GTK 500" else 1))
    return pieces


def product_rate(win: Win) -> Fraction:
    """The table of products and sectors."""
    if win.product in ("GTX Basic", "MG Special"):
        return Fraction(25, 10_000)
    if win.product in ("GTX Plus Basic", "GTX Plus Pro"):
        return Fraction(1, 100) if win.sector in ("retail", "medical") else Fraction(5, 1000)
    if win.product in ("GTX Pro", "MG Advanced"):
        return Fraction(8, 1000) if win.sector in ("software", "technolgy", "finance") else Fraction(4, 1000)
    assert win.product == "GTK 500", win
    return Fraction(2, 100)


@cache
def spiffs(data: Path) -> dict[str, int]:
    """By opportunity what the first win of each customer earns, until the budget is spent."""
    known, left, found = set(), BUDGET, {}
    for win in wins(data):
        if win.account not in known and "2017-03-01" <= win.on < "2017-07-01":
            found[win.id] = min(SPIFF, left)
            left -= found[win.id]
        known.add(win.account)
    return found


Line = tuple[str, int, str, str, int]
"""Day, the component's place in the plan, the component, the quarter, cents."""


def agent_lines(data: Path, agent: str) -> Iterator[Line]:
    """Every line of an agent, before the year's cap."""
    sold, quota, given = by_person(data), quotas("people-2017.csv"), spiffs(data)
    carried = 0
    for name, last in zip(QUARTERS, LAST_DAYS, strict=True):
        own, goal = sold.get((agent, name), []), quota[agent, name]
        before, paid = Fraction(carried), min(carried, CAP)
        if paid:
            yield f"{name[:4]}-{3 * int(name[-1]) - 2:02}-01", 0, "quota-commission", name, paid
        for win, piece in zip(own, quota_pieces(own, goal), strict=True):
            before += piece
            line = half_up(min(before, Fraction(CAP))) - paid
            paid += line
            yield win.on, 0, "quota-commission", name, line
        carried = half_up(before) - paid
        pieces = parts_of(win.amount * product_rate(win) for win in own)
        for win, piece in zip(own, pieces, strict=True):
            yield win.on, 1, "product-commission", name, piece
            yield win.on, 2, "new-customer-spiff", name, given.get(win.id, 0)
        attained = sum(win.amount for win in own) / goal
        part = next((part for at, part in BONUS if attained >= at), 0)
        yield last, 3, "quarterly-bonus", name, half_up(Fraction(1_500_00 * part, 100))


def agents(data: Path) -> Pay:
    """What agents earn, under the year's cap."""
    found: Pay = defaultdict(int)
    for agent in shares("people-2017.csv"):
        room = CAP_OF_YEAR
        for _, _, component, name, cents in sorted(agent_lines(data, agent), key=lambda line: line[:2]):
            found[component, agent, name] += min(cents, room)
            room -= min(cents, room)
    return {key: cents for key, cents in found.items() if cents}


def managers(data: Path) -> Pay:
    """One rate on all that the team booked, at least 2,500 dollars a quarter."""
    manager = {ident(row["sales_agent"]): ident(row["manager"]) for row in rows(data, "sales_teams.csv")}
    booked: dict[tuple[str, str], int] = defaultdict(int)
    for win in wins(data):
        booked[manager[win.agent], quarter(win.on)] += win.amount
    found: Pay = {}
    for (who, name), quota in quotas("managers-2017.csv").items():
        amount = booked[who, name]
        found["team-quota-commission", who, name] = cents = half_up(amount * reached(MANAGER_TIERS, amount / quota))
        found["guarantee", who, name] = max(0, FLOOR - cents)
    return {key: cents for key, cents in found.items() if cents}


def head(data: Path) -> Pay:
    """The curve over everything that was booked."""
    booked: dict[str, int] = defaultdict(int)
    for win in wins(data):
        booked[quarter(win.on)] += win.amount
    return {
        ("company-commission", HEAD, name): half_up(
            sum(
                (Fraction(whole * (min(max(cents, low), high) - low), high - low) for low, high, whole in CURVE),
                Fraction(0),
            )
        )
        for name, cents in booked.items()
    }


@cache
def everything(data: Path) -> Pay:
    """All three plans."""
    return agents(data) | managers(data) | head(data)


def settled(data: Path) -> dict[tuple[str, str, str], tuple[int, int, str]]:
    """The same with what is released, all of it, and its currency."""
    return {key: (cents, cents, "USD") for key, cents in everything(data).items()}
