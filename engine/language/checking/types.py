"""The types of expressions and their names for people, in English and Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.core.durations import DurationUnit
from engine.core.fact_types import FactKind, FactType
from engine.language.syntax.nodes import Node, parts


@dataclass(frozen=True, slots=True)
class Type:
    """What an expression's value is.

    `currency` is known only where it is certain. `ratio` marks a number that came out of a division, which may be
    compared with a percent (`deal.margin / deal.amount >= 20%`). `choices` and `element` are those of the fact; `unit`
    is the base unit of a duration that was written or computed.
    """

    kind: FactKind
    choices: tuple[str, ...] = ()
    currency: str | None = None
    element: FactKind = FactKind.TEXT
    ratio: bool = False
    unit: DurationUnit | None = None

    @classmethod
    def of(cls, fact: FactType) -> "Type":
        """The type of a fact's value."""
        choices = fact.element_choices if fact.kind is FactKind.LIST else fact.choices
        return cls(fact.kind, choices, fact.currency, fact.element)


BOOL = Type(FactKind.BOOL)
NUMBER = Type(FactKind.NUMBER)
RATIO = Type(FactKind.NUMBER, ratio=True)
PERCENT = Type(FactKind.PERCENT)
MONEY = Type(FactKind.MONEY)
DATE = Type(FactKind.DATE)
DAYS = Type(FactKind.DURATION, unit=DurationUnit.DAYS)
PERIOD = Type(FactKind.PERIOD)
TEXT = Type(FactKind.TEXT)

NUMERIC = frozenset({FactKind.NUMBER, FactKind.PERCENT})
WORDS = frozenset({FactKind.TEXT, FactKind.CHOICE, FactKind.CURRENCY})
THINGS = frozenset({FactKind.PERSON, FactKind.ACCOUNT, FactKind.DEAL, FactKind.PARTNER})
ORDERED = frozenset(
    {FactKind.MONEY, FactKind.NUMBER, FactKind.PERCENT, FactKind.DATE, FactKind.INSTANT, FactKind.DURATION}
)

_NAMES: Mapping[FactKind, tuple[str, str]] = MappingProxyType(
    {
        FactKind.MONEY: ("money", "金额"),
        FactKind.PERCENT: ("a percent", "百分比"),
        FactKind.NUMBER: ("a number", "数字"),
        FactKind.DATE: ("a date", "日期"),
        FactKind.INSTANT: ("a moment (date and time)", "时刻（日期加时间）"),
        FactKind.PERIOD: ("a period", "期间"),
        FactKind.DURATION: ("a duration", "时长"),
        FactKind.BOOL: ("yes or no", "是或否"),
        FactKind.TEXT: ("text", "文本"),
        FactKind.CHOICE: ("a choice", "选项"),
        FactKind.CURRENCY: ("a currency", "币种"),
        FactKind.LIST: ("a list", "列表"),
        FactKind.PERSON: ("a person", "人员"),
        FactKind.ACCOUNT: ("an account", "客户"),
        FactKind.DEAL: ("a deal", "商机"),
        FactKind.PARTNER: ("a partner", "合作伙伴"),
    }
)


@dataclass(frozen=True, slots=True)
class Typing:
    """What checking found out about a tree, by the id of a node, which the tree keeps alive.

    `keys` are the facts that a `lookup` without keys reads because its table says so.
    """

    types: dict[int, Type] = field(default_factory=dict)
    keys: dict[int, tuple[Node, ...]] = field(default_factory=dict)

    def of(self, node: Node) -> Type:
        """The type of a node."""
        return self.types[id(node)]

    def operands(self, node: Node) -> tuple[Node, ...]:
        """A node's operands, and the keys that it reads unsaid."""
        return (*parts(node), *self.keys.get(id(node), ()))


def named(role: str, *kinds: FactKind) -> dict[str, str]:
    """Parameters `{role}_en` and `{role}_zh` of a problem's sentences: the kinds in words."""
    return {
        f"{role}_en": " or ".join(_NAMES[kind][0] for kind in kinds),
        f"{role}_zh": "或".join(_NAMES[kind][1] for kind in kinds),
    }


def same_sort(left: Type, right: Type) -> bool:
    """True when values of the two types can be equal to one another."""
    if left.kind is right.kind:
        return True
    pair = {left.kind, right.kind}
    if pair <= NUMERIC:
        return left.ratio or right.ratio
    return pair <= WORDS or (FactKind.TEXT in pair and bool(pair & THINGS))


def merged(left: Type, right: Type) -> Type:
    """The type of a value that is one or the other; both are of the same sort."""
    currency = left.currency if left.currency == right.currency else None
    if left.kind is right.kind:
        choices = left.choices if left.choices == right.choices else ()
        unit = left.unit if left.unit is right.unit else None
        return Type(left.kind, choices, currency, left.element, left.ratio and right.ratio, unit)
    return PERCENT if {left.kind, right.kind} <= NUMERIC else TEXT
