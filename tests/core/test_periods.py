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
    "text", ["2026-Q5", "2026-13", "2026-W00", "2026-W54", "2025-W53", "26", "2026-Q", "0001", "２０２６", "2026-w14"]
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


def test_a_month_may_begin_on_another_day_and_a_short_month_begins_on_its_last() -> None:
    odd = company((1, 31))
    assert period_of(date(2026, 2, 27), "month", odd).id == "2026-01"
    assert parse_period("2026-02", odd).start == date(2026, 2, 28)
    assert parse_period("2026-03", odd).start == date(2026, 3, 31)
