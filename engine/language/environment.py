"""What expressions ask of the world beyond their facts: exchange rates, calendars, periods, decision tables.

The environment is bound when an expression is compiled. It must answer the same for the same question, for ever: it
is part of what a replay repeats.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Protocol, runtime_checkable

from engine.core.decision_tables.finding import Found
from engine.core.fact_types import FactType
from engine.core.formulas import EvaluationError


@runtime_checkable
class Span(Protocol):
    """A period, half-open: `end` is the first day after it."""

    @property
    def start(self) -> date: ...

    @property
    def end(self) -> date: ...


class LookupTable(Protocol):
    """A decision table as `lookup` reads it."""

    @property
    def by(self) -> tuple[str, ...]:
        """The facts that are its keys when `lookup` names none."""
        ...

    @property
    def takes(self) -> tuple[FactType, ...]:
        """The type of each key."""
        ...

    @property
    def gives(self) -> FactType:
        """The type of its result."""
        ...

    def find(self, keys: tuple[object, ...], on: date | None) -> Found:
        """The result for these keys (None: not set) and the rows that gave it, by the version in force on the event's day.

        Raises E084 when no row matches, E132 when no version is in force, E133 when a day is needed and there is none.
        """
        ...


class Environment(Protocol):
    """The world of one rulebook."""

    def rate(self, source: str, target: str, on: date) -> Fraction:
        """Units of `target` for one unit of `source` on a date, exactly. Raises E080 when it is missing."""
        ...

    def business_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when `last` is earlier."""
        ...

    def period(self, text: str) -> Span:
        """The days of `2026-Q1`, by the fiscal calendar in force. Raises E086 for a period that there is not."""
        ...

    def table(self, name: str) -> LookupTable | None:
        """A decision table, `commission-rate` or `commission-rate.rate`; None when there is none of that name."""
        ...

    def table_names(self) -> Collection[str]:
        """All tables, to suggest from."""
        ...

    def measure_names(self) -> Collection[str] | None:
        """All measures that `attainment` and `rank` may name; None leaves them unchecked."""
        ...

    def local(self, moment: datetime) -> datetime:
        """A naive local time, as rules write it, as an aware one in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Days:
    """A plain Span."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PlainEnvironment:
    """An environment out of plain values: Monday to Friday are worked, years are calendar years, rates are fixed."""

    rates: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    tables: Mapping[str, LookupTable] = field(default_factory=dict)
    measures: Collection[str] | None = None
    zone: tzinfo = UTC

    def rate(self, source: str, target: str, on: date) -> Fraction:
        """The fixed rate of the pair; E080 when there is none. Never inverted, never chained."""
        if (source, target) not in self.rates:
            raise EvaluationError("E080", source=source, target=target, on=on.isoformat())
        return self.rates[source, target]

    def business_days_between(self, first: date, last: date) -> int:
        """Mondays to Fridays after `first` up to and including `last`."""
        if last < first:
            return -self.business_days_between(last, first)
        weeks, rest = divmod((last - first).days, 7)
        return weeks * 5 + sum((first + timedelta(days=step)).weekday() < 5 for step in range(1, rest + 1))

    def period(self, text: str) -> Span:
        """Calendar years, halves, quarters and months; ISO weeks."""
        try:
            return _span(*text.partition("-"))
        except (ValueError, OverflowError):
            raise EvaluationError("E086", period=text) from None

    def table(self, name: str) -> LookupTable | None:
        """The table given under that name."""
        return self.tables.get(name)

    def table_names(self) -> Collection[str]:
        """The names of the tables given."""
        return self.tables.keys()

    def measure_names(self) -> Collection[str] | None:
        """The measures given."""
        return self.measures

    def local(self, moment: datetime) -> datetime:
        """A local time of `zone`, in UTC."""
        return moment.replace(tzinfo=self.zone).astimezone(UTC)


def _span(year: str, _: str, part: str) -> Days:
    """The days of a year and a part of it: H1, Q1, 03, W14 or none. ValueError where the calendar has no such part."""
    if part.startswith("W"):
        start = date.fromisocalendar(int(year), int(part[1:]), 1)
        return Days(start, start + timedelta(days=7))
    size, number = {"": (12, "1"), "H": (6, part[1:]), "Q": (3, part[1:])}.get(part[:1], (1, part))
    first = int(year) * 12 + (int(number) - 1) * size
    return Days(_month(first), _month(first + size))


def _month(months: int) -> date:
    """The first day of the month that is `months` after the year 0."""
    return date(months // 12, months % 12 + 1, 1)
