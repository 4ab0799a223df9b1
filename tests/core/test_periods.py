"""Periods on calendars of many kinds: names, neighbours, children."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.formulas import EvaluationError
from engine.core.periods import (
    KINDS,
    children,
    fiscal_year,
    months_in,
    next_period,
    parse_period,
    period_of,
    previous_period,
)
from tests.core.incentives.simple import company

CALENDARS = st.builds(company, st.tuples(st.integers(1, 12), st.integers(1, 31)), st.integers(0, 6))
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
PLAIN = company()
APRIL = company((4, 1))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-H2", date(2026, 7, 1), date(2027, 1, 1)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-02", date(2026, 2, 1), date(2026, 3, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-W14", date(2026, 3, 30), date(2026, 4, 6)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 4)),
    ],
)
def test_a_name_spans_its_days_in_a_calendar_year(text: str, start: date, end: date) -> None:
    period = parse_period(text, PLAIN)
    assert (period.id, period.start, period.end, period.last_on) == (text, start, end, end - timedelta(days=1))


def test_a_fiscal_year_is_named_after_the_year_in_which_it_starts() -> None:
    assert (parse_period("2026", APRIL).start, parse_period("2026", APRIL).end) == (date(2026, 4, 1), date(2027, 4, 1))
    assert period_of(date(2027, 2, 14), "quarter", APRIL).id == "2026-Q4"
    assert period_of(date(2027, 2, 14), "month", APRIL).id == "2027-02"
    assert parse_period("2026-W01", APRIL).start == date(2026, 3, 30)
    assert fiscal_year(date(2026, 3, 31), APRIL) == 2025


@pytest.mark.parametrize(
    "text",
    "9991 2026-00 2026-H3 2026-H0 2026-Q5 2026-13 2026-W00 2026-W54 2025-W53 26 2026-Q 0001 ２０２６ 2026-w14".split(),
)
def test_a_name_that_is_no_period_is_an_error(text: str) -> None:
    with pytest.raises(EvaluationError) as error:
        parse_period(text, PLAIN)
    assert (error.value.code, error.value.params) == ("E086", {"period": text})


@given(day=DAYS)
def test_weeks_of_a_calendar_year_are_those_of_iso_8601(day: date) -> None:
    year, week, _ = day.isocalendar()
    assert period_of(day, "week", PLAIN).id == f"{year}-W{week:02d}"


@given(day=DAYS, kind=st.sampled_from(KINDS), calendar=CALENDARS)
def test_every_day_lies_in_one_period_of_each_kind_whose_name_leads_back_to_it(
    day: date, kind: str, calendar: object
) -> None:
    period = period_of(day, kind, calendar)  # type: ignore[arg-type]
    assert period.contains(day) and period.kind == kind
    assert parse_period(period.id, calendar) == period  # type: ignore[arg-type]


@given(day=DAYS, kind=st.sampled_from(KINDS), calendar=CALENDARS)
def test_periods_follow_one_another_without_gap(day: date, kind: str, calendar: object) -> None:
    period = period_of(day, kind, calendar)  # type: ignore[arg-type]
    after, before = next_period(period, calendar), previous_period(period, calendar)  # type: ignore[arg-type]
    assert (after.start, before.end) == (period.end, period.start)
    assert previous_period(after, calendar) == period  # type: ignore[arg-type]


@given(day=DAYS, calendar=CALENDARS)
def test_children_cover_their_parent_exactly_in_order(day: date, calendar: object) -> None:
    for parent, kind, count in (
        ("year", "half", 2),
        ("year", "quarter", 4),
        ("half", "month", 6),
        ("quarter", "month", 3),
    ):
        period = period_of(day, parent, calendar)  # type: ignore[arg-type]
        parts = children(period, kind, calendar)  # type: ignore[arg-type]
        assert len(parts) == count
        assert (parts[0].start, parts[-1].end) == (period.start, period.end)
        assert all(part.within(period) and left.end == part.start for left, part in pairwise(parts))


def test_the_weeks_of_a_month_are_all_that_have_a_day_in_it() -> None:
    weeks = children(parse_period("2026-04", PLAIN), "week", PLAIN)
    assert [week.id for week in weeks] == ["2026-W14", "2026-W15", "2026-W16", "2026-W17", "2026-W18"]
    assert [month.id for month in months_in(parse_period("2026-W14", PLAIN), PLAIN)] == ["2026-03", "2026-04"]


def test_a_period_lies_within_another_when_every_day_does() -> None:
    year, first, last = (parse_period(text, PLAIN) for text in ("2026", "2026-Q1", "2026-Q4"))
    assert first.within(year) and last.within(year) and year.within(year)
    assert not year.within(first) and not year.within(last) and not first.within(last)
    straddling = parse_period("2026-W01", PLAIN)
    assert not straddling.within(year) and not parse_period("2026-W53", PLAIN).within(year)
    assert (first.days, year.days, str(first)) == (90, 365, "2026-Q1")


def test_a_period_holds_its_first_day_and_not_its_end() -> None:
    march = parse_period("2026-03", PLAIN)
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [march.contains(day) for day in days] == [False, True, True, False]
    assert period_of(date(2026, 3, 1), "month", PLAIN) == period_of(date(2026, 3, 31), "month", PLAIN) == march
    assert (previous_period(march, PLAIN).id, next_period(march, PLAIN).id) == ("2026-02", "2026-04")
    assert period_of(date(2026, 4, 1), "year", APRIL).id == period_of(date(2027, 3, 31), "year", APRIL).id == "2026"


def test_the_first_and_last_years_that_have_a_name() -> None:
    assert parse_period("0002", PLAIN).start == date(2, 1, 1) and parse_period("9990", PLAIN).end == date(9991, 1, 1)
    assert parse_period(" 2026-H1 ", PLAIN).id == "2026-H1"
    assert parse_period("0002-Q3", PLAIN).id == "0002-Q3" and parse_period("0002-03", PLAIN).id == "0002-03"
    assert parse_period("0002-W03", PLAIN).id == "0002-W03"


@pytest.mark.parametrize(
    ("week_starts", "first"),
    [(0, (2025, 12, 29)), (1, (2025, 12, 30)), (2, (2025, 12, 31)), (3, (2026, 1, 1)), (4, (2026, 1, 2)),
     (5, (2026, 1, 3)), (6, (2026, 1, 4))],
)  # fmt: skip
def test_week_one_holds_the_fourth_day_of_the_year(week_starts: int, first: tuple[int, int, int]) -> None:
    week = parse_period("2026-W01", company((1, 1), week_starts))
    assert (week.start, week.days, week.kind) == (date(*first), 7, "week")
    assert period_of(date(2026, 1, 4), "week", company((1, 1), week_starts)) == week


@pytest.mark.parametrize(("week_starts", "first"), [(0, 4), (1, -2), (2, -1), (5, 2), (6, 3)])
def test_week_one_of_a_year_whose_fourth_day_is_a_monday(week_starts: int, first: int) -> None:
    week = parse_period("2027-W01", company((1, 1), week_starts))
    assert week.start == date(2027, 1, 1) + timedelta(days=first - 1)


def test_weeks_late_in_the_year_keep_their_number() -> None:
    assert period_of(date(2026, 12, 30), "week", PLAIN).id == "2026-W53"
    assert period_of(date(2026, 11, 1), "week", PLAIN).id == "2026-W44"
    assert period_of(date(2027, 1, 3), "week", PLAIN).id == "2026-W53"
    assert period_of(date(2025, 12, 29), "week", PLAIN).id == "2026-W01"


def test_a_month_may_begin_on_another_day_and_a_short_month_begins_on_its_last() -> None:
    odd = company((1, 31))
    assert period_of(date(2026, 2, 27), "month", odd).id == "2026-01"
    assert parse_period("2026-02", odd).start == date(2026, 2, 28)
    assert parse_period("2026-03", odd).start == date(2026, 3, 31)
