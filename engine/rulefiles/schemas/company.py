"""Schemas of `company` and `calendar`: what holds for the whole folder, and when people work."""

from typing import Any

from marshmallow import ValidationError

from engine.core.rules.company import UNDO_FOR
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, TimelessSchema, no_effect
from engine.rulefiles.schemas.fields import (
    Choice,
    CsvFile,
    Currency,
    Day,
    DurationValue,
    Hours,
    Line,
    MonthDay,
    Name,
    Whole,
    Zone,
)
from engine.rulefiles.schemas.shapes import ListOf, Nested, Words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROUNDINGS = ("half_up", "half_even", "down")


class ExchangeRatesSchema(RuleSchema):
    """Where exchange rates come from."""

    source = Choice("company", required=True)
    on = Choice("event_date", load_default="event_date")
    table = CsvFile(required=True)


class CompanySchema(TimelessSchema):
    """`company:`, once per folder."""

    id = Name(data_key="company", required=True)
    currency = Currency(required=True)
    time_zone = Zone(required=True)
    languages = ListOf(Choice("en", "zh"), at_least=1, required=True)
    fiscal_year_starts = MonthDay(load_default=(1, 1))
    week_starts = Choice(*WEEKDAYS, load_default="monday")
    business_hours = Hours(required=True)
    rounding = Choice(*ROUNDINGS, load_default="half_up")
    pay_period = Choice("month", "quarter", load_default="month")
    undo_for = DurationValue(load_default=UNDO_FOR)
    exchange_rates = Nested(ExchangeRatesSchema)
    channels = ListOf(Name(dotted=True), load_default=())
    roles = ListOf(Name(dotted=True), load_default=())
    calendar = Name(required=True)


class YearsSchema(RuleSchema):
    """`{from: 2025, until: 2028}`, half-open."""

    from_year = Whole(data_key="from", required=True)
    until_year = Whole(data_key="until", required=True)

    def made(self, form: Form) -> tuple[int, int]:
        """The first year and the one after the last."""
        start, end = form["from_year"], form["until_year"]
        if not 1950 <= start < end <= 2100:
            raise ValidationError({"until": [problem_at(form.at("until"), "R029", start=str(start), until=str(end))]})
        return start, end


class ExceptionSchema(RuleSchema):
    """One day, or a span of days, that differs from the base."""

    on = Day()
    from_on = Day(data_key="from")
    until_on = Day(data_key="until")
    title = Words(required=True)

    def made(self, form: Form) -> Any:
        """The exception, once it is either a day or a span."""
        spans = {"from_on", "until_on"} & set(form)
        if ("on" in form) == bool(spans) or len(spans) == 1:
            raise ValidationError({"on": [problem_at(form.source, "R052")]})
        if spans and form["until_on"] <= form["from_on"]:
            wrong = problem_at(form.at("until"), "R050", until=str(form["until_on"]), start=str(form["from_on"]))
            raise ValidationError({"until": [wrong]})
        return form


class HoursSchema(RuleSchema):
    """Working hours by weekday; a weekday that is left out is a day off."""

    weekdays = ListOf(Hours())
    monday = ListOf(Hours())
    tuesday = ListOf(Hours())
    wednesday = ListOf(Hours())
    thursday = ListOf(Hours())
    friday = ListOf(Hours())
    saturday = ListOf(Hours())
    sunday = ListOf(Hours())


class CalendarSchema(HeaderSchema):
    """`calendar:`, working days and hours of a region."""

    id = Name(data_key="calendar", required=True)
    base = Line()
    subdivision = Line(load_default="")
    years = Nested(YearsSchema, required=True)
    time_zone = Zone()
    hours = Nested(HoursSchema)
    holidays = ListOf(Nested(ExceptionSchema), load_default=())
    make_up_days = ListOf(Nested(ExceptionSchema), load_default=())

    def made(self, form: Form) -> Form:
        """The calendar, once a part of a country has its country."""
        if "base" not in form:
            no_effect(form, ["subdivision"], "there is no `base` that it could be a part of", "没有所属的 `base`")
        return form
