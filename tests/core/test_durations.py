"""Durations: business and calendar units are different units, which never convert and never compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.durations import Duration, DurationUnit
from engine.core.numerals import Unreadable

DURATION = st.builds(Duration, st.integers(0, 100_000), st.sampled_from(DurationUnit))


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("3 business days", 3, DurationUnit.BUSINESS_DAYS),
        ("1 business day", 1, DurationUnit.BUSINESS_DAYS),
        ("4 business hours", 4, DurationUnit.BUSINESS_HOURS),
        ("0 business minutes", 0, DurationUnit.BUSINESS_MINUTES),
        ("30 days", 30, DurationUnit.DAYS),
        ("2  weeks", 2, DurationUnit.WEEKS),
        ("6 months", 6, DurationUnit.MONTHS),
        ("1 years", 1, DurationUnit.YEARS),
        (" 90 minutes ", 90, DurationUnit.MINUTES),
    ],
)
def test_a_duration_is_read_as_written(text: str, count: int, unit: DurationUnit) -> None:
    read = Duration.parse(text)
    assert (read.count, read.unit) == (count, unit)


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("3 buisness days", "R170", "business days"),
        ("3 dayz", "R170", "days"),
        ("3", "R170", "days"),
        ("days", "R170", "days"),
        ("-3 days", "R170", "days"),
        ("1.5 hours", "R170", "hours"),
        ("1_000 days", "R170", "days"),
        ("999999999 days", "R170", "days"),
        ("", "R170", "days"),
    ],
)
def test_what_is_no_duration_is_refused_with_the_nearest_unit(text: str, code: str, near: str) -> None:
    with pytest.raises(Unreadable) as caught:
        Duration.parse(text)
    assert (caught.value.code, caught.value.params["near"]) == (code, near)


def test_full_width_digits_are_named() -> None:
    with pytest.raises(Unreadable) as caught:
        Duration.parse("３ days")
    assert caught.value.code == "R160" and caught.value.params["plain"] == "3"


@given(DURATION)
def test_a_duration_that_is_printed_reads_back_as_itself(duration: Duration) -> None:
    again = Duration.parse(str(duration))
    assert again == duration and hash(again) == hash(duration) and again.unit is duration.unit


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("2 weeks", "14 days"),
        ("1 year", "12 months"),
        ("2 hours", "120 minutes"),
        ("1 business hour", "60 business minutes"),
    ],
)
def test_units_of_one_kind_convert(one: str, same: str) -> None:
    first, second = Duration.parse(one), Duration.parse(same)
    assert first == second and hash(first) == hash(second)
    assert first <= second and first >= second and not first < second and not first > second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 business days", "3 days"),
        ("1 business day", "8 business hours"),
        ("1 month", "30 days"),
        ("1 day", "24 hours"),
        ("1 business hour", "1 hour"),
    ],
)
def test_units_of_different_kinds_neither_convert_nor_compare(one: str, other: str) -> None:
    first, second = Duration.parse(one), Duration.parse(other)
    assert first != second and not first.comparable(second)
    with pytest.raises(TypeError, match="do not compare"):
        assert first < second
    with pytest.raises(TypeError, match="do not compare"):
        assert first >= second


@given(st.integers(0, 10**4), st.integers(0, 10**4))
def test_days_and_weeks_are_ordered_by_their_days(weeks: int, days: int) -> None:
    one, other = Duration(weeks, DurationUnit.WEEKS), Duration(days, DurationUnit.DAYS)
    assert (one < other) == (weeks * 7 < days) and (one > other) == (weeks * 7 > days)
    assert (one == other) == (weeks * 7 == days)
    assert one.days == weeks * 7 and other.days == days


def test_only_days_and_weeks_are_a_number_of_days() -> None:
    with pytest.raises(TypeError, match="1 month is not a number of days"):
        _ = Duration(1, DurationUnit.MONTHS).days
    assert Duration(1, DurationUnit.DAYS) != "1 day"
    assert DurationUnit.BUSINESS_HOURS.in_business_time and not DurationUnit.HOURS.in_business_time
