"""Makes credit rows of a year, always the same for the same seed: deals, splits, returns, managers, quotas.

A deal has one owner, or two who share it (two direct rows; the odd cent goes to the later payee), and most have an
overlay row to the owner's manager. Amounts are log-normal whole cents, a few of them returns. Days pile up towards the
end of a quarter.
"""

from datetime import date

import numpy as np

from tests.bench.pay.data import DIRECT, OVERLAY, PayData

TEAM = 10
"""How many representatives a manager has."""

SHARED, OVERSEEN, RETURNED = 0.30, 0.75, 0.015
"""The shares of deals that two payees split, that a manager has an overlay credit of, and that are returns."""

MEDIAN_DEAL, SPREAD = 1_200_000, 1.1
"""The median deal in minor units, and the standard deviation of its logarithm."""

SHARES = np.array([30, 40, 50, 60, 70])
"""What the first of two payees may get of a deal, in percent."""

QUARTERS = (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1))


def generate(credits: int, payees: int, seed: int = 2026, ordered: bool = True) -> PayData:
    """So many credit rows of so many payees (at least 12; about one in eleven is a manager). Not ordered: shuffled."""
    chance = np.random.default_rng(seed)
    managers = max(1, payees // (TEAM + 1))
    columns = _rows(chance, credits, payees, managers)
    quota = _quotas(chance, columns, payees, managers)
    day, deal, payee = columns["day"], columns["deal"], columns["payee"]
    order = np.lexsort((deal, day, payee)) if ordered else chance.permutation(credits)
    sorted_ = {name: np.ascontiguousarray(column[order]) for name, column in columns.items()}
    cap = np.int64(quota.mean() * 0.20) // 100 * 100
    return PayData(**sorted_, quota=quota, cap=cap, ordered=np.bool_(ordered))


def _rows(chance: np.random.Generator, credits: int, payees: int, managers: int) -> dict[str, np.ndarray]:
    """Exactly so many rows: deals are made until there are enough, and what is beyond is left away."""
    deals = int(credits / (1 + SHARED + OVERSEEN) * 1.01) + 100
    owner, other = _two(chance, deals, payees, managers)
    amount, day = _amounts(chance, deals), _days(chance, deals)
    is_shared, is_overseen = chance.random(deals) < SHARED, chance.random(deals) < OVERSEEN
    mine, theirs = _split(amount, np.where(is_shared, chance.choice(SHARES, deals), 100), owner, other)
    number = np.arange(deals, dtype=np.int32)
    manager = ((owner - managers) % managers).astype(np.int32)
    parts = (
        (np.ones(deals, dtype=bool), owner, mine, DIRECT),
        (is_shared, other, theirs, DIRECT),
        (is_overseen, manager, amount, OVERLAY),
    )
    columns = {
        "payee": np.concatenate([who[kept] for kept, who, _, _ in parts]),
        "day": np.concatenate([day[kept] for kept, *_ in parts]),
        "amount": np.concatenate([minor[kept] for kept, _, minor, _ in parts]),
        "deal": np.concatenate([number[kept] for kept, *_ in parts]),
        "form": np.concatenate([np.full(np.count_nonzero(kept), form, np.int8) for kept, _, _, form in parts]),
    }
    first = np.argsort(columns["deal"], kind="stable")[:credits]
    return {name: column[first] for name, column in columns.items()}


def _two(chance: np.random.Generator, deals: int, payees: int, managers: int) -> tuple[np.ndarray, np.ndarray]:
    """The owner of each deal and another representative; managers are the first payees and own nothing."""
    people = payees - managers
    owner = chance.integers(0, people, deals)
    other = (owner + chance.integers(1, people, deals)) % people
    return (owner + managers).astype(np.int32), (other + managers).astype(np.int32)


def _amounts(chance: np.random.Generator, deals: int) -> np.ndarray:
    """Whole cents, never nothing; a return is a smaller amount with a minus."""
    size = np.exp(chance.normal(np.log(MEDIAN_DEAL), SPREAD, deals))
    back = chance.random(deals) < RETURNED
    return np.where(back, -np.ceil(size * 0.4), np.ceil(size)).astype(np.int64)


def _days(chance: np.random.Generator, deals: int) -> np.ndarray:
    """Ordinals within 2026; of three deals one falls into the last weeks of its quarter."""
    starts = np.array([one.toordinal() for one in QUARTERS])
    quarter = chance.integers(0, 4, deals)
    length = np.diff(starts)[quarter]
    place = np.where(chance.random(deals) < 1 / 3, 1 - chance.random(deals) ** 2 * 0.25 - 1e-9, chance.random(deals))
    return (starts[:-1][quarter] + np.floor(place * length)).astype(np.int32)


def _split(
    amount: np.ndarray, percent: np.ndarray, owner: np.ndarray, other: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The owner's and the other's part: each cut off at the cent towards zero, what is left over to the later payee."""
    sign, size = np.sign(amount), np.abs(amount)
    mine, theirs = size * percent // 100, size * (100 - percent) // 100
    rest = np.where(percent < 100, size - mine - theirs, 0)
    return sign * (mine + np.where(owner > other, rest, 0)), sign * (theirs + np.where(owner > other, 0, rest))


def _quotas(chance: np.random.Generator, columns: dict[str, np.ndarray], payees: int, managers: int) -> np.ndarray:
    """Around what a representative sells in a quarter on average, in whole thousands of the currency, at least one."""
    direct = columns["amount"][columns["form"] == DIRECT].sum()
    usual = direct / (payees - managers) / 4
    thousands = np.rint(usual * np.exp(chance.normal(0, 0.35, (payees, 4))) / 100_000)
    return np.maximum(1, thousands).astype(np.int64) * 100_000
