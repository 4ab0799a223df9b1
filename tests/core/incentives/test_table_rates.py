"""Commissions whose rate is a formula, such as a lookup in a table: what they pay, by which row, in force by date."""

from fractions import Fraction

import pytest

from engine.core.formulas import EvaluationError
from engine.core.incentives.explain import explain_line
from engine.core.money import Money
from engine.core.rules.rulebook import Rulebook
from tests.core.incentives.world import World, cny, rulebook

VOCABULARY = "vocabulary: v\ndeal:\n  product_line: {type: choice, of: [hardware, software, service]}\n"
TABLE = """
table: commission-rate
in_force: {from: 2026-01-01, until: 2026-03-01}
gives: {rate: percent, factor: number}
by: [deal.product_line, deal.amount]
hit: first
rows: {csv: january.csv}
"""
ROWS = """deal.product_line,deal.amount,rate,factor
hardware,< 1万 CNY,5%,1
hardware,>= 1万 CNY,4%,2
-,-,1%,1
"""
PLAN = """
plan: p
period: quarter
credits:
  - {credit: bookings, on: deal.won, amount: deal.amount, to: {split: deal.team, rest: deal.owner}}
components:
  - commission: c
    of: bookings
    rate: lookup(commission-rate)
"""
SPRING = TABLE.replace("from: 2026-01-01, until: 2026-03-01", "from: 2026-03-01, until: 2027-01-01").replace(
    "january", "march"
)


def company(more: str = "", plan: str = PLAN) -> World:
    return World(rules(more, plan))


def rules(more: str = "", plan: str = PLAN) -> Rulebook:
    files = {"v.yaml": VOCABULARY, "t.yaml": TABLE, "january.csv": ROWS}
    files |= {"t2.yaml": SPRING, "march.csv": ROWS.replace("5%", "7%"), "plan": plan + more}
    return rulebook(**files)


def test_each_deal_is_paid_by_its_row() -> None:
    world = company()
    world.win("D1", cny(9_000), "2026-02-01", product_line="hardware")
    world.win("D2", cny(10_000), "2026-02-02", product_line="hardware")
    world.win("D3", cny(10_000), "2026-02-03", product_line="service")
    world.win("D4", cny(10_000), "2026-02-04")
    assert [line.earned for line in world.lines("ann")] == [cny(450), cny(400), cny(100), cny(100)]


def test_the_version_in_force_on_the_event_s_day_counts() -> None:
    world = company()
    world.win("D1", cny(1_000), "2026-02-28", product_line="hardware")
    world.win("D2", cny(1_000), "2026-03-01", product_line="hardware")
    assert [line.earned for line in world.lines("ann")] == [cny(50), cny(70)]
    assert [line.steps[4].particulars[2] for line in world.lines("ann")] == [
        ("rows", "january.csv:2"),
        ("rows", "march.csv:2"),
    ]


def test_a_day_without_a_version_is_an_error_and_not_nothing() -> None:
    world = company().win("D1", cny(1_000), "2025-12-31", product_line="hardware")
    with pytest.raises(EvaluationError) as error:
        world.lines("ann")
    assert (error.value.code, error.value.params) == ("E132", {"table": "commission-rate", "on": "2025-12-31"})


def test_an_amount_in_another_currency_is_looked_up_at_the_rate_of_the_day() -> None:
    world = company()
    world.win("D1", Money.parse("1_379 USD"), "2026-02-01", product_line="hardware")
    world.win("D2", Money.parse("1_380 USD"), "2026-02-02", product_line="hardware")
    rates = [dict(line.steps[4].particulars)["rate"] for line in world.lines("ann")]
    assert rates == ["5%", "4%"], "9,997.75 CNY and 10,005.00 CNY at 7.25"


def test_the_trace_says_the_formula_the_rate_and_the_row() -> None:
    line = company().win("D1", cny(1_000), "2026-02-01", product_line="hardware").lines("ann")[0]
    assert "Rate: 5%, which is lookup(commission-rate) (january.csv:2)" in explain_line(line, "en")
    assert "费率：5%，即 lookup(commission-rate)（january.csv:2）" in explain_line(line, "zh")
    assert "  1,000.00 × 5% = 50.00 CNY" in explain_line(line, "en")


