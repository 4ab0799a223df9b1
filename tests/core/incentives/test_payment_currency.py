"""Kinds of exchange rates: into the plan's currency at crediting, and last of all into the currency of payment."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.formulas import EvaluationError
from engine.core.incentives.explain import explain_line
from engine.core.incentives.payouts import differences, posted_by_line
from engine.core.money import Money, Rounding, rounded
from tests.core.incentives.world import World, cny, quota, rulebook

VOCABULARY = "vocabulary: v\nowner:\n  pay_currency: {type: currency}\n"
RATES = """source,target,from,rate,kind
USD,CNY,2026-01-01,7.25,
USD,CNY,2026-03-01,7.10,spot
USD,CNY,2026-01-01,7.00,plan
USD,CNY,2026-02-01,7.20,month_average
CNY,EUR,2026-01-01,0.125,plan
CNY,EUR,2026-01-01,0.13,spot
CNY,EUR,2026-03-31,0.12,spot
CNY,EUR,2026-03-01,0.1234,month_average
CNY,JPY,2026-01-01,20.5,spot
"""
PLAN = """
plan: p
in_force: {from: 2026-01-01}
period: quarter
%s
credits:
  - {credit: bookings, on: deal.won, amount: deal.amount, to: {split: deal.team, rest: deal.owner}}
  - {credit: cash, on: payment.received, amount: payment.amount, to: {split: deal.team, rest: deal.owner}}
components:
  - commission: c
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0, rate: 10%%}]}
    release: [{share: 50%%, on: deal.won}, {share: 50%%, on: payment.received}]
    clawback: {on: deal.cancelled, share: 100%%}
