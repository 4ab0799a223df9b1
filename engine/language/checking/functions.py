"""The closed list of functions: how each is used, and the type of what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.core.currencies import EXPONENTS
from engine.core.fact_types import FactKind
from engine.core.numerals import nearest
from engine.language.checking import comparisons
from engine.language.checking.histories import attainment_type, rank_type, streak_type
from engine.language.checking.types import BOOL, DATE, NUMBER, ORDERED, TEXT, WORDS, Type, merged, named
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node

if TYPE_CHECKING:
    from engine.language.checking.checker import Checker

_AMOUNTS = (FactKind.MONEY, FactKind.NUMBER, FactKind.PERCENT)


@dataclass(frozen=True, slots=True)
class Function:
    """`usage` is how people see it; `rule` gives the type of a call that has between `fewest` and `most` arguments."""

    usage: str
    fewest: int
    most: int
    rule: Callable[[Checker, nodes.Call], Type | None]


def call_type(checker: Checker, node: nodes.Call) -> Type | None:
    """The type of a function call."""
    function = FUNCTIONS.get(node.function)
    if function is None:
        near = nearest(node.function, FUNCTIONS, 3) or ", ".join(FUNCTIONS)
        checker.report("R123", node, found=node.function, near=near)
        return None
    if not function.fewest <= len(node.arguments) <= function.most:
        checker.report("R124", node, found=str(len(node.arguments)), function=node.function, usage=function.usage)
        return None
    return function.rule(checker, node)


def _wanted(checker: Checker, node: nodes.Call, *wanted: tuple[FactKind, ...]) -> tuple[Type, ...] | None:
    """The types of all arguments, when each is of a wanted kind; else None, each mistake told."""
    types = [checker.type_of(argument) for argument in node.arguments]
    fine = True
    for argument, kind, kinds in zip(node.arguments, types, wanted, strict=False):
        if kind is not None and kind.kind not in kinds:
            usage = FUNCTIONS[node.function].usage
            particulars = named("wanted", *kinds) | named("kind", kind.kind)
            checker.report("R143", argument, found=argument.source, usage=usage, **particulars)
            fine = False
    known = tuple(kind for kind in types if kind is not None)
    return known if fine and len(known) == len(types) else None


def _extreme(checker: Checker, node: nodes.Call) -> Type | None:
    """`min`, `max`: values of one kind that has an order."""
    types = _wanted(checker, node, *[tuple(sorted(ORDERED, key=lambda kind: kind.name))] * len(node.arguments))
    if types is None:
        return None
    common = types[0]
    for argument, kind in zip(node.arguments[1:], types[1:], strict=True):
        if not _together(checker, argument, common, kind, node.arguments[0]):
            return None
        common = merged(common, kind)
    return common


def _together(checker: Checker, node: Node, left: Type, right: Type, first: Node) -> bool:
    """True when the value of `node` goes with that of `first`: same kind, and not certainly of other currencies."""
    if not comparisons.agree(checker, node, left, right, first, node):
        return False
    if left.currency and right.currency and left.currency != right.currency:
        sides = {"left": first.source, "right": node.source}
        checker.report("R137", node, **sides, left_currency=left.currency, right_currency=right.currency)
        return False
    return True


def _absolute(checker: Checker, node: nodes.Call) -> Type | None:
    types = _wanted(checker, node, _AMOUNTS)
    return types[0] if types else None


def _rounding(checker: Checker, node: nodes.Call) -> Type | None:
    """A multiple of the second argument, or of 1, 1 % or the smallest unit of the currency."""
    types = _wanted(checker, node, _AMOUNTS, _AMOUNTS)
    if types is None:
        return None
    if len(types) == 2 and not _together(checker, node.arguments[1], *types, node.arguments[0]):
        return None
    step = node.arguments[-1]
    if len(types) == 2 and isinstance(step, nodes.Literal) and not step.value:
        checker.report("R146", step, found=node.source)
        return None
    return types[0]


def _between_days(checker: Checker, node: nodes.Call) -> Type | None:
    return NUMBER if _wanted(checker, node, (FactKind.DATE,), (FactKind.DATE,)) else None


def _edge_of_period(checker: Checker, node: nodes.Call) -> Type | None:
    return DATE if _wanted(checker, node, (FactKind.PERIOD,)) else None


def _months(checker: Checker, node: nodes.Call) -> Type | None:
    kinds = (FactKind.PERIOD,) if len(node.arguments) == 1 else (FactKind.DATE,)
    return NUMBER if _wanted(checker, node, kinds, kinds) else None


def _contains(checker: Checker, node: nodes.Call) -> Type | None:
    words = tuple(sorted(WORDS, key=lambda kind: kind.name, reverse=True))
    return BOOL if _wanted(checker, node, words, words) else None


def _converted(checker: Checker, node: nodes.Call) -> Type | None:
    """Money in a currency, which is certain when it is written out."""
    types = _wanted(checker, node, (FactKind.MONEY,), (FactKind.CURRENCY, FactKind.TEXT), (FactKind.DATE,))
    if types is None:
        return None
    target = node.arguments[1]
    if not isinstance(target, nodes.Literal):
        return Type(FactKind.MONEY)
    code = str(target.value)
    if code not in EXPONENTS:
        checker.report("R163", target, found=code, near=nearest(code.upper(), EXPONENTS, 3) or "CNY, EUR, USD")
        return None
    return Type(FactKind.MONEY, currency=code)


def _looked_up(checker: Checker, node: nodes.Call) -> Type | None:
    """The type that the table gives; without keys it reads the facts that the table names itself."""
    name, *keys = node.arguments
    table_name = name.source
    table = checker.environment.table(table_name)
    types = [checker.type_of(key) for key in keys]
    checker.typing.types[id(name)] = TEXT
    if table is None:
        names = checker.environment.table_names()
        checker.report("R125", name, found=table_name, near=nearest(table_name, names, 3) or ", ".join(sorted(names)))
        return None
    checker.reads.add("event.on")
    if not keys and all(fact in checker.facts for fact in table.by):
        unsaid = tuple(nodes.Name(fact, place=node.place, source=fact) for fact in table.by)
        checker.typing.keys[id(node)] = unsaid
        known = [checker.type_of(fact) is not None for fact in unsaid]
        return Type.of(table.gives) if all(known) else None
    if len(keys) != len(table.takes):
        checker.report("R148", node, found=str(len(keys)), table=table_name, keys=", ".join(table.by))
        return None
    pairs = zip(keys, types, table.takes, strict=True)
    fine = [kind is not None and comparisons.agree(checker, key, Type.of(fact), kind) for key, kind, fact in pairs]
    return Type.of(table.gives) if all(fine) else None


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "min": Function("min(a, b, …)", 2, 50, _extreme),
        "max": Function("max(a, b, …)", 2, 50, _extreme),
        "abs": Function("abs(x)", 1, 1, _absolute),
        "round": Function("round(x), round(x, 100 CNY)", 1, 2, _rounding),
        "floor": Function("floor(x), floor(x, 100 CNY)", 1, 2, _rounding),
        "ceil": Function("ceil(x), ceil(x, 100 CNY)", 1, 2, _rounding),
        "days_between": Function("days_between(first date, last date)", 2, 2, _between_days),
        "business_days_between": Function("business_days_between(first date, last date)", 2, 2, _between_days),
        "start_of": Function("start_of(2026-Q1)", 1, 1, _edge_of_period),
        "end_of": Function("end_of(2026-Q1)", 1, 1, _edge_of_period),
        "months_in": Function("months_in(2026-Q1), months_in(first date, last date)", 1, 2, _months),
        "attainment": Function("attainment(bookings, 2026-Q1), attainment(bookings, quarter)", 2, 2, attainment_type),
        "streak": Function("streak(condition, 2, quarters)", 3, 3, streak_type),
        "rank": Function("rank(bookings, 2026-Q1), rank(bookings, quarter)", 2, 2, rank_type),
        "lookup": Function("lookup(commission-rate, deal.product_line, deal.region)", 1, 20, _looked_up),
        "convert": Function("convert(deal.amount, EUR, deal.won_on)", 3, 3, _converted),
        "text_contains": Function('text_contains(deal.name, "pilot")', 2, 2, _contains),
    }
)
"""Every function there is. `round` here is the language's: exact, half up, symmetric about zero."""
