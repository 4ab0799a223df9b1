"""Which triggers an event meets: durable-rules proposes, the exact evaluator decides.

A proposal is never missed: whatever the C module cannot compare exactly, it is not asked. What it proposes is
confirmed by the trigger's own condition, so a false proposal costs a little time and nothing else.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import Lock

from engine.core.events import Event
from engine.core.fact_types import FactType
from engine.core.formulas import Facts
from engine.core.rules.header import InForce
from engine.core.triggers import Trigger
from engine.matching.buckets import Bucket, Sheaf, bucketed
from engine.matching.failures import MatchingError
from engine.matching.native import NativeFailure, Ruleset

MOST_FAILURES = 20
"""So often one ruleset is made anew. Each failure leaves memory behind, since touching what failed is not safe."""

_NUMBERS = count(1)


@dataclass(slots=True)
class _Shard:
    """One ruleset in the C module and its lock. It is made anew after any failure."""

    sheaf: Sheaf
    ruleset: Ruleset | None
    lock: Lock = field(default_factory=Lock)
    failures: int = 0

    def proposed(self, texts: list[str]) -> Iterable[int]:
        """The triggers that some chain proposes. NativeFailure when the C module fails, now or when made anew."""
        fields = "".join(self.sheaf.pick(texts))
        if not fields:
            return ()
        with self.lock:
            try:
                fired = self._alive().fired(fields)
            except NativeFailure:
                self.ruleset, self.failures = None, self.failures + 1
                raise
        hits = self.sheaf.hits
        try:
            return [number for name in fired for number in hits[name]]
        except KeyError as error:
            raise NativeFailure(f"a rule fired that there is not: {error}") from error

    def _alive(self) -> Ruleset:
        """The ruleset, made anew after a failure, but not for ever."""
        if self.ruleset is None:
            if self.failures >= MOST_FAILURES:
                raise NativeFailure(f"failed {self.failures} times and is given up")
            self.ruleset = _made(self.sheaf)
        return self.ruleset

    def close(self) -> None:
        """Give the memory back; a ruleset that failed before is abandoned, since touching it is not safe."""
        with self.lock:
            ruleset, self.ruleset = self.ruleset, None
            if ruleset:
                ruleset.close()


@dataclass(frozen=True, slots=True)
class _Armed:
    """A bucket with its rulesets. `decisions`: for each trigger its key, its condition and its days."""

    bucket: Bucket
    shards: tuple[_Shard, ...]
    decisions: tuple[tuple[str, Callable[[Facts], bool] | None, InForce], ...]

    def proposed(self, facts: Facts) -> list[int]:
        """The numbers of the triggers that may hold, in file order."""
        texts, found = self.bucket.projection.project(facts)
        found |= self.bucket.always
        for shard in self.shards:
            try:
                found.update(shard.proposed(texts))
            except NativeFailure as failure:
                raise self._error(shard, failure) from failure
        return sorted(found)

    def _error(self, shard: _Shard, failure: NativeFailure) -> MatchingError:
        first = min(number for numbers in shard.sheaf.hits.values() for number in numbers)
        return MatchingError(self.bucket.triggers[first].place, self.bucket.type, str(failure))


class Matcher:
    """The triggers of one rulebook, ready. Safe for several threads. Close it when the rulebook is no longer used."""

    def __init__(self, buckets: Mapping[str, Bucket]) -> None:
        self._armed: dict[str, _Armed] | None = {type: _armed(bucket) for type, bucket in buckets.items()}

    def match(self, event: Event, facts: Facts) -> frozenset[str]:
        """The keys of the triggers that are in force and whose conditions hold, each confirmed exactly.

        EvaluationError when a condition cannot be evaluated, MatchingError when the C module fails: the event is then
        for quarantine.
        """
        armed = self._of(event)
        if armed is None:
            return frozenset()
        on, decisions, held = event.on, armed.decisions, []
        for number in armed.proposed(facts):
            key, holds, in_force = decisions[number]
            if in_force.covers(on) and (holds is None or holds(facts)):
                held.append(key)
        return frozenset(held)

    def candidates(self, event: Event, facts: Facts) -> frozenset[str]:
        """The keys of the triggers that were proposed: all that hold and all that raise, and perhaps some more."""
        armed = self._of(event)
        return frozenset(armed.decisions[number][0] for number in armed.proposed(facts)) if armed else frozenset()

    def close(self) -> None:
        """Give all memory back to the C module. May be repeated; to match afterwards is a MatchingError."""
        armed, self._armed = self._armed, None
        for one in (armed or {}).values():
            for shard in one.shards:
                shard.close()

    def _of(self, event: Event) -> _Armed | None:
        if self._armed is None:
            raise MatchingError(None, event.type, "the matcher is closed")
        return self._armed.get(event.type)


def build_matcher(triggers: Iterable[Trigger], facts: Mapping[str, FactType], name: str) -> Matcher:
    """The matcher of these triggers. `name` should carry the rulebook's fingerprint. MatchingError when C refuses."""
    return Matcher(bucketed(triggers, facts, re.sub(r"[^\w.:@#-]", "_", name, flags=re.ASCII)))


def _armed(bucket: Bucket) -> _Armed:
    try:
        shards = tuple(_Shard(sheaf, _made(sheaf)) for sheaf in bucket.sheaves)
    except NativeFailure as failure:
        raise MatchingError(bucket.triggers[0].place, bucket.type, str(failure)) from failure
    decisions = tuple((one.key, one.when.holds if one.when else None, one.in_force) for one in bucket.triggers)
    return _Armed(bucket, shards, decisions)


def _made(sheaf: Sheaf) -> Ruleset:
    """A fresh ruleset under a name that this process has not used."""
    return Ruleset(f"{sheaf.name}/{next(_NUMBERS)}", sheaf.definition)
