"""Carries out one of the public data sets and prints its control totals.

    python -m tests.real.run crm_sales_opportunities
    python -m tests.real.run adventureworks --database sqlite:///adventureworks.db
    python -m tests.real.run olist_funnel --data ../shared/data/olist_funnel

Without --database everything is kept in a temporary folder and thrown away. `sets.py` says where data is looked for.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.real.carrying_out import Carried, carry_out
from tests.real.sets import SETS, data_folder


def main() -> int:
    """0 when the set was carried out, 2 when its data is not there."""
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
        report(carry_out(SETS[chosen.name], data, url, print))
    print(f"{time.perf_counter() - started:.1f} s")
    return 0


def report(carried: Carried) -> None:
    """Prints the problems, what became of the events, and what each component pays each quarter."""
    for problem in carried.problems:
        print(problem.render())
    print(", ".join(f"{status}: {count:,}" for status, count in carried.statuses.items()))
    currency = carried.dw.rulebook.company.currency
    sums: dict[tuple[str, str], int] = {}
    for (component, _, window), minor in carried.pay().items():
        sums[window, component] = sums.get((window, component), 0) + minor
    for (window, component), minor in sorted(sums.items()):
        print(f"{window}  {component:24}{minor / 100:>16,.2f} {currency}")


if __name__ == "__main__":
    sys.exit(main())
