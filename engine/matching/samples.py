"""Made-up facts to try a bucket with: values on, just below and just above every constant of its conditions.

The same bucket always gets the same samples.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from random import Random

from engine.core.durations import Duration, DurationUnit
from engine.core.fact_types import FactKind, FactType
from engine.core.formulas import Facts
from engine.core.money import Money
from engine.language.environment import Environment
from engine.language.expression import Expression
from engine.language.running.compiling import constant
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node, parts, walk
from engine.matching.buckets import Bucket

MOST_CHAINS_TRIED = 120
AT_RANDOM = 24
TESTS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}

Values = Mapping[str, tuple[object, ...]]

_DAY = timedelta(days=1)
_PLAIN: Mapping[FactKind, tuple[object, ...]] = {
    FactKind.MONEY: (Money(0, "CNY"), Money(10_000_00, "CNY"), Money(-1, "USD"), Money(5 * 10**15, "CNY")),
    FactKind.NUMBER: (0, 7, Fraction(22, 7), -(10**18)),
    FactKind.PERCENT: (Fraction(1, 10), Fraction(1, 3), 1),
    FactKind.DATE: (date(2026, 3, 31), date(2026, 4, 1)),
    FactKind.INSTANT: (datetime(2026, 3, 31, 16, tzinfo=UTC),),
    FactKind.PERIOD: ("2026-Q1",),
    FactKind.DURATION: (Duration(3, DurationUnit.DAYS), Duration(2, DurationUnit.BUSINESS_DAYS)),
    FactKind.BOOL: (True, False),
    FactKind.CURRENCY: ("CNY", "USD"),
    FactKind.LIST: ((), ("p-1", "其他")),
}


def samples(bucket: Bucket, facts: Mapping[str, FactType]) -> list[Facts]:
    """Facts at random, one of which nothing is set, and facts made to meet the bucket's chains one by one."""
    chance = Random(bucket.type)
    values = _values(bucket, facts)
    made: list[Facts] = [{}, *(_at_random(values, chance) for _ in range(AT_RANDOM))]
    chains = [chain for sheaf in bucket.sheaves for chain in sheaf.chains]
    some = chance.sample(chains, min(len(chains), MOST_CHAINS_TRIED))
    return made + [_meeting(chain, bucket, values, chance) for chain in some]


def _at_random(values: Values, chance: Random) -> dict[str, object]:
    """A random value for each fact, one in eight not set."""
    return {name: chance.choice(some) for name, some in values.items() if chance.random() > 1 / 8}


def _meeting(
    chain: tuple[tuple[int, str, int], ...], bucket: Bucket, values: Values, chance: Random
) -> dict[str, object]:
    """Random facts in which those that the chain compares meet it, as far as some value does."""
    made = _at_random(values, chance)
    read = bucket.projection
    for slot in {slot for slot, _, _ in chain if slot < len(read.names)}:
        tests = [(TESTS[operator], code) for at, operator, code in chain if at == slot]
        name = read.names[slot]
        texts = {value: read.reads[slot](value) for value in (*values[name], None)}
        codes = {value: int(text.rpartition(":")[2]) for value, text in texts.items() if text}
        fitting = [value for value, code in codes.items() if all(test(code, other) for test, other in tests)]
        if fitting:
            made[name] = chance.choice(fitting)
    return {name: value for name, value in made.items() if value is not None}


def _values(bucket: Bucket, facts: Mapping[str, FactType]) -> Values:
    """The values worth trying for each fact that the bucket's conditions read."""
    found: dict[str, dict[object, None]] = {}
    for condition in (trigger.when for trigger in bucket.triggers if isinstance(trigger.when, Expression)):
        for name in sorted(condition.reads & facts.keys()):
            found.setdefault(name, dict.fromkeys(_usual(facts[name])))
        for name, value in _constants(condition.tree, condition.environment):
            found[name].update(dict.fromkeys(_around(value)))
    return {name: tuple(values) for name, values in found.items()}


def _usual(type: FactType) -> tuple[object, ...]:
    return _PLAIN.get(type.kind, ("p-1", "其他")) + type.choices


def _constants(tree: Node, environment: Environment) -> Iterator[tuple[str, object]]:
    """Each fact with the constants that it stands beside."""
    for node in walk(tree):
        beside = [part for one in parts(node) for part in (one, *parts(one))]
        literals = [part for part in beside if isinstance(part, nodes.Literal)]
        for name in (part for part in parts(node) if isinstance(part, nodes.Name)):
            yield from ((name.name, constant(one, environment)) for one in literals)


def _around(value: object) -> tuple[object, ...]:
    """A constant and its nearest neighbours."""
    match value:
        case Money():
            return tuple(Money(value.minor + step, value.currency) for step in (-1, 0, 1))
        case bool() | str():
            return (value,)
        case int() | Fraction():
            return (value - Fraction(1, 3), value, value + 1)
        case date():
            return (value - _DAY, value, value + _DAY) if date(2, 1, 1) < _day(value) < date(9998, 1, 1) else (value,)
    return ()


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
