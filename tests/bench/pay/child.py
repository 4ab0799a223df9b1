"""One contestant in a process of its own, so that time and memory are its alone.

    python -m tests.bench.pay.child <name> <folder of the rows> <folder for the result>

It reads the rows, lets the contestant make its own columns, lets go of the rows, and only then looks at the clocks. It
prints one JSON object: `wall` and `cpu` seconds, `held` MB before and `peak` MB during the calculation.
"""

import gc
import json
import resource
import sys
import time
from pathlib import Path

from tests.bench.pay.data import PayData
from tests.bench.pay.peers import contestant


def measured(name: str, rows: Path, result: Path) -> dict[str, float]:
    """The job once. What was found is written to `result`, after the measurement."""
    one = contestant(name)
    prepared = one.prepare(PayData.load(rows))
    gc.collect()
    held = _memory("VmRSS")
    _forget_peak()
    wall, cpu = time.perf_counter(), time.process_time()
    calculated = one.calculate(prepared)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = _memory("VmHWM")
    one.result(prepared, calculated).save(result)
    return {"wall": wall, "cpu": cpu, "held": held, "peak": peak}


def _memory(what: str) -> float:
    """Megabytes that the kernel tells of this process; where it tells nothing, the most since it began."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    line = next(line for line in status.read_text().splitlines() if line.startswith(what))
    return int(line.split()[1]) * 1024 / 1e6


def _forget_peak() -> None:
    """Starts the peak anew at what is held now (Linux)."""
    forget = Path("/proc/self/clear_refs")
    if forget.exists():
        forget.write_text("5")


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
