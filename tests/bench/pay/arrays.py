"""NumPy by hand: this one plan and nothing else, on whole columns. What the arithmetic itself costs, near enough."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from tests.bench.pay.data import DIRECT, OVERLAY, OVERRIDE, RATES, PayData, PayResult, Slices

SECOND, THIRD, FOURTH = (date(2026, month, 1).toordinal() for month in (4, 7, 10))


@dataclass(frozen=True)
class Way:
    """The credits of one form in order: their rows, amounts, quarter cells, and the total before and after each."""

    row: np.ndarray
    amount: np.ndarray
    cell: np.ndarray
    before: np.ndarray
    after: np.ndarray


class NumPyByHand:
    """A script for this plan; its columns are those of PayData."""

    name, exact = "numpy by hand", True

    def prepare(self, data: PayData) -> PayData:
        """The rows as they are."""
        return data

    def calculate(self, prepared: PayData) -> PayResult:
        """Payouts and slices."""
        order = None if prepared.ordered else np.lexsort((prepared.deal, prepared.day, prepared.payee))
        payout = np.empty(prepared.rows, np.int64)
        direct, overlay = (_way(prepared, form, order) for form in (DIRECT, OVERLAY))
        bases, before, after = _tiered(direct, prepared)
        payout[direct.row] = _half_up(after) - _half_up(before)
        payout[overlay.row] = _half_up(overlay.after * OVERRIDE) - _half_up(overlay.before * OVERRIDE)
        parts = [(direct.row, base, tier, RATES[tier]) for tier, base in enumerate(bases)]
        return PayResult(payout, _slices([*parts, (overlay.row, overlay.amount, 0, OVERRIDE)]))

    def result(self, prepared: PayData, calculated: PayResult) -> PayResult:
        """The same."""
        return calculated


def _way(data: PayData, form: int, order: np.ndarray | None) -> Way:
    """The running total starts anew with each payee and quarter."""
    row = np.flatnonzero(data.form == form) if order is None else order[data.form[order] == form]
    day, amount = data.day[row], data.amount[row]
    quarter = (day >= SECOND).astype(np.int64) + (day >= THIRD) + (day >= FOURTH)
    cell = data.payee[row] * np.int64(4) + quarter
    total = np.cumsum(amount)
    start = np.flatnonzero(np.diff(cell, prepend=-1))
    began = np.repeat(total[start] - amount[start], np.diff(start, append=len(row)))
    after = total - began
    return Way(row, amount, cell, after - amount, after)


def _tiered(way: Way, data: PayData) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Bases by tier, and what the totals before and after earn within the cap, in hundredths of a minor unit."""
    quota = data.quota.ravel()[way.cell]
    half, high, most = quota // 2, quota // 2 * 3, np.int64(np.iinfo(np.int64).max)
    bases, earned = [], [np.zeros(len(quota), np.int64), np.zeros(len(quota), np.int64)]
    for (low, top), rate in zip(((0, half), (half, quota), (quota, high), (high, most)), RATES, strict=True):
        ends = [np.minimum(at, top) for at in (way.before, way.after)]
        if rate != RATES[0]:
            ends = [np.maximum(at, low) - low for at in ends]
        for total, end in zip(earned, ends, strict=True):
            total += rate * end
        bases.append(ends[1] - ends[0])
    before, after = (np.minimum(total, int(data.cap) * 100) for total in earned)
    return bases, before, after


def _half_up(hundredths: np.ndarray) -> np.ndarray:
    return np.sign(hundredths) * ((np.abs(hundredths) + 50) // 100)


def _slices(parts: list[tuple[np.ndarray, np.ndarray, int, int]]) -> Slices:
    """The parts of rows in tiers as one table, without those that are nothing."""
    kept = [(row[some], base[some], tier, rate) for row, base, tier, rate in parts for some in [np.flatnonzero(base)]]
    row, base = (np.concatenate([part[place] for part in kept]) for place in (0, 1))
    counts = [len(part[0]) for part in kept]
    tier, rate = (np.repeat(np.array([part[place] for part in kept], np.int8), counts) for place in (2, 3))
    return Slices(row, tier, base, rate, base * rate)
