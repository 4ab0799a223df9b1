"""Days: windows of a fiscal year that starts on the first of a month, and the day so much later."""

from dataclasses import dataclass
from datetime import date, timedelta

from engine.core.durations import Duration, DurationUnit

LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Window:
    """A span of days [start, end) under the name that quotas and statements use."""

    id: str
    start: date
    end: date

    def holds(self, day: date) -> bool:
        """True from its first day up to, not including, its end."""
        return self.start <= day < self.end


def first_of(months: int) -> date:
    """The first day of a month counted from the year 0."""
    return date(months // 12, months % 12 + 1, 1)


def window_of(day: date, kind: str, fiscal_month: int) -> Window:
    """The window of that kind around a day; a fiscal year is named after the calendar year in which it starts."""
    month, length = day.year * 12 + day.month - 1, LENGTHS[kind]
    year_start = month - (month - (fiscal_month - 1)) % 12
    number = (month - year_start) // length
    start = year_start + number * length
    year = year_start // 12
    names = {"month": f"{month // 12}-{month % 12 + 1:02d}", "year": f"{year}"}
    return Window(names.get(kind, f"{year}-{kind[0].upper()}{number + 1}"), first_of(start), first_of(start + length))


def windows_between(first: date, last: date, kind: str, fiscal_month: int) -> list[Window]:
    """Every window from that of the first day to that of the last."""
    found, day = [], first
    while not found or found[-1].end <= last:
        found.append(window_of(day, kind, fiscal_month))
        day = found[-1].end
    return found


def window_between(start: date, end: date, fiscal_month: int) -> Window:
    """The window of those days, under the fiscal name of just these days where there is one."""
    for kind in ("year", "half", "quarter", "month"):
        window = window_of(start, kind, fiscal_month)
        if (window.start, window.end) == (start, end):
            return window
    return Window(f"{start}/{end}", start, end)


def days_after(day: date, duration: Duration) -> date:
    """That many days, weeks, months or years later; a shorter month ends on its last day."""
    if duration.unit in (DurationUnit.DAYS, DurationUnit.WEEKS):
        return day + timedelta(days=duration.count * (7 if duration.unit is DurationUnit.WEEKS else 1))
    months = duration.count * (12 if duration.unit is DurationUnit.YEARS else 1)
    first = first_of(day.year * 12 + day.month - 1 + months)
    following = first_of(day.year * 12 + day.month + months)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
