"""A decision table: rows of tests on some facts, each with what it gives. What rows mean together: `core.decision_tables`."""

from dataclasses import dataclass
from fractions import Fraction

from engine.core.fact_types import FactType
from engine.core.problems import Place
from engine.core.rules.header import Header

HITS = ("unique", "first", "any", "collect_sum", "collect_max", "priority")
"""Which of several rows counts: none may overlap, the first, any since they agree, all added up, the largest of all, or
the one whose result stands first in the list of choices."""


@dataclass(frozen=True, slots=True)
class Column:
    """A key or a result. A key with `is_fact` is a fact that `lookup` reads by itself; other keys are the table's own,
    and every `lookup` names them. `currency` is that of a column's amounts (empty: none is written)."""

    name: str
    type: FactType
    is_fact: bool = True
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Values from `low` to `high`; None is without end. Money counts in minor units, dates in days."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """One test: the values in `spans` or among `words`; with `negated` all others. `-` is all others than none."""

    source: str
    place: Place
    spans: tuple[Span, ...] = ()
    words: frozenset[object] = frozenset()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A test for every key and a value for every result; a result None is left open."""

    cells: tuple[Cell, ...]
    gives: tuple[object, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """One version of a table. `hit` is of HITS."""

    header: Header
    by: tuple[Column, ...]
    gives: tuple[Column, ...]
    hit: str
    rows: tuple[Row, ...]
