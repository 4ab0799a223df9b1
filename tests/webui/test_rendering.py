"""How values look: every digit of money kept, ratios rounded for the eye only, days and moments of the company's zone."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some

from engine.core.money import Money
from engine.core.problems import Place
from tests.webui.fake_pay import PERIODS
from tests.webui.fake_work import NOW
from webui import rendering

pytestmark = pytest.mark.web


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Money(123450, "CNY"), "¥1,234.50"),
        (Money(-300, "EUR"), "-€3.00"),
        (Money(0, "CNY"), "¥0.00"),
        (Money(5000, "CHF"), "CHF 50.00"),
        (Money(5000, "JPY"), "JP¥5,000"),
        (None, "--"),
    ],
)
def test_money_is_shown_with_sign_separators_and_all_decimals(amount: Money | None, shown: str) -> None:
    assert rendering.money(amount) == shown


@given(some.integers(-(10**15), 10**15), some.sampled_from(["CNY", "EUR", "USD", "JPY", "KWD"]))
def test_no_digit_of_money_is_lost(minor: int, currency: str) -> None:
    digits = "".join(c for c in rendering.money(Money(minor, currency)) if c.isdigit())
    assert int(digits) == abs(minor)


@pytest.mark.parametrize(
    ("ratio", "places", "shown"),
    [
        (Fraction(7, 8), 2, "87.50%"),
        (Fraction(1, 3), 2, "33.33%"),
        (Fraction(2, 3), 2, "66.67%"),
        (Fraction(-1, 8), 1, "-12.5%"),
        (Fraction(3, 2), 0, "150%"),
        (None, 2, "--"),
    ],
)
def test_a_ratio_is_shown_as_percent(ratio: Fraction | None, places: int, shown: str) -> None:
    assert rendering.percent(ratio, places) == shown


@given(some.fractions(0, 10), some.fractions(Fraction(1, 2), 10))
def test_a_bar_is_never_longer_than_its_ground(ratio: Fraction, most: Fraction) -> None:
    assert 0 <= rendering.width(ratio, most, 600) <= 600


def test_a_period_shows_its_first_and_last_day() -> None:
    assert rendering.days(PERIODS[0]) == "2026-10-01 – 2026-12-31"


def test_a_place_is_shown_without_its_column() -> None:
    assert rendering.place_text(Place("plans/a.yaml", 14, 5)) == "plans/a.yaml:14"
    assert rendering.place_text(Place("plans/a.yaml")) == "plans/a.yaml"


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (NOW - timedelta(days=3), "3 days late"),
        (NOW - timedelta(days=1), "1 day late"),
        (NOW - timedelta(minutes=30), "due since 09:00"),
        (NOW + timedelta(hours=2), "by 11:30"),
        (NOW + timedelta(days=1), "tomorrow 09:30"),
        (NOW + timedelta(days=3), "Thu 11-26"),
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), "1 day late"),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "due since 00:00"),
    ],
)
def test_due_is_said_by_the_company_s_day(app: Flask, when: datetime, shown: str) -> None:
    with app.test_request_context("/"):
        assert rendering.due(when) == shown


def test_days_and_moments_are_the_company_s(app: Flask) -> None:
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    with app.test_request_context("/"):
        assert (rendering.day(late), rendering.moment(late)) == ("2026-11-23", "2026-11-23 00:30")
        assert (rendering.day(date(2026, 1, 2)), rendering.day(date.min), rendering.day(None)) == (
            "2026-01-02",
            "",
            "--",
        )
