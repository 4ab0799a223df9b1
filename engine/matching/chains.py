"""A condition as alternatives, each a chain of comparisons that must all hold: what the C module understands.

`not` is pushed down to the comparisons, in three-valued logic: a comparison and its opposite are both false of a fact
that is not set, and `is set` asks for a flag. Then `and` is multiplied out over `or`. What cannot be compared with a
constant becomes a computed field, which the exact evaluator answers beforehand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from engine.core.fact_types import FactKind, FactType
from engine.language.expression import Expression
from engine.language.running.compiling import constant
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node
from engine.matching.fields import WAYS, Codes, Field, Way, constant_code, constant_field

MOST_ALTERNATIVES = 64
MOST_COMPARISONS = 16
MOST_OPTIONS = 4
"""A longer list of options is one computed field rather than so many alternatives."""

_MOST_PRODUCTS = 256
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field against a constant code. Never true of a field that is absent."""

    field: Field
    operator: str
    code: int


Chain = frozenset[Comparison]
Chains = tuple[Chain, ...]
"""Alternatives. None at all: never true. One empty chain among them: always true."""

ALWAYS: Chains = (frozenset(),)
NEVER: Chains = ()


class TooMany(Exception):
    """More alternatives than are worth it."""


@dataclass(slots=True)
class Normaliser:
    """One condition on its way into chains. `fields` are all that it looks at, also those that no chain kept."""

    expression: Expression
    facts: Mapping[str, FactType]
    codes: Codes
    fields: dict[Field, None] = field(default_factory=dict)

    def chains(self, node: Node, wanted: bool = True) -> Chains:
        """The alternatives under which the node is true, or, not wanted, false. TooMany beyond 64."""
        match node:
            case nodes.Not():
                return self.chains(node.item, not wanted)
            case nodes.And() | nodes.Or():
                every = isinstance(node, nodes.And) is wanted
                return (all_of if every else any_of)([self.chains(item, wanted) for item in node.items])
            case nodes.Choose():
                return self._choice(node, wanted)
            case nodes.Literal() if isinstance(node.value, bool):
                return ALWAYS if node.value is wanted else NEVER
            case _:
                return self._condition(node, wanted)

    def _choice(self, node: nodes.Choose, wanted: bool) -> Chains:
        then = all_of([self.chains(node.condition), self.chains(node.then, wanted)])
        return any_of([then, all_of([self.chains(node.condition, False), self.chains(node.otherwise, wanted)])])

    def _condition(self, node: Node, wanted: bool) -> Chains:
        """A node that joins no others: comparisons with constants, or one computed field."""
        found = self._compared(node, wanted)
        if found is None:
            world = id(self.expression.environment)
            found = _alone(Comparison(Field(Way.COMPUTED, detail=world, node=node), "=", int(wanted)))
        self.fields |= dict.fromkeys(one.field for chain in found for one in sorted(chain, key=_rank))
        return found

    def _compared(self, node: Node, wanted: bool) -> Chains | None:
        """The comparisons with constants that say the same, or None when there are none."""
        match node:
            case nodes.Name() if self._way(node) is Way.TRUTH:
                return _alone(Comparison(Field(Way.TRUTH, node.name), "=", int(wanted)))
            case nodes.IsSet(nodes.Name() as name) if self._kind(name) not in (None, FactKind.PERIOD):
                return _alone(Comparison(Field(Way.IS_SET, name.name), "=", int(node.negated is not wanted)))
            case nodes.Compared():
                return self._sides(node, wanted)
            case nodes.Between():
                return self._together(node.item, ((">=", node.low), ("<=", node.high)), wanted)
            case nodes.Among(nodes.Name(), nodes.Listed(items)) if len(items) <= MOST_OPTIONS:
                sign = "!=" if node.negated else "="
                return self._together(node.item, tuple((sign, item) for item in items), wanted, node.negated)
            case nodes.Among(nodes.Name(), nodes.Literal(kind=FactKind.PERIOD)):
                return self._during(node, wanted)
            case _:
                return None

    def _sides(self, node: nodes.Compared, wanted: bool) -> Chains | None:
        """A comparison, whichever side the constant stands on."""
        if isinstance(node.left, nodes.Literal):
            return self._together(node.right, ((_MIRRORED[node.operator], node.left),), wanted)
        return self._together(node.left, ((node.operator, node.right),), wanted)

    def _during(self, node: nodes.Among, wanted: bool) -> Chains | None:
        assert isinstance(node.options, nodes.Literal), "the caller asks only for written periods"
        span = self.expression.environment.period(str(node.options.value))
        ends = ((">=", nodes.Literal(span.start, FactKind.DATE)), ("<", nodes.Literal(span.end, FactKind.DATE)))
        return self._together(node.item, ends, wanted is not node.negated)

    def _together(
        self, item: Node, tests: tuple[tuple[str, Node], ...], wanted: bool, every: bool = True
    ) -> Chains | None:
        """Tests of one fact, of which every one must be met, or else any one."""
        found = [self._comparison(item, sign if wanted else _OPPOSITE[sign], other) for sign, other in tests]
        known = [_alone(comparison) for comparison in found if comparison]
        if len(known) < len(tests):
            return None
        return (all_of if every is wanted else any_of)(known)

    def _comparison(self, item: Node, sign: str, other: Node) -> Comparison | None:
        way = self._way(item)
        if way is None or not isinstance(item, nodes.Name) or not isinstance(other, nodes.Literal):
            return None
        value = constant(other, self.expression.environment)
        found = constant_field(way, item.name, value)
        code = None if found is None else constant_code(found, value, self.codes)
        return None if found is None or code is None else Comparison(found, sign, code)

    def _way(self, node: Node) -> Way | None:
        kind = self._kind(node)
        return WAYS.get(kind) if kind else None

    def _kind(self, node: Node) -> FactKind | None:
        known = self.facts.get(node.name) if isinstance(node, nodes.Name) else None
        return known.kind if known else None


def all_of(groups: Iterable[Chains]) -> Chains:
    """The alternatives under which all of the groups hold."""
    return reduce(_product, groups, ALWAYS)


def any_of(groups: Iterable[Chains]) -> Chains:
    """The alternatives under which one of the groups holds."""
    return _least([chain for group in groups for chain in group])


def _product(one: Chains, other: Chains) -> Chains:
    if len(one) * len(other) > _MOST_PRODUCTS:
        raise TooMany
    return _least([left | right for left in one for right in other])


def _least(chains: list[Chain]) -> Chains:
    """The chains without those that ask for more than another does."""
    once = list(dict.fromkeys(chains))
    if len(once) > _MOST_PRODUCTS:
        raise TooMany
    least = tuple(chain for chain in once if not any(other < chain for other in once))
    if len(least) > MOST_ALTERNATIVES:
        raise TooMany
    return least


def _alone(comparison: Comparison) -> Chains:
    return (frozenset((comparison,)),)


def shortened(chain: Chain) -> tuple[Comparison, ...]:
    """At most 16 comparisons in a fixed order, equalities first, computed ones last. Leaving some out proposes more."""
    return tuple(sorted(chain, key=_rank))[:MOST_COMPARISONS]


def _rank(comparison: Comparison) -> tuple[bool, bool, str, str, str, int]:
    looked_at = comparison.field
    computed = looked_at.way is Way.COMPUTED
    name = looked_at.node.source if looked_at.node else looked_at.fact
    way = f"{looked_at.way.value} {looked_at.detail}"
    return computed, comparison.operator != "=", name, way, comparison.operator, comparison.code
