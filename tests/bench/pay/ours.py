"""The engine's kernel on the benchmark's rows: the representatives' plan on direct credits, the managers' on overlays.

The rows go through in portions of payees, as a calculation takes them, so that what lies in between stays small.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from engine.core.kernel.component import plain
from engine.core.money import Rounding
from engine.core.problems import Place
from engine.core.rules.plan import RateTable, Tier
from tests.bench.pay.arrays import FOURTH, SECOND, THIRD
from tests.bench.pay.data import DIRECT, OVERLAY, OVERRIDE, RATES, STARTS, PayData, Slices

PORTION = 250_000
PLACE = Place("plan.yaml", 1, 1)


def rate_table(by: str, starts: tuple[int, ...], rates: tuple[int, ...]) -> RateTable:
    """Percent by percent."""
    tiers = (Tier(Fraction(s, 100), Fraction(r, 100), None, None, PLACE) for s, r in zip(starts, rates, strict=True))
    return RateTable(by, None, "marginal", "split", tuple(tiers), None, PLACE)


DIRECT_RATES = rate_table("attainment", STARTS, RATES)
OVERLAY_RATES = rate_table("amount", (0,), (OVERRIDE,))


def dealwright(data: PayData) -> tuple[np.ndarray, Slices]:
    """The payout of each row, and the slices."""
    order = None if data.ordered else np.lexsort((data.deal, data.day, data.payee))
    payout = np.empty(data.rows, dtype=np.int64)
    parts = [*_form(data, order, DIRECT, payout), *_form(data, order, OVERLAY, payout)]
    return payout, Slices(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _form(data: PayData, order: np.ndarray | None, form: int, payout: np.ndarray) -> Iterator[tuple[np.ndarray, ...]]:
    """The slices of one form of credit, portion by portion; the payouts are written where they belong."""
    row = np.flatnonzero(data.form == form) if order is None else order[data.form[order] == form]
    day = data.day[row]
    cell = data.payee[row] * np.int64(4) + (day >= SECOND) + (day >= THIRD) + (day >= FOURTH)
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    cuts = np.unique(np.append(first[np.searchsorted(first, np.arange(0, len(row), PORTION))[:-1]], (0, len(row))))
    for begin, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        yield _portion(data, form, row[begin:end], cell[begin:end], payout)


def _portion(data: PayData, form: int, row: np.ndarray, cell: np.ndarray, payout: np.ndarray) -> tuple[np.ndarray, ...]:
    begins = np.flatnonzero(np.diff(cell, prepend=-1))
    starts = np.append(begins, len(row))
    if form == DIRECT:
        units, rates, cap = data.quota.ravel()[cell[begins]], DIRECT_RATES, int(data.cap)
    else:
        units, rates, cap = np.ones(len(begins), dtype=np.int64), OVERLAY_RATES, None
    scales, walked = plain(rates, units, data.amount[row], starts, cap, Rounding.HALF_UP)
    assert (scales.position, scales.rate) == (1, 100), "quotas are whole hundreds and rates whole percents"
    payout[row] = walked.paid
    found = walked.slices
    return row[found.row], found.tier.astype(np.int8), found.base, found.rate.astype(np.int8), found.amount
