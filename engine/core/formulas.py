"""What the core knows of an expression: something that gives a value for facts, and can show how.

The language package makes these; the core only calls them, so it stays free of grammar and parser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from engine.core.problems import Place

Facts = Mapping[str, object]
"""Fact name -> value. A fact that is absent or None is *not set*. Values: Money, ExactMoney, int, Fraction, date,
aware datetime, Duration, str, bool, tuple of these."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One evaluated sub-expression.

    `value` is the language's spelling of the value; `known` is False when it is not set; `note` is a (zh, en free)
    code such as `not_set` or `converted` with its particulars in `detail`. `parts` are the operands in source order.
    """

    source: str
    value: str
    known: bool = True
    place: Place | None = None
    note: str = ""
    detail: str = ""
    parts: tuple["Trace", ...] = ()


class EvaluationError(Exception):
    """An expression could not be evaluated (missing rate, division by zero, two currencies added).

    Never the same as false: the event goes to quarantine with `code` (E0xx) and `params`.
    """

    def __init__(self, code: str, place: Place | None = None, **params: str) -> None:
        super().__init__(f"{code} {params} at {place}")
        self.code, self.place, self.params = code, place, params


@runtime_checkable
class Formula(Protocol):
    """An expression that was checked completely when the rules were loaded."""

    @property
    def source(self) -> str:
        """The text as the rule's author wrote it."""
        ...

    @property
    def place(self) -> Place:
        """Where it stands in the rule file."""
        ...

    @property
    def reads(self) -> frozenset[str]:
        """The names of all facts that it may look at."""
        ...

    def value(self, facts: Facts) -> object:
        """The exact value, or None when it rests on a fact that is not set. Raises EvaluationError."""
        ...

    def holds(self, facts: Facts) -> bool:
        """For a condition: True only when it is true. Not set is not met. Raises EvaluationError."""
        ...

    def trace(self, facts: Facts) -> Trace:
        """Every sub-expression with the value it had; an error appears as a trace with note `error`, it is not raised."""
        ...
