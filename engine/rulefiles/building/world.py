"""What expressions of a rulebook ask beyond their facts: the company's rates, its calendar, its fiscal periods."""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from engine.core.formulas import EvaluationError
from engine.core.periods import parse_period
from engine.core.rules.company import Calendar, Company
from engine.core.workflow.business_time import business_days_between
from engine.language import LookupTable, Span

Rates = Mapping[tuple[str, str], tuple[tuple[date, ...], tuple[Fraction, ...]]]


@dataclass(frozen=True, slots=True)
class World:
    """The environment of one rulebook. `calendars` are all versions; the company's, in force on a day, counts."""

    company: Company
    calendars: tuple[Calendar, ...]
    rates: Rates
    measures: tuple[str, ...]
    tables: Mapping[str, LookupTable] = field(default_factory=dict)

    def rate(self, source: str, target: str, on: date) -> Fraction:
        """The pair's latest rate up to that day; E080 when there is none. Never inverted, never chained."""
        if source == target:
            return Fraction(1)
        days, rates = self.rates.get((source, target), ((), ()))
        place = bisect_right(days, on)
        if not place:
            raise EvaluationError("E080", source=source, target=target, on=on.isoformat())
        return rates[place - 1]

    def business_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`, by the calendar in force on the earlier day."""
        on = min(first, last)
        for calendar in self.calendars:
            if calendar.header.id == self.company.calendar and calendar.header.in_force.covers(on):
                return business_days_between(calendar, first, last)
        raise EvaluationError("E040", calendar=self.company.calendar, on=on.isoformat())

    def period(self, text: str) -> Span:
        """The days of a period of the company's fiscal calendar."""
        return parse_period(text, self.company)

    def table(self, name: str) -> LookupTable | None:
        """A decision table by its id, or one of its results as `id.result`."""
        return self.tables.get(name)

    def table_names(self) -> Collection[str]:
        """The ids of all tables, and each with its results."""
        return self.tables.keys()

    def measure_names(self) -> Collection[str]:
        """Every credit and measure that `attainment` and `rank` may name."""
        return self.measures

    def local(self, moment: datetime) -> datetime:
        """A time on the company's clock, in UTC."""
        return moment.replace(tzinfo=ZoneInfo(self.company.time_zone)).astimezone(UTC)


def world_of(company: Company, calendars: tuple[Calendar, ...], measures: tuple[str, ...]) -> World:
    """The world of a company, with its spot rates by pair in the order of their days."""
    pairs: dict[tuple[str, str], tuple[list[date], list[Fraction]]] = {}
    spot = (rate for rate in company.exchange_rates if rate.kind == "spot")
    for rate in sorted(spot, key=lambda rate: rate.from_on):
        days, rates = pairs.setdefault((rate.source, rate.target), ([], []))
        days.append(rate.from_on)
        rates.append(rate.rate)
    return World(
        company, calendars, {pair: (tuple(days), tuple(rates)) for pair, (days, rates) in pairs.items()}, measures
    )