"""


def company(keys: str = "", plan: str = PLAN) -> World:
    return World(rulebook(**{"v.yaml": VOCABULARY, "rates.csv": RATES, "plan": plan % keys}))


def refused(ask: Callable[[], object]) -> tuple[str, dict[str, str]]:
    with pytest.raises(EvaluationError) as error:
        ask()
    return error.value.code, error.value.params


CREDITED = [
    ("", "2026-02-05", "7_250 CNY", "USD-CNY-2026-01-01"),
    ("exchange: {kind: spot}", "2026-03-05", "7_100 CNY", "USD-CNY-2026-03-01"),
    ("exchange: {kind: plan}", "2026-03-05", "7_000 CNY", "USD-CNY-2026-01-01-plan"),
    ("exchange: {kind: month_average}", "2026-02-05", "7_200 CNY", "USD-CNY-2026-02-01-month_average"),
    ("exchange: {kind: spot, on: deal.won_on}", "2026-03-05", "7_100 CNY", "USD-CNY-2026-03-01"),
]


@pytest.mark.parametrize(("keys", "day", "amount", "rate"), CREDITED)
def test_a_deal_is_credited_at_the_kind_of_rate_that_the_plan_says(keys: str, day: str, amount: str, rate: str) -> None:
    (credit,) = company(keys).win("D1", Money.parse("1_000 USD"), day).credits()
    assert (credit.amount, credit.rate, credit.source_amount) == (Money.parse(amount), rate, Money.parse("1_000 USD"))


def test_a_payment_may_be_credited_at_the_rate_of_the_win_or_of_the_invoice() -> None:
    def paid(on: str) -> World:
        world = company(f"exchange: {{kind: spot, on: {on}}}")
        world.win("D1", Money.parse("1_000 USD"), "2026-02-05")
        world.happen("invoice.issued", "D1", "2026-02-20", invoice="I1", amount=Money.parse("1_000 USD"))
        return world.happen("payment.received", "D1", "2026-03-05", payment="P1", amount=Money.parse("100 USD"))

    cash = [credit.amount for credit in paid("deal.won_on").credits() if credit.name == "cash"]
    assert cash == [Money.parse("725 CNY")]
    missing = refused(lambda: paid("invoice_date"))
    assert missing[0] == "E134", "the win comes before any invoice"
    assert missing[1]["on"] == "invoice_date (?)"


def test_the_average_of_a_month_holds_for_that_month_alone_and_a_missing_rate_is_an_error() -> None:
    world = company("exchange: {kind: month_average}")
    assert refused(lambda: world.win("D1", Money.parse("1 USD"), "2026-03-01")) == (
        "E134", {"kind": "month_average", "source": "USD", "target": "CNY", "on": "2026-03-01"},
    )  # fmt: skip


def test_a_rate_of_another_kind_is_never_used_in_its_place() -> None:
    world = company("exchange: {kind: plan}")
    found = refused(lambda: world.win("D1", Money.parse("1 EUR"), "2026-03-01"))
    assert found == ("E134", {"kind": "plan", "source": "EUR", "target": "CNY", "on": "2026-03-01"})


PAID = [
    ("pays_in: {currency: EUR}", "130.00 EUR", "CNY-EUR-2026-01-01"),
    ("pays_in: {currency: EUR, rate: {kind: plan}}", "125.00 EUR", "CNY-EUR-2026-01-01-plan"),
    ("pays_in: {currency: EUR, rate: {on: period_end}}", "120.00 EUR", "CNY-EUR-2026-03-31"),
    (
        "pays_in: {currency: EUR, rate: {kind: month_average, on: period_end}}",
        "123.40 EUR",
        "CNY-EUR-2026-03-01-month_average",
    ),
    ("pays_in: {currency: JPY}", "20,500 JPY", "CNY-JPY-2026-01-01"),
]


@pytest.mark.parametrize(("keys", "amount", "rate"), PAID)
def test_pay_is_converted_last_and_the_trace_says_source_rate_and_result(keys: str, amount: str, rate: str) -> None:
    (line,) = company(keys).win("D1", cny(10_000), "2026-02-05").lines("ann")
    assert str(line.earned) == amount
    assert f"Currency: 1,000.00 CNY paid as {amount} at the rate {rate}" in explain_line(line, "en")
    assert f"币种：1,000.00 CNY 按汇率 {rate} 折为 {amount} 支付" in explain_line(line, "zh")
    assert "  10,000.00 × 10% = 1,000.00 CNY" in explain_line(line, "en"), "the arithmetic stays in the plan's currency"


def test_until_the_period_ends_the_day_looked_at_counts() -> None:
    world = company("pays_in: {currency: EUR, rate: {on: period_end}}").win("D1", cny(10_000), "2026-02-05")
    assert world.earned("ann", "2026-03-30") == Money.parse("130 EUR")
    assert world.earned("ann", "2026-03-31") == Money.parse("120 EUR")


def test_a_deal_in_a_third_currency_names_both_rates() -> None:
    world = company("exchange: {kind: plan}\npays_in: {currency: EUR, rate: {kind: plan}}")
    (line,) = world.win("D1", Money.parse("1_000 USD"), "2026-02-05").lines("ann")
    told = "1,000.00 USD at the rate USD-CNY-2026-01-01-plan into CNY; "
    told += "700.00 CNY paid as 87.50 EUR at the rate CNY-EUR-2026-01-01-plan"
    assert f"Currency: {told}" in explain_line(line, "en")


def test_released_taken_back_and_withheld_are_converted_too() -> None:
    world = company("pays_in: {currency: EUR, rate: {kind: plan}}").win("D1", cny(10_000), "2026-02-05")
    (line,) = world.lines("ann")
    assert (line.earned, line.released, line.held) == tuple(map(Money.parse, ("125 EUR", "62.50 EUR", "62.50 EUR")))
    world.happen("deal.cancelled", "D1", "2026-02-20", reason="x")
    (line,) = world.lines("ann")
    assert (line.earned.minor, line.taken_back) == (0, Money.parse("125 EUR"))


def test_each_payee_has_the_currency_of_their_own_fact() -> None:
    world = company("pays_in: {currency: owner.pay_currency}")
    world.person("ann", pay_currency="EUR").person("bob", pay_currency="CNY").person("cid")
    for owner in ("ann", "bob", "cid"):
        world.win(f"D-{owner}", cny(10_000), "2026-02-05", owner=owner)
    assert [world.earned(who) for who in ("ann", "bob")] == [Money.parse("130 EUR"), cny(1_000)]
    assert refused(lambda: world.lines("cid"))[1]["target"] == "owner.pay_currency (?)"


def test_when_the_currency_changes_what_was_posted_goes_back_in_the_old_one() -> None:
    before = company().win("D1", cny(10_000), "2026-02-05").lines("ann")
    after = company("pays_in: {currency: EUR}").win("D1", cny(10_000), "2026-02-05").lines("ann")
    posted = posted_by_line(differences(before, {}, "2026-02"))
    moved = [(entry.kind, str(entry.amount)) for entry in differences(after, posted, "2026-03")]
    assert moved == [
        ("earned", "130.00 EUR"), ("released", "65.00 EUR"), ("reversed", "1,000.00 CNY"), ("reversed", "500.00 CNY"),
    ]  # fmt: skip


def test_attainment_and_quota_stay_in_the_plan_s_currency() -> None:
    plan = PLAN.replace("by: amount", "by: attainment").replace(
        "tiers: [{from: 0, rate: 10%%}]", "tiers: [{from: 0%%, rate: 1%%}, {from: 100%%, rate: 2%%}]"
    )
    world = company(
        "pays_in: {currency: EUR, rate: {kind: plan}}", plan.replace("of: bookings", "of: bookings\n    quota: quota")
    )
    world.keep(quota("ann", cny(10_000))).win("D1", cny(20_000), "2026-02-05")
    assert world.earned("ann") == Money.parse("37.50 EUR")


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=5), st.sampled_from(["half_up", "half_even", "down"]))
def test_every_line_is_rounded_once_and_the_sum_is_that_of_the_lines(minors: list[int], mode: str) -> None:
    world = company(f"rounding: {mode}\npays_in: {{currency: EUR}}")
    plain = company(f"rounding: {mode}")
    for number, minor in enumerate(minors):
        world.win(f"D{number}", Money(minor, "CNY"), "2026-02-05")
        plain.win(f"D{number}", Money(minor, "CNY"), "2026-02-05")
    expected = [line.earned.minor * Fraction("0.13") for line in plain.lines("ann")]
    whole = [rounded(exact.numerator, exact.denominator, Rounding(mode)) for exact in expected]
    assert [line.earned.minor for line in world.lines("ann")] == whole
    assert world.earned("ann") == Money(sum(whole), "EUR")
