"""The full plan without the engine, as it stands on any day: plain Python over centavos, local dates as written.

What comes in counts by day, then by moment, then by the file's rows (items before payments, each by its id); a line is
the difference of two rounded running totals; centavos are rounded half up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.real.arithmetic import along, half_up, parts_of, quarter, reached
from tests.real.olist_funnel.independent import centavos, months_later, read

Pay = dict[tuple[str, str, str], tuple[int, int]]
"""Centavos earned and released, by component, person and window."""

WORTH = {
    "online_top": 12_000_00, "online_big": 6_000_00, "online_medium": 2_500_00, "online_small": 900_00,
    "online_beginner": 400_00, "industry": 5_000_00, "offline": 1_500_00, "": 1_000_00,
}  # fmt: skip
LAST_DAY = "2020-09-30"
LEFT = "2018-09-30"
"""The day on which sellers called sharks leave."""

CASH_TIERS = tuple((Fraction(at), Fraction(rate, 1000)) for at, rate in ((0, 10), (10_000_00, 15), (40_000_00, 20)))
SOURCING_TIERS = tuple((Fraction(at), Fraction(rate, 1000)) for at, rate in ((0, 5), (5_000_00, 10), (20_000_00, 15)))


@dataclass(frozen=True)
class Seller:
    """A won deal: who developed it (SDR), who closed it (SR), what it is taken to be worth."""

    deal: str
    sdr: str
    sr: str
    won: str
    worth: int
    shark: bool


@dataclass(frozen=True)
class Moved:
    """An item that was sold or a part of a payment: its moment and id say in which order it counts."""

    at: str
    id: str
    seller: Seller
    cents: int

    @property
    def on(self) -> str:
        """Its local day."""
        return self.at[:10]


@cache
def sellers(data: Path) -> Mapping[str, Seller]:
    """By the seller's id."""
    return {
        row["seller_id"]: Seller(
            row["mql_id"], row["sdr_id"], row["sr_id"], row["won_date"], WORTH[row["lead_type"]],
            row["lead_behaviour_profile"] == "shark",
        )
        for row in read(data, "closed_deals.csv")
    }  # fmt: skip


@cache
def items(data: Path) -> list[Moved]:
    """Every item sold, in order."""
    known = sellers(data)
    return sorted(
        (
            Moved(
                row["shipping_limit_date"], f"order-items/{row['order_id']}/{row['order_item_id']}",
                known[row["seller_id"]], centavos(row["price"]),
            )
            for row in read(data, "order_items.csv")
        ),
        key=lambda moved: (moved.at, moved.id),
    )  # fmt: skip


@cache
def payments(data: Path) -> list[Moved]:
    """Every part of every payment, in order; a payment goes to the seller of the order's first row."""
    known, parts = sellers(data), []
    first = {row["order_id"]: row for row in reversed(read(data, "order_items.csv"))}
    for row in read(data, "order_payments.csv"):
        item = first[row["order_id"]]
        count, whole = int(row["payment_installments"]), centavos(row["payment_value"])
        day, time = item["shipping_limit_date"].split(" ")
        for index in range(count):
            name = f"order-payments/{row['order_id']}/{row['payment_sequential']}/{index + 1}"
            cents = whole // count + (index < whole % count)
            parts.append(Moved(f"{months_later(day, index)} {time}", name, known[item["seller_id"]], cents))
    return sorted(parts, key=lambda moved: (moved.at, moved.id))


def plus(day: str, days: int) -> str:
    """The day so many days later."""
    return str(date.fromisoformat(day) + timedelta(days=days))


def gone(seller: Seller, on: str, within: int, as_of: str) -> bool:
    """True when the seller has left by that day, within so many days of what is to be taken back."""
    return seller.shark and on <= LEFT <= min(as_of, plus(on, within))


Line = tuple[str, str, int, int]
"""Person, window, earned, released."""


