"""A matrix of two measures: bookings × margin attainment, at the window's end, for a commission and a target bonus."""

from fractions import Fraction

import pytest

from engine.core.incentives.explain import explain_line
from engine.core.money import Money
from tests.core.incentives.world import World, cny, quota, rulebook

MATRIX = """
table: growth
gives: {factor: number}
by: [{bookings: percent, margin: percent}]
rows: {csv: growth.csv}
"""
ROWS = """bookings,margin,factor
< 100%,< 100%,0.5
< 100%,>= 100%,0.8
>= 100%,< 100%,1
>= 100%,>= 100%,1.5
"""
PLAN = """
plan: p
in_force: {from: 2026-01-01}
period: quarter
credits:
  - {credit: bookings, on: deal.won, amount: deal.amount, to: {split: deal.team, rest: deal.owner}}
  - {credit: margin, on: deal.won, when: deal.margin is set, amount: deal.margin, to: like bookings}
components:
  - commission: c
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0, rate: 10%}]}
    multiply: lookup(growth, attainment(bookings, quarter), attainment(margin, quarter))
"""
BONUS = """
plan: b
in_force: {from: 2026-01-01, until: 2026-04-01}
period: quarter
components:
  - bonus: balanced
    target: 1_000 CNY
    multiply: lookup(growth, attainment(bookings, quarter), attainment(margin, quarter))
"""


def company(plan: str = PLAN, matrix: str = MATRIX, **more: str) -> World:
    world = World(rulebook(**{"growth.yaml": matrix, "growth.csv": ROWS, "plan": plan, **more}))
    return world.person("ann").keep(quota("ann", cny(1_000)), quota("ann", cny(100), measure="margin"))


def two_deals(world: World, second_margin: int = 60) -> World:
    world.win("D1", cny(600), "2026-02-01", margin=cny(60))
    return world.win("D2", cny(600), "2026-02-02", margin=cny(second_margin))


def test_every_deal_of_the_window_has_the_factor_of_the_end_whatever_was_reached_when_it_was_won() -> None:
    assert [line.earned for line in two_deals(company()).lines("ann")] == [cny(90), cny(90)]
    assert [line.earned for line in two_deals(company(), 30).lines("ann")] == [cny(60), cny(60)]


def test_on_a_day_before_the_end_what_is_known_counts() -> None:
    world = two_deals(company())
    assert [line.earned for line in world.lines("ann", "2026-02-01")] == [cny(30)]


def test_a_formula_that_asks_for_its_own_measure_alone_keeps_the_running_attainment() -> None:
    plan = PLAN.replace(", attainment(margin, quarter))", ", 100%)").replace(
        "of: bookings", "of: bookings\n    quota: quota"
    )
    assert [line.earned for line in two_deals(company(plan)).lines("ann")] == [cny(48), cny(90)]


def test_a_rate_may_be_a_matrix_too() -> None:
    rated = PLAN.replace("    rates: {by: amount, method: marginal, tiers: [{from: 0, rate: 10%}]}\n", "")
    rated = rated.replace("multiply:", "rate:")
    matrix = MATRIX.replace("factor: number", "factor: percent")
    world = World(rulebook(**{"growth.yaml": matrix, "growth.csv": ROWS.replace("0.5", "5%").replace("0.8", "8%").replace(
        "%,1\n", "%,10%\n").replace("1.5", "15%"), "plan": rated}))  # fmt: skip
    world.person("ann").keep(quota("ann", cny(1_000)), quota("ann", cny(100), measure="margin"))
    assert [line.earned for line in two_deals(world).lines("ann")] == [cny(90), cny(90)]


def test_the_trace_says_both_attainments_and_the_cell() -> None:
    line = two_deals(company()).lines("ann")[0]
    asked = "lookup(growth, attainment(bookings, quarter), attainment(margin, quarter))"
    told = "attainment(bookings, quarter) = 120%, attainment(margin, quarter) = 120%, growth.csv:5"
    assert f"Multiplier: × 1.5 ({asked}: {told})" in explain_line(line, "en")
    assert f"系数：× 1.5（{asked}：{told}）" in explain_line(line, "zh")


def test_without_a_quota_of_the_other_measure_nothing_is_paid_until_there_is_one() -> None:
    world = World(rulebook(**{"growth.yaml": MATRIX, "growth.csv": ROWS, "plan": PLAN}))
    world.person("ann").keep(quota("ann", cny(1_000)))
    (line, _) = two_deals(world).lines("ann")
    assert line.earned == cny(0)
    assert line.steps[6].code == "not_set"


def test_a_cancelled_deal_no_longer_counts_for_either_measure() -> None:
    world = two_deals(company(PLAN + "    clawback: {on: deal.cancelled, share: 100%}\n"))
    world.happen("deal.cancelled", "D2", "2026-02-20", reason="x")
    assert [line.earned for line in world.lines("ann")] == [cny(30), cny(0)]


def test_a_target_bonus_is_paid_by_the_matrix_at_the_period_s_end() -> None:
    world = two_deals(company(bonus=BONUS))
    assert not [line for line in world.lines("ann", "2026-03-30") if line.plan == "b"]
    (line,) = (line for line in world.lines("ann", "2026-03-31") if line.plan == "b")
    assert line.earned == cny(1_500)
    assert line.steps[6].code == "looked_up"


@pytest.mark.parametrize(("period", "factor"), [("year", "0.5"), ("2026-Q1", "1.5"), ("period", "1.5")])
def test_the_other_period_may_be_named_or_told_from_the_window(period: str, factor: str) -> None:
    plan = PLAN.replace("quarter), attainment(margin, quarter)", f"{period}), attainment(margin, {period})")
    world = company(plan).keep(quota("ann", cny(9_000), "2026"), quota("ann", cny(900), "2026", "margin"))
    assert two_deals(world).lines("ann")[0].earned == cny(60) * Fraction(factor)


def test_the_version_of_a_table_for_a_target_bonus_is_that_of_the_last_day() -> None:
    spring = MATRIX.replace("gives:", "in_force: {from: 2026-03-31}\ngives:").replace("growth.csv", "spring.csv")
    winter = MATRIX.replace("gives:", "in_force: {from: 2026-01-01, until: 2026-03-31}\ngives:")
    world = company(matrix=winter, bonus=BONUS, **{"spring.yaml": spring, "spring.csv": ROWS.replace("1.5", "2")})
    (line,) = (line for line in two_deals(world).lines("ann", "2026-03-31") if line.plan == "b")
    assert line.earned == Money.parse("2_000 CNY")
