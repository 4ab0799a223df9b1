"""The engine and a deliberately simple calculation of pay agree to the cent, over thousands of random histories."""

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.core.rules.plan import Limit
from tests.core.incentives.oracle import SimplePlan, pay
from tests.core.incentives.simple import calculate, credits, plan_of, table

FACTORS = (Fraction(1), Fraction(6, 5), Fraction(1, 3))


def any_plan(chance: Random) -> SimplePlan:
    """Any plan that both sides understand."""
    starts = [Fraction(0)]
    for _ in range(chance.randint(0, 4)):
        starts.append(starts[-1] + chance.randint(1, 4_000_00))
    rates = tuple(Fraction(chance.randint(0, 500), chance.choice([1000, 999, 100])) / 2 for _ in starts)
    method = chance.choice(["marginal", "marginal", "whole", "flat"])
    if method == "flat":
        flats = tuple(chance.randint(0, 500_00) for _ in starts)
        return SimplePlan(method, tuple(starts), rates, flats, chance.choice([None, chance.randint(1, 2_000_00)]))
    crosses = chance.choice(["split", "rate_before", "rate_including"]) if method == "marginal" else "split"
    least, most = sorted((chance.randint(1, 900_00), chance.randint(1, 900_00)))
    return SimplePlan(
        method, tuple(starts), rates, (), chance.choice([None, chance.randint(1, 2_000_00)]),
        chance.choice([None, most]), chance.choice([None, least]), crosses,
        tuple(chance.choice(FACTORS) for _ in range(12)),
    )  # fmt: skip


def money(minor: int | None) -> Money | None:
    """An amount, or none."""
    return None if minor is None else Money(minor, "CNY")


def by_engine(plan: SimplePlan, amounts: list[int]) -> tuple[EarningLine, ...]:
    """What the engine says."""
    rates = None if plan.method == "flat" else plan.rates
    made = plan_of(
        table(plan.method, plan.starts, rates, plan.flats, crosses=plan.crosses),
        cap=Limit(money(plan.cap)) if plan.cap else None,
        per_deal=Limit(money(plan.most), money(plan.least)) if plan.most or plan.least else None,
        multiply="factor" if plan.factors else "",
    )
    return calculate(made, credits(amounts, plan.factors))


def test_four_thousand_random_plans_and_histories_pay_alike() -> None:
    chance = Random(20260331)
    for number in range(4000):
        plan, amounts = any_plan(chance), [chance.randint(1, 5_000_00) for _ in range(chance.randint(1, 8))]
        found = [line.earned.minor for line in by_engine(plan, amounts)]
        assert found == pay(plan, amounts), (number, plan, amounts)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9), amounts=st.lists(st.integers(1, 5_000_00), min_size=1, max_size=12))
def test_every_line_is_what_the_simple_calculation_pays(seed: int, amounts: list[int]) -> None:
    plan = any_plan(Random(seed))
    assert [line.earned.minor for line in by_engine(plan, amounts)] == pay(plan, amounts)


@settings(max_examples=100, deadline=None)
@given(
    seed=st.integers(0, 10**9), quota=st.integers(1, 10**8),
    amounts=st.lists(st.integers(1, 5_000_00), min_size=1, max_size=8),
)  # fmt: skip
def test_attainment_of_a_quota_is_the_same_scale_in_other_units(seed: int, amounts: list[int], quota: int) -> None:
    plan, own = any_plan(Random(seed)), credits(amounts)
    rates = None if plan.method == "flat" else plan.rates
    ratios = [start / quota for start in plan.starts]
    by_quota = plan_of(table(plan.method, ratios, rates, plan.flats, by="attainment", crosses=plan.crosses))
    by_amount = plan_of(table(plan.method, plan.starts, rates, plan.flats, crosses=plan.crosses))
    found, wanted = calculate(by_quota, own, quota=quota), calculate(by_amount, own)
    assert [line.earned for line in found] == [line.earned for line in wanted]
