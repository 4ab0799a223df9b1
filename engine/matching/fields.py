"""The whole numbers that stand for facts: one field of a flat fact for each way in which conditions look at a fact.

Amounts and numbers are doubled, and an odd code lies between two whole ones (7.5 is 15), so that every comparison with
a whole number stays exact. What lies beyond ±(2^53 - 1) is cut off there; constants keep within, so the answer is the
same. A value that has no code (another currency, an unexpected type) gives None: the exact evaluator decides alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from engine.core.fact_types import FactKind
from engine.core.money import ExactMoney, Money
from engine.language.syntax.nodes import Node

LIMIT = 2**53 - 1
"""The largest code. The C module compares up to 2^63, and confuses numbers beyond 2^53 with doubles."""

SCALES = (1, 10_000)
"""A number is multiplied by the first of these that makes its constant whole."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Way(Enum):
    """How a fact is looked at."""

    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    INSTANT = "instant"
    TEXT = "text"
    TRUTH = "truth"
    IS_SET = "is_set"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Field:
    """One number of the flat fact.

    `detail` is the currency of money, the scale of a number, or tells the worlds of computed parts apart. A computed
    field has the `node` that the exact evaluator answers: 1 true, 0 false, absent when not set.
    """

    way: Way
    fact: str = ""
    detail: str | int = ""
    node: Node | None = None


Codes = dict[str, int]
"""Every text that a condition names, and its number from 1 on. 0 is any other text."""

Read = Callable[[Any], str | None]
"""The text of a value's code: empty for a field that is absent, None for a value that has no code."""

WAYS: Mapping[FactKind, Way] = MappingProxyType(
    {
        FactKind.MONEY: Way.MONEY,
        FactKind.NUMBER: Way.NUMBER,
        FactKind.PERCENT: Way.NUMBER,
        FactKind.DATE: Way.DATE,
        FactKind.INSTANT: Way.INSTANT,
        FactKind.BOOL: Way.TRUTH,
        **dict.fromkeys((FactKind.TEXT, FactKind.CHOICE, FactKind.CURRENCY), Way.TEXT),
        **dict.fromkeys((FactKind.PERSON, FactKind.ACCOUNT, FactKind.DEAL, FactKind.PARTNER), Way.TEXT),
    }
)
"""The kinds of facts that can be compared with constants here."""


def reader(field: Field, codes: Codes, prefix: str) -> Read:
    """The function from a value, which may be None (not set), to the prefix with its code."""
    return _READERS[field.way](field, codes, prefix)


def constant_field(way: Way, fact: str, value: object) -> Field | None:
    """The field by which a fact is compared with that constant; None when the constant has no exact code."""
    if way is Way.MONEY:
        return Field(way, fact, value.currency) if isinstance(value, Money | ExactMoney) else None
    if way is not Way.NUMBER:
        return Field(way, fact)
    if not isinstance(value, int | Fraction):
        return None
    return next((Field(way, fact, scale) for scale in SCALES if Fraction(value * scale).denominator == 1), None)


def constant_code(field: Field, value: object, codes: Codes) -> int | None:
    """The code of a constant; None when it is too large to be told from its neighbours."""
    if field.way is Way.TEXT and type(value) is str:
        return codes.setdefault(value, len(codes) + 1)
    text = reader(field, codes, "")(value)
    return int(text) if text and abs(int(text)) < LIMIT else None


def _within(code: int) -> int:
    return code if -LIMIT <= code <= LIMIT else LIMIT if code > 0 else -LIMIT


def _doubled(numerator: int, denominator: int) -> int:
    """Twice the ratio where it is whole, else the odd number between its two neighbours."""
    whole, rest = divmod(numerator, denominator)
    return _within(2 * whole + (rest != 0))


# The readers run for every field of every event; so they test the likely case first and call little.


def _money(field: Field, _: Codes, prefix: str) -> Read:
    currency = field.detail

    def read(value: Any) -> str | None:
        if type(value) is Money and value.currency == currency:
            code = 2 * value.minor
            return f"{prefix}{code if -LIMIT <= code <= LIMIT else _within(code)}"
        if type(value) is ExactMoney and value.currency == currency:
            return f"{prefix}{_doubled(value.minor.numerator, value.minor.denominator)}"
        return "" if value is None else None

    return read


def _number(field: Field, _: Codes, prefix: str) -> Read:
    scale = int(field.detail)
    doubled = 2 * scale

    def read(value: Any) -> str | None:
        if type(value) is int:
            code = doubled * value
            return f"{prefix}{code if -LIMIT <= code <= LIMIT else _within(code)}"
        if type(value) is Fraction:
            numerator, denominator = value.as_integer_ratio()
            return f"{prefix}{_doubled(numerator * scale, denominator)}"
        return "" if value is None else None

    return read


def _date(_: Field, __: Codes, prefix: str) -> Read:
    def read(value: Any) -> str | None:
        if type(value) is date:
            return f"{prefix}{value.toordinal()}"
        return "" if value is None else None

    return read


def _instant(_: Field, __: Codes, prefix: str) -> Read:
    def read(value: Any) -> str | None:
        if type(value) is datetime and value.tzinfo is not None:
            return f"{prefix}{_within((value - _EPOCH) // _MICROSECOND)}"
        return "" if value is None else None

    return read


def _text(_: Field, codes: Codes, prefix: str) -> Read:
    texts, other = {text: f"{prefix}{code}" for text, code in codes.items()}, f"{prefix}0"

    def read(value: Any) -> str | None:
        if type(value) is str:
            return texts.get(value, other)
        return "" if value is None else None

    return read


def _truth(_: Field, __: Codes, prefix: str) -> Read:
    true, false = f"{prefix}1", f"{prefix}0"
    return lambda value: true if value is True else false if value is False else "" if value is None else None


def _is_set(_: Field, __: Codes, prefix: str) -> Read:
    true, false = f"{prefix}1", f"{prefix}0"
    return lambda value: false if value is None else true


_READERS: Mapping[Way, Callable[[Field, Codes, str], Read]] = MappingProxyType(
    {
        Way.MONEY: _money,
        Way.NUMBER: _number,
        Way.DATE: _date,
        Way.INSTANT: _instant,
        Way.TEXT: _text,
        Way.TRUTH: _truth,
        Way.IS_SET: _is_set,
        Way.COMPUTED: _truth,
    }
)
