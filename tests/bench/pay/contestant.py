"""What a contestant of the pay benchmark is. Only `calculate` is timed.

Another contestant joins by a module with a class of these three functions, and a line in `peers.py`. The engine's own
kernel joins by `tests/bench/pay/ours.py` with one function, which `Ours` calls:

    def dealwright(data: PayData) -> tuple[numpy.ndarray, Slices]

the payout of each row in the order of the rows (int64, minor units), and the slices (in any order).
"""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from tests.bench.pay.data import PayData, PayResult, Slices


class Contestant(Protocol):
    """One way to do the job. `exact` tells whether it claims to be right to the cent."""

    name: str
    exact: bool

    def prepare(self, data: PayData) -> Any:
        """The rows and the plan in the contestant's own columns. Not timed; `data` is let go of afterwards."""

    def calculate(self, prepared: Any) -> Any:
        """Every payout and every slice, all of them in memory: nothing is left to be computed later. Timed."""

    def result(self, prepared: Any, calculated: Any) -> PayResult:
        """What was calculated, in the common columns, for comparison. Not timed."""


class Ours:
    """The engine's own kernel. Its columns are those of PayData, so nothing is prepared."""

    name, exact = "dealwright", True

    def __init__(self, kernel: Callable[[PayData], tuple[np.ndarray, Slices]]) -> None:
        self.kernel = kernel

    def prepare(self, data: PayData) -> PayData:
        """The rows as they are."""
        return data

    def calculate(self, prepared: PayData) -> tuple[np.ndarray, Slices]:
        """The kernel's payouts and slices."""
        return self.kernel(prepared)

    def result(self, prepared: PayData, calculated: tuple[np.ndarray, Slices]) -> PayResult:
        """The same."""
        return PayResult(*calculated)
