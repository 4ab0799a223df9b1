"""A checked tree as closures: each node becomes one Python function of the facts. None is "not set" throughout.

Comparisons of a fact with a written value are most of what rules say, so they have closures of their own that compare
whole numbers without making anything. `tracing.py` walks the same tree for people; tests hold the two together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from engine.core.fact_types import FactKind
from engine.core.formulas import Facts
from engine.core.money import Money
from engine.language.checking.histories import HISTORY_FUNCTIONS, history_name
from engine.language.checking.types import Typing
from engine.language.environment import Environment
from engine.language.running.calls import called, looked_up
from engine.language.running.operations import calculated, compared, contained, period_of, within
from engine.language.running.shortcuts import Evaluate, fact_compared, money_fact_compared, ratio_fact_compared
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node


@dataclass(frozen=True, slots=True)
class Compiler:
    """The types of the tree's nodes, and the world that the closures will ask."""

    typing: Typing
    environment: Environment

    def closure(self, node: Node) -> Evaluate:
        """The function that gives a node's value for facts."""
        return _MAKERS[type(node)](self, node)

    def kind(self, node: Node) -> FactKind:
        """The kind of a node's value."""
        return self.typing.of(node).kind


def constant(node: nodes.Literal, environment: Environment) -> object:
    """The value of a literal: a period's days, an instant in UTC, anything else as written."""
    if node.kind is FactKind.PERIOD:
        return environment.period(str(node.value))
    return environment.local(node.value) if isinstance(node.value, datetime) else node.value


def _literal(compiler: Compiler, node: nodes.Literal) -> Evaluate:
    value = constant(node, compiler.environment)
    return lambda facts: value


def _listed(compiler: Compiler, node: nodes.Listed) -> Evaluate:
    items = tuple(map(compiler.closure, node.items))
    return lambda facts: tuple(item(facts) for item in items)


def _name(compiler: Compiler, node: nodes.Name) -> Evaluate:
    name = node.name
    if compiler.kind(node) is FactKind.PERIOD:
        environment = compiler.environment
        return lambda facts: None if facts.get(name) is None else period_of(node, facts[name], environment)
    return lambda facts: facts.get(name)


def _call(compiler: Compiler, node: nodes.Call) -> Evaluate:
    if node.function in HISTORY_FUNCTIONS:
        name = history_name(node)
        return lambda facts: facts.get(name)
    arguments = tuple(map(compiler.closure, compiler.typing.operands(node)))
    kind, environment = compiler.typing.of(node), compiler.environment
    if node.function == "lookup":
        return _lookup(node, arguments, environment)

    def call(facts: Facts) -> object:
        values = [argument(facts) for argument in arguments]
        return None if any(value is None for value in values) else called(node, values, kind, environment)

    return call


def _lookup(node: nodes.Call, arguments: tuple[Evaluate, ...], environment: Environment) -> Evaluate:
    def look(facts: Facts) -> object:
        return looked_up(node, [argument(facts) for argument in arguments], facts, environment).value

    return look


def _arithmetic(compiler: Compiler, node: nodes.Arithmetic) -> Evaluate:
    left, right, sign = compiler.closure(node.left), compiler.closure(node.right), node.operator

    def calculate(facts: Facts) -> object:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else calculated(node, sign, one, other)

    return calculate


def _negative(compiler: Compiler, node: nodes.Negative) -> Evaluate:
    item = compiler.closure(node.item)

    def negate(facts: Facts) -> object:
        value = item(facts)
        return None if value is None else -value

    return negate


def _compared(compiler: Compiler, node: nodes.Compared) -> Evaluate:
    if isinstance(node.left, nodes.Name) and isinstance(node.right, nodes.Literal):
        kind = compiler.kind(node.left)
        if isinstance(node.right.value, Money):
            return money_fact_compared(node, node.left.name, node.right.value, compiler.environment)
        if isinstance(node.right.value, Fraction):
            return ratio_fact_compared(node.left.name, node.operator, node.right.value)
        if kind is not FactKind.DURATION:
            return fact_compared(node.left.name, node.operator, constant(node.right, compiler.environment))
    left, right, sign = compiler.closure(node.left), compiler.closure(node.right), node.operator
    environment = compiler.environment

    def compare(facts: Facts) -> bool | None:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else compared(node, sign, one, other, facts, environment)

    return compare


