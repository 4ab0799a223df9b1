"""Parse tree to syntax tree: literals get their values, chains are flattened, every node gets its place.

A literal that cannot be read (30 February, three decimals of EUR) is reported and goes on as a value of its kind that
is None, so that the rest is still checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypedDict, cast

from lark import Token, Tree

from engine.core.durations import Duration
from engine.core.fact_types import FactKind
from engine.core.numerals import Unreadable
from engine.core.problems import Place, Problem
from engine.core.value_texts import (
    read_currency,
    read_date,
    read_instant,
    read_money,
    read_number,
    read_percent,
    read_period,
)
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node
from engine.language.syntax.source import Source
from engine.language.syntax.spelling import GUESSED

ParseTree = Tree[Token]

PERIOD_FUNCTIONS = ("start_of", "end_of", "months_in", "attainment", "rank")
"""Functions in whose arguments a bare year, `2026`, is a period."""


class Written(TypedDict):
    """The place and source of a node."""

    place: Place
    source: str


@dataclass(slots=True)
class Builder:
    """Makes nodes out of one parsed text. `offsets` lead back to the text as its author wrote it."""

    source: Source
    offsets: tuple[int, ...]
    problems: list[Problem] = field(default_factory=list)

    def node(self, tree: object) -> Node:
        """The node of a parse tree."""
        parsed = cast(ParseTree, tree)
        return _MAKERS[parsed.data](self, parsed)

    def nodes(self, trees: list[object]) -> tuple[Node, ...]:
        """The nodes of parse trees; None, an absent optional one, is left out."""
        return tuple(self.node(tree) for tree in trees if isinstance(tree, Tree))

    def at(self, tree: ParseTree) -> Written:
        """Where a parse tree stands in the author's text."""
        start, end = self.offsets[tree.meta.start_pos], self.offsets[tree.meta.end_pos]
        return {"place": self.source.place_at(start), "source": self.source.text[start:end]}

    def report(self, tree: ParseTree, slip: Unreadable) -> None:
        """A literal that could not be read."""
        start, end = self.offsets[tree.meta.start_pos], self.offsets[tree.meta.end_pos]
        self.problems.append(self.source.problem(slip.code, start, end, **slip.params))


_LITERALS: Mapping[str, tuple[FactKind, Callable[[str], object]]] = MappingProxyType(
    {
        "number": (FactKind.NUMBER, read_number),
        "money": (FactKind.MONEY, read_money),
        "percent": (FactKind.PERCENT, read_percent),
        "duration": (FactKind.DURATION, Duration.parse),
        "instant": (FactKind.INSTANT, read_instant),
        "date": (FactKind.DATE, read_date),
        "period": (FactKind.PERIOD, read_period),
        "currency": (FactKind.CURRENCY, read_currency),
        "truth": (FactKind.BOOL, lambda word: word == "true"),
    }
)
"""Rule of the grammar -> kind of value and its reader."""


def _literal(builder: Builder, tree: ParseTree) -> Node:
    kind, read = _LITERALS[tree.data]
    try:
        value = read(str(tree.children[0]))
    except Unreadable as slip:
        builder.report(tree, slip)
        value = None
    return nodes.Literal(value, kind, **builder.at(tree))


