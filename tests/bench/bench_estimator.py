"""An estimate for one payee, beside a plain loop over the same credits with Decimal, in one run.

    python -m tests.bench.bench_estimator [credits] [runs]

The sample's plan for account executives: tiers by attainment of a quarter's quota, a bound per deal, a multiplier, half of
it held. The credits lie evenly in a year, or all in one quarter, where nothing can be left out. The loop knows only this
one plan, keeps no trace and rounds each deal by itself; it says what the bare arithmetic costs in Python.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median

from engine.core.incentives.estimates import Addition, Estimate, estimate
from engine.core.incentives.payee_desk import Books
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.records import Cause, Credit, Person, PersonVersion, Quota
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.loading import load_rules

RULES = Path(__file__).parents[2] / "rules"
JOINED, TODAY = date(2020, 1, 1), date(2026, 12, 31)
ANN = Person("ann", "Ann", joined_on=JOINED, versions=(PersonVersion(JOINED, "account_executive"),))
QUOTA = 50_000_000
TIERS = ((Decimal(0), Decimal("0.03")), (Decimal("0.5"), Decimal("0.06")), (Decimal(1), Decimal("0.09")),
         (Decimal("1.5"), Decimal("0.12")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one way: the median of the runs, by the wall and by the CPU."""

    wall: float
    cpu: float


def credit(number: int, minor: int, on: date) -> Credit:
    """One credit of Ann."""
    at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    cause = Cause(
        "plan",
        Place("plan.yaml"),
        f"e/{number:05d}",
        "",
        (("deal.product_line", "service" if number % 7 == 0 else "hardware"),),
    )
    amount = Money(minor, "CNY")
    return Credit(f"c-{number:05d}", "bookings", "ann", f"D-{number}", f"e/{number:05d}", on, at, amount, amount, Fraction(1),
                  "direct", "account-executive", cause)  # fmt: skip


def credits(count: int, first: date) -> list[Credit]:
    """So many credits from that day to the end of the year."""
    days = (TODAY - first).days
    return [
        credit(number, 50_000 + number * 37 % 90_000, first + timedelta(days=number * days // count))
        for number in range(count)
    ]


def plain(own: Sequence[Credit], amount: int) -> Decimal:
    """What the amount earns, by a loop over the quarter's credits with and without it."""
    quarter = [(c.amount.minor, dict(c.cause.facts)["deal.product_line"]) for c in own if c.on.month > 9]
    return earned([*quarter, (amount, "hardware")]) - earned(quarter)


def earned(deals: Sequence[tuple[int, object]]) -> Decimal:
    """The quarter's commission, deal by deal."""
    total, position = Decimal(0), Decimal(0)
    for minor, line in deals:
        way, pay = Decimal(minor), Decimal(0)
        for number, (start, rate) in enumerate(TIERS):
            low = max(position, start * QUOTA)
            high = position + way if number + 1 == len(TIERS) else min(position + way, TIERS[number + 1][0] * QUOTA)
            pay += max(Decimal(0), high - low) * rate
        position += way
        bounded = min(pay, Decimal(8_000_000)) * (Decimal("1.2") if line == "service" else 1)
        total += bounded.quantize(Decimal(1), ROUND_HALF_UP)
    return total


def measured(runs: int, work: Callable[[], object]) -> Spent:
    """The work so many times, once before to warm up."""
    work()
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return Spent(median(walls) * 1000, median(cpus) * 1000)


def estimated(book: Rulebook, own: Sequence[Credit], amount: int) -> Estimate:
    """What the engine says."""
    quotas = [Quota(f"q{n}", "ann", "bookings", f"2026-Q{n}", Money(QUOTA, "CNY")) for n in range(1, 5)]
    fresh = replace(credit(99_999, amount, TODAY), cause=replace(own[1].cause))
    return estimate(book, ANN, Books(own, (), quotas), Addition([fresh]), TODAY)


def main(count: int = 1000, runs: int = 9) -> None:
    """Both ways for both spreads, and their ratio."""
    book = load_rules(RULES).rulebook
    assert book is not None, "the sample rules have no errors"
    for words, first in (("over the year", date(2026, 1, 1)), ("in one quarter", date(2026, 10, 1))):
        own = credits(count, first)
        ours, theirs = estimated(book, own, 1_000_000).earned[0].minor, plain(own, 1_000_000)
        assert abs(ours - theirs) <= 1, (ours, theirs)
        engine = measured(runs, lambda own=own: estimated(book, own, 1_000_000))
        loop = measured(runs, lambda own=own: plain(own, 1_000_000))
        sys.stdout.write(
            f"{count} credits {words}: estimate {engine.wall:.2f} ms wall, {engine.cpu:.2f} ms CPU; "
            f"Decimal loop {loop.wall:.2f} ms wall, {loop.cpu:.2f} ms CPU; {engine.cpu / loop.cpu:.1f} times\n"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
