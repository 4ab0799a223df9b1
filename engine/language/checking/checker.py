"""The type of every part of a tree, and every mistake in it. A part with a mistake has no type (None), and whatever
rests on it stays silent, so that one slip is told once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.core.durations import Duration
from engine.core.fact_types import FactKind, FactType
from engine.core.formulas import EvaluationError
from engine.core.money import Money
from engine.core.numerals import nearest
from engine.core.problems import Problem
from engine.language.checking import comparisons, functions
from engine.language.checking.arithmetic import arithmetic_type, negative_type
from engine.language.checking.histories import History
from engine.language.checking.types import BOOL, Type, Typing, merged, named
from engine.language.environment import Environment
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node
from engine.language.syntax.source import Source


@dataclass(slots=True)
class Checker:
    """What is known while one expression is checked."""

    source: Source
    facts: Mapping[str, FactType]
    environment: Environment
    typing: Typing = field(default_factory=Typing)
    problems: list[Problem] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)
    histories: list[History] = field(default_factory=list)

    def type_of(self, node: Node) -> Type | None:
        """The type of a node, after everything below it has been checked."""
        kind = _RULES[type(node)](self, node)
        if kind is not None:
            self.typing.types[id(node)] = kind
        return kind

    def apart(self) -> "Checker":
        """A checker for a condition that is asked of other periods: same types and problems, its own reads."""
        return Checker(self.source, self.facts, self.environment, self.typing, self.problems)

    def report(self, code: str, node: Node, **params: str) -> None:
        """A mistake in a node."""
        self.problems.append(self.source.problem_at(code, node.place, node.source, **params))

    def may_convert(self, left: Type, right: Type) -> None:
        """Remember that comparing the two may need an exchange rate, which is that of the event's date."""
        if left.kind is FactKind.MONEY and (left.currency is None or left.currency != right.currency):
            self.reads.add("event.on")


def _literal(checker: Checker, node: nodes.Literal) -> Type | None:
    match node.value:
        case None:
            return None
        case Money():
            return Type(FactKind.MONEY, currency=node.value.currency)
        case Duration():
            return Type(FactKind.DURATION, unit=node.value.unit.base[0])
    if node.kind is FactKind.PERIOD:
        return _period(checker, node)
    return Type(node.kind)


def _period(checker: Checker, node: nodes.Literal) -> Type | None:
    try:
        checker.environment.period(str(node.value))
    except EvaluationError:
        checker.report("R127", node, found=str(node.value))
        return None
    return Type(FactKind.PERIOD)


def _listed(checker: Checker, node: nodes.Listed) -> Type | None:
    if not node.items:
        checker.report("R141", node)
        return None
    kinds = [checker.type_of(item) for item in node.items]
    common = kinds[0]
    for item, kind in zip(node.items[1:], kinds[1:], strict=True):
        if common is not None and kind is not None:
            common = merged(common, kind) if comparisons.agree(checker, item, common, kind) else None
    return common and Type(FactKind.LIST, common.choices, common.currency, common.kind, common.ratio, common.unit)


def _name(checker: Checker, node: nodes.Name) -> Type | None:
    fact = checker.facts.get(node.name)
    if fact is None:
        near = nearest(node.name, checker.facts, 3)
        checker.report("R120" if near else "R121", node, found=node.name, near=near)
        return None
    checker.reads.add(node.name)
    return Type.of(fact)


def _condition(checker: Checker, node: Node) -> None:
    """Check a part that must be a condition."""
    kind = checker.type_of(node)
    if kind is not None and kind.kind is not FactKind.BOOL:
        checker.report("R138", node, found=node.source, **named("kind", kind.kind))


def _all_or_any(checker: Checker, node: nodes.And | nodes.Or) -> Type:
    for item in node.items:
        _condition(checker, item)
    return BOOL


def _not(checker: Checker, node: nodes.Not) -> Type:
    _condition(checker, node.item)
    return BOOL


def _is_set(checker: Checker, node: nodes.IsSet) -> Type:
    checker.type_of(node.item)
    return BOOL


def _choose(checker: Checker, node: nodes.Choose) -> Type | None:
    _condition(checker, node.condition)
    then, otherwise = checker.type_of(node.then), checker.type_of(node.otherwise)
    if then is None or otherwise is None:
        return None
    if {then.kind, otherwise.kind} == {FactKind.NUMBER, FactKind.PERCENT} and not (then.ratio or otherwise.ratio):
        checker.report("R139", node, **named("left", then.kind), **named("right", otherwise.kind))
        return None
    if not comparisons.sorts_agree(then, otherwise):
        checker.report("R139", node, **named("left", then.kind), **named("right", otherwise.kind))
        return None
    return merged(then, otherwise)


_RULES: Mapping[type, Callable[[Checker, Any], Type | None]] = MappingProxyType(
    {
        nodes.Literal: _literal,
        nodes.Listed: _listed,
        nodes.Name: _name,
        nodes.Call: functions.call_type,
        nodes.Arithmetic: arithmetic_type,
        nodes.Negative: negative_type,
        nodes.Compared: comparisons.compared_type,
        nodes.Between: comparisons.between_type,
        nodes.Among: comparisons.among_type,
        nodes.IsSet: _is_set,
        nodes.Not: _not,
        nodes.And: _all_or_any,
        nodes.Or: _all_or_any,
        nodes.Choose: _choose,
    }
)
"""Kind of node -> the rule for its type."""
