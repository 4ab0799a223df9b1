"""From text to a checked expression: parse, check every name and type, compile. All mistakes come back together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.core.fact_types import FactType
from engine.core.problems import Place, Problem, in_file_order
from engine.language.checking.checker import Checker
from engine.language.checking.histories import History
from engine.language.checking.types import BOOL, Type, Typing, named
from engine.language.conditions import All, Any, Block, Leaf, Not
from engine.language.environment import Environment
from engine.language.expectations import CONDITION, Expectation
from engine.language.expression import Expression, assembled
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node
from engine.language.syntax.parsing import parse
from engine.language.syntax.printing import canonical
from engine.language.syntax.source import Source

Compiled = tuple[Expression | None, tuple[Problem, ...]]


def compile_expression(
    text: str,
    place: Place,
    facts: Mapping[str, FactType],
    environment: Environment,
    expect: Expectation | None = None,
) -> Compiled:
    """The expression of a text, or None and every mistake in it, in order. Never raises, whatever the text."""
    bench = _Bench(facts, environment)
    tree, kind = bench.leaf(text, place, expect)
    return bench.finished(tree, kind)


def compile_condition(block: Block, facts: Mapping[str, FactType], environment: Environment) -> Compiled:
    """One condition out of a block of them; its trace has a row for each text. Mistakes of all texts together.

    An empty `All` or `Any` is a ValueError: whoever reads the rule file names it at its place.
    """
    bench = _Bench(facts, environment)
    return bench.finished(bench.block(block), BOOL)


@dataclass(slots=True)
class _Bench:
    """Where one expression is put together."""

    facts: Mapping[str, FactType]
    environment: Environment
    typing: Typing = field(default_factory=Typing)
    problems: list[Problem] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)
    histories: list[History] = field(default_factory=list)

    def leaf(self, text: str, place: Place, expect: Expectation | None) -> tuple[Node | None, Type | None]:
        """The tree and type of one text; None where there is none."""
        tree, problems = parse(text, place)
        self.problems.extend(problems)
        if tree is None:
            return None, None
        checker = Checker(
            Source(text, place), self.facts, self.environment, self.typing, self.problems, self.reads, self.histories
        )
        kind = checker.type_of(tree)
        if kind is not None and expect is not None and not expect.met_by(kind):
            checker.report(
                "R142", tree, found=tree.source, **named("wanted", *expect.kinds), **named("kind", kind.kind)
            )
        return tree, kind

    def block(self, block: Block) -> Node | None:
        """The tree of a block of conditions."""
        match block:
            case Leaf():
                return self.leaf(block.text, block.place, CONDITION)[0]
            case Not():
                item = self.block(block.item)
                return item and self._named(nodes.Not(item), item.place)
            case All() | Any():
                return self._several(block)

    def _several(self, block: All | Any) -> Node | None:
        items = [self.block(item) for item in block.items]
        whole = tuple(item for item in items if item is not None)
        if not items:
            raise ValueError("a block of conditions must hold at least one")
        if len(whole) < len(items):
            return None
        if len(whole) == 1:
            return whole[0]
        joined = nodes.And(whole) if isinstance(block, All) else nodes.Or(whole)
        return self._named(joined, whole[0].place)

    def _named(self, node: nodes.And | nodes.Or | nodes.Not, place: Place) -> Node:
        """A node that no text spells out: its source is its canonical text."""
        spelled = replace(node, place=place, source=canonical(node))
        self.typing.types[id(spelled)] = BOOL
        return spelled

    def finished(self, tree: Node | None, kind: Type | None) -> Compiled:
        """The expression, when nothing is wrong."""
        problems = in_file_order(self.problems)
        if tree is None or kind is None or problems:
            return None, problems
        reads, histories = frozenset(self.reads), tuple(self.histories)
        return assembled(tree, reads, histories, self.typing, self.environment, kind), ()
