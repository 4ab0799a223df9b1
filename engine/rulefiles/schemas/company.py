"""Schemas of `company` and `calendar`: what holds for the whole folder, and when people work."""

from typing import Any

from marshmallow import ValidationError

from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema
from engine.rulefiles.schemas.fields import Choice, CsvFile, Currency, Day, Hours, Line, MonthDay, Name, Whole, Zone, about
from engine.rulefiles.schemas.shapes import ListOf, Nested, Words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROUNDINGS = ("half_up", "half_even", "down")


class ExchangeRatesSchema(RuleSchema):
    """Where exchange rates come from."""

    source = Choice("company", required=True, metadata=about("Whose rates: the company's own table.", "汇率来源：公司自定汇率表。"))
    on = Choice("event_date", load_default="event_date", metadata=about("The day whose rate counts.", "以哪一天的汇率为准。"))
    table = CsvFile(required=True, metadata=about("A CSV file beside this one: source,target,from,rate.", "同一文件夹中的 CSV 文件：source,target,from,rate。"))


class CompanySchema(HeaderSchema):
    """`company:`, once per folder."""

    id = Name(data_key="company", required=True, metadata=about("The company's id.", "公司编号。"))
    currency = Currency(required=True, metadata=about("The currency that the company reports in.", "公司的记账本位币。"))
    time_zone = Zone(required=True, metadata=about("The zone of local dates and times.", "当地日期和时间所在的时区。"))
    languages = ListOf(Choice("en", "zh"), at_least=1, required=True, metadata=about("The languages that texts should have.", "文字应具备的语言。"))
    fiscal_year_starts = MonthDay(load_default=(1, 1), metadata=about("The first day of the fiscal year, month-day.", "财年的第一天，月-日。"))
    week_starts = Choice(*WEEKDAYS, load_default="monday", metadata=about("The first day of the week.", "一周的第一天。"))
    business_hours = Hours(required=True, metadata=about("Opening and closing of a normal working day.", "正常工作日的上下班时间。"))
    rounding = Choice(*ROUNDINGS, load_default="half_up", metadata=about("How a posted line is rounded: half_up is away from zero.", "入账行的舍入方式：half_up 为四舍五入。"))
    exchange_rates = Nested(ExchangeRatesSchema, metadata=about("Exchange rates; a missing rate is an error.", "汇率；缺少汇率即为错误。"))
    channels = ListOf(Name(dotted=True), load_default=(), metadata=about("Sales channels, online and offline.", "线上与线下的销售渠道。"))
    roles = ListOf(Name(dotted=True), load_default=(), metadata=about("The roles that people have.", "人员的岗位。"))
    calendar = Name(required=True, metadata=about("The calendar that counts when a rule names none.", "规则未指定时所用的日历。"))


class YearsSchema(RuleSchema):
    """`{from: 2025, until: 2028}`, half-open."""

    from_year = Whole(data_key="from", required=True, metadata=about("The first year.", "第一年。"))
    until_year = Whole(data_key="until", required=True, metadata=about("The first year of which nothing is known.", "尚无资料的第一年。"))

    def made(self, form: Form) -> tuple[int, int]:
        start, end = form["from_year"], form["until_year"]
        if not 1950 <= start < end <= 2100:
            raise ValidationError({"until": [problem_at(form.at("until"), "R029", start=str(start), until=str(end))]})
        return start, end


class ExceptionSchema(RuleSchema):
    """One day, or a span of days, that differs from the base."""

    on = Day(metadata=about("One day.", "某一天。"))
    from_on = Day(data_key="from", metadata=about("The first day of a span.", "一段日期的第一天。"))
    until_on = Day(data_key="until", metadata=about("The first day after the span.", "这段日期之后的第一天。"))
    title = Words(required=True, metadata=about("What people read beside the date.", "显示在日期旁的说明。"))

    def made(self, form: Form) -> Any:
        spans = {"from_on", "until_on"} & set(form)
        if ("on" in form) == bool(spans) or len(spans) == 1:
            raise ValidationError({"on": [problem_at(form.source, "R052")]})
        if spans and form["until_on"] <= form["from_on"]:
            wrong = problem_at(form.at("until"), "R050", until=str(form["until_on"]), start=str(form["from_on"]))
            raise ValidationError({"until": [wrong]})
        return form


class HoursSchema(RuleSchema):
    """Working hours by weekday; a weekday that is left out is a day off."""

    weekdays = ListOf(Hours(), metadata=about("Monday to Friday.", "周一至周五。"))
    monday = ListOf(Hours(), metadata=about("Monday.", "周一。"))
    tuesday = ListOf(Hours(), metadata=about("Tuesday.", "周二。"))
    wednesday = ListOf(Hours(), metadata=about("Wednesday.", "周三。"))
    thursday = ListOf(Hours(), metadata=about("Thursday.", "周四。"))
    friday = ListOf(Hours(), metadata=about("Friday.", "周五。"))
    saturday = ListOf(Hours(), metadata=about("Saturday.", "周六。"))
    sunday = ListOf(Hours(), metadata=about("Sunday.", "周日。"))


class CalendarSchema(HeaderSchema):
    """`calendar:`, working days and hours of a region."""

    id = Name(data_key="calendar", required=True, metadata=about("The calendar's id.", "日历编号。"))
    base = Line(metadata=about("A country of the holiday library: CN, DE, US; none when left out.", "节假日库中的国家：CN、DE、US；省略则无。"))
    subdivision = Line(load_default="", metadata=about("A state or province of that country.", "该国的州或省。"))
    years = Nested(YearsSchema, required=True, metadata=about("The years that the calendar covers.", "日历涵盖的年份。"))
    time_zone = Zone(metadata=about("The region's zone; the company's when left out.", "该地区的时区；省略则用公司的。"))
    hours = Nested(HoursSchema, metadata=about("Working hours; the company's, Monday to Friday, when left out.", "工作时间；省略则为公司上班时间，周一至周五。"))
    holidays = ListOf(Nested(ExceptionSchema), load_default=(), metadata=about("Further days off.", "额外的休息日。"))
    make_up_days = ListOf(Nested(ExceptionSchema), load_default=(), metadata=about("Further working days.", "额外的工作日（调休上班）。"))
