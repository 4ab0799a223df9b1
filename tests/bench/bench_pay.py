"""Measures pay: the same credits and plan through DuckDB, pandas, plain Python and, where it is there, our own kernel.

    python -m tests.bench.bench_pay --credits 1000000 --payees 1000 --runs 3

How it is measured is written in `tests/bench/pay/METHOD.md`. The first contestant named is the reference of ratios and
results. Seconds are medians of runs that drift with what else the machine does; ratios are of one sitting.
"""

import argparse
import os
import platform
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench.pay.generator import generate
from tests.bench.pay.measure import UNSET, measure, told
from tests.bench.pay.peers import ENGINE, contestants


def asked(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the command line says."""
    known = list(contestants())
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_pay")
    parser.add_argument("--credits", type=int, default=1_000_000, help="how many credit rows")
    parser.add_argument("--payees", type=int, default=1_000, help="how many payees, managers among them")
    parser.add_argument("--runs", type=int, default=3, help="runs of each contestant; the table has their medians")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--shuffled", action="store_true", help="rows in no order, so that ordering is part of the job")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a run is given up")
    parser.add_argument("--only", nargs="+", choices=[*known, *ENGINE], default=known, metavar="NAME")
    return parser.parse_args(arguments)


def machine() -> str:
    """Processor count, system and versions, and which settings are taken away."""
    versions = ", ".join(f"{name} {_version(name)}" for name in ("numpy", "duckdb", "pandas"))
    away = [name for name in UNSET if name in os.environ]
    unset = f"; unset for the runs: {', '.join(away)}" if away else ""
    return f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}, {versions}{unset}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def load() -> str:
    """The load average of one, five and fifteen minutes."""
    return " ".join(f"{one:.2f}" for one in os.getloadavg())


def main(arguments: list[str] | None = None) -> None:
    """The table, on standard output; how far it is, on standard error."""
    said = asked(arguments)
    order = "in no order" if said.shuffled else "ordered by payee and day"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rows").mkdir()
        generate(said.credits, said.payees, said.seed, not said.shuffled).save(folder / "rows")
        print(f"{said.credits:,} credits of {said.payees:,} payees, {order}, seed {said.seed}; {said.runs} runs each")
        print(machine())
        print(f"load average before: {load()}", flush=True)
        found = measure(said.only, said.runs, folder, said.limit, lambda line: print(line, file=sys.stderr, flush=True))
        print(f"load average after: {load()}\n")
        print("\n".join(told(found)))


if __name__ == "__main__":
    main()
