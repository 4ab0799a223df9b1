"""Random typed trees over a few facts, and an evaluator of them that shares nothing with the product's."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st

from engine.core.fact_types import FactKind, FactType
from engine.core.money import ExactMoney, Money
from engine.language import PlainEnvironment
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node

FACTS: Mapping[str, FactType] = {
    "yes.one": FactType(FactKind.BOOL),
    "yes.two": FactType(FactKind.BOOL),
    "count.one": FactType(FactKind.NUMBER),
    "count.two": FactType(FactKind.NUMBER),
    "pay.one": FactType(FactKind.MONEY),
    "pay.two": FactType(FactKind.MONEY),
    "word.one": FactType(FactKind.CHOICE, ("a", "b", "c")),
    "event.on": FactType(FactKind.DATE),
}
RATE = Fraction(1, 2)
ENVIRONMENT = PlainEnvironment(rates={("USD", "EUR"): RATE})

SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


MONEYS = st.builds(Money, st.integers(-300, 300), st.sampled_from(["EUR", "EUR", "USD"]))

SITUATIONS = st.fixed_dictionaries(
    {
        "yes.one": _maybe(st.booleans()),
        "yes.two": _maybe(st.booleans()),
        "count.one": _maybe(st.integers(-3, 3)),
        "count.two": _maybe(st.fractions(-2, 2, max_denominator=4)),
        "pay.one": _maybe(MONEYS),
        "pay.two": _maybe(MONEYS),
        "word.one": _maybe(st.sampled_from("abc")),
        "event.on": st.dates(),
    }
)


def _names(kind: FactKind) -> st.SearchStrategy[Node]:
    return st.sampled_from([nodes.Name(name) for name, fact in FACTS.items() if fact.kind is kind])


def _literals(values: st.SearchStrategy[Any], kind: FactKind) -> st.SearchStrategy[Node]:
    return values.map(lambda value: nodes.Literal(value, kind))


def _tenths(value: int) -> int | Fraction:
    return value // 10 if value % 10 == 0 else Fraction(value, 10)


_WORDS = _literals(st.sampled_from("abc"), FactKind.TEXT) | _names(FactKind.CHOICE)


@cache
@st.composite
def numbers(draw: st.DrawFn, depth: int = 2) -> Node:
    """A tree that gives a number."""
    if depth == 0 or draw(st.booleans()):
        return draw(_literals(st.integers(0, 40).map(_tenths), FactKind.NUMBER) | _names(FactKind.NUMBER))
    inner = numbers(depth - 1)
    arithmetic = st.builds(nodes.Arithmetic, st.sampled_from("+-*/"), inner, inner)
    return draw(arithmetic | st.builds(nodes.Negative, inner) | _choices(inner, depth))


@cache
@st.composite
def amounts(draw: st.DrawFn, depth: int = 2) -> Node:
    """A tree that gives money."""
    if depth == 0 or draw(st.booleans()):
        literal = st.builds(Money, st.integers(0, 300), st.sampled_from(["EUR", "USD"]))
        return draw(_literals(literal, FactKind.MONEY) | _names(FactKind.MONEY))
    inner = amounts(depth - 1)
    sums = st.builds(nodes.Arithmetic, st.sampled_from("+-"), inner, inner)
    products = st.builds(nodes.Arithmetic, st.sampled_from("*/"), inner, numbers(depth - 1))
    return draw(sums | products | _choices(inner, depth))


def _choices(inner: st.SearchStrategy[Node], depth: int) -> st.SearchStrategy[Node]:
    return st.builds(nodes.Choose, conditions(depth - 1), inner, inner)


@cache
def _comparisons(depth: int) -> st.SearchStrategy[Node]:
    signs = st.sampled_from(sorted(SIGNS))
    counts, pays = numbers(depth), amounts(depth)
    return st.one_of(
        st.builds(nodes.Compared, signs, counts, counts),
        st.builds(nodes.Compared, signs, pays, pays),
        st.builds(nodes.Compared, st.sampled_from(["=", "!="]), _WORDS, _WORDS),
        st.builds(nodes.Between, counts, counts, counts),
        st.builds(nodes.Between, pays, pays, pays),
        st.builds(nodes.Among, _WORDS, _lists(_WORDS), st.booleans()),
        st.builds(nodes.Among, pays, _lists(pays), st.booleans()),
        st.builds(nodes.Among, counts, _lists(counts), st.booleans()),
        st.builds(nodes.IsSet, counts | pays | _WORDS, st.booleans()),
    )


def _lists(items: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(items, min_size=1, max_size=3).map(lambda found: nodes.Listed(tuple(found)))


def joined(maker: type[nodes.And] | type[nodes.Or], items: list[Node]) -> Node:
    """`and` or `or` of the items, flat as the parser makes it."""
    return maker(tuple(part for item in items for part in (item.items if isinstance(item, maker) else (item,))))


@cache
@st.composite
def conditions(draw: st.DrawFn, depth: int = 3) -> Node:
    """A tree that gives true or false."""
    if depth <= 0:
        return draw(_names(FactKind.BOOL) | _literals(st.booleans(), FactKind.BOOL))
    inner = conditions(depth - 1)
    several = st.lists(inner, min_size=2, max_size=3)
    return draw(
        st.one_of(
            _comparisons(min(depth - 1, 1)),
            several.map(lambda items: joined(nodes.And, items)),
            several.map(lambda items: joined(nodes.Or, items)),
            st.builds(nodes.Not, inner),
            _choices(inner, depth),
            inner,
        )
    )


class Failed(Exception):
    """The tree cannot be evaluated for these facts."""


def expected(node: Node, facts: Mapping[str, Any]) -> Any:
    """The tree's value by the definition of the language, None for unknown; Failed for an error."""
    match node:
        case nodes.Literal():
            return node.value
        case nodes.Name():
            return facts[node.name]
        case nodes.IsSet():
            return (expected(node.item, facts) is not None) != node.negated
        case nodes.Not():
            return {True: False, False: True, None: None}[expected(node.item, facts)]
        case nodes.And():
            return _kleene(node.items, facts, False)
        case nodes.Or():
            return _kleene(node.items, facts, True)
        case nodes.Choose():
            chosen = expected(node.condition, facts)
            return None if chosen is None else expected(node.then if chosen else node.otherwise, facts)
        case nodes.Negative():
            value = expected(node.item, facts)
            return None if value is None else -value
        case nodes.Arithmetic():
            return _arithmetic(node.operator, expected(node.left, facts), expected(node.right, facts))
        case nodes.Compared():
            return _compare(node.operator, expected(node.left, facts), expected(node.right, facts))
        case nodes.Between():
            item = expected(node.item, facts)
            if item is None:  # What is not set lies nowhere, whatever its bounds are.
                return None
            low, high = (expected(part, facts) for part in (node.low, node.high))
            ends = (_compare(">=", item, low), _compare("<=", item, high))
            return False if False in ends else None if None in ends else True
        case nodes.Among():
            return _among(node, facts)
    raise AssertionError(node)


