"""pandas: whole columns, exact with int64, and with floats as they are usually written."""

import numpy as np
import pandas as pd

from tests.bench.pay.data import OVERLAY, OVERRIDE, RATES, PayData, PayResult, Slices

Frames = tuple[pd.DataFrame, pd.DataFrame, int, bool]
"""Credits, quotas, the cap in minor units, and whether the credits come in order."""

EPOCH = np.datetime64("1970-01-01").astype("datetime64[D]")
EPOCH_ORDINAL = 719_163


def credit_frame(data: PayData) -> pd.DataFrame:
    """The credit rows with their number; the day as a timestamp."""
    day = (EPOCH + (data.day - EPOCH_ORDINAL).astype("timedelta64[D]")).astype("datetime64[s]")
    columns = {"payee": data.payee, "day": day, "amount": data.amount, "deal": data.deal, "form": data.form}
    return pd.DataFrame({"row_id": np.arange(data.rows, dtype=np.int32), **columns})


def quota_frame(data: PayData) -> pd.DataFrame:
    """The quotas, one row for each payee and quarter (1 to 4)."""
    payees = len(data.quota)
    payee, quarter = np.repeat(np.arange(payees, dtype=np.int32), 4), np.tile(np.arange(1, 5, dtype=np.int32), payees)
    return pd.DataFrame({"payee": payee, "quarter": quarter, "quota": data.quota.ravel()})


def half_up(hundredths: pd.Series) -> pd.Series:
    """Hundredths as whole numbers, ties away from zero."""
    return np.sign(hundredths) * ((hundredths.abs() + 50) // 100)


class PandasInt:
    """pandas with int64 minor units; as exact as whole numbers are."""

    name, exact = "pandas int64", True

    def prepare(self, data: PayData) -> Frames:
        """Two frames."""
        return credit_frame(data), quota_frame(data), int(data.cap), bool(data.ordered)

    def calculate(self, prepared: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Payouts and slices, each a frame."""
        way = running(prepared)
        direct = way["form"] != OVERLAY
        inside = [self._inside(way, total) for total in ("before", "after")]
        earlier, later = (self._earned(way, direct, *one, prepared[2]) for one in zip(inside, _TOTALS, strict=True))
        payouts = pd.DataFrame({"row_id": way["row_id"], "payout": half_up(later) - half_up(earlier)})
        return payouts, slices_of(way, direct, [after - before for before, after in zip(*inside, strict=True)])

    def result(self, prepared: Frames, calculated: tuple[pd.DataFrame, pd.DataFrame]) -> PayResult:
        """Both in the common columns."""
        payouts, slices = calculated
        return PayResult(payouts.sort_values("row_id")["payout"].to_numpy(np.int64), columns_of(slices))

    def _inside(self, way: pd.DataFrame, total: str) -> list[pd.Series]:
        """How much of a total lies in each tier; what is below zero lies in the first."""
        quota, at = way["quota"], way[total]
        half, high = quota // 2, quota // 2 * 3
        return [
            at.clip(upper=half),
            (at - half).clip(0, quota - half),
            (at - quota).clip(0, high - quota),
            (at - high).clip(lower=0),
        ]

    def _earned(self, way: pd.DataFrame, direct: pd.Series, inside: list[pd.Series], total: str, cap: int) -> pd.Series:
        """What a total earns, in hundredths of a minor unit."""
        by_tiers = sum(rate * part for rate, part in zip(RATES, inside, strict=True))
        return by_tiers.clip(upper=cap * 100).where(direct, way[total] * OVERRIDE)


_TOTALS = ("before", "after")


def running(prepared: Frames) -> pd.DataFrame:
    """The credits in order, with their quota and the running total of payee, form and quarter before and after them."""
    credits, quotas, _, ordered = prepared
    if not ordered:
        credits = credits.sort_values(["payee", "day", "deal"])
    quarter = credits["day"].dt.quarter
    after = credits["amount"].groupby([credits["payee"], credits["form"], quarter], sort=False).cumsum()
    way = credits.assign(quarter=quarter, before=after - credits["amount"], after=after)
    return way.merge(quotas, on=["payee", "quarter"], how="left")


def slices_of(way: pd.DataFrame, direct: pd.Series, bases: list[pd.Series]) -> pd.DataFrame:
    """One row for each credit and tier in which it has a part."""
    parts = [
        pd.DataFrame({"row_id": way["row_id"][kept], "tier": tier, "base": base[kept], "rate": rate})
        for tier, (base, rate) in enumerate(zip(bases, RATES, strict=True))
        for kept in [direct & (base != 0)]
    ]
    overlay = way[~direct & (way["amount"] != 0)]
    parts.append(pd.DataFrame({"row_id": overlay["row_id"], "tier": 0, "base": overlay["amount"], "rate": OVERRIDE}))
    slices = pd.concat(parts, ignore_index=True)
    return slices.assign(amount=slices["base"] * slices["rate"])


def columns_of(slices: pd.DataFrame) -> Slices:
    """A frame of slices as the common columns."""
    return Slices(*(slices[name].to_numpy() for name in ("row_id", "tier", "base", "rate", "amount")))


class PandasFloat:
    """pandas as it is usually written: amounts in currency units, rates as decimals, totals rounded to two places."""

    name, exact = "pandas float", False

    def prepare(self, data: PayData) -> Frames:
        """Two frames, with amounts and quotas in currency units."""
        credits, quotas = credit_frame(data), quota_frame(data)
        credits["amount"], quotas["quota"] = credits["amount"] / 100, quotas["quota"] / 100
        return credits, quotas, int(data.cap), bool(data.ordered)

    def calculate(self, prepared: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Payouts and slices, each a frame."""
        way = running(prepared)
        direct, cap = way["form"] != OVERLAY, prepared[2] / 100
        inside = [self._inside(way, total) for total in _TOTALS]
        earned = [
            sum(rate / 100 * part for rate, part in zip(RATES, parts, strict=True))
            .clip(upper=cap)
            .where(direct, way[total] * (OVERRIDE / 100))
            .round(2)
            for parts, total in zip(inside, _TOTALS, strict=True)
        ]
        payouts = pd.DataFrame({"row_id": way["row_id"], "payout": (earned[1] - earned[0]).round(2)})
        return payouts, slices_of(way, direct, [after - before for before, after in zip(*inside, strict=True)])

    def result(self, prepared: Frames, calculated: tuple[pd.DataFrame, pd.DataFrame]) -> PayResult:
        """Both in whole minor units, slices in hundredths of them, each the nearest one."""
        payouts, slices = calculated
        whole = slices.assign(base=np.rint(slices["base"] * 100), amount=np.rint(slices["amount"] * 100))
        paid = np.rint(payouts.sort_values("row_id")["payout"] * 100)
        return PayResult(paid.to_numpy().astype(np.int64), columns_of(whole))

    def _inside(self, way: pd.DataFrame, total: str) -> list[pd.Series]:
        """How much of a total lies in each tier; what is below zero lies in the first."""
        quota, at = way["quota"], way[total]
        return [
            at.clip(upper=0.5 * quota),
            (at - 0.5 * quota).clip(0, 0.5 * quota),
            (at - quota).clip(0, 0.5 * quota),
            (at - 1.5 * quota).clip(lower=0),
        ]
