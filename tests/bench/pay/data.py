"""What the pay benchmark is about: the plan, the rows that every contestant is given, and what it gives back.

Amounts are whole minor units (int64). Exact amounts of slices are hundredths of a minor unit (int64), because rates
are whole percents and quotas whole currency units, so that a tier begins at a whole minor unit.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

STARTS = (0, 50, 100, 150)
"""Where a tier of a direct credit begins, in percent of the payee's quota of the quarter."""

RATES = (5, 8, 12, 15)
"""What a direct credit earns in each tier, in percent. The deal that crosses a tier is split at the boundary."""

OVERRIDE = 1
"""What an overlay credit earns, in percent: the one tier of the manager's plan, which has neither quota nor cap."""

DIRECT, OVERLAY = 0, 1


@dataclass(frozen=True)
class PayData:
    """Credit rows as columns, one value for each row, and what the plan knows of the payees.

    `payee` is an index (int32), `day` a date's ordinal (int32, within 2026), `amount` minor units (int64, a return is
    negative), `deal` a number (int32), `form` DIRECT or OVERLAY (int8). No payee has two rows of a deal, and a payee's
    rows count in the order of day, then deal. `quota` (int64, payees × four quarters) is a positive multiple of 100.
    `cap` bounds what a payee's direct credits of a quarter earn. `ordered` says that the rows come in that order, payee
    by payee; else they come in no order, and a contestant orders them itself.
    """

    payee: np.ndarray
    day: np.ndarray
    amount: np.ndarray
    deal: np.ndarray
    form: np.ndarray
    quota: np.ndarray
    cap: np.ndarray
    ordered: np.ndarray

    @property
    def rows(self) -> int:
        """How many credit rows there are."""
        return len(self.amount)

    def save(self, folder: Path) -> None:
        """Writes each column to a file of its own."""
        _save(self, folder)

    @staticmethod
    def load(folder: Path) -> "PayData":
        """Reads what `save` wrote."""
        return PayData(*(np.load(folder / f"{one.name}.npy") for one in fields(PayData)))


@dataclass(frozen=True)
class Slices:
    """Why a row is paid what it is: one entry for each row and tier that it has something in, in any order.

    `row` is the credit row's index, `tier` counts from 0, `base` is the part of the row's amount in that tier (minor
    units, signed), `rate` percent, `amount` exactly base × rate: hundredths of a minor unit, before the cap.
    """

    row: np.ndarray
    tier: np.ndarray
    base: np.ndarray
    rate: np.ndarray
    amount: np.ndarray

    def in_order(self) -> "Slices":
        """The same by row and tier, as int64."""
        key = self.row.astype(np.int64) * len(RATES) + self.tier
        order = np.argsort(key, kind="stable")
        return Slices(*(getattr(self, one.name)[order].astype(np.int64) for one in fields(Slices)))


@dataclass(frozen=True)
class PayResult:
    """What a contestant found: a payout for each row, in the order of the rows (minor units), and the slices."""

    payout: np.ndarray
    slices: Slices

    def save(self, folder: Path) -> None:
        """Writes the payouts and the slices, in order."""
        np.save(folder / "payout.npy", self.payout.astype(np.int64))
        _save(self.slices.in_order(), folder)

    @staticmethod
    def load(folder: Path) -> "PayResult":
        """Reads what `save` wrote."""
        slices = Slices(*(np.load(folder / f"{one.name}.npy") for one in fields(Slices)))
        return PayResult(np.load(folder / "payout.npy"), slices)


def _save(columns: PayData | Slices, folder: Path) -> None:
    for one in fields(columns):
        np.save(folder / f"{one.name}.npy", np.asarray(getattr(columns, one.name)), allow_pickle=False)


def payouts_wrong(found: PayResult, right: PayResult) -> int:
    """How many rows are paid another amount."""
    return int(np.count_nonzero(found.payout != right.payout))


def slices_wrong(found: PayResult, right: PayResult) -> int:
    """How many slices are missing, too many, or of another base, rate or amount."""
    here, there = _keyed(found.slices), _keyed(right.slices)
    common, at_here, at_there = np.intersect1d(here[0], there[0], assume_unique=True, return_indices=True)
    same = np.ones(len(common), dtype=bool)
    for mine, theirs in zip(here[1:], there[1:], strict=True):
        same &= mine[at_here] == theirs[at_there]
    return len(here[0]) + len(there[0]) - len(common) - int(np.count_nonzero(same))


def _keyed(slices: Slices) -> tuple[np.ndarray, ...]:
    ordered = slices.in_order()
    return ordered.row * len(RATES) + ordered.tier, ordered.base, ordered.rate, ordered.amount
