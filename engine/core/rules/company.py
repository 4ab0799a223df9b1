"""The company a rule folder speaks for: currency, zone, languages, fiscal year, exchange rates; and its calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction

from engine.core.durations import Duration, DurationUnit
from engine.core.money import Rounding
from engine.core.rules.header import Header, Title


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """From `from_on` on, until the pair's next rate: 1 unit of `source` is `rate` units of `target`. `id` names the row.

    `kind` is spot, plan (a rate agreed for planning), or month_average, which holds for the month it begins in alone.
    """

    source: str
    target: str
    from_on: date
    rate: Fraction
    id: str
    kind: str = "spot"


RATE_KINDS = ("spot", "month_average", "plan")
"""The kinds of exchange rate. What expressions compare and `convert` is always at spot."""


UNDO_FOR = Duration(15, DurationUnit.MINUTES)
"""How long an answer to a task may be taken back where the company does not say."""


@dataclass(frozen=True, slots=True)
class Company:
    """The settings that hold for the whole folder. `fiscal_year_starts` is (month, day).

    `pay_period` is the kind of period in which the books are kept, runs are made and closed: month or quarter. `undo_for`
    is how long an answer to a task may be taken back.
    """

    header: Header
    currency: str
    time_zone: str
    languages: tuple[str, ...]
    fiscal_year_starts: tuple[int, int]
    week_starts: int
    business_hours: tuple[time, time]
    rounding: Rounding
    channels: tuple[str, ...]
    roles: tuple[str, ...]
    calendar: str
    exchange_rates: tuple[ExchangeRate, ...] = ()
    pay_period: str = "month"
    undo_for: Duration = UNDO_FOR


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days and hours of a region.

    `hours` gives, per weekday (Monday 0), the working intervals of a normal working day; an empty tuple is a day off.
    `holidays` are days off whatever the weekday, `make_up_days` are working days whatever the weekday, with the reason
    shown to people. `provisional_years` are years whose official notice is not yet known: dates computed in them are
    marked. `known_until` is the first day of which nothing is known. `hours_on` are the hours of single dates, which
    count before everything else (a short day, other hours on a make-up day; empty: a day off).
    """

    header: Header
    region: str
    hours: tuple[tuple[tuple[time, time], ...], ...]
    holidays: Mapping[date, Title]
    make_up_days: Mapping[date, Title]
    time_zone: str
    provisional_years: frozenset[int] = frozenset()
    known_until: date | None = None
    hours_on: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)