def _kleene(items: tuple[Node, ...], facts: Mapping[str, Any], decider: bool) -> bool | None:
    found = []
    for item in items:
        found.append(expected(item, facts))
        if found[-1] is decider:
            return decider
    return None if None in found else not decider


def _among(node: nodes.Among, facts: Mapping[str, Any]) -> bool | None:
    item = expected(node.item, facts)
    assert isinstance(node.options, nodes.Listed)
    options = [expected(option, facts) for option in node.options.items]
    if item is None:
        return None
    if any(_compare("=", item, option) for option in options):
        return not node.negated
    return None if None in options else node.negated


def _minor(value: Any, currency: str) -> Any:
    """An amount in minor units of a currency."""
    if value.currency == currency:
        return value.minor
    if (value.currency, currency) != ("USD", "EUR"):
        raise Failed
    return value.minor * RATE


def _compare(sign: str, left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(right, Money | ExactMoney):
        left, right = _minor(left, right.currency), right.minor
    return SIGNS[sign](left, right)


def _arithmetic(sign: str, left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(left, Money | ExactMoney) and isinstance(right, Money | ExactMoney):
        if left.currency != right.currency:
            raise Failed
        minor = Fraction(left.minor) + (right.minor if sign == "+" else -right.minor)
        return ExactMoney(Fraction(minor), left.currency)
    if sign == "/" and right == 0:
        raise Failed
    if isinstance(left, Money | ExactMoney):
        factor = Fraction(right) if sign == "*" else 1 / Fraction(right)
        return ExactMoney(Fraction(left.minor) * factor, left.currency)
    one, other = Fraction(left), Fraction(right)
    return {"+": one + other, "-": one - other, "*": one * other}[sign] if sign != "/" else one / other
