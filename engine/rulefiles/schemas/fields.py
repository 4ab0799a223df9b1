"""The kinds of value in rule files, as marshmallow fields over located text.

A field gives a typed value or a ValidationError that carries Problems with their place; it never guesses. Each also
says what an editor should accept, as JSON Schema.
"""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from engine.core import value_texts
from engine.core.durations import Duration, DurationUnit
from engine.core.numerals import Unreadable, refuse_full_width
from engine.core.problems import Problem
from engine.core.rules.profile import CALENDAR_UNITS
from engine.rulefiles import values
from engine.rulefiles.located import Text, problem_at, shown

JsonSchema = dict[str, Any]


CODES: Any = MappingProxyType({"required": "R032", "null": "R036"})
"""What marshmallow says of every field when it is left out or empty: a code, which the schema makes a Problem of."""


def about(en: str, zh: str) -> dict[str, str]:
    """A key's meaning in both languages, for editors and for the reference."""
    return {"description": f"{en}\n{zh}"}


class Value(fields.Field[Any]):
    """A field read from one text. Subclasses give `read` (raising Unreadable) and `like`, what an editor accepts."""

    default_error_messages = CODES
    like: ClassVar[JsonSchema] = {"type": ["string", "number"]}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Text):
            raise ValidationError([problem_at(value, "R035", found=shown(value))])
        if value == "" and value.plain:
            raise ValidationError([problem_at(value, "R036", key=str(attr))])
        try:
            return self.read(value)
        except Unreadable as problem:
            raise ValidationError([unreadable(value, problem)]) from problem

    def read(self, text: Text) -> object:
        """The typed value of a text."""
        raise NotImplementedError

    def _jsonschema_type_mapping(self) -> JsonSchema:
        return dict(self.like)


def unreadable(text: Text, problem: Unreadable) -> Problem:
    """The Problem of a text that is not a value of its kind, at the text; at the character when it is full-width."""
    index = text.find(problem.params.get("found", "")) if problem.code == "R160" else -1
    if index >= 0:
        return Problem(problem.code, text.inside.shifted(index), problem.params)
    return problem_at(text, problem.code, **problem.params)


