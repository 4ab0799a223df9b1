"""A checked tree evaluated for people: every part with the value it had, and why a part has none.

Written apart from the closures and in the plainest way, over the same operations. An error is shown in its row, and
decides exactly where it would have stopped the closures.
"""

from dataclasses import dataclass
from typing import Any

from engine.core.fact_types import FactKind
from engine.core.formulas import EvaluationError, Facts, Trace
from engine.core.money import ExactMoney, Money
from engine.language.checking.histories import HISTORY_FUNCTIONS, history_name
from engine.language.checking.types import Typing
from engine.language.environment import Environment
from engine.language.running.calls import called, looked_up
from engine.language.running.compiling import constant
from engine.language.running.operations import calculated, compared, contained, converted, period_of, within
from engine.language.running.showing import shown, told
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node

Outcome = Any
"""A value, None for "not set", or the EvaluationError that stood in the way."""


@dataclass(frozen=True, slots=True)
class Tracer:
    """The tree's types, the world and the facts of one evaluation."""

    typing: Typing
    environment: Environment
    facts: Facts

    def trace(self, node: Node) -> Trace:
        """The node and everything below it."""
        return self._row(node)[1]

    def _row(self, node: Node) -> tuple[Outcome, Trace]:
        """A node's outcome and its row."""
        match node:
            case nodes.Literal():
                return self._leaf(node, constant(node, self.environment))
            case nodes.Name():
                return self._fact(node, node.name)
            case nodes.Call() if node.function in HISTORY_FUNCTIONS:
                return self._fact(node, history_name(node))
            case nodes.Choose():
                return self._choice(node)
            case _:
                return self._operation(node)

    def _leaf(self, node: nodes.Literal, value: object) -> tuple[Outcome, Trace]:
        text = str(node.value) if node.kind is FactKind.PERIOD else shown(value, self.typing.of(node))
        return value, Trace(node.source, text, place=node.place)

    def _fact(self, node: Node, name: str) -> tuple[Outcome, Trace]:
        """A fact, or the answer to a question about history; both are read from the facts."""
        value = self.facts.get(name)
        if value is None:
            return None, Trace(node.source, "", known=False, place=node.place, note="not_set", detail=name)
        kind = self.typing.of(node)
        row = Trace(node.source, shown(value, kind), place=node.place)
        if kind.kind is not FactKind.PERIOD:
            return value, row
        try:
            return period_of(node, value, self.environment), row
        except EvaluationError as error:
            return error, self._written(node, error, ())

    def _choice(self, node: nodes.Choose) -> tuple[Outcome, Trace]:
        """`if`: the branch that was not taken is shown, not evaluated."""
        decided, condition = self._row(node.condition)
        rows = [condition, _not_taken(node.then), _not_taken(node.otherwise)]
        if not isinstance(decided, bool):
            return decided, self._written(node, decided, tuple(rows))
        position, branch = (1, node.then) if decided else (2, node.otherwise)
        outcome, rows[position] = self._row(branch)
        return outcome, self._written(node, outcome, tuple(rows))

    def _operation(self, node: Node) -> tuple[Outcome, Trace]:
        """Anything that evaluates all its operands."""
        rows = [self._row(operand) for operand in self.typing.operands(node)]
        try:
            outcome = self._combined(node, [row[0] for row in rows])
        except EvaluationError as error:
            outcome = error
        traces = tuple(row[1] for row in rows)
        return outcome, self._written(node, outcome, traces, *self._conversion(node, rows))

    def _combined(self, node: Node, values: list[Outcome]) -> Outcome:
        """A node's outcome from those of its operands, in the order in which the closures would meet them."""
        if isinstance(node, nodes.And | nodes.Or):
            return _first_decider(values, decider=isinstance(node, nodes.Or))
        if isinstance(node, nodes.Between) and values[0] is None:
            # What is not set lies nowhere: the closures do not look at the bounds then.
            return None
        for value in values:
            if isinstance(value, EvaluationError):
                return value
        match node:
            case nodes.Call() if node.function == "lookup":
                return looked_up(node, values, self.facts, self.environment).value
            case nodes.IsSet():
                return (values[0] is None) is node.negated
            case nodes.Listed():
                return tuple(values)
            case nodes.Between():
                return self._within(node, *values)
        return None if any(value is None for value in values) else self._strict(node, values)

    def _within(self, node: Node, value: Outcome, low: Outcome, high: Outcome) -> bool | None:
        return None if value is None else within(node, value, low, high, self.facts, self.environment)

    def _strict(self, node: Node, values: list[Outcome]) -> Outcome:
        """A node that needs all its operands."""
        match node:
            case nodes.Not():
                return not values[0]
            case nodes.Negative():
                return -values[0]
            case nodes.Arithmetic():
                return calculated(node, node.operator, *values)
            case nodes.Compared():
                return compared(node, node.operator, values[0], values[1], self.facts, self.environment)
            case nodes.Among():
                found = contained(node, values[0], values[1], self.facts, self.environment)
                return None if found is None else found is not node.negated
            case nodes.Call():
                return called(node, values, self.typing.of(node), self.environment)
        raise AssertionError(f"{type(node).__name__} has a row of its own")

    def _conversion(self, node: Node, rows: list[tuple[Outcome, Trace]]) -> tuple[str, str]:
        """Note and detail of a comparison that converted money: `100.00 USD = 712.34 CNY`; of a lookup, its rows."""
        if isinstance(node, nodes.Call) and node.function == "lookup":
            return self._rows_of(node, [row[0] for row in rows])
        if not isinstance(node, nodes.Compared):
            return "", ""
        left, right = rows[0][0], rows[1][0]
        amounts = isinstance(left, Money | ExactMoney) and isinstance(right, Money | ExactMoney)
        if not amounts or left.currency == right.currency:
            return "", ""
        try:
            exact = converted(node, left, right.currency, self.facts, self.environment)
        except EvaluationError:
            return "", ""
        return "converted", f"{left} = {exact}, {self.facts['event.on']}"

    def _rows_of(self, node: nodes.Call, values: list[Outcome]) -> tuple[str, str]:
        """Note and detail of a lookup that found something: the file and line of each row that gave it."""
        if any(isinstance(value, EvaluationError) for value in values):
            return "", ""
        try:
            places = looked_up(node, values, self.facts, self.environment).places
        except EvaluationError:
            return "", ""
        told = ", ".join(f"{place.file}:{place.line}" for place in places)
        return ("row", told) if told else ("", "")

    def _written(
        self, node: Node, outcome: Outcome, rows: tuple[Trace, ...], note: str = "", detail: str = ""
    ) -> Trace:
        """A node's row."""
        if isinstance(outcome, EvaluationError):
            return Trace(node.source, "", False, node.place, "error", told(outcome), rows)
        if outcome is None:
            return Trace(node.source, "", False, node.place, note, detail, rows)
        return Trace(node.source, shown(outcome, self.typing.of(node)), True, node.place, note, detail, rows)


def _not_taken(node: Node) -> Trace:
    return Trace(node.source, "", known=False, place=node.place, note="not_taken")


def _first_decider(values: list[Outcome], decider: bool) -> Outcome:
    """`and` stops at the first false, `or` at the first true, both at an error; else what is not set decides."""
    for value in values:
        if value is decider or isinstance(value, EvaluationError):
            return value
    return None if any(value is None for value in values) else not decider
