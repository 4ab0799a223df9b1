"""Attainment of a quota is the scale of amounts in other units: the same tiers, the same credits, the same pay."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.incentives.simple import calculate, credits, plan_of, table

CROSSINGS = ("split", "rate_before", "rate_including")


@pytest.mark.parametrize("method", ["marginal", "whole", "interpolated", "flat"])
@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**9), quota=st.integers(1, 10**8),
    amounts=st.lists(st.integers(1, 5_000_00), min_size=1, max_size=8),
)  # fmt: skip
def test_attainment_of_a_quota_is_the_same_scale_in_other_units(
    method: str, seed: int, amounts: list[int], quota: int
) -> None:
    chance, own = Random(seed), credits(amounts)
    starts = [0, *sorted(chance.sample(range(1, 8_000_00), chance.randint(0, 4)))]
    rates = None if method == "flat" else [Fraction(chance.randint(0, 500), 999) for _ in starts]
    flats = [chance.randint(0, 500_00) for _ in starts] if method == "flat" else ()
    crosses = chance.choice(CROSSINGS) if method == "marginal" else "split"
    ratios = [Fraction(start, quota) for start in starts]
    by_quota = plan_of(table(method, ratios, rates, flats, by="attainment", crosses=crosses))
    by_amount = plan_of(table(method, starts, rates, flats, crosses=crosses))
    found, wanted = calculate(by_quota, own, quota=quota), calculate(by_amount, own)
    assert [line.earned for line in found] == [line.earned for line in wanted]
