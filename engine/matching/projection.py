"""From typed facts to the fields of a flat fact: one short text a field, made once an event for all rulesets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.formulas import EvaluationError, Facts
from engine.language.expression import Expression
from engine.language.running.compiling import Compiler
from engine.matching.fields import Codes, Field, Read, reader

Owners = frozenset[int]
"""The numbers of the triggers that look at a field."""


@dataclass(frozen=True, slots=True)
class Projection:
    """How the facts of one event type are read. Each field has a slot; computed fields have the last ones."""

    fields: tuple[Field, ...]
    owners: tuple[Owners, ...]
    names: tuple[str, ...]
    reads: tuple[Read, ...]
    computed: tuple[Callable[[Facts], str | None], ...]

    def project(self, facts: Facts) -> tuple[list[str], set[int]]:
        """A text for each slot, empty when absent, and the triggers that only the exact evaluator can decide.

        Those look at a value that has no code, or at a part that cannot be evaluated: the evaluator will meet the
        same error, where it does not decide before it.
        """
        texts = [read(value) for read, value in zip(self.reads, map(facts.get, self.names), strict=True)]
        texts += [read(facts) for read in self.computed]
        if None not in texts:
            return texts, set()  # type: ignore[return-value]
        without = (owners for text, owners in zip(texts, self.owners, strict=True) if text is None)
        return [text or "" for text in texts], set().union(*without)


def projection(owners: Mapping[Field, Owners], worlds: Mapping[Field, Expression], codes: Codes) -> Projection:
    """The projection of these fields. `worlds` has, for each computed field, an expression that its node is part of."""
    plain = [field for field in owners if field.node is None]
    computed = [field for field in owners if field.node is not None]
    fields = (*plain, *computed)
    reads = {field: reader(field, codes, f',"f{slot}":') for slot, field in enumerate(fields)}
    return Projection(
        fields,
        tuple(owners[field] for field in fields),
        tuple(field.fact for field in plain),
        tuple(reads[field] for field in plain),
        tuple(_computed(field, worlds[field], reads[field]) for field in computed),
    )


def _computed(field: Field, world: Expression, read: Read) -> Callable[[Facts], str | None]:
    """The text of what the exact evaluator answers for a part of a condition; None when it raises."""
    assert field.node is not None, "computed fields have a node"
    evaluate: Callable[[Facts], Any] = Compiler(world.typing, world.environment).closure(field.node)

    def compute(facts: Facts) -> str | None:
        try:
            return read(evaluate(facts))
        except EvaluationError:
            return None

    return compute
