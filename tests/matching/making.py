"""Triggers and events for the tests of matching, and the answer of brute force."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction

from engine.core.events import Event
from engine.core.fact_types import BUILT_IN_FACTS, FactKind, FactType
from engine.core.formulas import EvaluationError
from engine.core.problems import Place
from engine.core.rules.header import InForce
from engine.core.triggers import Trigger
from engine.language import CONDITION, Expression, PlainEnvironment, compile_expression

FACTS = {
    **BUILT_IN_FACTS,
    "deal.channel": FactType(FactKind.CHOICE),
    "deal.units": FactType(FactKind.NUMBER),
    "deal.trial": FactType(FactKind.BOOL),
    "deal.notice": FactType(FactKind.DURATION),
}
WORLD = PlainEnvironment(rates={("USD", "CNY"): Fraction("7.1234"), ("CNY", "USD"): Fraction("0.14")})
ON = date(2026, 2, 3)
ALL_YEAR = InForce(date(2026, 1, 1), date(2027, 1, 1))


HERE = Place("rules/a.yaml", 1, 1)


def condition(text: str, place: Place = HERE) -> Expression:
    """The checked condition of a text."""
    expression, problems = compile_expression(text, place, FACTS, WORLD, CONDITION)
    assert expression is not None, [problem.render() for problem in problems]
    return expression


def trigger(key: str, text: str | None, on: str = "deal.changed", in_force: InForce = ALL_YEAR) -> Trigger:
    """A trigger with that condition, in a file of its own."""
    place = Place(f"rules/{key}.yaml", 3, 7)
    return Trigger(key, on, condition(text, place) if text else None, in_force, place)


def event(type: str = "deal.changed", on: date = ON) -> Event:
    """An event of a type on a day."""
    return Event(type, "d-1", "crm", "e-1", datetime(2026, 2, 3, 4, 5, tzinfo=UTC), on)


def brute_force(triggers: Iterable[Trigger], happened: Event, facts: Mapping[str, object]) -> frozenset[str]:
    """What the exact evaluator says to every trigger of the event's type, in file order."""
    those = [one for one in triggers if one.on == happened.type and one.in_force.covers(happened.on)]
    return frozenset(one.key for one in those if one.when is None or one.when.holds(facts))


def verdict(ask: Callable[..., frozenset[str]], *arguments: object) -> object:
    """The keys that hold, or what stood in the way: code, particulars and place."""
    try:
        return ask(*arguments)
    except EvaluationError as error:
        return error.code, error.params, error.place


def matters(one: Trigger, happened: Event, facts: Mapping[str, object]) -> bool:
    """Whether a trigger holds or raises, whatever the day: then it must be a candidate."""
    try:
        return one.on == happened.type and (one.when is None or one.when.holds(facts))
    except EvaluationError:
        return True
