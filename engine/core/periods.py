"""Periods: spans of days [start, end) as rules name them: `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W14`.

The year is the company's fiscal year, named after the calendar year in which it starts; halves and quarters are its
parts, so with a year that starts on 1 April `2026-Q4` is January to March 2027. A month is named after the calendar
month in which it starts. A week belongs to the fiscal year that holds most of its days: week 1 is the first week with
at least four days in the year, which for Monday weeks and a calendar year is ISO 8601.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from engine.core.formulas import EvaluationError
from engine.core.rules.company import Company

KINDS = ("year", "half", "quarter", "month", "week")
"""Every kind of period, longest first."""

_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_NAME = re.compile(r"(\d{4})(?:-(?:(H)([12])|(Q)([1-4])|(W)(\d{2})|(0[1-9]|1[0-2])))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days [start, end). `kind` is of KINDS; `id` is its name, unique in one company."""

    id: str
    kind: str
    start: date
    end: date

    @property
    def last_on(self) -> date:
        """The last day in it."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """True from its first day up to, not including, `end`."""
        return self.start <= day < self.end

    def within(self, other: "Period") -> bool:
        """True when every day of it lies in the other."""
        return other.start <= self.start and self.end <= other.end

    def __str__(self) -> str:
        """Its name."""
        return self.id


def parse_period(text: str, company: Company) -> Period:
    """The period of that name on the company's fiscal calendar. E086 for what is none, such as a week 53 too many."""
    match = _NAME.fullmatch(text.strip())
    if match is None or not 2 <= int(match[1]) <= 9990:
        raise EvaluationError("E086", period=text)
    year, number = int(match[1]), int(match[3] or match[5] or match[7] or match[8] or 0)
    if match[6]:
        return _week(year, number, company)
    if match[8]:
        return _month(year * 12 + number - 1, company)
    kind = "half" if match[2] else "quarter" if match[4] else "year"
    return _part(year, kind, max(number, 1), company)


@dataclass(frozen=True, slots=True)
class _Year:
    """All that a period depends on of a company."""

    fiscal_year_starts: tuple[int, int]
    week_starts: int


Fiscal = Company | _Year


def period_of(day: date, kind: str, company: Fiscal) -> Period:
    """The period of that kind in which the day lies."""
    return _period_of(day, kind, _Year(company.fiscal_year_starts, company.week_starts))


@lru_cache(maxsize=16384)
def _period_of(day: date, kind: str, company: _Year) -> Period:
    if kind == "week":
        return _week_of(day, company)
    if kind == "month":
        return _month_of(day, company)
    year = fiscal_year(day, company)
    parts = (_part(year, kind, number, company) for number in range(1, 12 // _MONTHS[kind] + 1))
    return next(part for part in parts if part.contains(day))


def next_period(period: Period, company: Fiscal) -> Period:
    """The period of the same kind that begins where this one ends."""
    return period_of(period.end, period.kind, company)


def previous_period(period: Period, company: Fiscal) -> Period:
    """The period of the same kind that ends where this one begins."""
    return period_of(period.start - timedelta(days=1), period.kind, company)


def children(period: Period, kind: str, company: Fiscal) -> tuple[Period, ...]:
    """The periods of a shorter kind in it, in order; for weeks, every week that has a day in it."""
    return tuple(_from(period_of(period.start, kind, company), period.end, company))


def months_in(period: Period, company: Fiscal) -> tuple[Period, ...]:
    """Its months; for a week, the one or two months that it touches."""
    return children(period, "month", company)


def fiscal_year(day: date, company: Fiscal) -> int:
    """The calendar year in which the fiscal year of that day started."""
    return day.year if day >= _year_starts(day.year, company) else day.year - 1


def _from(first: Period, end: date, company: Fiscal) -> Iterator[Period]:
    period = first
    while period.start < end:
        yield period
        period = next_period(period, company)


def _day_in(month: int, company: Fiscal) -> date:
    """The day on which the fiscal month of a calendar month (counted from year 0) begins; the 31st may be the 28th."""
    year, index = divmod(month, 12)
    return date(year, index + 1, min(company.fiscal_year_starts[1], monthrange(year, index + 1)[1]))


def _year_starts(year: int, company: Fiscal) -> date:
    return _day_in(year * 12 + company.fiscal_year_starts[0] - 1, company)


def _part(year: int, kind: str, number: int, company: Fiscal) -> Period:
    """The numbered half or quarter of a fiscal year, or the year itself."""
    length = _MONTHS[kind]
    first = year * 12 + company.fiscal_year_starts[0] - 1 + (number - 1) * length
    name = f"{year:04d}" if kind == "year" else f"{year:04d}-{kind[0].upper()}{number}"
    return Period(name, kind, _day_in(first, company), _day_in(first + length, company))


def _month(month: int, company: Fiscal) -> Period:
    return Period(
        f"{month // 12:04d}-{month % 12 + 1:02d}", "month", _day_in(month, company), _day_in(month + 1, company)
    )


def _month_of(day: date, company: Fiscal) -> Period:
    month = day.year * 12 + day.month - 1
    return _month(month if day >= _day_in(month, company) else month - 1, company)


def _first_week(year: int, company: Fiscal) -> date:
    """The first day of week 1: that of the week which holds the fiscal year's fourth day."""
    fourth = _year_starts(year, company) + timedelta(days=3)
    return fourth - timedelta(days=(fourth.weekday() - company.week_starts) % 7)


def _week(year: int, number: int, company: Fiscal) -> Period:
    start = _first_week(year, company) + timedelta(weeks=number - 1)
    if number < 1 or start >= _first_week(year + 1, company):
        raise EvaluationError("E086", period=f"{year:04d}-W{number:02d}")
    return Period(f"{year:04d}-W{number:02d}", "week", start, start + timedelta(days=7))


def _week_of(day: date, company: Fiscal) -> Period:
    year = fiscal_year(day, company) + 1
    while day < _first_week(year, company):
        year -= 1
    return _week(year, (day - _first_week(year, company)).days // 7 + 1, company)
