"""Measures matching: events per CPU-second by rules, beside plain closures, and memory over a million events.

    python -m tests.bench.bench_matching [events for the memory run]

The workload: facts of 30 fields, eight event types, rules of four or five conditions, a quarter of them with an `or`,
computed ratios in a tenth. Both ways answer for the same events, and their answers are compared.
"""

import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from engine.core.events import Event
from engine.core.fact_types import FactKind, FactType
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import InForce
from engine.core.triggers import Trigger
from engine.language import CONDITION, PlainEnvironment, compile_expression
from engine.matching import build_matcher

Facts = Mapping[str, object]
Match = Callable[[Event, Facts], frozenset[str]]

TYPES = tuple(f"deal.type_{number}" for number in range(8))
WORDS = tuple("north south east west 华北 华南 华东 西南".split())
KINDS = (FactKind.MONEY,) * 6 + (FactKind.NUMBER,) * 6 + (FactKind.PERCENT,) * 3
KINDS += (FactKind.CHOICE,) * 9 + (FactKind.BOOL,) * 3 + (FactKind.DATE,) * 3
FACTS = {f"deal.fact_{number}": FactType(kind) for number, kind in enumerate(KINDS)}
FIRST = date(2026, 1, 1)


def value_of(kind: FactKind, chance: random.Random) -> object:
    """A random value of a kind."""
    match kind:
        case FactKind.MONEY:
            return Money(chance.randrange(100_000_000), "CNY")
        case FactKind.NUMBER:
            return chance.randrange(1000)
        case FactKind.PERCENT:
            return Fraction(chance.randrange(1000), 1000)
        case FactKind.CHOICE:
            return chance.choice(WORDS)
        case FactKind.BOOL:
            return chance.random() < 0.5
    return FIRST + timedelta(days=chance.randrange(365))


def condition(chance: random.Random) -> str:
    """One comparison of a random fact with a random constant."""
    name, type = chance.choice(list(FACTS.items()))
    value = value_of(type.kind, chance)
    match value:
        case bool():
            return name if value else f"not {name}"
        case str():
            return f'{name} = "{value}"'
        case Money():
            return f"{name} {chance.choice(['>=', '<'])} {value.minor // 100} CNY"
        case Fraction():
            return f"{name} {chance.choice(['>', '<='])} {value.numerator * 100 // value.denominator}%"
    return f"{name} {chance.choice(['>=', '<'])} {value}"


def rule(number: int, chance: random.Random) -> Trigger:
    """A random rule of four or five conditions."""
    said = [condition(chance) for _ in range(chance.choice([4, 5]))]
    if chance.random() < 0.25:
        said[-1] = f"({said[-1]} or {condition(chance)})"
    if chance.random() < 0.1:
        said.append("deal.fact_0 / deal.fact_1 >= 20%")
    place = Place(f"rules/{number}.yaml", 1, 1)
    expression, problems = compile_expression(" and ".join(said), place, FACTS, PLAIN, CONDITION)
    assert expression, problems
    return Trigger(f"rule-{number}#", chance.choice(TYPES), expression, InForce(FIRST), place)


PLAIN = PlainEnvironment()


def happened(number: int, chance: random.Random) -> tuple[Event, Facts]:
    """A random event with its facts, one in twenty of them not set."""
    event = Event(chance.choice(TYPES), "d", "bench", str(number), datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 1))
    facts = {name: value_of(type.kind, chance) for name, type in FACTS.items() if chance.random() < 0.95}
    return event, facts


def closures(rules: tuple[Trigger, ...]) -> Match:
    """Plain closures bucketed by event type: the exact evaluator on every rule of the type."""
    buckets: dict[str, list[Trigger]] = defaultdict(list)
    for one in rules:
        buckets[one.on].append(one)

    def match(event: Event, facts: Facts) -> frozenset[str]:
        held = (one for one in buckets[event.type] if one.in_force.covers(event.on))
        return frozenset(one.key for one in held if one.when is None or one.when.holds(facts))

    return match


def rate(match: Match, events: list[tuple[Event, Facts]], seconds: float = 2.0) -> float:
    """Events per CPU-second over at least that many CPU-seconds."""
    start, done = time.process_time(), 0
    while (spent := time.process_time() - start) < seconds:
        for event, facts in events:
            match(event, facts)
        done += len(events)
    return done / spent


def resident() -> float:
    """Megabytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main(marks: int) -> None:
    """Both tables, on standard output."""
    chance = random.Random(2026)
    events = [happened(number, chance) for number in range(2000)]
    print(f"{'rules':>6} {'matcher':>10} {'closures':>10} {'hits/event':>10} {'build ms':>9}")
    for count in (10, 100, 1000):
        rules = tuple(rule(number, chance) for number in range(count))
        start = time.process_time()
        matcher, plain = build_matcher(rules, FACTS, "bench"), closures(rules)
        built = (time.process_time() - start) * 1000
        answers = [matcher.match(*one) for one in events]
        assert answers == [plain(*one) for one in events]
        hits = sum(map(len, answers)) / len(events)
        ours, theirs = rate(matcher.match, events), rate(plain, events)
        print(f"{count:>6} {ours:>10,.0f} {theirs:>10,.0f} {hits:>10.2f} {built:>9.0f}")
        if count == 100:
            memory = (matcher, events)
        else:
            matcher.close()
    matcher, events = memory
    print(f"memory at 100 rules: {resident():.2f} MB")
    for mark in range(1, 5):
        for number in range(marks // 4):
            matcher.match(*events[number % len(events)])
        print(f"  after {mark * (marks // 4):>9,} events: {resident():.2f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
