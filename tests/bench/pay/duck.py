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

RUNNING = """
create temp table way as
with running as (
    select row_id, form, amount, payee, quarter(day)::tinyint as quarter,
        (sum(amount) over (
            partition by (payee * 4 + quarter(day)) * 2 + form order by day, deal rows unbounded preceding
        ))::bigint as after
    from credit
)
select row_id, form, amount, after, after - amount as before,
    quota // 2 as at_50, quota as at_100, quota // 2 * 3 as at_150
from running join quota using (payee, quarter)
"""

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
from (select row_id, {_earned("after")} as later, {_earned("before")} as earlier from way)
"""


def _slices(tier: int) -> str:
    base = f"{INSIDE[tier].format('after')} - {INSIDE[tier].format('before')}"
    columns = f"row_id, {tier}::tinyint as tier, {base} as base, {RATES[tier]}::tinyint as rate"
    return f"select {columns} from way where form <> {OVERLAY} and base <> 0"


OVERRIDES = f"""
select row_id, 0::tinyint, amount, {OVERRIDE}::tinyint from way where form = {OVERLAY} and amount <> 0
"""
SLICES = "select *, base * rate as amount from (" + " union all ".join([*map(_slices, range(4)), OVERRIDES]) + ")"


class DuckDB:
    """The peer that all others are measured by. As many threads as there are processors, which is its default."""

    name, exact = "duckdb", True

    def prepare(self, data: PayData) -> tuple[duckdb.DuckDBPyConnection, int]:
        """A database in memory with the tables `credit` and `quota`, and the cap in hundredths."""
        database = duckdb.connect()
        database.execute("set preserve_insertion_order = false")
        for name, frame in (("credit", credit_frame(data)), ("quota", quota_frame(data))):
            database.register("frame", frame)
            dated = "* replace (day::date as day)" if name == "credit" else "*"
            database.execute(f"create table {name} as select {dated} from frame")
            database.unregister("frame")
        return database, int(data.cap) * 100

    def calculate(self, prepared: tuple[duckdb.DuckDBPyConnection, int]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The columns of payouts and of slices."""
        database, cap = prepared
        database.execute(RUNNING)
        payouts = database.execute(PAYOUTS, {"cap": cap}).fetchnumpy()
        return payouts, database.execute(SLICES).fetchnumpy()

    def result(self, prepared: object, calculated: tuple[dict[str, Any], dict[str, Any]]) -> PayResult:
        """Both in the common columns."""
        payouts, slices = calculated
        ordered = pd.Series(np.asarray(payouts["payout"]), index=np.asarray(payouts["row_id"])).sort_index()
        found = Slices(*(np.asarray(slices[name]) for name in ("row_id", "tier", "base", "rate", "amount")))
        return PayResult(ordered.to_numpy(np.int64), found)
