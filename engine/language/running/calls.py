"""The functions of the language at work, on values that are all set."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from engine.core.decision_tables.finding import Found
from engine.core.fact_types import FactKind
from engine.core.formulas import EvaluationError, Facts
from engine.core.money import ExactMoney, Money, rounded
from engine.language.checking.types import Type
from engine.language.environment import Environment, Span
from engine.language.running.operations import calculated, exchanged, largest, smallest
from engine.language.syntax.nodes import Call

Values = Sequence[Any]


def called(node: Call, values: Values, kind: Type, environment: Environment) -> object:
    """The value of a function for its arguments; `kind` is the type of the result. Errors get the call's place."""
    try:
        return _WORK[node.function](node, values, kind, environment)
    except EvaluationError as error:
        raise EvaluationError(error.code, error.place or node.place, **error.params) from error


def _half_up(ratio: Fraction) -> int:
    return rounded(ratio.numerator, ratio.denominator)


def _up(ratio: Fraction) -> int:
    return -(-ratio.numerator // ratio.denominator)


def _down(ratio: Fraction) -> int:
    return ratio.numerator // ratio.denominator


def _to_multiple(whole: Callable[[Fraction], int]) -> Callable[[Call, Values, Type, Environment], object]:
    """Rounding to a multiple of the second argument; without one, of 1, of 1 % or of the smallest unit of money."""

    def multiple(node: Call, values: Values, kind: Type, _: Environment) -> object:
        value = values[0]
        step: Any = abs(values[1]) if len(values) == 2 else _default_step(value, kind)
        steps: Any = calculated(node, "/", value, step)
        return whole(Fraction(steps)) * step

    return multiple


def _default_step(value: Any, kind: Type) -> object:
    if isinstance(value, Money | ExactMoney):
        return Money(1, value.currency)
    return Fraction(1, 100) if kind.kind is FactKind.PERCENT else 1


def months_between(first: date, last: date) -> int:
    """Whole months from the first day to the last; a month is over on the same day number or the month's last day."""
    if last < first:
        return -months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    last_of_month = (last + timedelta(days=1)).month != last.month
    return months if last.day >= first.day or last_of_month else months - 1


def _months_in(_node: Call, values: Values, _kind: Type, _environment: Environment) -> object:
    if len(values) == 1:
        return months_between(values[0].start, values[0].end)
    return months_between(values[0], values[1])


def _start_of(_node: Call, values: Values, _kind: Type, _environment: Environment) -> object:
    span: Span = values[0]
    return span.start


def _end_of(_node: Call, values: Values, _kind: Type, _environment: Environment) -> object:
    """The last day that belongs to the period."""
    span: Span = values[0]
    return span.end - timedelta(days=1)


def looked_up(node: Call, values: Values, facts: Facts, environment: Environment) -> Found:
    """What a table gives for its keys, by the version in force on the event's day. Errors get the call's place."""
    table, on = environment.table(str(values[0])), facts.get("event.on")
    if table is None:
        raise EvaluationError("E084", node.place, table=str(values[0]), keys="")
    try:
        return table.find(tuple(values[1:]), on if isinstance(on, date) else None)
    except EvaluationError as error:
        raise EvaluationError(error.code, error.place or node.place, **error.params) from error


def _business_days(_node: Call, values: Values, _kind: Type, environment: Environment) -> object:
    return environment.business_days_between(values[0], values[1])


def _convert(node: Call, values: Values, _kind: Type, environment: Environment) -> object:
    return exchanged(node, values[0], values[1], values[2], environment)


def _contains(_node: Call, values: Values, _kind: Type, _environment: Environment) -> object:
    """Whether the first text has the second in it; capitals make no difference."""
    return values[1].casefold() in values[0].casefold()


_WORK: Mapping[str, Callable[[Call, Values, Type, Environment], object]] = MappingProxyType(
    {
        "min": lambda node, values, kind, environment: smallest(node, values),
        "max": lambda node, values, kind, environment: largest(node, values),
        "abs": lambda node, values, kind, environment: abs(values[0]),
        "round": _to_multiple(_half_up),
        "floor": _to_multiple(_down),
        "ceil": _to_multiple(_up),
        "days_between": lambda node, values, kind, environment: (values[1] - values[0]).days,
        "business_days_between": _business_days,
        "start_of": _start_of,
        "end_of": _end_of,
        "months_in": _months_in,
        "convert": _convert,
        "text_contains": _contains,
    }
)
