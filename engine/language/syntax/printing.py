"""A tree as text again, in one canonical spelling: `parse(canonical(tree))` is the same tree."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

from engine.core.durations import Duration
from engine.core.fact_types import FactKind
from engine.core.money import Money
from engine.core.numerals import decimal_text
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node

_IF, _OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _MINUS, _SHARE, _ATOM = range(10)
_OPERATORS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "of": _SHARE}


def canonical(node: Node) -> str:
    """The expression with single blanks and only the parentheses it needs."""
    return _PRINTERS[type(node)](node)


def spelled_value(value: object, kind: FactKind) -> str:
    """A value as the language writes it: `1_234.50 EUR`, `12.5%`, `"north"`, `2026-03-31`."""
    match value:
        case bool():
            return "true" if value else "false"
        case Money():
            return f"{decimal_text(Fraction(value.plain()), '_')} {value.currency}"
        case int() | Fraction():
            return f"{decimal_text(value * 100)}%" if kind is FactKind.PERCENT else decimal_text(value)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Duration():
            return str(value)
        case _:
            return str(value) if kind in (FactKind.PERIOD, FactKind.CURRENCY) else _quoted(str(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _level(node: Node) -> int:
    """How tightly a node's own operator binds."""
    match node:
        case nodes.Choose():
            return _IF
        case nodes.Or():
            return _OR
        case nodes.And():
            return _AND
        case nodes.Not():
            return _NOT
        case nodes.Compared() | nodes.Between() | nodes.Among() | nodes.IsSet():
            return _COMPARISON
        case nodes.Arithmetic():
            return _OPERATORS[node.operator]
        case nodes.Negative():
            return _MINUS
        case _:
            return _ATOM


def _within(node: Node, level: int) -> str:
    """The node's text, in parentheses where it binds less tightly than its surroundings need."""
    return canonical(node) if _level(node) >= level else f"({canonical(node)})"


def _literal(node: nodes.Literal) -> str:
    return spelled_value(node.value, node.kind)


def _call(node: nodes.Call) -> str:
    arguments = [canonical(argument) for argument in node.arguments]
    if node.function == "lookup" and isinstance(node.arguments[0], nodes.Literal):
        arguments[0] = str(node.arguments[0].value)
    return f"{node.function}({', '.join(arguments)})"


def _arithmetic(node: nodes.Arithmetic) -> str:
    level = _OPERATORS[node.operator]
    left, right = (level + 1, level) if node.operator == "of" else (level, level + 1)
    return f"{_within(node.left, left)} {node.operator} {_within(node.right, right)}"


def _compared(node: nodes.Compared) -> str:
    return f"{_within(node.left, _SUM)} {node.operator} {_within(node.right, _SUM)}"


def _between(node: nodes.Between) -> str:
    return f"{_within(node.item, _SUM)} between {_within(node.low, _SUM)} and {_within(node.high, _SUM)}"


def _among(node: nodes.Among) -> str:
    return f"{_within(node.item, _SUM)} {'not in' if node.negated else 'in'} {_within(node.options, _SUM)}"


def _is_set(node: nodes.IsSet) -> str:
    return f"{_within(node.item, _SUM)} is {'not ' if node.negated else ''}set"


def _choose(node: nodes.Choose) -> str:
    return f"if {canonical(node.condition)} then {canonical(node.then)} else {canonical(node.otherwise)}"


_PRINTERS: dict[type, Callable[..., str]] = {
    nodes.Literal: _literal,
    nodes.Listed: lambda node: f"[{', '.join(map(canonical, node.items))}]",
    nodes.Name: lambda node: node.name,
    nodes.Call: _call,
    nodes.Arithmetic: _arithmetic,
    nodes.Negative: lambda node: f"-{_within(node.item, _MINUS)}",
    nodes.Compared: _compared,
    nodes.Between: _between,
    nodes.Among: _among,
    nodes.IsSet: _is_set,
    nodes.Not: lambda node: f"not {_within(node.item, _NOT)}",
    nodes.And: lambda node: " and ".join(_within(item, _NOT) for item in node.items),
    nodes.Or: lambda node: " or ".join(_within(item, _AND) for item in node.items),
    nodes.Choose: _choose,
}
