"""Builds the company with its exchange rates, and the calendars."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta

from engine.core.money import Rounding
from engine.core.numerals import Unreadable
from engine.core.problems import Problem
from engine.core.rules.company import RATE_KINDS, Calendar, Company, ExchangeRate
from engine.core.rules.header import Header, Title
from engine.core.value_texts import read_choice, read_currency, read_date, read_number
from engine.rulefiles.building.holidays_of import Announced, announced, countries, subdivisions
from engine.rulefiles.located import Text, problem_at
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.company import WEEKDAYS
from engine.rulefiles.schemas.fields import unreadable
from engine.rulefiles.tables import Table
from engine.rulefiles.values import nearest_first

RATE_COLUMNS = ("source", "target", "from", "rate")
Spans = tuple[tuple[time, time], ...]


def build_company(form: Form, header: Header, rates: tuple[ExchangeRate, ...]) -> Company:
    """The company's record."""
    return Company(
        header=header,
        currency=form["currency"],
        time_zone=form["time_zone"],
        languages=form["languages"],
        fiscal_year_starts=form["fiscal_year_starts"],
        week_starts=WEEKDAYS.index(form["week_starts"]),
        business_hours=form["business_hours"],
        rounding=Rounding(form["rounding"]),
        channels=form["channels"],
        roles=form["roles"],
        calendar=form["calendar"],
        exchange_rates=rates,
        pay_period=form["pay_period"],
        undo_for=form["undo_for"],
    )


def exchange_rates(table: Table) -> tuple[tuple[ExchangeRate, ...], tuple[Problem, ...]]:
    """The rates of a table in the order pair, day, kind. A pair twice on one day in one kind is R236."""
    rates: dict[tuple[str, str, date, str], tuple[ExchangeRate, Text]] = {}
    problems = list(table.problems)
    for row in table.rows:
        rate = _rate(row, problems)
        key = (rate.source, rate.target, rate.from_on, rate.kind) if rate else None
        if rate is None or key is None:
            continue
        if key in rates:
            line = str(rates[key][1].place.line)
            on = str(rate.from_on)
            problems.append(problem_at(row[0], "R236", source=rate.source, target=rate.target, on=on, line=line))
        else:
            rates[key] = (rate, row[0])
    return tuple(rates[key][0] for key in sorted(rates)), tuple(problems)


def _rate(row: tuple[Text, ...], problems: list[Problem]) -> ExchangeRate | None:
    """The rate of one line, or None with its problems added."""
    read: list[object] = []
    readers = (read_currency, read_currency, read_date, read_number, _kind)
    for cell, reader in zip(row, readers[: len(row)], strict=True):
        try:
            read.append(reader(cell))
        except Unreadable as problem:
            problems.append(unreadable(cell, problem))
    if len(read) < len(row):
        return None
    source, target, on, rate, kind = read if len(read) == len(readers) else (*read, "spot")
    if not rate > 0:  # type: ignore[operator]
        problems.append(problem_at(row[3], "R069", found=row[3]))
        return None
    id = f"{source}-{target}-{on}" + ("" if kind == "spot" else f"-{kind}")
    return ExchangeRate(source, target, on, rate, id, kind)  # type: ignore[arg-type]


def _kind(text: str) -> str:
    """The kind of a rate; spot where nothing is said. R172 for another word."""
    return read_choice(text, RATE_KINDS) if text.strip() else "spot"


def build_calendar(form: Form, header: Header, company: Company, problems: list[Problem]) -> Calendar | None:
    """The calendar: what its base has announced, then the author's own exceptions. None when the base is unknown."""
    _, end_year = form["years"]
    base = _announced(form, problems)
    if base is None:
        return None
    holidays, make_up_days = _days(form["holidays"]), _days(form["make_up_days"])
    told = {day.year for day in (*holidays, *make_up_days)}
    return Calendar(
        header=header,
        region=form.get("base", ""),
        hours=_hours(form.get("hours"), company.business_hours),
        holidays=_without({**base.holidays, **holidays}, make_up_days),
        make_up_days=_without({**base.make_up_days, **make_up_days}, holidays),
        time_zone=form.get("time_zone", company.time_zone),
        provisional_years=frozenset(base.provisional - told),
        known_until=date(end_year, 1, 1),
    )


def _announced(form: Form, problems: list[Problem]) -> Announced | None:
    """What the base country has announced; None, with a problem, when the library does not know it."""
    country, part = form.get("base", ""), form["subdivision"]
    if not country:
        return Announced({}, {}, frozenset())
    if country not in countries():
        codes = [code for code in countries() if len(code) == 2]
        near = ", ".join(nearest_first(country.upper()[:2], codes)[:3])
        problems.append(problem_at(form.at("base"), "R067", found=country, near=near))
        return None
    if part and part not in subdivisions(country):
        known = ", ".join(subdivisions(country)) or "–"
        problems.append(problem_at(form.at("subdivision"), "R068", found=part, country=country, known=known))
        return None
    return announced(country, part, *form["years"])


def _days(forms: Iterable[Form]) -> dict[date, Title]:
    """Every day of the exceptions with its title."""
    found: dict[date, Title] = {}
    for form in forms:
        day = form.get("on") or form["from_on"]
        end = form.get("until_on") or day + timedelta(days=1)
        while day < end:
            found[day] = form["title"]
            day += timedelta(days=1)
    return found


def _without(days: Mapping[date, Title], others: Mapping[date, Title]) -> dict[date, Title]:
    """The days that the author did not declare to be the opposite."""
    return {day: title for day, title in sorted(days.items()) if day not in others}


def _hours(form: Form | None, usual: tuple[time, time]) -> tuple[Spans, ...]:
    """Hours from Monday to Sunday: the company's on weekdays when nothing is said, else what is said."""
    if form is None:
        return (*((usual,) for _ in range(5)), (), ())
    default = form.get("weekdays", ())
    return tuple(form.get(day, default if number < 5 else ()) for number, day in enumerate(WEEKDAYS))
