"""Carries out one of the public data sets and prints its control totals.

    python -m tests.real.run crm_sales_opportunities
    python -m tests.real.run adventureworks --database sqlite:///adventureworks.db
    python -m tests.real.run olist_funnel --data ../shared/data/olist_funnel

Without --database everything is kept in a temporary folder and thrown away. `sets.py` says where data is looked for.
"""

import argparse
import importlib
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from engine.core.money import Money
from tests.real.carrying_out import Carried, Settled, carry_out
from tests.real.sets import SETS, data_folder


def main() -> int:
    """0 when the set was carried out and reconciles, 1 when it does not, 2 when its data is not there."""
    parser = argparse.ArgumentParser(description="Carries out a public data set from its files to its payouts.")
    parser.add_argument("name", choices=sorted(SETS))
    parser.add_argument("--data", type=Path, help="the folder of the set's files")
    parser.add_argument("--database", default="", help="a database address; a temporary one when left out")
    chosen = parser.parse_args()
    data = chosen.data or data_folder(chosen.name)
    if data is None:
        print(f"no folder data/{chosen.name} in the shared material (DEALWRIGHT_SHARED or ../shared)", file=sys.stderr)
        return 2
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.database or f"sqlite:///{folder}/real.db"
        carried = carry_out(SETS[chosen.name], data, url, print)
        print(f"{time.perf_counter() - started:.1f} s to carry it out")
        report(carried)
        differences = reconcile(carried, data)
    print(f"{time.perf_counter() - started:.1f} s")
    return 1 if differences else 0


def report(carried: Carried) -> None:
    """Prints the problems, what became of the events, and what each component pays in each window."""
    for problem in carried.problems:
        print(problem.render())
    print(", ".join(f"{status}: {count:,}" for status, count in carried.statuses.items()))
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in carried.lines:
        sums[line.window, line.component, line.earned.currency] += line.earned.minor
    for (window, component, currency), minor in sorted(sums.items()):
        print(f"{window:8} {component:24}{minor / 100:>16,.2f} {currency}")


def reconcile(carried: Carried, data: Path) -> int:
    """Prints where the full plans are not what `full_plans.py` says, and how much was compared; how many differ."""
    started = time.perf_counter()
    expected: Settled = importlib.import_module(f"tests.real.{carried.real.name}.full_plans").settled(data)
    found = carried.settled()
    differing = sorted(key for key in {*found, *expected} if found.get(key) != expected.get(key))
    for key in differing:
        print(f"differs: {' '.join(key)}  engine {found.get(key)}  independent {expected.get(key)}")
    for currency in sorted({sums[2] for sums in expected.values()}):
        of_currency = [sums for sums in found.values() if sums[2] == currency]
        earned, released = (Money(sum(sums[n] for sums in of_currency), currency) for n in (0, 1))
        print(f"full plans: {earned} earned, {released} released")
    print(
        f"{len(carried.full()):,} lines in {len(expected):,} sums by component, payee and window, {len(differing)} differ; "
        f"computed independently in {time.perf_counter() - started:.1f} s"
    )
    return len(differing)


if __name__ == "__main__":
    sys.exit(main())