def _between(compiler: Compiler, node: nodes.Between) -> Evaluate:
    item, low, high = (compiler.closure(part) for part in (node.item, node.low, node.high))
    environment = compiler.environment

    def between(facts: Facts) -> bool | None:
        value = item(facts)
        return None if value is None else within(node, value, low(facts), high(facts), facts, environment)

    return between


def _among(compiler: Compiler, node: nodes.Among) -> Evaluate:
    item, negated, environment = compiler.closure(node.item), node.negated, compiler.environment
    words = _plain_constants(node.options)
    if words is not None:
        return _word_among(item, words, negated)
    options = compiler.closure(node.options)

    def among(facts: Facts) -> bool | None:
        value, others = item(facts), options(facts)
        found = None if value is None or others is None else contained(node, value, others, facts, environment)
        return found if found is None else found is not negated

    return among


def _plain_constants(options: Node) -> frozenset[object] | None:
    """The members of a written list of texts, numbers or dates; None for anything else."""
    if not isinstance(options, nodes.Listed):
        return None
    kinds = (FactKind.TEXT, FactKind.NUMBER, FactKind.PERCENT, FactKind.DATE, FactKind.CURRENCY)
    plain = [item.value for item in options.items if isinstance(item, nodes.Literal) and item.kind in kinds]
    return frozenset(plain) if len(plain) == len(options.items) else None


def _word_among(item: Evaluate, words: frozenset[object], negated: bool) -> Evaluate:
    def among(facts: Facts) -> bool | None:
        value = item(facts)
        return None if value is None else (value in words) is not negated

    return among


def _is_set(compiler: Compiler, node: nodes.IsSet) -> Evaluate:
    item, negated = compiler.closure(node.item), node.negated
    return lambda facts: (item(facts) is None) is negated


def _not(compiler: Compiler, node: nodes.Not) -> Evaluate:
    item = compiler.closure(node.item)

    def negate(facts: Facts) -> bool | None:
        value = item(facts)
        return None if value is None else not value

    return negate


def _and(compiler: Compiler, node: nodes.And) -> Evaluate:
    items = tuple(map(compiler.closure, node.items))

    def all_of(facts: Facts) -> bool | None:
        verdict: bool | None = True
        for item in items:
            value = item(facts)
            if value is False:
                return False
            if value is None:
                verdict = None
        return verdict

    return all_of


def _or(compiler: Compiler, node: nodes.Or) -> Evaluate:
    items = tuple(map(compiler.closure, node.items))

    def any_of(facts: Facts) -> bool | None:
        verdict: bool | None = False
        for item in items:
            value = item(facts)
            if value is True:
                return True
            if value is None:
                verdict = None
        return verdict

    return any_of


def _choose(compiler: Compiler, node: nodes.Choose) -> Evaluate:
    condition, then, otherwise = (compiler.closure(part) for part in (node.condition, node.then, node.otherwise))

    def choose(facts: Facts) -> object:
        chosen = condition(facts)
        return None if chosen is None else then(facts) if chosen else otherwise(facts)

    return choose


_MAKERS: Mapping[type, Callable[[Compiler, Any], Evaluate]] = MappingProxyType(
    {
        nodes.Literal: _literal,
        nodes.Listed: _listed,
        nodes.Name: _name,
        nodes.Call: _call,
        nodes.Arithmetic: _arithmetic,
        nodes.Negative: _negative,
        nodes.Compared: _compared,
        nodes.Between: _between,
        nodes.Among: _among,
        nodes.IsSet: _is_set,
        nodes.Not: _not,
        nodes.And: _and,
        nodes.Or: _or,
        nodes.Choose: _choose,
    }
)
