"""Everything owed to a payee: which plan pays which day, versions of a plan, and what one window hands to the next."""

from datetime import date
from fractions import Fraction

import pytest

from engine.core.money import Money
from engine.core.records import Person, PersonVersion
from tests.core.incentives.world import World, cny, quota, rulebook

PLAN = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {SPAN}
pays: owner.role = "account_executive"
period: quarter
CREDITScomponents:
  - commission: c
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: FIRST}, {from: 100 CNY, rate: 20%}]}
EXTRA  - bonus: spiff
    on: deal.won
    amount: 5 CNY
    budget: 10 CNY
"""
CREDITS = "credits: [{credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}]\n"


def plan(span: str = "from: 2026-01-01", first: str = "10%", extra: str = "") -> str:
    """A version of the plan."""
    text = PLAN.replace("SPAN", span).replace("FIRST", first).replace("EXTRA", extra)
    return text.replace("CREDITS", CREDITS)


def earned(world: World, payee: str, component: str = "c", as_of: str = "2027-12-31") -> list[tuple[str, Money]]:
    """What each line of a component earns, by deal, in the order of days."""
    lines = sorted(world.lines(payee, as_of), key=lambda line: line.on)
    return [(line.deal, line.earned) for line in lines if line.component == component]


def test_a_day_on_which_the_plan_does_not_pay_the_person_earns_and_counts_nothing() -> None:
    world = World(rulebook(plan=plan()))
    versions = (PersonVersion(date(2020, 1, 1), "sdr"), PersonVersion(date(2026, 2, 1), "account_executive"))
    world.keep(Person("ann", "Ann", joined_on=date(2020, 1, 1), left_on=date(2026, 3, 1), versions=versions))
    for deal, on in (("D1", "2026-01-31"), ("D2", "2026-02-01"), ("D3", "2026-02-28"), ("D4", "2026-03-01")):
        world.win(deal, cny(100), on)
    assert earned(world, "ann") == [("D2", cny(10)), ("D3", cny(20))]


def test_a_change_of_rate_in_mid_quarter_pays_each_day_by_its_version_on_one_attainment() -> None:
    old, new = plan("from: 2026-01-01, until: 2026-02-15"), plan("from: 2026-02-15", "1%")
    world = World(rulebook(old=old, new=new)).win("D1", cny(60), "2026-02-14").win("D2", cny(60), "2026-02-15")
    assert earned(world, "ann") == [("D1", cny(6)), ("D2", cny("4.40"))]
    assert earned(world, "ann", "spiff") == [("D1", cny(5)), ("D2", cny(5))]


def test_each_version_of_a_bonus_has_its_own_budget_and_pays_its_own_grants_once() -> None:
    old, new = plan("from: 2026-01-01, until: 2026-02-15"), plan("from: 2026-02-15")
    world = World(rulebook(old=old, new=new))
    for number, on in enumerate(("2026-02-01", "2026-02-02", "2026-02-03", "2026-02-20")):
        world.win(f"D{number}", cny(1), on)
    assert [amount for _, amount in earned(world, "ann", "spiff")] == [cny(5), cny(5), cny(0), cny(5)]


def test_excess_over_a_cap_is_carried_through_windows_without_credits_until_it_is_paid() -> None:
    world = World(rulebook(plan=plan(extra="    cap: {at_most: 10 CNY, excess: carried_forward}\n")))
    world.win("D1", cny(225), "2026-02-01")
    assert earned(world, "ann", as_of="2026-03-31") == [("D1", cny(10))]
    assert earned(world, "ann", as_of="2026-12-31") == [("D1", cny(10)), ("", cny(10)), ("", cny(10)), ("", cny(5))]


def test_excess_is_not_carried_into_a_window_that_has_credits_but_has_not_begun() -> None:
    world = World(rulebook(plan=plan(extra="    cap: {at_most: 10 CNY, excess: carried_forward}\n")))
    world.win("D1", cny(125), "2026-02-01").win("D2", cny(50), "2026-04-05")
    assert earned(world, "ann", as_of="2026-03-31") == [("D1", cny(10))]
    assert earned(world, "ann", as_of="2026-04-01") == [("D1", cny(10)), ("", cny(5))]
    assert earned(world, "ann", as_of="2026-06-30") == [("D1", cny(10)), ("", cny(5)), ("D2", cny(5))]


def test_a_component_is_paid_only_while_it_is_in_force() -> None:
    span = "    in_force: {from: 2026-02-01, until: 2026-03-01}\n"
    world = World(rulebook(plan=plan(extra=span)))
    for deal, on in (("D1", "2026-01-31"), ("D2", "2026-02-01"), ("D3", "2026-03-01")):
        world.win(deal, cny(100), on)
    assert earned(world, "ann") == [("D2", cny(10))]


COUNTED = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
period: quarter
credits: [{credit: sold, on: deal.won, counts: deal.seats, to: {split: deal.team, rest: deal.owner}}]
components:
  - commission: c
    of: sold
    rates: {by: count, method: marginal, tiers: [{from: 0, per_unit: 1 CNY}, {from: 10, per_unit: 2 CNY}]}
"""
SEATS = "vocabulary: v\ndeal:\n  seats: {type: number, title: {en: Seats, zh: 席位}}\n"


def test_who_has_a_share_of_a_deal_has_that_share_of_its_units() -> None:
    from tests.core.incentives.test_crediting import shares

    world = World(rulebook(plan=COUNTED, vocabulary=SEATS)).person("ann").person("cai")
    world.win("D1", cny(1), "2026-02-01", seats=Fraction(30), team=shares(ann=50, cai=50))
    assert (earned(world, "ann"), earned(world, "cai")) == ([("D1", cny(20))], [("D1", cny(20))])


ATTAINED = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
period: quarter
credits: [{credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}]
components:
  - commission: c
    of: bookings
    quota: quota
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 10%}]}
    gate: attainment(bookings, quarter) >= 50%
"""


@pytest.mark.parametrize(("amount", "paid"), [(49, 0), (50, 5)])
def test_a_gate_may_ask_for_the_attainment_of_the_window(amount: int, paid: int) -> None:
    world = World(rulebook(plan=ATTAINED)).keep(quota("ann", cny(100))).win("D1", cny(amount), "2026-02-01")
    assert earned(world, "ann") == [("D1", cny(paid))]


def test_a_block_of_an_amount_is_written_in_the_plans_currency() -> None:
    rates = "{by: amount, method: per_block, block: 1_000, tiers: [{from: 0 CNY, per_unit: 5 CNY}]}"
    text = ATTAINED.replace("{by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 10%}]}", rates)
    world = World(rulebook(plan=text.replace("    gate: attainment(bookings, quarter) >= 50%\n", "")))
    world.win("D1", cny("2_500.01"), "2026-02-01").win("D2", cny("499.99"), "2026-02-02").win(
        "D3", cny(1), "2026-02-03"
    )
    assert earned(world, "ann") == [("D1", cny(15)), ("D2", cny(0)), ("D3", cny(5))]
