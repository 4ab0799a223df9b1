"""What a plan does to pay as a whole: cap, draw, guarantee; published tables as they are printed."""

from datetime import date
from fractions import Fraction

import pytest

from engine.core.formulas import EvaluationError
from engine.core.incentives.explain import explain_line
from engine.core.incentives.lines import STEPS, EarningLine
from engine.core.money import Money
from tests.core.incentives.world import World, cny, rulebook

PLAN = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
pays: owner.role = "account_executive"
period: quarter
credits:
  - {credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}
components:
  - commission: c
    of: bookings
    measured_over: year
    rates:
      by: amount
      method: marginal
      tiers:
        - {from: 0 CNY, rate: 10%}
    clawback: {on: deal.cancelled, share: 100%}
  - bonus: b
    on: deal.won
    when: deal.kind = "expansion"
    amount: 50 CNY
"""


def company(more: str = "", plan: str = PLAN, joined: date = date(2020, 1, 1), **files: str) -> World:
    """Ann on a plan that pays a tenth, with what is said of the whole."""
    return World(rulebook(plan=plan + more, **files)).person("ann", joined=joined)


def sold(world: World, *amounts: int | None) -> World:
    """A deal on the tenth of each month from January on that earns that much; None for no deal."""
    for month, amount in enumerate(amounts, 1):
        if amount is not None:
            world.win(f"D{month}", cny(amount * 10), f"2026-{month:02d}-10")
    return world


def by_month(world: World, as_of: str, component: str = "") -> list[Fraction]:
    """What each month to date earned, in CNY."""
    months = [Fraction(0)] * date.fromisoformat(as_of).month
    for line in world.lines("ann", as_of=as_of):
        if component in ("", line.component):
            months[line.on.month - 1] += Fraction(line.earned.minor, 100)
    return months


def told(line: EarningLine, step: str) -> dict[str, str]:
    """What a step of a line says."""
    found = next(one for one in line.steps if one.name == step)
    return {"code": found.code, **dict(found.particulars)}


# ---- draws

SIEBEL = "draw: {amount: 2_000 CNY, per: month, kind: recoverable}\n"


def test_the_recoverable_draw_of_siebel() -> None:
    world = sold(company(SIEBEL), 2750, 3000, 1500, 2375, 3000, 2750)
    assert by_month(world, "2026-06-30") == [2750, 3000, 2000, 2000, 2875, 2750]
    assert by_month(world, "2026-06-30", "draw") == [0, 0, 500, -375, -125, 0]


def test_each_line_of_a_draw_tells_earned_draw_and_balance_in_all_sixteen_steps() -> None:
    world = sold(company(SIEBEL), None, None, 1500, 2375)
    given, also, topped_up, back = (line for line in world.lines("ann", "2026-04-30") if line.component == "draw")
    assert (given.source_kind, topped_up.source_kind, back.source_kind) == ("draw", "draw", "recovery")
    assert [step.name for step in topped_up.steps] == list(STEPS)
    assert told(also, "draw")["after"] == "4,000.00 CNY"
    assert told(topped_up, "draw") == {
        "code": "topped_up", "earned": "1,500.00 CNY", "draw": "2,000.00 CNY", "amount": "500.00 CNY",
        "before": "4,000.00 CNY", "after": "4,500.00 CNY",
    }  # fmt: skip
    assert (told(back, "draw")["before"], told(back, "draw")["after"]) == ("4,500.00 CNY", "4,125.00 CNY")
    assert (
        "Draw or guarantee: earned 2,375.00 CNY with a draw of 2,000.00 CNY: 375.00 CNY taken back; "
        "owed back 4,500.00 CNY before, 4,125.00 CNY after" in explain_line(back, "en")
    )
    assert any("收回 375.00 CNY" in text for text in explain_line(back, "zh"))
    assert (back.earned_period, back.window, back.on) == ("2026-Q2", "2026-04", date(2026, 4, 30))


def test_a_draw_is_settled_once_its_period_has_ended() -> None:
    world = sold(company(SIEBEL), 1500)
    assert by_month(world, "2026-01-30") == [1500]
    assert by_month(world, "2026-01-31") == [2000]


@pytest.mark.parametrize(
    ("more", "sales", "moves"),
    [
        ("kind: non_recoverable", (1500, 3000), [500, 0]),
        ("kind: recoverable", (1500, 3000), [500, -500]),
        ("kind: recoverable, rate: 20%", (1500, 3000, 3000), [500, -200, -200]),
        ("kind: recoverable, at_most: 300 CNY", (1500, 3000, 3000), [500, -300, -200]),
        ("kind: recoverable, rate: 50%, at_most: 300 CNY", (1500, 2200, 3000), [500, -100, -300]),
        ("kind: recoverable, recover: from_all", (0, 2100), [2000, -2000]),
        ("kind: recoverable, recover: from_all, rate: 50%", (0, 2100), [2000, -1050]),
        ("kind: recoverable, starts_after: 2 months", (1500, 3000, 3000), [500, 0, -500]),
        ("kind: recoverable, ends: 2026-02-01", (1500, 100, 300, 300), [500, -100, -300, -100]),
        ("kind: recoverable, ends: 2026-02-01, balance_at_end: forgiven", (1500, 3000), [500, 0]),
        ("kind: forgiven, ends: 2026-03-01", (1500, 2100, 3000), [500, -100, 0]),
        ("kind: recoverable", (-100, 3000), [2100, -1000]),
    ],
)
def test_the_kinds_and_limits_of_a_draw(more: str, sales: tuple[int, ...], moves: list[int]) -> None:
    world = sold(company(f"draw: {{amount: 2_000 CNY, per: month, {more}}}\n"), *sales)
    assert by_month(world, "2026-12-31", "draw")[: len(sales)] == moves


def test_what_is_forgiven_is_told_on_a_line_that_moves_nothing() -> None:
    world = sold(company("draw: {amount: 2_000 CNY, per: month, kind: forgiven, ends: 2026-03-01}\n"), 1500, 2100, 3000)
    last = [line for line in world.lines("ann", "2026-06-30") if line.component == "draw"][-1]
    assert (last.source, last.earned, told(last, "draw")["code"]) == ("forgiven", cny(0), "forgiven")
    assert last.on == date(2026, 2, 28), "in the last period that the draw has"
    assert (told(last, "draw")["amount"], told(last, "draw")["after"]) == ("400.00 CNY", "0.00 CNY")


def test_a_draw_counts_what_is_left_after_a_clawback() -> None:
    world = sold(company(SIEBEL), 2500)
    assert by_month(world, "2026-01-31", "draw") == [0]
    world.happen("deal.cancelled", "D1", "2026-02-03", reason="no")
    assert by_month(world, "2026-02-28", "draw") == [2000, 2000]


def test_a_joiner_gets_their_part_of_the_draw_where_the_plan_prorates_it() -> None:
    prorated = f"{SIEBEL}proration: calendar_days\nprorates: [draw]\n"
    assert by_month(company(SIEBEL, joined=date(2026, 2, 15)), "2026-03-31") == [0, 2000, 2000]
    assert by_month(company(prorated, joined=date(2026, 2, 15)), "2026-03-31") == [0, 1000, 2000]


def test_a_leaver_has_no_further_draw_and_still_owes_the_balance() -> None:
    world = company(SIEBEL).happen("person.left", "ann", "2026-02-01")
    assert by_month(world, "2026-06-30", "draw") == [2000, 0, 0, 0, 0, 0]


TWO = (
    PLAN.replace("in_force: {from: 2026-01-01}", "in_force: {from: 2026-01-01, until: 2026-03-01}"),
    PLAN.replace("in_force: {from: 2026-01-01}", "in_force: {from: 2026-03-01}"),
)


def test_a_balance_does_not_end_with_a_version_of_the_plan() -> None:
    again = company(SIEBEL, TWO[0], next=TWO[1] + SIEBEL.replace("2_000", "1_000"))
    assert by_month(sold(again, 2000, 500, 1200), "2026-03-31", "draw") == [0, 1500, -200]
    none = company(SIEBEL, TWO[0], next=TWO[1])
    assert by_month(sold(none, 2000, 500, 1200, 700), "2026-04-30", "draw") == [0, 1500, -1200, -300]


@pytest.mark.parametrize("terms", [SIEBEL, "guarantee: {amount: 2_000 CNY, per: month}\n"])
def test_a_version_that_begins_within_a_period_looks_at_the_whole_of_it(terms: str) -> None:
    early, late = (text.replace("2026-03-01", "2026-01-15") for text in TWO)
    world = sold(company("", early, next=late + terms), 1500)
    assert by_month(world, "2026-01-31") == [2000]


def test_versions_with_draws_of_two_lengths_count_nothing_twice() -> None:
    world = company(SIEBEL, TWO[0].replace("2026-03-01", "2026-02-01"), next=TWO[1].replace("2026-03-01", "2026-02-01")
                    + "draw: {amount: 6_000 CNY, per: quarter, kind: recoverable}\n")  # fmt: skip
    assert by_month(sold(world, 1500, 2500, 2500), "2026-03-31", "draw") == [500, 0, 1000]


def test_a_share_of_a_cent_is_not_taken_back() -> None:
    world = company("draw: {amount: 2_000 CNY, per: month, kind: recoverable, rate: 50%}\n")
    world.win("D1", cny(15_000), "2026-01-10").win("D2", cny("20_000.30"), "2026-02-10")
    assert by_month(world, "2026-02-28", "draw") == [500, Fraction("-0.01")]


# ---- guarantees


def test_a_guarantee_lifts_the_first_months_and_takes_nothing_back() -> None:
    world = sold(company("guarantee: {amount: 2_000 CNY, per: month, for: 2 months}\n"), 500, 3000, 500)
    assert by_month(world, "2026-03-31") == [2000, 3000, 500]
    assert by_month(world, "2026-03-31", "guarantee") == [1500, 0, 0]


def test_a_guarantee_counts_from_the_first_period_on_the_plan() -> None:
    joined = date(2026, 2, 15)
    terms = "guarantee: {amount: 2_800 CNY, per: month, for: 2 months}\n"
    assert by_month(company(terms, joined=joined), "2026-05-31") == [0, 2800, 2800, 0, 0]
    prorated = f"{terms}proration: calendar_days\nprorates: [guarantee]\n"
    assert by_month(company(prorated, joined=joined), "2026-05-31") == [0, 1400, 2800, 0, 0]
    line = company(prorated, joined=joined).lines("ann", "2026-02-28")[0]
    assert (told(line, "proration"), told(line, "draw")["code"]) == (
        {"code": "calendar_days", "share": "50%"}, "guaranteed",
    )  # fmt: skip


def test_without_an_end_a_guarantee_is_the_floor_of_the_plan() -> None:
    world = sold(company("guarantee: {amount: 300 CNY, per: quarter}\n"), 100, None, None, 400)
    assert by_month(world, "2026-09-30") == [100, 0, 200, 400, 0, 0, 0, 0, 300]


# ---- the plan's cap

CAP = "cap: {at_most: 100 CNY, per: quarter, excess: lost}\n"


def amounts(world: World, as_of: str = "2026-12-31") -> dict[str, Money]:
    """What each deal and component earned."""
    return {f"{line.deal or line.source}/{line.component}": line.earned for line in world.lines("ann", as_of)}


def test_the_cap_is_over_all_components_in_the_order_of_day_and_component() -> None:
    world = company(CAP).win("A", cny(600), "2026-01-10", kind="expansion").win("B", cny(300), "2026-01-11")
    assert amounts(world) == {"A/c": cny(60), "A/b": cny(40), "B/c": cny(0)}
    first, second, third = sorted(world.lines("ann"), key=lambda line: line.on)
    withheld = {line.component + line.deal: told(line, "plan_cap") for line in world.lines("ann")}
    assert withheld["cA"] == {"code": "within", "cap": "100.00 CNY", "per": "quarter"}
    assert withheld["bA"] == {"code": "lost", "cap": "100.00 CNY", "per": "quarter", "withheld": "10.00 CNY"}
    assert withheld["cB"]["withheld"] == "30.00 CNY"
    assert sum(line.withheld.minor for line in (first, second, third)) == 4000


def test_each_period_has_a_cap_of_its_own_and_the_whole_time_has_one() -> None:
    assert by_month(sold(company(CAP), 90, None, 20, 90), "2026-04-30") == [90, 0, 10, 90]
    assert by_month(sold(company(CAP.replace("quarter", "plan")), 90, None, 20, 90), "2026-04-30") == [90, 0, 10, 0]


def test_a_clawback_takes_of_what_the_cap_left_and_makes_room_for_later_lines() -> None:
    world = sold(company(CAP), 80, 60)
    assert by_month(world, "2026-02-28") == [80, 20]
    world.happen("deal.cancelled", "D1", "2026-03-03", reason="no")
    assert by_month(world, "2026-03-31") == [0, 60, 0]
    world = sold(company(CAP), 80, 60, 40)
    world.happen("deal.cancelled", "D2", "2026-03-12", reason="no")
    assert by_month(world, "2026-03-31") == [80, 0, 20]
    capped = next(line for line in world.lines("ann", "2026-03-31") if line.deal == "D2")
    assert (capped.exact, capped.taken_back, told(capped, "clawback")["taken"]) == (2000, cny(20), "20.00 CNY")


def test_half_a_clawback_of_a_capped_line_is_half_of_what_it_paid() -> None:
    half = PLAN.replace("share: 100%}", "share: 50%}")
    world = sold(company(CAP, half), 150, 60)
    world.happen("deal.cancelled", "D1", "2026-03-03", reason="no")
    assert by_month(world, "2026-03-31") == [50, 50, 0]


def test_what_is_refunded_first_eats_what_was_withheld() -> None:
    assert by_month(sold(company(CAP), 90, 30, -15), "2026-03-31") == [90, 10, 0]
    world = sold(company(CAP), 90, 30, -45)
    assert by_month(world, "2026-03-31") == [90, 10, -25]
    refund = next(line for line in world.lines("ann", "2026-03-31") if line.deal == "D3")
    assert told(refund, "plan_cap") == {
        "code": "absorbed", "cap": "100.00 CNY", "per": "quarter", "withheld": "20.00 CNY",
    }  # fmt: skip


CARRIED = CAP.replace("lost", "carried_forward").replace("quarter", "month")


def test_a_refundable_cap_pays_the_excess_in_the_periods_that_follow() -> None:
    world = sold(company(CARRIED), 250, 40)
    assert by_month(world, "2026-01-31") == [100]
    assert by_month(world, "2026-02-28") == [100, 100]
    assert by_month(world, "2026-06-30") == [100, 100, 90, 0, 0, 0]
    carried = [line for line in world.lines("ann", "2026-04-30") if line.source_kind == "carried"]
    assert [(line.component, line.on.isoformat(), line.earned) for line in carried] == [
        ("plan_cap", "2026-02-01", cny(100)), ("plan_cap", "2026-03-01", cny(90)),
    ]  # fmt: skip
    assert [told(line, "credit")["amount"] for line in carried] == ["150.00 CNY", "90.00 CNY"]


def test_what_a_cap_carried_over_is_part_of_what_a_draw_looks_at() -> None:
    world = sold(company(f"{CARRIED}draw: {{amount: 80 CNY, per: month, kind: recoverable}}\n"), 170)
    assert by_month(world, "2026-02-28") == [100, 80]
    assert by_month(world, "2026-02-28", "draw") == [0, 10]


def test_two_versions_share_one_running_total_and_each_has_its_own_cap() -> None:
    lower = company(CAP, TWO[0], next=TWO[1] + CAP.replace("100", "90"))
    assert by_month(sold(lower, 60, 35, 20), "2026-03-31") == [60, 35, 0]
    higher = company(CAP, TWO[0], next=TWO[1] + CAP.replace("100", "120"))
    assert by_month(sold(higher, 60, 50, 30), "2026-03-31") == [60, 40, 20]


def test_a_joiner_has_their_part_of_the_cap_where_the_plan_prorates_it() -> None:
    prorated = company(f"{CAP}proration: months\nprorates: [cap]\n", joined=date(2026, 3, 1))
    assert by_month(sold(prorated, None, None, 90), "2026-03-31") == [0, 0, Fraction("33.33")]


HELD = PLAN.replace(
    "    clawback", "    release: [{share: 50%, on: deal.won}, {share: 50%, on: payment.received}]\n    clawback"
)


def test_what_is_released_is_a_share_of_what_the_cap_left() -> None:
    world = sold(company(CAP, HELD), 150)
    line = world.lines("ann", "2026-03-31")[0]
    assert (line.earned, line.released, line.held) == (cny(100), cny(50), cny(50))
    assert told(line, "payable")["held"] == "50.00 CNY"


def test_two_currencies_cannot_be_added_up() -> None:
    dollars = TWO[1].replace("period: quarter", "period: quarter\ncurrency: USD").replace("CNY", "USD")
    world = company(CAP, TWO[0], next=dollars)
    with pytest.raises(EvaluationError) as error:
        world.lines("ann")
    assert (error.value.code, error.value.params["found"]) == ("E137", "CNY, USD")
