"""Functions of history: `attainment`, `rank`, `streak`. They become reads of a fact with a canonical name.

An expression sees one moment; what earlier periods hold is added up elsewhere, before it is asked. So these functions
only name what they need, and the caller supplies it, or leaves it not set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.core.fact_types import FactKind
from engine.core.numerals import nearest
from engine.language.checking.types import BOOL, NUMBER, PERCENT, Type, named
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node
from engine.language.syntax.printing import canonical

if TYPE_CHECKING:
    from engine.language.checking.checker import Checker

RELATIVE_PERIODS = ("week", "month", "quarter", "half", "year", "period")
"""A period told from the date at hand; `period` is that of the rule (a plan's, a ladder's review)."""

HISTORY_FUNCTIONS = ("attainment", "rank", "streak")

STREAK_UNITS = ("weeks", "months", "quarters", "halves", "years", "periods")


@dataclass(frozen=True, slots=True)
class History:
    """A question about earlier periods. Whoever evaluates supplies its answer as the fact `name`.

    `attainment` (a ratio, as a percent) and `rank` (1 is the best) have a measure and a period: `2026-Q1`, or one of
    `RELATIVE_PERIODS`. `streak` (true or false) has a condition, `count` times in a row, and the `unit` of one time;
    `reads` are the facts that its condition reads, and `within` the questions of history it asks, of each period.
    """

    name: str
    function: str
    measure: str = ""
    period: str = ""
    condition: Node | None = None
    count: int = 0
    unit: str = ""
    reads: frozenset[str] = frozenset()
    within: tuple[History, ...] = ()


def history_name(node: nodes.Call) -> str:
    """The canonical name of the fact that answers: `attainment(bookings,2026-Q1)`."""
    return f"{node.function}({','.join(canonical(argument) for argument in node.arguments)})"


def attainment_type(checker: Checker, node: nodes.Call) -> Type | None:
    """Measure ÷ quota in a period, as a percent."""
    return _of_measure(checker, node, PERCENT)


def rank_type(checker: Checker, node: nodes.Call) -> Type | None:
    """The place among peers by a measure in a period; 1 is the best."""
    return _of_measure(checker, node, NUMBER)


def _of_measure(checker: Checker, node: nodes.Call, outcome: Type) -> Type | None:
    measure, period = node.arguments
    if not (_measure_exists(checker, measure) and _period_exists(checker, period)):
        return None
    name = history_name(node)
    checker.histories.append(History(name, node.function, canonical(measure), canonical(period)))
    checker.reads.add(name)
    return outcome


def _measure_exists(checker: Checker, node: Node) -> bool:
    known = checker.environment.measure_names()
    found = node.name if isinstance(node, nodes.Name) else None
    if found is None or (known is not None and found not in known):
        near = nearest(node.source, known or (), 3) or ", ".join(sorted(known or ())) or "bookings"
        checker.report("R126", node, found=node.source, near=near)
        return False
    return True


def _period_exists(checker: Checker, node: Node) -> bool:
    if isinstance(node, nodes.Name) and node.name in RELATIVE_PERIODS:
        return True
    if isinstance(node, nodes.Literal) and node.kind is FactKind.PERIOD:
        return checker.type_of(node) is not None
    checker.report("R129", node, found=node.source, known=", ".join(RELATIVE_PERIODS))
    return False


def streak_type(checker: Checker, node: nodes.Call) -> Type | None:
    """Whether a condition held so many periods in a row. Its condition is checked like any other."""
    condition, count, unit = node.arguments
    inner = checker.apart()
    kind = inner.type_of(condition)
    if kind is not None and kind.kind is not FactKind.BOOL:
        checker.report("R138", condition, found=condition.source, **named("kind", kind.kind))
    times = count.value if isinstance(count, nodes.Literal) else None
    named_unit = unit.name if isinstance(unit, nodes.Name) else ""
    if type(times) is not int or times < 1 or named_unit not in STREAK_UNITS:
        checker.report("R149", node, found=node.source, units=", ".join(STREAK_UNITS))
        return None
    name = history_name(node)
    asked = History(
        name, "streak", "", "", condition, times, named_unit, frozenset(inner.reads), tuple(inner.histories)
    )
    checker.histories.append(asked)
    checker.reads.add(name)
    return BOOL
