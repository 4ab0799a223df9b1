"""Which credit rules of one name apply where an event meets several: all, the first, or the most specific one.

Only rules that would credit the same people compete: who works on the deal (and the house in their place) with one
another, and those who are credited once more (overlay, roll-up) with one another. A manager's overlay is not lost because
the owner's rule stands before it.
"""

from collections.abc import Iterable, Sequence

from engine.core.formulas import EvaluationError
from engine.core.rules.plan import CreditRule, Plan

_ONCE_MORE = ("overlay", "roll_up")


def applying(plan: Plan, met: Sequence[CreditRule]) -> tuple[CreditRule, ...]:
    """Of the plan's rules that an event meets, those that apply, in file order.

    A written rule that stands for several records (`like bookings`) goes as one. E124 where two are equally specific.
    """
    if plan.credits_where_several == "all":
        return tuple(met)
    choose = _first if plan.credits_where_several == "first" else _most_specific
    rivals: dict[tuple[str, bool], list[CreditRule]] = {}
    for rule in met:
        rivals.setdefault((rule.name, rule.to.kind in _ONCE_MORE), []).append(rule)
    chosen = {key: choose(rules).place for key, rules in rivals.items()}
    return tuple(rule for rule in met if chosen[rule.name, rule.to.kind in _ONCE_MORE] == rule.place)


def _first(rules: Sequence[CreditRule]) -> CreditRule:
    return rules[0]


def _most_specific(rules: Iterable[CreditRule]) -> CreditRule:
    """The rule with the most conditions. Two places with as many is E124."""
    ranked = sorted(rules, key=lambda rule: -rule.conditions)
    best = ranked[0]
    for other in ranked[1:]:
        if other.conditions == best.conditions and other.place != best.place:
            places = {"first": str(best.place), "second": str(other.place)}
            raise EvaluationError("E124", other.place, credit=other.name, conditions=str(other.conditions), **places)
    return best
