"""A payee's quota and target for part of a period: four ways of counting days, leave, versions, and ramps by month."""

from datetime import date
from fractions import Fraction

import pytest

from engine.core.absences import Absence
from engine.core.formulas import EvaluationError
from engine.core.incentives.presence import Span, presence, within
from engine.core.incentives.proration import proration_share, scaled
from engine.core.incentives.quotas import PayeeQuota, payee_quota
from engine.core.money import Money, Rounding
from engine.core.periods import parse_period
from engine.core.records import Person, Quota
from engine.core.rules.plan import Commission
from tests.core.incentives.test_plan_level import told
from tests.core.incentives.world import World, cny, quota, rulebook

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
    measured_over: quarter
    quota: quota
    rates:
      by: attainment
      method: marginal
      tiers:
        - {from: 0%, rate: 1%}
        - {from: 100%, rate: 10%}
"""
TARGETS = """
targets: goal
title: {en: Goal, zh: 目标}
measure: bookings
period: 2026
goal: 100_000 CNY
owner: sales
parent: none
split:
  months: [10%, 5%, 5%, 10%, 10%, 10%, 10%, 10%, 10%, 10%, 5%, 5%]
  people: {table: people.csv}
"""
PEOPLE = "person,share\nann,100%\n"
WHOLE = cny(90_000)


def company(more: str = "", plan: str = PLAN, joined: str = "2026-03-01", **files: str) -> World:
    """Ann, with a quota of 90,000 in each quarter that an event set."""
    world = World(rulebook(plan=plan + more, **files)).person("ann", joined=date.fromisoformat(joined))
    return world.keep(*(quota("ann", WHOLE, f"2026-Q{number}") for number in (1, 2, 3, 4)))


def found(world: World, period: str = "2026-Q1", version: int = 0) -> PayeeQuota:
    """Ann's quota of a period."""
    plan, company = world.rules.plans[version], world.rules.company
    component = plan.components[0]
    ann = world.state.person("ann")
    assert isinstance(component, Commission)
    assert ann is not None
    window = parse_period(period, company)
    answer = payee_quota(plan, component, ann, window, world.rules, list(world.state.kept[Quota].values()))
    assert answer is not None
    return answer


def span(start: str, end: str) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end))


# ---- four ways of counting


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        ("none", 1),
        ("calendar_days", Fraction(16, 90)),
        ("months", Fraction(1, 3)),
        ("working_days", Fraction(12, 59)),
        ("thirty_360", Fraction(15, 90)),
    ],
)
def test_part_of_a_quarter_is_counted_as_the_plan_says(kind: str, share: Fraction) -> None:
    rules = rulebook(plan=PLAN)
    quarter = parse_period("2026-Q1", rules.company)
    assert proration_share(kind, quarter, [span("2026-03-16", "2027-01-01")], rules) == share
    parts = [span("2026-03-16", "2026-03-20"), span("2026-03-20", "2026-09-01")]
    assert proration_share(kind, quarter, parts, rules) == share


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-02-01", "2026-03-01", 30), ("2026-01-31", "2026-02-01", 0), ("2026-01-30", "2026-01-31", 1),
        ("2026-02-15", "2026-03-01", 16), ("2026-01-01", "2026-04-01", 90),
    ],
)  # fmt: skip
def test_every_month_has_thirty_days_of_the_year_of_360(start: str, end: str, days: int) -> None:
    rules = rulebook(plan=PLAN)
    quarter = parse_period("2026-Q1", rules.company)
    assert proration_share("thirty_360", quarter, [span(start, end)], rules) == Fraction(days, 90)


def test_an_amount_is_rounded_once_to_the_step() -> None:
    assert scaled(cny(20_000), Fraction(1, 3), Rounding.HALF_UP) == cny("6_666.67")
    assert scaled(cny(20_000), Fraction(1, 3), Rounding.HALF_UP, cny(1)) == cny(6_667)
    assert scaled(cny(20_000), Fraction(1, 3), Rounding.DOWN, cny(500)) == cny(6_500)
    assert scaled(cny("0.77"), Fraction(1), Rounding.HALF_UP, cny(1)) == cny("0.77")


# ---- who is there when