def _text(builder: Builder, tree: ParseTree) -> Node:
    inside = str(tree.children[0])[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return nodes.Literal(None if inside == GUESSED else inside, FactKind.TEXT, **builder.at(tree))


def _list(builder: Builder, tree: ParseTree) -> Node:
    return nodes.Listed(builder.nodes(list(tree.children)), **builder.at(tree))


def _name(builder: Builder, tree: ParseTree) -> Node:
    return nodes.Name(str(tree.children[0]), **builder.at(tree))


def _call(builder: Builder, tree: ParseTree) -> Node:
    function, *rest = tree.children
    arguments = builder.nodes(list(rest))
    if str(function) in PERIOD_FUNCTIONS:
        arguments = tuple(map(_year_as_period, arguments))
    return nodes.Call(str(function), arguments, **builder.at(tree))


def _lookup(builder: Builder, tree: ParseTree) -> Node:
    return nodes.Call("lookup", builder.nodes(list(tree.children)), **builder.at(tree))


def _table(builder: Builder, tree: ParseTree) -> Node:
    return nodes.Literal(str(tree.children[0]), FactKind.TEXT, **builder.at(tree))


def _arithmetic(builder: Builder, tree: ParseTree) -> Node:
    left, sign, right = tree.children
    return nodes.Arithmetic(str(sign), builder.node(left), builder.node(right), **builder.at(tree))


def _share_of(builder: Builder, tree: ParseTree) -> Node:
    share, _, whole = tree.children
    return nodes.Arithmetic("of", builder.node(share), builder.node(whole), **builder.at(tree))


def _signed(builder: Builder, tree: ParseTree) -> Node:
    sign, item = tree.children
    return nodes.Negative(builder.node(item), **builder.at(tree)) if str(sign) == "-" else builder.node(item)


def _compared(builder: Builder, tree: ParseTree) -> Node:
    left, sign, right = tree.children
    return nodes.Compared(str(sign), builder.node(left), builder.node(right), **builder.at(tree))


def _between(builder: Builder, tree: ParseTree) -> Node:
    item, _, low, _, high = tree.children
    return nodes.Between(builder.node(item), builder.node(low), builder.node(high), **builder.at(tree))


def _among(builder: Builder, tree: ParseTree) -> Node:
    item, options = tree.children[0], tree.children[-1]
    right = _year_as_period(builder.node(options))
    return nodes.Among(builder.node(item), right, tree.data == "not_among", **builder.at(tree))


def _is_set(builder: Builder, tree: ParseTree) -> Node:
    return nodes.IsSet(builder.node(tree.children[0]), tree.data == "is_not_set", **builder.at(tree))


def _not(builder: Builder, tree: ParseTree) -> Node:
    return nodes.Not(builder.node(tree.children[-1]), **builder.at(tree))


def _and(builder: Builder, tree: ParseTree) -> Node:
    items = builder.nodes(list(tree.children))
    flat = tuple(part for item in items for part in (item.items if isinstance(item, nodes.And) else (item,)))
    return nodes.And(flat, **builder.at(tree))


def _or(builder: Builder, tree: ParseTree) -> Node:
    items = builder.nodes(list(tree.children))
    flat = tuple(part for item in items for part in (item.items if isinstance(item, nodes.Or) else (item,)))
    return nodes.Or(flat, **builder.at(tree))


def _choose(builder: Builder, tree: ParseTree) -> Node:
    condition, then, otherwise = builder.nodes(list(tree.children))
    return nodes.Choose(condition, then, otherwise, **builder.at(tree))


def _year_as_period(node: Node) -> Node:
    """A bare year where a period belongs: `start_of(2026)`, `in 2026`."""
    is_year = isinstance(node, nodes.Literal) and node.kind is FactKind.NUMBER and len(node.source.strip()) == 4
    if is_year and node.source.strip().isdigit():
        return nodes.Literal(node.source.strip(), FactKind.PERIOD, place=node.place, source=node.source)
    return node


_MAKERS: Mapping[str, Callable[[Builder, ParseTree], Node]] = MappingProxyType(
    dict.fromkeys(_LITERALS, _literal)
    | {
        "text": _text,
        "list": _list,
        "name": _name,
        "call": _call,
        "lookup": _lookup,
        "table": _table,
        "arithmetic": _arithmetic,
        "share_of": _share_of,
        "signed": _signed,
        "compared": _compared,
        "between": _between,
        "among": _among,
        "not_among": _among,
        "is_set": _is_set,
        "is_not_set": _is_set,
        "not_": _not,
        "conjunction": _and,
        "disjunction": _or,
        "if_then_else": _choose,
    }
)
"""Rule of the grammar -> maker of its node."""