class Name(Value):
    """An id: kebab-case ASCII, `account-executive`; with `dotted`, a name such as `deal.owner` or `trade_show`."""

    def __init__(self, dotted: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.pattern = values.DOTTED if dotted else values.KEBAB
        self.code = "R048" if dotted else "R047"

    def read(self, text: Text) -> str:
        """The id or name. R047, R048 for anything else."""
        refuse_full_width(text)
        if not re.fullmatch(self.pattern, text):
            raise Unreadable(self.code, found=shown(text), example=values.suggested_id(text))
        return str(text)

    def _jsonschema_type_mapping(self) -> JsonSchema:
        return {"type": "string", "pattern": f"^{self.pattern}$"}


class Choice(Value):
    """One word of a closed list. `later` are words of the language that this version does not carry out yet."""

    def __init__(self, *words: str, later: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(**options)
        self.words, self.later = words, later

    def read(self, text: Text) -> str:
        """The word. R172 lists the words, nearest first; R054 for a word that is not carried out yet."""
        refuse_full_width(text)
        if text in self.later:
            raise Unreadable("R054", key=f"{self.data_key or self.name}: {text}")
        return value_texts.read_choice(text, self.words)

    def _jsonschema_type_mapping(self) -> JsonSchema:
        return {"enum": list(self.words)}


class YesNo(Value):
    """`yes` or `no`."""

    like: ClassVar[JsonSchema] = {"enum": ["yes", "no", True, False]}

    def read(self, text: Text) -> bool:
        return value_texts.read_yes_or_no(text)


@dataclass(frozen=True)
class _Kind:
    """How a value kind is read, and its pattern for an editor."""

    read: Any
    pattern: str


class Typed(Value):
    """A value of the language's kinds: money, percent, number, date, period, duration, time of day…"""

    kind: ClassVar[_Kind]

    def read(self, text: Text) -> object:
        return self.kind.read(text)

    def _jsonschema_type_mapping(self) -> JsonSchema:
        return {"type": ["string", "number"], "pattern": self.kind.pattern}


class MoneyValue(Typed):
    """`120_000 CNY`."""

    kind = _Kind(value_texts.read_money, r"^-?[0-9][0-9_,.]*\s?[万亿]? [A-Z]{3}$")


class Percent(Typed):
    """`8%`, as an exact share. Above 100 % only where `over_100` says so."""

    kind = _Kind(value_texts.read_percent, r"^-?[0-9][0-9_.]*\s?%$")

    def __init__(self, over_100: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.over_100 = over_100

    def read(self, text: Text) -> object:
        """The exact share. R049 outside 0 % to 100 %."""
        share = value_texts.read_percent(text)
        if share < 0 or (share > 1 and not self.over_100):
            raise Unreadable("R049", found=shown(text))
        return share


class Number(Typed):
    """An exact decimal."""

    kind = _Kind(value_texts.read_number, r"^-?[0-9][0-9_.]*$")


class Whole(Typed):
    """A whole number, not negative."""

    kind = _Kind(values.whole, r"^[0-9][0-9_]*$")


class Day(Typed):
    """`2026-03-31`."""

    kind = _Kind(value_texts.read_date, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")


class MonthDay(Typed):
    """`01-01`, as (month, day)."""

    kind = _Kind(values.month_day, r"^[0-9]{2}-[0-9]{2}$")


class PeriodName(Typed):
    """`2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W14`."""

    kind = _Kind(value_texts.read_period, r"^[0-9]{4}(-(H[12]|Q[1-4]|W[0-9]{2}|[0-9]{2}))?$")


class DurationValue(Typed):
    """`3 business days`. With `calendar`, whole days, weeks, months or years only, which a date can be moved by."""

    kind = _Kind(Duration.parse, r"^[0-9]+ [a-z ]+$")

    def __init__(self, calendar: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.calendar = calendar

    def read(self, text: Text) -> object:
        """The duration. R041 for hours or business time where only calendar time is counted."""
        duration = Duration.parse(text)
        if self.calendar and duration.unit not in CALENDAR_UNITS:
            raise Unreadable("R041", found=shown(text))
        return duration


class DaysValue(DurationValue):
    """`2 business days`, `1 weeks`: what a date can be moved by, counting days that are worked or all."""

    def read(self, text: Text) -> object:
        """The duration. R406 for hours and minutes."""
        duration = Duration.parse(text)
        if duration.unit not in (*CALENDAR_UNITS, DurationUnit.BUSINESS_DAYS):
            raise Unreadable("R406", found=shown(text))
        return duration


class Hours(Typed):
    """`09:00-18:00`, as (start, end)."""

    kind = _Kind(values.hours, r"^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$")


class Currency(Typed):
    """`CNY`."""

    kind = _Kind(value_texts.read_currency, r"^[A-Z]{3}$")


class Zone(Typed):
    """`Asia/Shanghai`."""

    kind = _Kind(values.time_zone, r"^[A-Za-z_+\-/0-9]+$")


class CsvFile(Typed):
    """`people-2026.csv`, a file beside this one; kept as text, with its place."""

    kind = _Kind(values.csv_name, r"^[^/\\]+\.csv$")


class Line(Value):
    """Any words, on one line."""

    like: ClassVar[JsonSchema] = {"type": ["string", "number"]}

    def read(self, text: Text) -> str:
        return str(text).strip()


class Expression(Value):
    """A formula; compiled later, when all facts are known. Kept as text with its place."""

    like: ClassVar[JsonSchema] = {"type": ["string", "number", "boolean"]}

    def read(self, text: Text) -> Text:
        return text