def test_a_rate_is_any_formula_on_the_facts_of_the_credit() -> None:
    plan = PLAN.replace(
        "lookup(commission-rate)", 'if deal.product_line = "service" then 10% else deal.margin / deal.amount'
    )
    world = company(plan=plan)
    world.win("D1", cny(1_000), "2026-02-01", product_line="service")
    world.win("D2", cny(900), "2026-02-02", product_line="hardware", margin=cny(300))
    world.win("D3", cny(900), "2026-02-03", product_line="hardware")
    assert [line.earned for line in world.lines("ann")] == [cny(100), cny(300), cny(0)]
    assert (
        'Rate: if deal.product_line = "service" then 10% else deal.margin / deal.amount has no value, so nothing is paid'
        in (explain_line(world.lines("ann")[2], "en"))
    )


def test_another_result_of_the_table_is_asked_by_name() -> None:
    world = company("    multiply: lookup(commission-rate.factor)\n")
    world.win("D1", cny(9_000), "2026-02-01", product_line="hardware")
    world.win("D2", cny(10_000), "2026-02-02", product_line="hardware")
    assert [line.earned for line in world.lines("ann")] == [cny(450), cny(800)]


def test_everything_else_of_a_commission_applies_to_it() -> None:
    more = "    per_deal: {at_most: 300 CNY}\n    cap: {at_most: 500 CNY}\n"
    more += "    clawback: {on: deal.cancelled, share: 100%}\n"
    world = company(more).win("D1", cny(10_000), "2026-02-01", product_line="hardware")
    world.win("D2", cny(10_000), "2026-02-02", product_line="hardware")
    assert [line.earned for line in world.lines("ann")] == [cny(300), cny(200)]
    world.happen("deal.cancelled", "D2", "2026-02-20", reason="x")
    assert [line.earned for line in world.lines("ann")] == [cny(300), cny(0)]


def test_a_cancelled_deal_gives_back_exactly_its_own_rate() -> None:
    world = company("    clawback: {on: deal.cancelled, share: 50%}\n")
    world.win("D1", cny(9_000), "2026-02-01", product_line="hardware")
    world.win("D2", cny(9_000), "2026-02-02", product_line="service")
    world.happen("deal.cancelled", "D1", "2026-02-20", reason="x")
    assert [line.earned for line in world.lines("ann")] == [cny(225), cny(90)]
    assert world.lines("ann")[0].unwound[0].amount == Fraction(-45000)


def test_a_gate_of_the_whole_window_reads_the_version_of_the_last_day_looked_at() -> None:
    gated = TABLE.replace("[deal.product_line, deal.amount]", "[owner.level]").replace("commission-rate", "bar")
    gated = gated.replace("rows: {csv: january.csv}", "rows: [{rate: 5%, factor: 1}]")
    spring = gated.replace("from: 2026-01-01, until: 2026-03-01", "from: 2026-03-01, until: 2027-01-01").replace(
        "5%", "9%"
    )
    files = {"v.yaml": VOCABULARY, "t.yaml": gated, "t2.yaml": spring}
    plan = PLAN.replace("rate: lookup(commission-rate)", "rate: 10%\n    gate: lookup(bar) >= 9%")
    world = World(rulebook(**files, plan=plan)).win("D1", cny(1_000), "2026-02-01")
    assert world.earned("ann", "2026-02-28") == cny(0)
    assert world.earned("ann", "2026-03-01") == cny(100)


def test_whom_a_plan_pays_may_be_asked_of_a_table_in_force_on_the_day() -> None:
    paid = "table: paid\nin_force: {from: 2026-03-01}\ngives: {yes: bool}\nby: [owner.role]\nrows:\n"
    paid += "  - {owner.role: account_executive, yes: yes}\n  - {owner.role: not(account_executive), yes: no}\n"
    plan = PLAN.replace("period: quarter", "in_force: {from: 2026-03-01}\npays: lookup(paid)\nperiod: quarter")
    plan = plan.replace("lookup(commission-rate)", "10%")
    world = World(rulebook(**{"v.yaml": VOCABULARY, "paid.yaml": paid, "plan": plan})).person("bob", "rep")
    world.win("D1", cny(1_000), "2026-03-01").win("D2", cny(1_000), "2026-03-01", owner="bob")
    assert (world.earned("ann"), world.earned("bob")) == (cny(100), cny(0))
