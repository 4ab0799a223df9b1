"""What may be compared with what: `= < between in`, and why not where it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.currencies import EXPONENTS
from engine.core.fact_types import FactKind
from engine.core.numerals import nearest
from engine.core.value_texts import nearest_first
from engine.language.checking.types import BOOL, NUMERIC, ORDERED, THINGS, WORDS, Type, named, same_sort
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node

if TYPE_CHECKING:
    from engine.language.checking.checker import Checker


def compared_type(checker: Checker, node: nodes.Compared) -> Type:
    """A comparison is a condition, also when it is wrong: what stands around it is checked all the same."""
    left, right = _operands(checker, node.left, node.right)
    if left is not None and right is not None and _comparable(checker, node, left, right, node.left, node.right):
        _orderable(checker, node, left, node.operator)
        _words_exist(checker, node.left, right)
        _words_exist(checker, node.right, left)
    return BOOL


def between_type(checker: Checker, node: nodes.Between) -> Type:
    """`x between low and high`."""
    item, low, high = (checker.type_of(part) for part in (node.item, node.low, node.high))
    for end, kind in ((node.low, low), (node.high, high)):
        if item is not None and kind is not None and _comparable(checker, node, item, kind, node.item, end):
            _orderable(checker, end, item, "between")
    ends = (node.low, node.high)
    if low is not None and low == high and all(isinstance(end, nodes.Literal) for end in ends) and _reversed(*ends):
        checker.report("R147", node, low=node.low.source, high=node.high.source)
    return BOOL


def among_type(checker: Checker, node: nodes.Among) -> Type:
    """`x in list`, `day in period`."""
    item = checker.type_of(node.item)
    if isinstance(node.options, nodes.Listed) and item is not None:
        _members(checker, node.options, item)
        return BOOL
    options = checker.type_of(node.options)
    if item is None or options is None:
        return BOOL
    if options.kind is FactKind.LIST:
        if _comparable(checker, node, item, _element(options), node.item, node.options):
            _words_exist(checker, node.item, options)
    elif options.kind is not FactKind.PERIOD or item.kind is not FactKind.DATE:
        checker.report("R140", node.options, found=node.options.source, **named("kind", options.kind))
    return BOOL


def agree(
    checker: Checker, node: Node, left: Type, right: Type, one: Node | None = None, other: Node | None = None
) -> bool:
    """True when the two can be equal; else a problem at `node` that says what stood on each side."""
    code = _disagreement(left, right)
    if code is None:
        return True
    words = {"left": (one or node).source, "right": (other or node).source}
    checker.report(code, node, **words, sign="", **named("left", left.kind), **named("right", right.kind))
    return False


def _comparable(
    checker: Checker, node: Node, left: Type, right: Type, one: Node | None = None, other: Node | None = None
) -> bool:
    """`agree`, where money in another currency will be converted when the values are there."""
    checker.may_convert(left, right)
    return agree(checker, node, left, right, one, other)


def sorts_agree(left: Type, right: Type) -> bool:
    """True when one value may stand in for the other, as the two branches of an `if` do."""
    return _disagreement(left, right) is None


def _operands(checker: Checker, left: Node, right: Node) -> tuple[Type | None, Type | None]:
    """The types of two sides, where a bare word beside text or a choice is named as text that lacks its quotes."""
    if _is_bare_word(checker, left) and not _is_bare_word(checker, right):
        other = checker.type_of(right)
        return _bare_word(checker, left, other), other
    first = checker.type_of(left)
    return first, _bare_word(checker, right, first)


def _is_bare_word(checker: Checker, node: Node) -> bool:
    return isinstance(node, nodes.Name) and "." not in node.name and node.name not in checker.facts


def _bare_word(checker: Checker, node: Node, other: Type | None) -> Type | None:
    """The type of a node, which may be a word without quotes."""
    if other is not None and other.kind in WORDS | THINGS and _is_bare_word(checker, node):
        checker.report("R122", node, found=node.source)
        return None
    return checker.type_of(node)


def _members(checker: Checker, options: nodes.Listed, item: Type) -> None:
    """Check a written list member by member, so that each mistake has its own place."""
    if not options.items:
        checker.report("R141", options)
    for member in options.items:
        kind = _bare_word(checker, member, item)
        if kind is not None and _comparable(checker, member, item, kind):
            _words_exist(checker, member, item)
    checker.typing.types[id(options)] = Type(FactKind.LIST, element=item.kind)


def _element(options: Type) -> Type:
    """The type of a list's members."""
    return Type(options.element, options.choices, options.currency, ratio=options.ratio, unit=options.unit)


def _disagreement(left: Type, right: Type) -> str | None:
    """The code of the problem when two types cannot be compared, else None."""
    if same_sort(left, right):
        units = (left.unit, right.unit)
        return "R144" if left.kind is FactKind.DURATION and None not in units and len(set(units)) == 2 else None
    kinds = {left.kind, right.kind}
    return _CODES.get(frozenset(kinds), "R135")


_CODES = {
    frozenset({FactKind.MONEY, FactKind.NUMBER}): "R131",
    NUMERIC: "R132",
    frozenset({FactKind.DURATION, FactKind.NUMBER}): "R151",
    frozenset({FactKind.DATE, FactKind.PERIOD}): "R152",
}
"""Pairs of kinds that people often mix up, each with a remedy of its own."""


def _orderable(checker: Checker, node: Node, kind: Type, operator: str) -> None:
    """Words, persons and truth values are equal or not; they have no order."""
    if operator not in ("=", "!=") and kind.kind not in ORDERED:
        checker.report("R136", node, sign=operator, **named("kind", kind.kind))
    if kind.kind in (FactKind.LIST, FactKind.PERIOD) and operator in ("=", "!="):
        checker.report("R136", node, sign=operator, **named("kind", kind.kind))


def _words_exist(checker: Checker, node: Node, other: Type) -> None:
    """A text beside a choice must be one of its values; beside a currency, a currency."""
    if not isinstance(node, nodes.Literal) or node.kind is not FactKind.TEXT:
        return
    word = str(node.value)
    if other.choices and word not in other.choices:
        checker.report("R130", node, found=word, choices=nearest_first(word, other.choices))
    elif other.kind is FactKind.CURRENCY and word not in EXPONENTS:
        checker.report("R163", node, found=word, near=nearest(word.upper(), EXPONENTS, 3) or "CNY, EUR, USD")


def _reversed(low: Node, high: Node) -> bool:
    """True when a written range can hold nothing."""
    if not (isinstance(low, nodes.Literal) and isinstance(high, nodes.Literal)):
        return False
    return low.kind in ORDERED and low.value is not None and high.value is not None and low.value > high.value  # type: ignore[operator]
