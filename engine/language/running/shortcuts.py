"""Closures for what rules say most often, a fact against a written value: whole numbers compared, nothing made."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from engine.core.formulas import Facts
from engine.core.money import Money
from engine.language.environment import Environment
from engine.language.running.operations import COMPARISONS, compared
from engine.language.syntax.nodes import Compared

Evaluate = Callable[[Facts], Any]


def fact_compared(name: str, sign: str, value: object) -> Evaluate:
    """A fact against a written value of a kind that Python compares exactly."""
    test = COMPARISONS[sign]

    def compare(facts: Facts) -> bool | None:
        fact = facts.get(name)
        return None if fact is None else test(fact, value)

    return compare


def ratio_fact_compared(name: str, sign: str, ratio: Fraction) -> Evaluate:
    """A number or percent against a written fraction: crosswise, in whole numbers, which is four times as fast."""
    test, above, below = COMPARISONS[sign], ratio.numerator, ratio.denominator

    def compare(facts: Facts) -> bool | None:
        fact: Any = facts.get(name)
        return None if fact is None else test(fact.numerator * below, above * fact.denominator)

    return compare


def money_fact_compared(node: Compared, name: str, money: Money, environment: Environment) -> Evaluate:
    """A money fact against a written amount: whole numbers, unless the currencies differ."""
    test, sign = COMPARISONS[node.operator], node.operator
    minor, currency = money.minor, money.currency

    def compare(facts: Facts) -> bool | None:
        fact: Any = facts.get(name)
        if fact is None:
            return None
        if fact.currency == currency:
            return test(fact.minor, minor)
        return compared(node, sign, fact, money, facts, environment)

    return compare
