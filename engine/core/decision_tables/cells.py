"""Cells as people write them: `hardware`, `a, b`, `not(north)`, `>= 10%`, `[10%..20%)`, `-`; DMN's unary tests."""

import re
from datetime import date
from fractions import Fraction

from engine.core.fact_types import FactKind, FactType
from engine.core.money import ExactMoney, Money
from engine.core.numerals import Unreadable, refuse_full_width
from engine.core.problems import Place, Problem
from engine.core.rules.table import Cell, Column, Span
from engine.core.value_texts import Value, parse_value

ORDERED = frozenset({FactKind.NUMBER, FactKind.PERCENT, FactKind.MONEY, FactKind.DATE})
"""Kinds of keys that can be compared and stand in ranges."""

WORDS = frozenset(
    {FactKind.CHOICE, FactKind.TEXT, FactKind.CURRENCY, FactKind.BOOL}
    | {FactKind.PERSON, FactKind.ACCOUNT, FactKind.DEAL, FactKind.PARTNER}
)
"""Kinds of keys that are equal to one of some words or not."""

ANYTHING = "-"

_NOT = re.compile(r"not\s*\((.*)\)", re.DOTALL)
_RANGE = re.compile(r"([\[(])\s*(.+?)\s*\.\.\s*(.+?)\s*([\])])")
_COMPARED = re.compile(r"(>=|<=|>|<)\s*(.+)")
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')


def read_cell(text: str, column: Column, place: Place) -> Cell:
    """The test that a text spells. Unreadable: R293 for no test, R303 for another currency, else the value's own code."""
    refuse_full_width(text)
    said = text.strip()
    if said == ANYTHING:
        return Cell(said, place, negated=True)
    inside = _NOT.fullmatch(said)
    parts = [part.strip() for part in _COMMA.split(inside[1] if inside else said)]
    if not all(parts) or ANYTHING in parts:
        raise Unreadable("R293", found=text)
    if column.type.kind in WORDS:
        words = frozenset(_word(part, column.type) for part in parts)
        return Cell(said, place, words=words, negated=bool(inside))
    return Cell(said, place, tuple(_span(part, column) for part in parts), negated=bool(inside))


def read_result(text: str, column: Column, place: Place) -> Value | None:
    """The value of a result's cell; None for `-`. Unreadable with the value's own code."""
    return None if text.strip() == ANYTHING else _value(text, column.type, place)


def measure_of(value: object) -> Fraction | object:
    """A key's value as cells compare it: minor units of money, a number, the number of a day; a word as it is."""
    if isinstance(value, Money | ExactMoney):
        return Fraction(value.minor)
    if isinstance(value, date):
        return Fraction(value.toordinal())
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    return value


def takes(cell: Cell, measure: object) -> bool:
    """Whether the cell's test holds for a value, as `measure_of` gives it."""
    return (measure in cell.words or any(_inside(span, measure) for span in cell.spans)) is not cell.negated


def _inside(span: Span, measure: object) -> bool:
    assert isinstance(measure, Fraction), "only ordered columns have spans"
    above = span.low is None or span.low < measure or (span.low_in and span.low == measure)
    return above and (span.high is None or measure < span.high or (span.high_in and span.high == measure))


def _span(text: str, column: Column) -> Span:
    """A range, a comparison or one value."""
    if found := _RANGE.fullmatch(text):
        low, high = (_measured(found[side], column) for side in (2, 3))
        return Span(low, high, found[1] == "[", found[4] == "]")
    if found := _COMPARED.fullmatch(text):
        bound = _measured(found[2], column)
        sign = found[1]
        return Span(bound, None, sign == ">=") if sign[0] == ">" else Span(None, bound, high_in=sign == "<=")
    bound = _measured(text, column)
    return Span(bound, bound)


def _measured(text: str, column: Column) -> Fraction:
    """A value of an ordered column. R303 for money in another currency than the column's."""
    value = _value(text, column.type, Place(""))
    if isinstance(value, Money) and column.currency and value.currency != column.currency:
        raise Unreadable("R303", found=value.currency, currency=column.currency)
    measure = measure_of(value)
    assert isinstance(measure, Fraction), "the column is ordered"
    return measure


def _word(text: str, kind: FactType) -> object:
    """A word, with or without quotes. R293 for a range or comparison, which words do not have."""
    if _RANGE.fullmatch(text) or _COMPARED.fullmatch(text):
        raise Unreadable("R293", found=text)
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return _value(text[1:-1] if quoted else text, kind, Place(""))


def _value(text: str, kind: FactType, place: Place) -> Value:
    found = parse_value(text, kind, place)
    if isinstance(found, Problem):
        raise Unreadable(found.code, **found.params)
    return found
