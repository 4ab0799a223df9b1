"""Runs contestants side by side on the same rows, and compares what they found with the reference, row by row.

Every run is a process of its own. Runs alternate (each contestant once, then each once more), so that what drifts on a
shared machine drifts for all of them, and ratios hold though seconds do not.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench.pay.data import PayResult, payouts_wrong, slices_wrong

ROOT = Path(__file__).parents[3]
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Settings that choose NumPy's linear algebra for another processor than the one at hand; children run without."""


@dataclass
class Measured:
    """The runs of one contestant, and what it found: the sum of its payouts, and how much differs from the reference.

    `failed` says why there is no (further) run; it is empty when all went well.
    """

    name: str
    runs: list[dict[str, float]] = field(default_factory=list)
    total: int = 0
    wrong_payouts: int = 0
    wrong_slices: int = 0
    failed: str = ""

    def middle(self, what: str) -> float:
        """The median over the runs of `wall`, `cpu`, `held` or `peak`."""
        return median(run[what] for run in self.runs)

    def least(self, what: str) -> float:
        """The least of the runs: the one that other work on the machine disturbed least."""
        return min(run[what] for run in self.runs)


def measure(
    names: Sequence[str], runs: int, folder: Path, limit: float, tell: Callable[[str], None] = lambda _: None
) -> list[Measured]:
    """All contestants on the rows in `folder / rows`, the first of them as the reference.

    A contestant that needs more than `limit` seconds for a run, preparation included, or fails, runs no more; when it
    is the reference before its first result, nobody does.
    """
    found = [Measured(name) for name in names]
    for number in range(runs):
        for one in found:
            place = folder / ("reference" if one is found[0] else "found")
            if not one.failed and _run(one, folder / "rows", place, limit):
                tell(f"{one.name}, run {number + 1}: {one.runs[-1]['wall']:.2f} s")
                if number == 0:
                    _compare(one, place, folder / "reference")
            if not found[0].runs:
                return found[:1]
    return found


def _run(one: Measured, rows: Path, result: Path, limit: float) -> bool:
    """One run more; False when it failed or took too long."""
    result.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.pay.child", one.name, str(rows), str(result)]
    surroundings = {name: value for name, value in os.environ.items() if name not in UNSET}
    try:
        ran = subprocess.run(
            command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        one.failed = f"more than {limit:.0f} s"
        return False
    if ran.returncode:
        one.failed = (ran.stderr.strip().splitlines() or [f"ended with {ran.returncode}"])[-1]
        return False
    one.runs.append(json.loads(ran.stdout))
    return True


def _compare(one: Measured, result: Path, reference: Path) -> None:
    """Notes the sum of payouts and the differences."""
    found, right = PayResult.load(result), PayResult.load(reference)
    one.total = int(found.payout.sum())
    one.wrong_payouts, one.wrong_slices = payouts_wrong(found, right), slices_wrong(found, right)


def told(measured: Sequence[Measured]) -> Iterable[str]:
    """The table as lines of Markdown: medians, in brackets the least; ratios of medians to the first contestant."""
    yield "| contestant | wall s | CPU s | peak MB | held before MB | wall × | CPU × | peak × | sum of payouts | wrong rows | wrong slices |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for one in measured:
        if not one.runs:
            yield f"| {one.name} | {one.failed} |" + " |" * 9
            continue
        wall, cpu = (f"{one.middle(what):.2f} ({one.least(what):.2f})" for what in ("wall", "cpu"))
        peak, held = one.middle("peak"), one.middle("held")
        ratios = " | ".join(f"{one.middle(what) / measured[0].middle(what):.2f}" for what in ("wall", "cpu", "peak"))
        cents = f"{one.total // 100:,}.{one.total % 100:02d}"
        yield (
            f"| {one.name}{one.failed and f' ({one.failed})'} | {wall} | {cpu} | {peak:,.0f} | {held:,.0f} | {ratios} | {cents} |"
            f" {one.wrong_payouts:,} | {one.wrong_slices:,} |"
        )
