"""Working days and hours: the Chinese calendar of 2026 with its make-up days, clocks that change, exceptions."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from engine.core.formulas import EvaluationError
from engine.core.workflow.calendars import (
    hours_of,
    instant,
    is_provisional,
    is_working_day,
    is_working_moment,
    last_working_day,
    next_working_moment,
)
from tests.core.workflow.story import calendar, local

CN = calendar()
DAY = ((time(9), time(18)),)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-09-20", True),  # a Sunday, worked for 6 October
        ("2026-09-25", False),  # Mid-Autumn Festival
        ("2026-09-30", True),
        ("2026-10-01", False),
        ("2026-10-04", False),  # the Sunday inside the holiday
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # a Saturday, worked for 7 October
        ("2026-10-11", False),
    ],
)
def test_national_day_2026_is_off_and_its_make_up_days_are_worked(day: str, worked: bool) -> None:
    assert is_working_day(CN, date.fromisoformat(day)) is worked


def test_a_make_up_day_on_a_weekend_is_worked_like_a_normal_day() -> None:
    assert hours_of(CN, date(2026, 10, 10)) == DAY


def test_hours_of_a_single_date_come_before_everything_else() -> None:
    short = replace(CN, hours_on={date(2026, 10, 10): ((time(10), time(12)),), date(2026, 10, 9): ()})
    assert hours_of(short, date(2026, 10, 10)) == ((time(10), time(12)),)
    assert not is_working_day(short, date(2026, 10, 9))


def test_opening_is_working_time_and_closing_is_not() -> None:
    assert is_working_moment(CN, local("2026-09-30 09:00"))
    assert not is_working_moment(CN, local("2026-09-30 18:00"))


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-09-30 17:59", "2026-09-30 17:59"),
        ("2026-09-30 08:00", "2026-09-30 09:00"),
        ("2026-09-30 18:00", "2026-10-08 09:00"),
        ("2026-10-04 12:00", "2026-10-08 09:00"),
        ("2026-10-09 18:30", "2026-10-10 09:00"),
    ],
)
def test_the_next_working_moment_is_now_or_the_next_opening(at: str, then: str) -> None:
    assert next_working_moment(CN, local(at)) == local(then)


def test_the_last_working_day_looks_back_over_the_holiday() -> None:
    assert last_working_day(CN, date(2026, 10, 4)) == date(2026, 9, 30)
    assert last_working_day(CN, date(2026, 10, 8)) == date(2026, 10, 8)


def test_a_closing_at_midnight_is_the_end_of_the_day() -> None:
    open_all_day = replace(CN, hours=(((time(0), time(0)),),) * 7, holidays={})
    assert is_working_moment(open_all_day, local("2026-10-04 23:59"))


def test_a_skipped_clock_time_is_an_hour_later_and_a_repeated_one_is_its_first() -> None:
    assert instant("America/Los_Angeles", date(2014, 3, 9), time(2, 30)) == datetime(2014, 3, 9, 10, 30, tzinfo=UTC)
    assert instant("America/New_York", date(2014, 11, 2), time(1, 30)) == datetime(2014, 11, 2, 5, 30, tzinfo=UTC)


def test_a_calendar_without_working_time_is_an_error_and_not_an_endless_search() -> None:
    never = replace(CN, hours=((),) * 7, make_up_days={})
    for search in (
        lambda: next_working_moment(never, local("2026-10-01 09:00")),
        lambda: last_working_day(never, date(2026, 1, 1)),
    ):
        with pytest.raises(EvaluationError) as raised:
            search()
        assert raised.value.code == "E040"


def test_a_year_without_official_notice_and_days_beyond_the_calendar_are_provisional() -> None:
    assert not is_provisional(CN, date(2026, 10, 1))
    assert is_provisional(CN, date(2027, 3, 1))
    assert is_provisional(CN, date(2029, 1, 1))
