"""Targets: children sum to their parent to the cent, over time and over people; quotas are found where they are set."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.formulas import EvaluationError
from engine.core.incentives.targets import displayed, goal_of, months, person_goal, quarters, quota_of, weeks
from engine.core.money import Money
from engine.core.periods import parse_period
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.targets import Split, Targets
from tests.core.incentives.simple import COMPANY
from tests.core.incentives.world import cny, quota, rulebook

TARGETS = """
targets: bookings-2026
title: {en: Bookings 2026, zh: 2026 年业绩}
measure: bookings
period: 2026
goal: 500万 CNY
owner: sales-department
parent: none
split:
  quarters: QUARTERS
  months: even
  weeks: by_working_days
  people: {table: people.csv}
"""
PLAN = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
period: quarter
credits: [{credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}]
components:
  - commission: c
    of: bookings
    quota: targets.bookings-2026
    rates: {method: marginal, tiers: [{from: 0%, rate: 5%}]}
"""
PEOPLE = "person,share\nann,50%\nbo,33.33%\ncai,16.67%\n"


def rules(quarters: str = "even") -> Rulebook:
    """The handbook's goal of five million."""
    return rulebook(**{"targets": TARGETS.replace("QUARTERS", quarters), "people.csv": PEOPLE, "plan": PLAN})


def handbook(quarters: str = "even") -> Targets:
    """The handbook's target."""
    return rules(quarters).targets[0]


CALENDAR = rules().calendar("", date(2026, 1, 1))


def test_five_million_is_divided_as_the_handbook_does() -> None:
    target = handbook()
    assert [goal.amount for goal in quarters(target, COMPANY)] == [cny(1_250_000)] * 4
    assert [str(goal.amount) for goal in months(target, COMPANY)[:3]] == [
        "416,666.67 CNY",
        "416,666.67 CNY",
        "416,666.66 CNY",
    ]
    assert [displayed(amount) for amount in (target.goal, cny(1_250_000), cny("416_666.67"))] == [500, 125, 42]


def test_stated_quarters_keep_their_weights() -> None:
    shares = handbook("[20%, 25%, 25%, 30%]")
    assert [goal.amount for goal in quarters(shares, COMPANY)] == [
        cny(1_000_000),
        cny(1_250_000),
        cny(1_250_000),
        cny(1_500_000),
    ]


def test_weeks_follow_the_working_days_and_a_week_in_two_months_has_a_part_in_each() -> None:
    january, february = (months(handbook(), COMPANY)[number] for number in (0, 1))
    found = [goal for goal in weeks(handbook(), COMPANY, CALENDAR) if goal.start < february.end]
    assert sum(goal.amount.minor for goal in found if goal.start < january.end) == january.amount.minor
    new_year = [goal for goal in found if goal.period.id == "2026-W08"]
    assert new_year[0].amount == cny(0), "the week of the Spring Festival is not worked"
    assert len([goal for goal in weeks(handbook(), COMPANY, CALENDAR) if goal.period.id == "2026-W14"]) == 2
    whole = goal_of(handbook(), parse_period("2026-W14", COMPANY), COMPANY, CALENDAR)
    assert whole == Money.total(
        (g.amount for g in weeks(handbook(), COMPANY, CALENDAR) if g.period.id == "2026-W14"), "CNY"
    )


def test_weeks_by_working_days_need_a_calendar() -> None:
    with pytest.raises(EvaluationError) as error:
        weeks(handbook(), COMPANY, None)
    assert error.value.code == "E069"


def test_a_period_outside_the_target_has_no_goal() -> None:
    assert goal_of(handbook(), parse_period("2027-Q1", COMPANY), COMPANY) is None
    assert goal_of(handbook(), parse_period("2026-H1", COMPANY), COMPANY) == cny(2_500_000)


def test_a_target_of_a_quarter_or_month_divides_what_it_has() -> None:
    quarter, month = replace(handbook(), period="2026-Q1"), replace(handbook(), period="2026-03")
    assert [goal.period.id for goal in months(quarter, COMPANY)] == ["2026-01", "2026-02", "2026-03"]
    assert [goal.amount for goal in months(month, COMPANY)] == [cny(5_000_000)]
    assert quarters(month, COMPANY) == ()


WEIGHTS = st.lists(st.integers(1, 100), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(goal=st.integers(0, 10**12), by_quarter=st.lists(st.integers(1, 100), min_size=4, max_size=4), shares=WEIGHTS)
def test_children_sum_to_their_parent_over_time_and_over_people(
    goal: int, by_quarter: list[int], shares: list[int]
) -> None:
    total = sum(shares)
    people = tuple((f"p{number}", Fraction(share, total)) for number, share in enumerate(shares))
    split = Split(tuple(Fraction(weight, sum(by_quarter)) for weight in by_quarter), None, "by_working_days", people)
    target = replace(handbook(), goal=Money(goal, "CNY"), split=split)
    in_months = months(target, COMPANY)
    assert sum(part.amount.minor for part in quarters(target, COMPANY)) == goal
    assert sum(part.amount.minor for part in in_months) == goal
    assert sum(part.amount.minor for part in weeks(target, COMPANY, CALENDAR)) == goal
    named = ["2026", *(f"2026-Q{number}" for number in range(1, 5)), *(part.period.id for part in in_months)]
    own = {(name, id): _own(target, name, id) for name, _ in people for id in named}
    for id in named:
        whole = goal_of(target, parse_period(id, COMPANY), COMPANY)
        assert whole is not None and sum(own[name, id] for name, _ in people) == whole.minor
    for name, share in people:
        assert own[name, "2026"] == sum(own[name, f"2026-Q{number}"] for number in range(1, 5))
        assert own[name, "2026-Q2"] == sum(own[name, f"2026-0{number}"] for number in (4, 5, 6))
        assert abs(own[name, "2026"] - goal * share) <= 1


def _own(target: Targets, person: str, id: str) -> int:
    found = person_goal(target, person, parse_period(id, COMPANY), COMPANY)
    assert found is not None
    return found.minor


def test_a_quota_that_was_set_wins_over_the_share_of_the_target() -> None:
    book, quarter = rules(), parse_period("2026-Q1", COMPANY)
    found = quota_of("ann", "bookings-2026", "bookings", quarter, book, [])
    assert found is not None and (found.amount, found.source) == (cny(625_000), "bookings-2026")
    assert str(found.place) == "targets.yaml:2:1"
    own = quota("ann", cny(1))
    assert quota_of("ann", "bookings-2026", "bookings", quarter, book, [own]).amount == cny(1)  # type: ignore[union-attr]
    assert quota_of("zoe", "bookings-2026", "bookings", quarter, book, [own]) is None
    assert quota_of("ann", "quota", "bookings", quarter, book, []) == found