def test_presence_is_when_some_version_pays_less_unpaid_leave() -> None:
    leave = (Absence(date(2026, 2, 1), date(2026, 2, 11)), Absence(date(2026, 3, 1), date(2026, 3, 2), paid=True))
    world = company(joined="2026-01-15")
    ann = world.state.person("ann")
    assert isinstance(ann, Person)
    there = presence(world.rules.plans, Person(**{**_fields(ann), "absences": leave, "left_on": date(2026, 5, 1)}))
    assert there.on_plan == (span("2026-01-15", "2026-05-01"),)
    assert there.present == (span("2026-01-15", "2026-02-01"), span("2026-02-11", "2026-05-01"))
    assert there.first_on == date(2026, 1, 15)
    february = parse_period("2026-02", world.rules.company)
    assert within(there.present, february) == (span("2026-02-11", "2026-03-01"),)


def _fields(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in person.__slots__}


def test_a_transfer_leaves_the_plan_on_its_day() -> None:
    world = company("proration: calendar_days\n", joined="2026-01-01")
    world.happen("person.changed", "ann", "2026-03-02", role="sales_manager")
    assert found(world).amount == Money(90_000_00 * 60 // 90, "CNY")


# ---- quotas


@pytest.mark.parametrize(
    ("kind", "amount"), [("none", 90_000), ("months", 30_000), ("calendar_days", 31_000), ("thirty_360", 30_000)]
)
def test_a_joiner_is_measured_against_their_part_of_the_quota(kind: str, amount: int) -> None:
    world = company(f"proration: {kind}\n")
    assert found(world).amount == cny(amount)
    assert found(world, "2026-Q2").amount == WHOLE


def test_attainment_follows_and_the_line_says_so() -> None:
    world = company("proration: months\n").win("D", cny(40_000), "2026-03-10")
    line = world.lines("ann")[0]
    assert line.earned == cny(300 + 1_000)
    assert told(line, "measure")["quota"] == "30,000.00 CNY"
    assert told(line, "proration")["whole"] == "90,000.00 CNY"
    assert company().win("D", cny(40_000), "2026-03-10").lines("ann")[0].earned == cny(400)


def test_what_is_prorated_is_listed() -> None:
    bonus = "  - bonus: kpi\n    target: 900 CNY\n"
    only_target = company(f"{bonus}proration: months\nprorates: [target]\n")
    assert found(only_target).amount == WHOLE
    assert [line.earned for line in only_target.lines("ann", "2026-03-31")] == [cny(300)]
    only_quota = company(f"{bonus}proration: months\nprorates: [quota]\n")
    assert found(only_quota).amount == cny(30_000)
    assert [line.earned for line in only_quota.lines("ann", "2026-03-31")] == [cny(900)]


def test_unpaid_leave_lowers_the_quota_and_paid_leave_does_not() -> None:
    world = company("proration: calendar_days\n", joined="2026-01-01")
    world.happen("leave.taken", "ann", "2026-02-01", from_on=date(2026, 2, 1), until_on=date(2026, 2, 10), paid=True)
    assert found(world).amount == WHOLE
    world.happen("leave.taken", "ann", "2026-02-02", from_on=date(2026, 2, 1), until_on=date(2026, 2, 10))
    assert found(world).amount == cny(81_000)
    world.happen("leave.taken", "ann", "2026-02-03", from_on=date(2026, 2, 1), until_on=date(2026, 2, 1))
    assert found(world).amount == WHOLE


def test_of_two_tellings_of_one_leave_the_later_holds_whichever_came_first() -> None:
    tellings = [("2026-02-02", date(2026, 2, 10)), ("2026-02-03", date(2026, 2, 19))]
    for order in (tellings, tellings[::-1]):
        world = company("proration: calendar_days\n", joined="2026-01-01")
        for on, back in order:
            world.happen("leave.taken", "ann", on, key=on, from_on=date(2026, 2, 1), until_on=back)
        assert found(world).amount == cny(72_000)


def test_a_quota_of_which_nothing_is_left_is_an_error_that_names_it() -> None:
    world = company("proration: calendar_days\n", joined="2026-01-01")
    world.happen("leave.taken", "ann", "2026-01-01", from_on=date(2026, 1, 1), until_on=date(2026, 4, 1))
    assert world.lines("ann") == ()
    world.win("D", cny(100), "2026-02-10")
    with pytest.raises(EvaluationError) as error:
        world.lines("ann")
    assert (error.value.code, error.value.params["quota"]) == ("E135", "90,000.00 CNY")


VERSIONS = (
    PLAN.replace("in_force: {from: 2026-01-01}", "in_force: {from: 2026-01-01, until: 2026-02-01}"),
    PLAN.replace("in_force: {from: 2026-01-01}", "in_force: {from: 2026-02-01}").replace("rate: 1%", "rate: 2%"),
)


def test_two_versions_in_a_quarter_share_the_quota_and_each_pays_its_own_part() -> None:
    more = "  - bonus: kpi\n    target: 900 CNY\nproration: months\n"
    world = company(more, VERSIONS[0], "2026-01-01", later=VERSIONS[1] + more)
    assert (found(world, version=0).amount, found(world, version=1).amount) == (WHOLE, WHOLE)
    world.win("A", cny(45_000), "2026-01-10").win("B", cny(45_000), "2026-02-10")
    earned = {
        f"{line.component}{line.deal}{line.version[-2:]}": line.earned for line in world.lines("ann", "2026-03-31")
    }
    assert sorted(earned.values()) == [cny(300), cny(450), cny(600), cny(900)]
    lines = world.lines("ann", "2026-03-31")
    assert len({line.key for line in lines}) == len(lines), "each part is posted by itself"


# ---- ramps


def test_a_ramp_is_the_sum_over_the_months_of_quota_and_share() -> None:
    world = company("ramp: {months: [25%, 50%, 75%]}\n", joined="2026-02-10")
    assert found(world).amount == cny(30_000 * 75 // 100)
    assert found(world, "2026-Q2").amount == cny(22_500 + 60_000)
    assert found(world, "2026-Q3").amount == WHOLE
    assert found(world, "2026-Q3").step is None


def test_the_trace_names_every_month_of_the_ramp() -> None:
    world = company("ramp: {months: [25%, 50%]}\nproration: calendar_days\n", joined="2026-02-15")
    assert found(world).amount == cny(3_750 + 15_000)
    line = world.win("D", cny(100), "2026-03-10").lines("ann")[0]
    assert told(line, "proration") == {
        "code": "ramp", "quota": "18,750.00 CNY", "whole": "90,000.00 CNY",
        "months": "2026-01 0% × 0%, 2026-02 25% × 50%, 2026-03 50%",
    }  # fmt: skip


def test_a_month_of_a_target_has_its_own_part() -> None:
    plan = PLAN.replace("quota: quota", "quota: targets.goal")
    files = {"targets": TARGETS, "people.csv": PEOPLE}
    world = World(rulebook(plan=f"{plan}ramp: {{months: [10%, 50%]}}\n", **files)).person(
        "ann", joined=date(2026, 1, 1)
    )
    world.keep(quota("ann", cny(1), "2027-Q1"))
    assert found(world).amount == cny(1_000 + 2_500 + 5_000)


def test_the_months_of_a_ramp_may_be_amounts() -> None:
    steps = "ramp: {months: [10_000 CNY, 20_000 CNY, 30_000 CNY]}\n"
    plan = PLAN.replace("measured_over: quarter", "measured_over: month")
    world = World(rulebook(plan=plan + steps)).person("ann", joined=date(2026, 1, 5))
    world.keep(*(quota("ann", cny(45_000), f"2026-0{number}") for number in range(1, 6)))
    quotas = [found(world, f"2026-0{number}").amount for number in range(1, 6)]
    assert quotas == [cny(10_000), cny(20_000), cny(30_000), cny(45_000), cny(45_000)]


def test_a_ramped_quota_is_rounded_as_the_plan_says() -> None:
    world = company("ramp: {months: [33%, 66%]}\nquota_rounding: 1_000 CNY\n", joined="2026-02-10")
    assert found(world).amount == cny(30_000)


# ---- what a ramp guarantees

ON_TARGET = PLAN.replace("rate: 1%", "rate: 4%")
"""90,000 at 4 % is 3,600 a quarter on target, 1,200 a month."""


def by_source(world: World, as_of: str) -> dict[str, Money]:
    """What each window and source of the plan's own lines gives."""
    return {f"{line.window}/{line.source}": line.earned for line in world.lines("ann", as_of) if not line.deal}


def test_a_ramp_guarantees_a_share_of_on_target_pay_for_its_months() -> None:
    world = company("ramp: {months: [25%, 50%], guarantee: 100%}\n", ON_TARGET, "2026-02-10")
    assert by_source(world, "2026-03-30") == {}
    assert by_source(world, "2026-12-31") == {"2026-Q1/ramp": cny(2_400)}
    half = company("ramp: {months: [25%, 50%], guarantee: 50%}\n", ON_TARGET, "2026-03-10")
    assert by_source(half, "2026-12-31") == {"2026-Q1/ramp": cny(600), "2026-Q2/ramp": cny(600)}


def test_what_is_earned_counts_and_the_trace_tells_months_and_share() -> None:
    world = company("ramp: {months: [25%, 50%], guarantee: 100%}\n", ON_TARGET, "2026-02-10")
    world.win("D", cny(10_000), "2026-03-10")
    line = next(line for line in world.lines("ann", "2026-03-31") if line.source == "ramp")
    assert (line.earned, line.component, line.source_kind) == (cny(2_000), "guarantee", "guarantee")
    assert told(line, "draw") == {
        "code": "ramped", "earned": "400.00 CNY", "guarantee": "2,400.00 CNY", "share": "100%",
        "amount": "2,000.00 CNY", "months": "2026-02, 2026-03",
    }  # fmt: skip
    rich = company("ramp: {months: [25%], guarantee: 100%}\n", ON_TARGET).win("D", cny(80_000), "2026-03-10")
    assert by_source(rich, "2026-12-31") == {}


def test_on_target_pay_is_before_gate_multiplier_bounds_and_cap() -> None:
    more = '    multiply: 2\n    cap: {at_most: 5 CNY}\n    per_deal: {at_most: 9 CNY}\n    gate: owner.level = "x"\n'
    world = company(f"{more}ramp: {{months: [25%], guarantee: 100%}}\n", ON_TARGET)
    assert by_source(world, "2026-03-31") == {"2026-Q1/ramp": cny(1_200)}


def test_a_target_bonus_is_part_of_on_target_pay() -> None:
    bonus = "  - bonus: kpi\n    target: 900 CNY\n"
    world = company(f"{bonus}ramp: {{months: [25%], guarantee: 100%}}\n", ON_TARGET)
    assert by_source(world, "2026-03-31") == {"2026-Q1/target": cny(900), "2026-Q1/ramp": cny(600)}


def test_the_guarantee_of_a_part_of_a_month_is_prorated_where_the_plan_says_so() -> None:
    terms = "ramp: {months: [50%], guarantee: 100%}\nproration: thirty_360\nprorates: [guarantee]\n"
    assert by_source(company(terms, ON_TARGET, "2026-03-16"), "2026-03-31") == {"2026-Q1/ramp": cny(600)}


def test_the_months_of_a_plan_that_is_measured_over_its_whole_time_each_have_their_part() -> None:
    whole = ON_TARGET.replace("in_force: {from: 2026-01-01}", "in_force: {from: 2026-01-01, until: 2027-01-01}")
    whole = whole.replace("measured_over: quarter", "measured_over: plan")
    world = company("ramp: {months: [25%, 50%], guarantee: 100%}\n", whole, "2026-02-10")
    world.keep(quota("ann", cny(360_000), "2026"))
    assert by_source(world, "2026-12-31") == {"2026-Q1/ramp": cny(2_400)}


def test_on_target_pay_takes_the_credit_that_moves_through_the_tiers_to_its_quota_too() -> None:
    cash = ON_TARGET.replace("method: marginal", "method: whole\n      position_of: cash").replace(
        "components:",
        "  - {credit: cash, on: payment.received, amount: payment.amount, to: like bookings}\ncomponents:",
    )
    world = company("ramp: {months: [25%], guarantee: 100%}\n", cash).keep(quota("ann", WHOLE, "2026-Q1", "cash"))
    assert by_source(world, "2026-03-31") == {"2026-Q1/ramp": cny(3_000)}


def test_the_version_of_a_period_s_first_day_speaks_for_all_of_its_months() -> None:
    ramp = "ramp: {months: [25%, 50%, 75%], guarantee: 100%}\n"
    monthly = ON_TARGET.replace("measured_over: quarter", "measured_over: month")
    first = monthly.replace("in_force: {from: 2026-01-01}", "in_force: {from: 2026-01-01, until: 2026-02-01}") + ramp
    second = monthly.replace("in_force: {from: 2026-01-01}", "in_force: {from: 2026-02-01}") + ramp
    world = World(rulebook(first=first, second=second)).person("ann", joined=date(2026, 1, 1))
    world.keep(*(quota("ann", cny(30_000), f"2026-0{number}") for number in (1, 2, 3)))
    assert by_source(world, "2026-03-31") == {"2026-Q1/ramp": cny(3_600)}
