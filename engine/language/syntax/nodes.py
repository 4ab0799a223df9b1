"""The syntax tree: frozen nodes, each with the place and the text it came from.

Two trees are equal when they say the same, wherever they were written. `and` and `or` hold all their operands side by
side, so a long list of conditions is not a deep tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.core.fact_types import FactKind
from engine.core.problems import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """Where a node stands and how its author spelled it. Not part of what it says."""

    place: Place = field(default=Place(""), compare=False)
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Literal(_Written):
    """A value written out. A percent is its fraction (8% is 2/25), a period its text, an instant a local time."""

    value: object
    kind: FactKind


@dataclass(frozen=True, slots=True)
class Listed(_Written):
    """`["a", "b"]`."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Name(_Written):
    """A fact, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Call(_Written):
    """A function of the closed list. The table of `lookup` is a text literal, its first argument."""

    function: str
    arguments: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Arithmetic(_Written):
    """`+ - * /`, and `of` as in `3% of deal.amount`."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negative(_Written):
    """`-x`."""

    item: "Node"


@dataclass(frozen=True, slots=True)
class Compared(_Written):
    """`= != < <= > >=`."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Between(_Written):
    """`x between low and high`, both ends included."""

    item: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True, slots=True)
class Among(_Written):
    """`x in list`, `day in period`; negated: `not in`."""

    item: "Node"
    options: "Node"
    negated: bool


@dataclass(frozen=True, slots=True)
class IsSet(_Written):
    """`x is set`; negated: `is not set`."""

    item: "Node"
    negated: bool


@dataclass(frozen=True, slots=True)
class Not(_Written):
    """`not x`."""

    item: "Node"


@dataclass(frozen=True, slots=True)
class And(_Written):
    """All of two or more."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or(_Written):
    """Any of two or more."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choose(_Written):
    """`if condition then one else other`."""

    condition: "Node"
    then: "Node"
    otherwise: "Node"


Node: TypeAlias = (
    Literal
    | Listed
    | Name
    | Call
    | Arithmetic
    | Negative
    | Compared
    | Between
    | Among
    | IsSet
    | Not
    | And
    | Or
    | Choose
)


def parts(node: Node) -> tuple[Node, ...]:
    """A node's operands in source order."""
    match node:
        case Listed() | And() | Or():
            return node.items
        case Call():
            return node.arguments
        case Arithmetic() | Compared():
            return (node.left, node.right)
        case Between():
            return (node.item, node.low, node.high)
        case Among():
            return (node.item, node.options)
        case Negative() | Not() | IsSet():
            return (node.item,)
        case Choose():
            return (node.condition, node.then, node.otherwise)
        case Literal() | Name():
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in source order."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(parts(current)))
