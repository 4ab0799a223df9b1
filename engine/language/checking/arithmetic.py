"""Dimensions: which kinds of value add, subtract, multiply and divide, and what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.durations import DurationUnit
from engine.core.fact_types import FactKind
from engine.language.checking.types import DATE, DAYS, NUMBER, NUMERIC, PERCENT, RATIO, Type, named
from engine.language.syntax import nodes

if TYPE_CHECKING:
    from engine.language.checking.checker import Checker


def arithmetic_type(checker: Checker, node: nodes.Arithmetic) -> Type | None:
    """The type of `left operator right`; None, with a problem, where the two do not go together."""
    left, right = checker.type_of(node.left), checker.type_of(node.right)
    if left is None or right is None:
        return None
    outcome = _sum(node.operator, left, right) if node.operator in "+-" else _product(node.operator, left, right)
    if isinstance(outcome, str):
        checker.report(outcome, node, **_particulars(node, left, right))
        return None
    if (
        node.operator == "/"
        and isinstance(node.right, nodes.Literal)
        and node.right.value is not None
        and not node.right.value
    ):
        checker.report("R146", node.right, found=node.source)
        return None
    return outcome


def negative_type(checker: Checker, node: nodes.Negative) -> Type | None:
    """The type of `-x`: that of x, which is a number, a percent or money."""
    kind = checker.type_of(node.item)
    if kind is not None and kind.kind not in (*NUMERIC, FactKind.MONEY):
        checker.report("R150", node, found=node.item.source, **named("kind", kind.kind))
        return None
    return kind


def _particulars(node: nodes.Arithmetic, left: Type, right: Type) -> dict[str, str]:
    """What the sentences say of an operation that is not possible."""
    return {
        "sign": node.operator,
        "left": node.left.source,
        "right": node.right.source,
        "left_currency": left.currency or "",
        "right_currency": right.currency or "",
        **named("left", left.kind),
        **named("right", right.kind),
    }


def _sum(sign: str, left: Type, right: Type) -> Type | str:
    """The type of a sum or difference, or the code of the problem."""
    kinds = {left.kind, right.kind}
    if kinds == {FactKind.MONEY}:
        return _same_currency(left, right, Type(FactKind.MONEY, currency=_common(left, right)))
    if kinds <= NUMERIC:
        return _sum_of_numbers(left, right)
    if kinds == {FactKind.MONEY, FactKind.PERCENT}:
        return "R133"
    if kinds == {FactKind.MONEY, FactKind.NUMBER}:
        return "R131"
    if FactKind.DATE in kinds:
        return _date_sum(sign, left, right)
    return "R134"


def _sum_of_numbers(left: Type, right: Type) -> Type | str:
    if left.kind is right.kind:
        return PERCENT if left.kind is FactKind.PERCENT else Type(FactKind.NUMBER, ratio=left.ratio and right.ratio)
    return RATIO if left.ratio or right.ratio else "R132"


def _date_sum(sign: str, left: Type, right: Type) -> Type | str:
    """Dates: their difference is days; days and weeks may be added and taken away."""
    if left.kind is right.kind:
        return DAYS if sign == "-" else "R134"
    duration = left if left.kind is FactKind.DURATION else right
    if duration.kind is not FactKind.DURATION or (sign == "-" and right.kind is FactKind.DATE):
        return "R134"
    return DATE if duration.unit in (None, DurationUnit.DAYS) else "R145"


def _product(sign: str, left: Type, right: Type) -> Type | str:
    """The type of a product, quotient or share, or the code of the problem."""
    if sign == "/" and left.kind is right.kind is FactKind.MONEY:
        return _same_currency(left, right, RATIO)
    if left.kind is FactKind.MONEY and right.kind in NUMERIC:
        return Type(FactKind.MONEY, currency=left.currency)
    if right.kind is FactKind.MONEY and left.kind in NUMERIC and sign != "/":
        return Type(FactKind.MONEY, currency=right.currency)
    if {left.kind, right.kind} <= NUMERIC:
        return right if sign == "of" else _product_of_numbers(sign, left, right)
    return "R134"


def _product_of_numbers(sign: str, left: Type, right: Type) -> Type:
    if sign == "/":
        return PERCENT if left.kind is FactKind.PERCENT and right.kind is FactKind.NUMBER else RATIO
    if FactKind.PERCENT in (left.kind, right.kind):
        return PERCENT
    return RATIO if left.ratio or right.ratio else NUMBER


def _common(left: Type, right: Type) -> str | None:
    """The currency of two amounts that go together: known when either's is, since they must be the same."""
    return left.currency or right.currency


def _same_currency(left: Type, right: Type, outcome: Type) -> Type | str:
    """The outcome, unless the two are certainly of different currencies."""
    differ = left.currency and right.currency and left.currency != right.currency
    return "R137" if differ else outcome
