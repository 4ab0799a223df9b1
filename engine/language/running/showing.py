"""Values as a trace shows them: the language's own spelling, with money and long numbers made easy to read."""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction

from engine.core.fact_types import FactKind
from engine.core.formulas import EvaluationError
from engine.core.money import ExactMoney, Money
from engine.core.numerals import shown_number
from engine.language.checking.types import Type
from engine.language.syntax.printing import spelled_value


def shown(value: object, kind: Type) -> str:
    """A value in words: `1,234.50 EUR`, `12.5%`, `"north"`, `2026-03-31`, `["a", "b"]`."""
    match value:
        case bool():
            return "true" if value else "false"
        case Money() | ExactMoney():
            return str(value)
        case int() | Fraction():
            return f"{shown_number(value * 100)}%" if kind.kind is FactKind.PERCENT else shown_number(value)
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ")
        case tuple() | list():
            return _listed(value, kind)
    return spelled_value(value, kind.kind)


def _listed(values: Sequence[object], kind: Type) -> str:
    member = Type(kind.element)
    return f"[{', '.join('not set' if value is None else shown(value, member) for value in values)}]"


def told(error: EvaluationError) -> str:
    """An error's code and particulars: `E080 on=2026-03-14, source=USD, target=CNY`."""
    return f"{error.code} " + ", ".join(f"{name}={error.params[name]}" for name in sorted(error.params))
