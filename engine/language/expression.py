"""A checked expression: its tree, its type, what it reads, its value, its verdict and its trace."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.core.formulas import Facts, Trace
from engine.core.problems import Place
from engine.language.checking.histories import History
from engine.language.checking.types import BOOL, Type, Typing
from engine.language.environment import Environment
from engine.language.running.compiling import Compiler
from engine.language.running.tracing import Tracer
from engine.language.syntax.nodes import Node
from engine.language.syntax.printing import canonical


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was checked completely when the rules were loaded; a `Formula` of the core.

    Two expressions are equal when they say the same. `histories` are the questions about earlier periods whose
    answers the caller supplies as facts, under the names that also stand in `reads`.
    """

    tree: Node
    source: str = field(compare=False)
    place: Place = field(compare=False)
    type: Type = field(compare=False)
    reads: frozenset[str] = field(compare=False)
    histories: tuple[History, ...] = field(compare=False)
    evaluate: Callable[[Facts], Any] = field(compare=False, repr=False)
    typing: Typing = field(compare=False, repr=False)
    environment: Environment = field(compare=False, repr=False)

    def value(self, facts: Facts) -> object:
        """The exact value, or None when it rests on a fact that is not set. Raises EvaluationError."""
        return self.evaluate(facts)

    def holds(self, facts: Facts) -> bool:
        """True only when the condition is true; not set is not met. Raises EvaluationError."""
        return self.evaluate(facts) is True

    def trace(self, facts: Facts) -> Trace:
        """Every part with the value it had. An error is a row with the note `error`; it is not raised."""
        return Tracer(self.typing, self.environment, facts).trace(self.tree)

    @property
    def canonical(self) -> str:
        """The expression in one canonical spelling, as it is compared between releases."""
        return canonical(self.tree)

    def condition_of(self, history: History) -> "Expression":
        """The condition that a streak asks of each period, as an expression of its own."""
        if history.condition is None:
            raise ValueError(f"{history.name} has no condition")
        return assembled(history.condition, history.reads, history.within, self.typing, self.environment, BOOL)


def assembled(
    tree: Node,
    reads: frozenset[str],
    histories: tuple[History, ...],
    typing: Typing,
    environment: Environment,
    kind: Type,
) -> Expression:
    """The expression of a tree that has been checked."""
    evaluate = Compiler(typing, environment).closure(tree)
    return Expression(tree, tree.source, tree.place, kind, reads, histories, evaluate, typing, environment)
