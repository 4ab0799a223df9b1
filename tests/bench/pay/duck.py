"""DuckDB: one window for the running total, closed formulas for the rest. Whole numbers throughout.

Its columns are two tables in memory, made beforehand. Its result is fetched into NumPy arrays, which was as fast as
keeping it in tables or faster, and is the form in which a program goes on with it.
"""

from typing import Any

import duckdb
import numpy as np
import pandas as pd

from tests.bench.pay.data import OVERLAY, OVERRIDE, RATES, PayData, PayResult, Slices
from tests.bench.pay.frames import credit_frame, quota_frame

WINDOWED = """
create temp table total as
with running as (
    select row_id, form, amount, payee, quarter(day)::tinyint as quarter,
        (sum(amount) over (
            partition by (payee * 4 + quarter(day)) * 2 + form order by day, deal rows unbounded preceding
        ))::bigint as after
    from credit
)
select row_id, form, amount, after, quota from running join quota using (payee, quarter)
"""
"""The total of payee, quarter and form after each credit, and the quota that it is held against."""

STREAMED = """
create temp table total as
with running as materialized (
    select row_id, form, amount, payee, quarter(day)::tinyint as quarter,
        (sum(amount * (1 - form)) over (rows unbounded preceding))::bigint as direct,
        (sum(amount * form) over (rows unbounded preceding))::bigint as overlay
    from credit
),
start as (
    select payee, quarter, form, arg_min(case form when 0 then direct else overlay end - amount, row_id) as began
    from running group by all
)
select row_id, form, amount, case form when 0 then direct else overlay end - began as after, quota
from running join start using (payee, quarter, form) join quota using (payee, quarter)
"""
"""The same without a partition: one sum down the table for each form, less what it was where the quarter began."""

WAY = """(
    select row_id, form, amount, after, after - amount as before,
        quota // 2 as at_50, quota as at_100, quota // 2 * 3 as at_150
    from total
)"""

INSIDE = (
    "least({0}, at_50)",
    "greatest(least({0}, at_100), at_50)",
    "greatest(least({0}, at_150), at_100)",
    "greatest({0}, at_150)",
)
"""Where a total stands inside each tier; the difference of two totals there is a slice's base."""


def _earned(total: str) -> str:
    """What a total earns in hundredths of a minor unit: by tiers and at most the cap, or by the override."""
    parts = [f"{RATES[0]} * {INSIDE[0]}"]
    parts += [
        f"{rate} * ({inside} - {start})"
        for rate, inside, start in zip(RATES[1:], INSIDE[1:], ("at_50", "at_100", "at_150"), strict=True)
    ]
    tiers = " + ".join(parts).format(total)
    return f"case when form = {OVERLAY} then {OVERRIDE} * {total} else least({tiers}, $cap) end"


def _half_up(hundredths: str) -> str:
    return f"sign({hundredths}) * ((abs({hundredths}) + 50) // 100)"


PAYOUTS = f"""
select row_id, {_half_up("later")} - {_half_up("earlier")} as payout
from (select row_id, {_earned("after")} as later, {_earned("before")} as earlier from {WAY})
"""


def _slices(tier: int) -> str:
    base = f"{INSIDE[tier].format('after')} - {INSIDE[tier].format('before')}"
    columns = f"row_id, {tier}::tinyint as tier, {base} as base, {RATES[tier]}::tinyint as rate"
    return f"select {columns} from {WAY} where form <> {OVERLAY} and base <> 0"


OVERRIDES = f"""
select row_id, 0::tinyint, amount, {OVERRIDE}::tinyint from {WAY} where form = {OVERLAY} and amount <> 0
"""
SLICES = "select *, base * rate as amount from (" + " union all ".join([*map(_slices, range(4)), OVERRIDES]) + ")"


class DuckDB:
    """The peer that all others are measured by. As many threads as there are processors, which is its default."""

    name, exact = "duckdb", True
    running, any_order = WINDOWED, True

    def prepare(self, data: PayData) -> tuple[duckdb.DuckDBPyConnection, int]:
        """A database in memory with the tables `credit` and `quota`, and the cap in hundredths."""
        database = duckdb.connect()
        for name, frame in (("credit", credit_frame(data)), ("quota", quota_frame(data))):
            database.register("frame", frame)
            dated = "* replace (day::date as day)" if name == "credit" else "*"
            database.execute(f"create table {name} as select {dated} from frame")
            database.unregister("frame")
        if self.any_order:
            database.execute("set preserve_insertion_order = false")
        return database, int(data.cap) * 100

    def calculate(self, prepared: tuple[duckdb.DuckDBPyConnection, int]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The columns of payouts and of slices."""
        database, cap = prepared
        database.execute(self.running)
        payouts = database.execute(PAYOUTS, {"cap": cap}).fetchnumpy()
        return payouts, database.execute(SLICES).fetchnumpy()

    def result(self, prepared: object, calculated: tuple[dict[str, Any], dict[str, Any]]) -> PayResult:
        """Both in the common columns."""
        payouts, slices = calculated
        ordered = pd.Series(np.asarray(payouts["payout"]), index=np.asarray(payouts["row_id"])).sort_index()
        found = Slices(*(np.asarray(slices[name]) for name in ("row_id", "tier", "base", "rate", "amount")))
        return PayResult(ordered.to_numpy(np.int64), found)


class DuckDBStreamed(DuckDB):
    """DuckDB with the running total as one stream down the table. It needs rows that come in order.

    No SQL promises that order; DuckDB keeps that of insertion. It sorts nothing, but groups and joins once more.
    """

    name = "duckdb streamed"
    running, any_order = STREAMED, False

    def prepare(self, data: PayData) -> tuple[duckdb.DuckDBPyConnection, int]:
        """The same tables. ValueError when the rows come in no order."""
        if not data.ordered:
            raise ValueError("the streamed total needs rows in order")
        return super().prepare(data)
