"""Fixed amounts: a bonus for an event within its budget, a target once a period, a partner's referral fee."""

from datetime import date
from fractions import Fraction

import pytest

from engine.core.incentives.budgets import within_budget
from engine.core.money import Money
from engine.core.outcomes import Passed
from engine.core.records import Partner
from tests.core.incentives.world import World, cny, rulebook

SPIFF = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
pays: owner.role = "account_executive"
period: quarter
proration: PRORATION
components:
  - bonus: spiff
    on: deal.won
    amount: 500 CNY
    budget: 1_200 CNY
    clawback: {on: deal.cancelled, within: 30 days, share: 50%}
  - bonus: kpi
    target: 20_000 CNY
    multiply: owner.kpi
"""
KPI = "vocabulary: v\nowner:\n  kpi: {type: number, title: {en: KPI, zh: 绩效系数}}\n"
RESELLERS = """
programme: resellers
title: {en: Resellers, zh: 经销商}
in_force: {from: 2026-01-01}
channels: [partner]
currency: CNY
agreement: {needed: yes}
registration:
  protects: 90 days
  refuse_when: [{when: registration.conflict, else: {en: Already registered, zh: 该客户已被报备}}]
  conflict: {same: [account, product_line], verdict: first_wins}
incentives:
  - referral: introduction
    on: deal.won
    when: deal.referred_by is set
    amount: 3% of deal.amount
    at_most: 20_000 CNY
"""


def company(proration: str = "none") -> World:
    """Ann and Cai on the plan."""
    return World(rulebook(vocabulary=KPI, plan=SPIFF.replace("PRORATION", proration))).person("ann").person("cai")


def of(world: World, payee: str, component: str, **more: object) -> list[Money]:
    """What a component earns, line by line."""
    return [line.earned for line in world.lines(payee, **more) if line.component == component]  # type: ignore[arg-type]


def test_a_budget_is_shared_by_all_first_come_and_the_last_one_gets_what_is_left() -> None:
    world = company()
    world.win("D3", cny(1), "2026-02-04", owner="cai").win("D1", cny(1), "2026-02-02", owner="ann")
    world.win("D4", cny(1), "2026-02-05", owner="ann").win("D2", cny(1), "2026-02-03", owner="cai")
    assert of(world, "ann", "spiff") == [cny(500), cny(0)]
    assert of(world, "cai", "spiff") == [cny(500), cny(200)]
    assert sum(given.amount.minor for given in within_budget(world.grants(), date(2026, 12, 31)).values()) == 1_200_00


def test_what_is_undone_does_not_free_the_budget_and_is_taken_back_in_part() -> None:
    world = company().win("D1", cny(1), "2026-02-02").win("D2", cny(1), "2026-02-03").win("D3", cny(1), "2026-02-04")
    world.happen("deal.cancelled", "D1", "2026-02-20", reason="x")
    assert of(world, "ann", "spiff") == [cny(250), cny(500), cny(200)]
    world.happen("deal.cancelled", "D2", "2026-03-06", reason="x")
    assert of(world, "ann", "spiff") == [cny(250), cny(500), cny(200)], "thirty days have passed"


def test_a_target_is_earned_on_the_last_day_of_its_period_once_its_factor_is_known() -> None:
    world, known = company(), {"2026-Q1": {"owner.kpi": Fraction(5, 4)}}
    assert of(world, "ann", "kpi", as_of="2026-03-30", facts=known) == []
    assert of(world, "ann", "kpi", as_of="2026-03-31", facts=known) == [cny(25_000)]
    assert of(world, "ann", "kpi", as_of="2026-03-31") == [cny(0)]


def test_who_came_in_the_middle_of_the_period_gets_their_part_of_the_target() -> None:
    full = {"2026-Q1": {"owner.kpi": 1}}
    world = company("calendar_days").person("dan", joined=date(2026, 3, 1))
    assert of(world, "dan", "kpi", as_of="2026-03-31", facts=full) == [cny("6_888.89")]
    assert of(world, "ann", "kpi", as_of="2026-03-31", facts=full) == [cny(20_000)]


def partners(signed: bool = True) -> World:
    """A reseller, with or without a signed agreement."""
    spans = ((date(2026, 1, 1), date(2027, 1, 1)),) if signed else ()
    return (
        World(rulebook(programme=RESELLERS))
        .person("ann")
        .keep(Partner("orient", "Orient", date(2026, 1, 1), "partner", "resellers", agreements=spans))
    )


@pytest.mark.parametrize(
    ("amount", "fee"), [("600_000", "18_000"), ("700_000", "20_000"), ("0.17", "0.01"), ("0.16", "0.00")]
)
def test_a_referral_fee_is_three_percent_at_most_twenty_thousand(amount: str, fee: str) -> None:
    world = partners().win("D1", cny(amount), "2026-02-02", referred_by="orient", partner="orient")
    assert world.earned("orient") == cny(fee)
    (grant,) = world.grants()
    assert dict(grant.arithmetic)["formula"] == "3% of deal.amount"
    assert dict(grant.arithmetic)["deal.amount"] == str(cny(amount))


def test_a_fee_in_another_currency_is_converted_and_bounded_in_the_programmes_own() -> None:
    world = partners().win("D1", Money.parse("10_000 USD"), "2026-02-02", referred_by="orient")
    assert world.earned("orient") == cny("2_175")


def test_without_a_signed_agreement_there_is_no_fee_and_the_reason_is_kept() -> None:
    world = partners(signed=False).win("D1", cny(100), "2026-02-02", referred_by="orient")
    assert world.grants() == ()
    assert [(o.subject, o.reason) for o in world.outcomes if isinstance(o, Passed)] == [("orient", "no_agreement")]


@pytest.mark.parametrize(("on", "granted"), [("2026-12-31", 1), ("2027-01-01", 0)])
def test_an_agreement_ends_before_its_last_date(on: str, granted: int) -> None:
    assert len(partners().win("D1", cny(100), on, referred_by="orient").grants()) == granted


def test_a_cancelled_deal_keeps_its_fee_and_a_reopened_one_loses_it() -> None:
    world = (
        partners()
        .win("D1", cny(100), "2026-02-02", referred_by="orient")
        .win("D2", cny(100), "2026-02-02", referred_by="orient")
    )
    world.happen("deal.cancelled", "D1", "2026-02-03", reason="x").happen(
        "deal.reopened", "D2", "2026-02-03", reason="x"
    )
    assert {line.deal: line.earned for line in world.lines("orient")} == {"D1": cny(3), "D2": cny(0)}
