"""The engine's `calculate_window` on records, one payee, quarter and plan at a time: the very meaning of the job.

It makes whole earning lines with traces, which is more than the job asks for, so it is no peer in time. It is what the
peers' payouts and slices are checked against.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import pairwise

import numpy as np

from engine.core.incentives.earnings import WindowInputs, calculate_window
from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.core.periods import Period
from engine.core.records import Cause, Credit
from engine.core.rules.plan import Commission, Limit, Plan
from tests.bench.pay.data import OVERLAY, OVERRIDE, RATES, STARTS, PayData, PayResult, Slices
from tests.bench.pay.generator import QUARTERS
from tests.core.incentives.simple import COMPANY, PLACE, plan_of, table

CURRENCY = "CNY"
NAMES = ("direct", "overlay")
"""The names of credits by their form."""


@dataclass(frozen=True)
class Window:
    """What one call is given."""

    plan: Plan
    component: Commission
    payee: str
    period: Period
    credits: list[Credit]
    quota: Money | None


class Windows:
    """The engine, record by record."""

    name, exact = "calculate_window", True

    def prepare(self, data: PayData) -> list[Window]:
        """The records of every window."""
        plans = _plans(int(data.cap))
        quarters = [Period(f"2026-Q{number + 1}", "quarter", *ends) for number, ends in enumerate(pairwise(QUARTERS))]
        found: dict[tuple[int, int, int], list[Credit]] = defaultdict(list)
        columns = (data.payee, data.form, data.day, data.deal, data.amount)
        for row, (payee, form, day, deal, minor) in enumerate(zip(*(one.tolist() for one in columns), strict=True)):
            on = date.fromordinal(day)
            found[payee, (on.month - 1) // 3, form].append(_credit(row, payee, form, on, deal, minor))
        return [
            Window(*plans[form], str(payee), quarters[quarter], credits, _quota(data, payee, quarter, form))
            for (payee, quarter, form), credits in found.items()
        ]

    def calculate(self, prepared: list[Window]) -> list[EarningLine]:
        """Every line."""
        lines: list[EarningLine] = []
        for one in prepared:
            inputs = WindowInputs(QUARTERS[-1], COMPANY, one.quota)
            lines += calculate_window(one.plan, one.component, one.payee, one.period, one.credits, inputs)
        return lines

    def result(self, prepared: list[Window], calculated: list[EarningLine]) -> PayResult:
        """The lines' amounts and slices."""
        payouts = np.zeros(len(calculated), np.int64)
        slices: list[tuple[int, ...]] = []
        for line in calculated:
            row = int(line.source)
            payouts[row] = line.earned.minor
            slices += [
                (row, one.tier, _whole(one.base), _whole(one.rate * 100), _whole(one.amount * 100))
                for one in line.slices
            ]
        return PayResult(payouts, Slices(*np.array(slices, np.int64).T))


def _plans(cap: int) -> tuple[tuple[Plan, Commission], tuple[Plan, Commission]]:
    """The representatives' plan and the managers' plan, by form."""
    tiers = table("marginal", *([Fraction(one, 100) for one in ones] for ones in (STARTS, RATES)), by="attainment")
    flat = table("marginal", [0], [Fraction(OVERRIDE, 100)])
    made = (plan_of(tiers, cap=Limit(Money(cap, CURRENCY))), plan_of(flat))
    direct, overlay = (
        (plan, replace(component, of=name, measured_over="quarter"))
        for (plan, component), name in zip(made, NAMES, strict=True)
    )
    return direct, overlay


def _credit(row: int, payee: int, form: int, on: date, deal: int, minor: int) -> Credit:
    """The credit whose id is the number of its row, and whose event is in the order of its deal."""
    at, event, money = datetime(on.year, on.month, on.day, 12, tzinfo=UTC), f"bench/{deal:010d}", Money(minor, CURRENCY)
    return Credit(
        str(row), NAMES[form], str(payee), str(deal), event, on, at, money, money, Fraction(1), NAMES[form], "p",
        Cause("plan:p@1", PLACE, event),
    )  # fmt: skip


def _quota(data: PayData, payee: int, quarter: int, form: int) -> Money | None:
    return None if form == OVERLAY else Money(int(data.quota[payee, quarter]), CURRENCY)


def _whole(exact: Fraction) -> int:
    """A fraction that must be a whole number."""
    assert exact.denominator == 1, exact
    return exact.numerator