def signings(data: Path, as_of: str) -> Iterator[Line]:
    """4 % of what a signed seller is worth, 6 % from a quarter's fifteenth on. A seller who leaves takes back what was
    paid by then, less for every day that they stayed; what was held is never paid."""
    windows: dict[tuple[str, str], list[Seller]] = defaultdict(list)
    for seller in sorted(sellers(data).values(), key=lambda seller: (seller.won, seller.deal)):
        if seller.won[:10] <= as_of:
            windows[seller.sr, quarter(seller.won)].append(seller)
    received = by_deal(payments(data))
    for (person, window), own in windows.items():
        rates = (Fraction(6 if number >= 15 else 4, 100) for number in range(1, len(own) + 1))
        lines = parts_of(seller.worth * rate for seller, rate in zip(own, rates, strict=True))
        for seller, earned in zip(own, lines, strict=True):
            won, moved = seller.won[:10], received[seller.deal]
            if gone(seller, won, 240, as_of):
                out = half_up(earned * released_part(seller, moved, LEFT))
                stayed = (date.fromisoformat(LEFT) - date.fromisoformat(won)).days
                kept = out - half_up(Fraction(out * (240 - stayed), 240))
                yield person, window, kept, kept
            else:
                yield person, window, earned, half_up(earned * released_part(seller, moved, as_of))


def released_part(seller: Seller, moved: Iterable[Moved], as_of: str) -> Fraction:
    """30 % when won, 50 % in proportion to what buyers have paid of the seller's worth, 20 % on the last of January."""
    paid = sum(part.cents for part in moved if part.on <= as_of)
    return Fraction(3, 10) + min(Fraction(1), Fraction(paid, seller.worth)) / 2 + Fraction(as_of >= "2019-01-31") / 5


def by_deal(moved: Iterable[Moved]) -> Mapping[str, list[Moved]]:
    """What moved, by the deal."""
    found: dict[str, list[Moved]] = defaultdict(list)
    for one in moved:
        found[one.seller.deal].append(one)
    return found


def by_cash(data: Path, as_of: str) -> Iterator[Line]:
    """Of every item, at the tier of the cash that came in before it in the year; 60 % at once, the rest half a year after
    the seller was won. Half of an item goes back when its seller leaves within 90 days."""
    cash: Counter[tuple[str, str]] = Counter()
    windows: dict[tuple[str, str], list[tuple[Moved, Fraction]]] = defaultdict(list)
    for moved in sorted([*items(data), *payments(data)], key=lambda moved: (moved.at, moved.id)):
        key = (moved.seller.sr, moved.at[:4])
        if moved.on > as_of:
            break
        if moved.id.startswith("order-payments/"):
            cash[key] += moved.cents
        else:
            windows[key].append((moved, moved.cents * reached(CASH_TIERS, Fraction(cash[key]))))
    for (person, window), own in windows.items():
        for (moved, _), paid in zip(own, parts_of(piece for _, piece in own), strict=True):
            earned = paid - (half_up(Fraction(paid, 2)) if gone(moved.seller, moved.on, 90, as_of) else 0)
            part = 1 if plus(moved.seller.won[:10], 180) <= as_of else Fraction(60, 100)
            yield person, window, earned, half_up(Fraction(earned * part))


def sourcing(data: Path, as_of: str) -> Iterator[Line]:
    """Tiers over what the SDR's sellers sold in the quarter, as if what sellers who leave within 120 days sold had never
    been sold."""
    sums: Counter[tuple[str, str]] = Counter()
    for moved in items(data):
        if moved.on <= as_of and not gone(moved.seller, moved.on, 120, as_of):
            sums[moved.seller.sdr, quarter(moved.on)] += moved.cents
    for (person, window), cents in sums.items():
        earned = half_up(along(SOURCING_TIERS, Fraction(0), Fraction(cents)))
        yield person, window, earned, earned


COMPONENTS = {"signing-commission": signings, "revenue-by-cash": by_cash, "sourcing-tiers": sourcing}


@cache
def everything(data: Path, as_of: str) -> Pay:
    """All that is earned and released by the end of a day."""
    earned, released = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for component, lines in COMPONENTS.items():
        for person, window, minor, out in lines(data, as_of):
            earned[component, person, window] += minor
            released[component, person, window] += out
    return {key: (earned[key], released[key]) for key in earned if earned[key] or released[key]}


def settled(data: Path) -> dict[tuple[str, str, str], tuple[int, int, str]]:
    """The same on the last day that is paid for, with the currency."""
    return {key: (*sums, "BRL") for key, sums in everything(data, LAST_DAY).items()}


def released_by(data: Path, as_of: str) -> int:
    """All that is released by the end of a day."""
    return sum(out for _, out in everything(data, as_of).values())
