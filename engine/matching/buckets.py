"""The triggers of one event type, laid out for the C module: fields, chains, rulesets within the module's limits."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from engine.core.fact_types import FactType
from engine.core.triggers import Trigger
from engine.language.expression import Expression
from engine.matching.chains import Chains, Comparison, Normaliser, TooMany, shortened
from engine.matching.fields import Codes, Field, Way
from engine.matching.native import MOST_CHAINS
from engine.matching.projection import Projection, projection

_OPERATORS = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}


@dataclass(frozen=True, slots=True)
class Sheaf:
    """At most 56 chains that become one ruleset.

    `chains` are in terms of slots: (slot, operator, code). `hits`: for each chain's name the triggers it proposes.
    `pick` takes the sheaf's own fields out of all that were projected.
    """

    name: str
    definition: str
    chains: tuple[tuple[tuple[int, str, int], ...], ...]
    hits: Mapping[str, tuple[int, ...]]
    pick: Callable[[Sequence[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Bucket:
    """All triggers of one event type. `always`: the numbers of those that the exact evaluator decides alone."""

    type: str
    triggers: tuple[Trigger, ...]
    always: frozenset[int]
    projection: Projection
    sheaves: tuple[Sheaf, ...]


def bucketed(triggers: Iterable[Trigger], facts: Mapping[str, FactType], name: str) -> dict[str, Bucket]:
    """The buckets by event type. `name` begins the name of every ruleset."""
    by_type: dict[str, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        by_type[trigger.on].append(trigger)
    return {type: _Layout(tuple(those), facts).bucket(type, f"{name}/{type}") for type, those in by_type.items()}


@dataclass(slots=True)
class _Layout:
    """A bucket in the making. Equal chains of several triggers are one chain."""

    triggers: tuple[Trigger, ...]
    facts: Mapping[str, FactType]
    codes: Codes = field(default_factory=dict)
    owners: dict[Field, set[int]] = field(default_factory=lambda: defaultdict(set))
    worlds: dict[Field, Expression] = field(default_factory=dict)
    chains: dict[tuple[Comparison, ...], list[int]] = field(default_factory=lambda: defaultdict(list))

    def bucket(self, type: str, name: str) -> Bucket:
        """The finished bucket."""
        always = frozenset(number for number, trigger in enumerate(self.triggers) if not self._laid(number, trigger))
        read = projection({one: frozenset(owners) for one, owners in self.owners.items()}, self.worlds, self.codes)
        slots = {one: slot for slot, one in enumerate(read.fields)}
        sheaves = tuple(_sheaf(f"{name}/{number}", some, slots) for number, some in enumerate(_batches(self.chains)))
        return Bucket(type, self.triggers, always, read, sheaves)

    def _laid(self, number: int, trigger: Trigger) -> bool:
        """Lay a trigger's chains and fields; False when it is better decided by the exact evaluator alone."""
        if not isinstance(trigger.when, Expression):
            return False
        normaliser = Normaliser(trigger.when, self.facts, self.codes)
        try:
            chains = normaliser.chains(trigger.when.tree)
        except TooMany:
            return False
        if not _all_expressible(chains):
            return False
        for one in normaliser.fields:
            self.owners[one].add(number)
            if one.node is not None:
                self.worlds.setdefault(one, trigger.when)
        for chain in dict.fromkeys(map(shortened, chains)):
            self.chains[chain].append(number)
        return True


def _all_expressible(chains: Chains) -> bool:
    """True when each chain has a comparison for the C module to make, beside what Python computes for it."""
    return all(any(comparison.field.way is not Way.COMPUTED for comparison in chain) for chain in chains)


def _batches(
    chains: Mapping[tuple[Comparison, ...], list[int]],
) -> Iterator[list[tuple[tuple[Comparison, ...], list[int]]]]:
    waiting = iter(chains.items())
    while batch := list(islice(waiting, MOST_CHAINS)):
        yield batch


def _sheaf(name: str, batch: list[tuple[tuple[Comparison, ...], list[int]]], slots: Mapping[Field, int]) -> Sheaf:
    """The ruleset of some chains, with the warm rule that lets its memory be given back."""
    chains = tuple(tuple((slots[one.field], one.operator, one.code) for one in chain) for chain, _ in batch)
    names = [f"c{number}" for number in range(len(chains))]
    rules = {name: _rule([_said(*one) for one in chain]) for name, chain in zip(names, chains, strict=True)}
    definition = json.dumps({**rules, "warm": _rule([{"w": 1}])})
    hits = {name: tuple(numbers) for name, (_, numbers) in zip(names, batch, strict=True)}
    return Sheaf(name, definition, chains, hits, itemgetter(*sorted({one[0] for chain in chains for one in chain})))


def _rule(said: list[dict[str, object]]) -> dict[str, object]:
    return {"all": [{"m": said[0] if len(said) == 1 else {"$and": said}}]}


def _said(slot: int, operator: str, code: int) -> dict[str, object]:
    """A comparison in the C module's JSON."""
    test: dict[str, object] = {f"f{slot}": code}
    return test if operator == "=" else {_OPERATORS[operator]: test}
