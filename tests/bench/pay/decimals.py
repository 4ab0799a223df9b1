"""Plain Python: a loop over the credits with Decimal, payee by payee, as a script without any library would do it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

import numpy as np

from tests.bench.pay.data import OVERLAY, OVERRIDE, RATES, STARTS, PayData, PayResult, Slices

CENT = Decimal("0.01")
PERCENT = tuple(Decimal(rate) / 100 for rate in RATES)
OVERRIDE_RATE = Decimal(OVERRIDE) / 100

Row = tuple[int, int, date, int, Decimal, int]
"""Payee, form, day, deal, amount in currency units, and the number of the row."""

Sliced = tuple[int, int, Decimal, Decimal, Decimal]
"""Row, tier, base, rate and exact amount."""


@dataclass(frozen=True)
class Prepared:
    """The rows as tuples, quotas by payee, the cap."""

    rows: list[Row]
    quotas: list[list[Decimal]]
    cap: Decimal
    ordered: bool


class PlainDecimal:
    """One credit at a time."""

    name, exact = "python Decimal", True

    def prepare(self, data: PayData) -> Prepared:
        """Lists of Python's own values."""
        days = {ordinal: date.fromordinal(ordinal) for ordinal in np.unique(data.day).tolist()}
        columns = (data.payee, data.form, data.day, data.deal, data.amount)
        rows = [
            (payee, form, days[day], deal, Decimal(minor).scaleb(-2), number)
            for number, (payee, form, day, deal, minor) in enumerate(
                zip(*(column.tolist() for column in columns), strict=True)
            )
        ]
        quotas = [[Decimal(minor).scaleb(-2) for minor in year] for year in data.quota.tolist()]
        return Prepared(rows, quotas, Decimal(int(data.cap)).scaleb(-2), bool(data.ordered))

    def calculate(self, prepared: Prepared) -> tuple[list[Decimal], list[Sliced]]:
        """The payout of each row, in the order of the rows, and the slices."""
        rows = prepared.rows
        if not prepared.ordered:
            rows = sorted(rows, key=lambda row: (row[0], row[2], row[3]))
        payouts: list[Decimal] = [Decimal(0)] * len(rows)
        slices: list[Sliced] = []
        for payee, own in groupby(rows, key=lambda row: row[0]):
            _pay(own, prepared.quotas[payee], prepared.cap, payouts, slices)
        return payouts, slices

    def result(self, prepared: Prepared, calculated: tuple[list[Decimal], list[Sliced]]) -> PayResult:
        """Both in whole minor units and hundredths of them."""
        payouts, slices = calculated
        columns = zip(*slices, strict=True) if slices else [()] * 5
        row, tier, base, rate, amount = (np.array([*map(int, column)], np.int64) for column in _whole(columns))
        return PayResult(
            np.array([int(one.scaleb(2)) for one in payouts], np.int64), Slices(row, tier, base, rate, amount)
        )


def _whole(columns: object) -> Iterator[Iterator[object]]:
    """The columns of slices with all numbers whole: cents, percent, hundredths of cents."""
    row, tier, base, rate, amount = columns  # type: ignore[misc]
    yield from (iter(row), iter(tier))
    yield from ((one.scaleb(2) for one in base), (one.scaleb(2) for one in rate), (one.scaleb(4) for one in amount))


def _pay(own: Iterator[Row], quotas: list[Decimal], cap: Decimal, payouts: list[Decimal], slices: list[Sliced]) -> None:
    """Walks through the credits of one payee and notes their payouts and slices."""
    tables = [[quota * start / 100 for start in STARTS] for quota in quotas]
    position, exact, paid = [Decimal(0)] * 4, [Decimal(0)] * 4, [Decimal(0)] * 4
    override, overridden = [Decimal(0)] * 4, [Decimal(0)] * 4
    for _, form, day, _, amount, number in own:
        quarter = (day.month - 1) // 3
        if form == OVERLAY:
            worth = amount * OVERRIDE_RATE
            override[quarter] += worth
            total = override[quarter].quantize(CENT, ROUND_HALF_UP)
            slices.append((number, 0, amount, OVERRIDE_RATE, worth))
            payouts[number], overridden[quarter] = total - overridden[quarter], total
            continue
        before, after = position[quarter], position[quarter] + amount
        for tier, base in _bases(tables[quarter], before, after):
            worth = base * PERCENT[tier]
            exact[quarter] += worth
            slices.append((number, tier, base, PERCENT[tier], worth))
        total = min(exact[quarter], cap).quantize(CENT, ROUND_HALF_UP)
        payouts[number], paid[quarter], position[quarter] = total - paid[quarter], total, after


def _bases(starts: list[Decimal], before: Decimal, after: Decimal) -> Iterator[tuple[int, Decimal]]:
    """The part of the way from one total to another that lies in each tier; backwards it is negative."""
    low, high, sign = (before, after, 1) if after >= before else (after, before, -1)
    for tier, start in enumerate(starts):
        begins = low if tier == 0 else max(low, start)
        ends = high if tier + 1 == len(starts) else min(high, starts[tier + 1])
        if begins < ends:
            yield tier, sign * (ends - begins)
