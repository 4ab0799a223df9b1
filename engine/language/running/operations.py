"""Operations on values, shared by the compiled closures and the trace.

Operands are set; what a value that is not set makes of an operation, the callers decide. Whatever cannot be computed
exactly raises EvaluationError with a code of `texts/expressions.py`; it is never false.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from engine.core.currencies import exponent
from engine.core.durations import Duration, DurationUnit
from engine.core.formulas import EvaluationError, Facts
from engine.core.money import ExactMoney, Money
from engine.language.environment import Environment, Span
from engine.language.syntax.nodes import Node

Amount = Money | ExactMoney

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "=": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }
)


def compared(node: Node, sign: str, left: object, right: object, facts: Facts, environment: Environment) -> bool:
    """Whether `left sign right`. Money in another currency is first converted into that of the right side."""
    if isinstance(left, Amount) and isinstance(right, Amount) and left.currency != right.currency:
        left = converted(node, left, right.currency, facts, environment)
    if isinstance(left, Duration) and isinstance(right, Duration) and not left.comparable(right):
        raise EvaluationError("E085", node.place, left=str(left), right=str(right))
    return COMPARISONS[sign](left, right)


def within(node: Node, value: object, low: object, high: object, facts: Facts, environment: Environment) -> bool | None:
    """Whether low <= value <= high. One end that is not met decides, even where the other is not set."""
    above = None if low is None else compared(node, ">=", value, low, facts, environment)
    below = None if high is None else compared(node, "<=", value, high, facts, environment)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def contained(node: Node, value: object, options: Any, facts: Facts, environment: Environment) -> bool | None:
    """Whether a value is in a list or a day in a period. A member that is not set might have been it."""
    if not isinstance(options, tuple):
        return bool(options.start <= value < options.end)
    unknown = False
    for option in options:
        if option is None:
            unknown = True
        elif compared(node, "=", value, option, facts, environment):
            return True
    return None if unknown else False


def converted(node: Node, amount: Amount, currency: str, facts: Facts, environment: Environment) -> ExactMoney:
    """The exact amount in another currency at the rate of the event's date. E083 when that date is not set."""
    on = facts.get("event.on")
    if not isinstance(on, date):
        raise EvaluationError("E083", node.place, amount=str(amount), currency=currency)
    return exchanged(node, amount, currency, on, environment)


def exchanged(node: Node, amount: Amount, currency: str, on: date, environment: Environment) -> ExactMoney:
    """The exact amount in another currency at the rate of a date; the same amount in its own currency."""
    if amount.currency == currency:
        return amount.exact
    try:
        rate = environment.rate(amount.currency, currency, on)
    except EvaluationError as error:
        raise EvaluationError(error.code, error.place or node.place, **error.params) from error
    scale = Fraction(10) ** (exponent(currency) - exponent(amount.currency))
    return ExactMoney(Fraction(amount.minor) * rate * scale, currency)


def period_of(node: Node, text: object, environment: Environment) -> Span:
    """The days of a period that a fact names. E086 for one that there is not."""
    try:
        return environment.period(str(text))
    except EvaluationError as error:
        raise EvaluationError(error.code, error.place or node.place, **error.params) from error


def calculated(node: Node, sign: str, left: Any, right: Any) -> object:
    """`left sign right` for `+ - * / of`, exactly. E081 division by zero, E082 two currencies, E088 no such date."""
    if isinstance(left, Amount) and isinstance(right, Amount) and left.currency != right.currency:
        raise EvaluationError("E082", node.place, source=node.source, left=str(left), right=str(right))
    if isinstance(left, date) or isinstance(right, date):
        return _date_sum(node, sign, left, right)
    try:
        return _CALCULATIONS[sign](left, right)
    except ZeroDivisionError:
        raise EvaluationError("E081", node.place, source=node.source) from None


def _divided(left: Any, right: Any) -> object:
    """An exact quotient; two whole numbers give a fraction."""
    return Fraction(left, right) if isinstance(left, int) and isinstance(right, int) else left / right


_CALCULATIONS: Mapping[str, Callable[[Any, Any], object]] = MappingProxyType(
    {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": _divided, "of": operator.mul}
)


def _date_sum(node: Node, sign: str, left: Any, right: Any) -> object:
    """date − date is days; date ± days or weeks is a date."""
    if isinstance(left, date) and isinstance(right, date):
        return Duration((left - right).days, DurationUnit.DAYS)
    day, duration = (left, right) if isinstance(left, date) else (right, left)
    if duration.unit.base[0] is not DurationUnit.DAYS:
        raise EvaluationError("E085", node.place, left=str(left), right=str(right))
    try:
        return day + timedelta(days=duration.days if sign == "+" else -duration.days)
    except OverflowError:
        raise EvaluationError("E088", node.place, source=node.source) from None


def smallest(node: Node, values: Sequence[Any]) -> object:
    """The least value; the first of equal ones."""
    return min(_of_one_sort(node, values))


def largest(node: Node, values: Sequence[Any]) -> object:
    """The greatest value; the first of equal ones."""
    return max(_of_one_sort(node, values))


def _of_one_sort(node: Node, values: Sequence[Any]) -> Sequence[Any]:
    """The values, when they have one currency (else E082) and one sort of duration (else E085)."""
    first = values[0]
    for value in values[1:]:
        if isinstance(value, Amount) and value.currency != first.currency:
            raise EvaluationError("E082", node.place, source=node.source, left=str(first), right=str(value))
        if isinstance(value, Duration) and not value.comparable(first):
            raise EvaluationError("E085", node.place, left=str(first), right=str(value))
    return values
