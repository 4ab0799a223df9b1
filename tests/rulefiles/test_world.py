"""What expressions ask of a rulebook's world: rates, working days, fiscal periods, local time."""

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from engine.core.formulas import EvaluationError
from engine.rulefiles.building.world import World, world_of
from engine.rulefiles.loading import load_rules

RULES = Path(__file__).resolve().parents[2] / "rules"


@pytest.fixture(scope="module")
def world() -> World:
    rulebook = load_rules(RULES).rulebook
    assert rulebook is not None
    return world_of(rulebook.company, rulebook.calendars, ("bookings",))


def test_a_rate_holds_from_its_day_until_the_next_one(world: World) -> None:
    before, first, later = (world.rate("USD", "CNY", date(2025, *day)) for day in ((1, 31), (2, 1), (2, 28)))
    assert (before, first, later) == (Fraction("7.3010"), Fraction("7.2880"), Fraction("7.2880"))


@pytest.mark.parametrize(("pair", "on"), [("USD CNY", date(2024, 12, 31)), ("CNY USD", date(2026, 1, 1))])
def test_a_missing_rate_is_an_error_and_none_is_ever_turned_round(world: World, pair: str, on: date) -> None:
    with pytest.raises(EvaluationError) as missing:
        world.rate(*pair.split(), on)
    assert missing.value.code == "E080"


def test_the_same_currency_needs_no_rate(world: World) -> None:
    assert world.rate("CNY", "CNY", date(2000, 1, 1)) == 1


def test_working_days_are_those_of_the_company_calendar_with_make_up_days(world: World) -> None:
    friday, make_up_saturday = date(2026, 2, 13), date(2026, 2, 14)
    assert world.business_days_between(friday, make_up_saturday) == 1
    assert world.business_days_between(make_up_saturday, friday) == -1


def test_a_quarter_is_one_of_the_fiscal_year(world: World) -> None:
    span = world.period("2026-Q2")
    assert (span.start, span.end) == (date(2026, 4, 1), date(2026, 7, 1))


def test_a_written_time_is_local_to_the_company(world: World) -> None:
    assert world.local(datetime(2026, 3, 31, 18)) == datetime(2026, 3, 31, 10, tzinfo=UTC)
