"""Adding and measuring business time, around the National Day of 2026 and from random moments."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.durations import Duration
from engine.core.workflow.business_time import (
    TimePolicy,
    add_business_days,
    add_business_time,
    add_calendar_time,
    business_days_between,
    business_time_between,
    reckon,
    roll,
)
from engine.core.workflow.calendars import is_working_day, is_working_moment
from engine.core.workflow.calendars import local as shown
from engine.core.workflow.notes import show_note
from tests.core.workflow.story import calendar, local

CN = calendar()
LUNCH = replace(CN, hours=(((time(9), time(12)), (time(13), time(18))),) * 5 + ((), ()))


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-09-30 15:00", "0 business days", "2026-09-30 15:00"),
        ("2026-09-30 15:00", "1 business day", "2026-10-08 15:00"),
        ("2026-10-08 15:00", "3 business days", "2026-10-12 15:00"),  # 9, Saturday 10 (made up), 12
        ("2026-09-30 18:30", "1 business day", "2026-10-09 09:00"),  # the 8th at 18:30 is after closing
        ("2026-10-03 11:00", "0 business days", "2026-10-08 09:00"),
        ("2026-10-03 11:00", "1 business day", "2026-10-09 09:00"),
        ("2026-09-30 17:00", "4 business hours", "2026-10-08 12:00"),
        ("2026-09-30 17:00", "1 business hour", "2026-09-30 18:00"),
        ("2026-09-30 17:00", "90 business minutes", "2026-10-08 09:30"),
        ("2026-09-25 10:00", "7 days", "2026-10-08 09:00"),
        ("2026-09-30 10:00", "8 days", "2026-10-08 10:00"),
        ("2026-08-31 10:00", "1 month", "2026-09-30 10:00"),
        ("2026-09-30 10:00", "2 hours", "2026-09-30 12:00"),
    ],
)
def test_time_is_counted_around_national_day(start: str, duration: str, end: str) -> None:
    assert reckon(CN, local(start), Duration.parse(duration)).at == local(end)


@pytest.mark.parametrize(
    ("policy", "start", "duration", "end"),
    [
        (TimePolicy(weekend_start="count_next"), "2026-09-26 15:00", "1 business day", "2026-09-28 15:00"),
        (TimePolicy(defer_time="keep"), "2026-09-26 15:00", "1 business day", "2026-09-29 15:00"),
        (TimePolicy(defer_time="keep"), "2026-09-24 15:00", "2 days", "2026-09-28 15:00"),
        (TimePolicy(on_nonworking="backward"), "2026-09-24 15:00", "10 days", "2026-09-30 15:00"),
        (TimePolicy(on_nonworking="backward"), "2026-09-24 20:00", "10 days", "2026-09-30 09:00"),
        (TimePolicy(on_nonworking="backward"), "2026-09-23 08:00", "1 day", "2026-09-24 09:00"),
        (TimePolicy(on_nonworking="run"), "2026-09-24 15:00", "10 days", "2026-10-04 15:00"),
    ],
)
def test_where_systems_disagree_a_key_decides(policy: TimePolicy, start: str, duration: str, end: str) -> None:
    assert reckon(CN, local(start), Duration.parse(duration), policy).at == local(end)


def test_a_move_off_a_holiday_says_which_holiday_in_both_languages() -> None:
    moved = reckon(CN, local("2026-09-27 10:00"), Duration.parse("7 days"))
    assert moved.at == local("2026-10-08 09:00")
    assert [show_note(note) for note in moved.notes] == [
        "2026-10-04 Sunday → 2026-10-08 Thursday: National Day, calendar cn"
    ]
    assert show_note(moved.notes[0], "zh").startswith("2026-10-04 星期日 → 2026-10-08 星期四：")


def test_a_move_off_a_plain_weekend_names_the_day() -> None:
    moved = reckon(CN, local("2026-09-05 10:00"), Duration.parse("7 days"))
    assert [show_note(note) for note in moved.notes] == [
        "2026-09-12 Saturday → 2026-09-14 Monday: Saturday, calendar cn"
    ]


def test_counting_over_the_holiday_names_what_was_passed_over_and_the_saturday_that_counts() -> None:
    counted = reckon(CN, local("2026-09-30 10:00"), Duration.parse("4 business days"))
    assert counted.at == local("2026-10-12 10:00")
    said = [show_note(note) for note in counted.notes]
    assert said[0] == "2026-10-01 – 2026-10-03 not counted: National Day, calendar cn"
    assert said[-1] == "2026-10-10 Saturday is worked: Make-up working day, calendar cn"
    assert show_note(counted.notes[-1], "zh") == "2026-10-10 星期六 上班：调休上班，日历 cn"


def test_a_date_in_a_year_without_notice_is_marked() -> None:
    reckoned = reckon(CN, local("2026-12-30 10:00"), Duration.parse("5 business days"))
    assert show_note(reckoned.notes[-1]) == "provisional: calendar cn does not yet know 2027 in full"


def test_days_keep_the_clock_when_clocks_change_unless_the_key_says_elapsed() -> None:
    new_york = replace(CN, time_zone="America/New_York", holidays={}, make_up_days={})
    start = datetime(2021, 10, 24, 17, tzinfo=UTC)
    fifteen = Duration.parse("15 days")
    assert add_calendar_time(new_york, start, fifteen) == datetime(2021, 11, 8, 18, tzinfo=UTC)
    assert add_calendar_time(new_york, start, fifteen, TimePolicy(day_arithmetic="elapsed")) == datetime(
        2021, 11, 8, 17, tzinfo=UTC
    )


def test_a_month_ends_with_a_shorter_month_and_years_are_months() -> None:
    assert add_calendar_time(CN, local("2027-01-31 10:00"), Duration.parse("1 month")) == local("2027-02-28 10:00")
    assert add_calendar_time(CN, local("2028-02-29 10:00"), Duration.parse("1 year")) == local("2029-02-28 10:00")
    assert add_calendar_time(CN, local("2026-12-15 10:00"), Duration.parse("1 month")) == local("2027-01-15 10:00")


def test_business_days_between_two_dates_count_the_last_and_not_the_first() -> None:
    assert business_days_between(CN, date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert business_days_between(CN, date(2026, 10, 8), date(2026, 9, 30)) == -1
    assert business_days_between(CN, date(2026, 10, 8), date(2026, 10, 8)) == 0


def test_business_time_between_is_nothing_when_the_end_comes_first() -> None:
    assert business_time_between(CN, local("2026-10-09 10:00"), local("2026-10-08 10:00")) == timedelta(0)


moments = st.datetimes(datetime(2026, 8, 1), datetime(2027, 2, 28)).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
calendars = st.sampled_from([CN, LUNCH, replace(CN, time_zone="America/New_York")])
minutes = st.integers(0, 6000).map(lambda count: timedelta(minutes=count))


@given(calendars, moments, minutes)
def test_the_time_between_a_moment_and_that_moment_plus_an_amount_is_the_amount(cal, start, amount) -> None:
    assert business_time_between(cal, start, add_business_time(cal, start, amount)) == amount


@given(calendars, moments, moments, minutes, minutes)
def test_a_later_start_or_a_larger_amount_never_ends_earlier(cal, one, other, less, more) -> None:
    first, last = sorted([one, other])
    small, large = sorted([less, more])
    assert add_business_time(cal, first, small) <= add_business_time(cal, last, small)
    assert add_business_time(cal, first, small) <= add_business_time(cal, first, large)


@given(calendars, moments, minutes)
def test_business_time_never_ends_outside_working_time(cal, start, amount) -> None:
    end = add_business_time(cal, start, amount)
    assert is_working_moment(cal, end) or (amount and is_working_moment(cal, end - timedelta(seconds=1)))


@given(calendars, moments, moments, st.integers(0, 40))
def test_business_days_land_in_working_time_and_keep_the_order_of_starts(cal, one, other, count) -> None:
    first, last = sorted([one, other])
    assert is_working_moment(cal, add_business_days(cal, first, count))
    assert add_business_days(cal, first, count) <= add_business_days(cal, last, count)


@given(moments, st.integers(0, 40))
def test_business_days_added_in_working_time_are_the_business_days_between(start, count) -> None:
    if is_working_moment(CN, start):
        end = add_business_days(CN, start, count)
        assert business_days_between(CN, shown(CN, start).date(), shown(CN, end).date()) == count
        assert shown(CN, end).time() == shown(CN, start).time()


@given(calendars, moments, st.sampled_from(["forward", "backward"]))
def test_a_moved_date_is_working_time_and_moves_the_way_it_should(cal, at, how) -> None:
    moved = roll(cal, at, TimePolicy(on_nonworking=how))
    assert is_working_moment(cal, moved)
    if how == "forward":
        assert moved >= at
    elif not is_working_day(cal, shown(cal, at).date()):
        assert shown(cal, moved).date() < shown(cal, at).date()
