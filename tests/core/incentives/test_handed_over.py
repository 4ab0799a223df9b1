"""Excess over a cap that one version of a plan leaves: its successor pays it, once, under its own cap."""

import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from engine.core.incentives.lines import EarningLine
from engine.core.incentives.owed import owed
from engine.core.incentives.payee_desk import Books
from engine.core.money import Money
from engine.core.records import Credit, Person, PersonVersion
from engine.core.rules.header import InForce
from engine.core.rules.plan import Limit, Plan
from tests.core.incentives.simple import credit, plan_of, table
from tests.core.incentives.world import rulebook

JOINED = date(2020, 1, 1)
ANN = Person("ann", "Ann", joined_on=JOINED, versions=(PersonVersion(JOINED, "account_executive"),))
TURN = date(2026, 4, 1)
JANUARY, FEBRUARY, APRIL, JULY = 0, 40, 95, 190


def version(id: str, span: InForce, cap: int, excess: str = "carried_forward", window: str = "month") -> Plan:
    """A version of one plan that pays a tenth, at most `cap` in a window."""
    plan, part = plan_of(table("marginal", [0], [Fraction(1, 10)]), cap=Limit(Money(cap, "CNY"), None, excess))
    header = replace(plan.header, version=f"plan:p@{id}", in_force=span)
    return replace(plan, header=header, components=(replace(part, measured_over=window),))


def lines(plans: Iterable[Plan], own: list[Credit], as_of: date) -> tuple[EarningLine, ...]:
    """What is owed under those versions."""
    return owed(replace(rulebook(), plans=tuple(plans)), ANN, Books(own), as_of)


def carried(found: Iterable[EarningLine]) -> list[tuple[str, str, int]]:
    """Version, window and amount of what was carried."""
    return [(line.version, line.window, line.earned.minor) for line in found if line.source_kind == "carried"]


FIRST, SECOND = version("1", InForce(JOINED, TURN), 10_00), version("2", InForce(TURN), 25_00)


def test_the_successor_pays_what_is_left_under_its_own_cap_from_its_first_window_on():
    found = lines((FIRST, SECOND), [credit(1, 700_00, JANUARY)], date(2026, 6, 30))
    paid = [("plan:p@1", "2026-02", 10_00), ("plan:p@1", "2026-03", 10_00), ("plan:p@2", "2026-04", 25_00)]
    assert carried(found) == [*paid, ("plan:p@2", "2026-05", 15_00)]
    assert sum(line.earned.minor for line in found) == 70_00


def test_until_the_successor_is_in_force_the_rest_waits():
    found = lines((FIRST, SECOND), [credit(1, 700_00, JANUARY)], date(2026, 3, 31))
    assert sum(line.earned.minor for line in found) == 30_00


def test_what_is_handed_over_comes_before_sales_of_the_successor_and_shares_its_cap():
    own = [credit(1, 500_00, JANUARY), credit(2, 200_00, APRIL)]
    found = lines((FIRST, SECOND), own, date(2026, 4, 30))
    assert carried(found)[-1] == ("plan:p@2", "2026-04", 20_00)
    assert [line.earned.minor for line in found if line.source == own[1].id] == [5_00]


def test_a_successor_without_sales_pays_it_as_well_and_each_line_has_a_key_of_its_own():
    own = [credit(1, 700_00, JANUARY), credit(2, 300_00, FEBRUARY), credit(3, 900_00, JULY)]
    found = lines((FIRST, SECOND), own, date(2027, 12, 31))
    assert sum(line.earned.minor for line in found) == 190_00
    assert len({line.key for line in found}) == len(found)


@pytest.mark.parametrize("plans", [(FIRST,), (FIRST, version("2", InForce(TURN), 25_00, "lost"))])
def test_without_a_successor_that_carries_the_version_pays_it_itself(plans: tuple[Plan, ...]):
    found = lines(plans, [credit(1, 500_00, JANUARY)], date(2026, 12, 31))
    assert [amount for name, _, amount in carried(found) if name == "plan:p@1"] == [10_00] * 4


def test_a_later_look_moves_no_line_that_was_posted():
    own = [credit(1, 700_00, JANUARY), credit(3, 900_00, JULY)]
    ends = [date(2026, 3, 31), date(2026, 4, 30), date(2026, 7, 31), date(2026, 12, 31)]
    looks = [{line.key: line.earned for line in lines((FIRST, SECOND), own, day)} for day in ends]
    for before, after in itertools.pairwise(looks):
        assert before.items() <= after.items()


def test_windows_of_the_whole_plan_hand_nothing_on():
    plans = (
        version("1", InForce(JOINED, TURN), 10_00, window="plan"),
        version("2", InForce(TURN), 25_00, window="plan"),
    )
    assert carried(lines(plans, [credit(1, 700_00, JANUARY)], date(2026, 12, 31))) == []
