"""Attainment of a payee's other measures at a window's end: what a matrix of two measures asks beyond the running total.

A formula that asks for another measure, or for another period, than the one its component adds up is asked at the
window's end, or on the last day looked at: so all of its attainments are those of that day, also that of its own
measure. A formula that asks only for the running attainment of its own measure keeps it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.formulas import EvaluationError, Formula
from engine.core.incentives.adjustments import undoing
from engine.core.incentives.targets import quota_of
from engine.core.periods import Period, parse_period, period_of
from engine.core.records import Credit, Quota
from engine.core.rules.plan import Bonus, Commission, Plan
from engine.core.rules.rulebook import Rulebook

_ASKED = re.compile(r"attainment\(([^,]+),([^,]+)\)")
_PERIODS = ("week", "month", "quarter", "half", "year")


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose attainment is asked for: a payee's, under a plan, from their credits and quotas, on the last day looked at."""

    rulebook: Rulebook
    plan: Plan
    payee: str
    credits: Sequence[Credit]
    quotas: Sequence[Quota]
    as_of: date


def attainments_at_end(component: Commission | Bonus, window: Period, asking: Asking) -> dict[str, object]:
    """By the fact's name each attainment that the component's formulas ask for, when they ask for more than the running
    one of its own measure; else nothing. What has no quota is left out: it is not set. E062 for another currency."""
    names = sorted({name for formula in _formulas(component) for name in formula.reads if _ASKED.fullmatch(name)})
    if not set(names) - set(_running(component, asking.plan, window)):
        return {}
    told = ((name, _attained(name, window, asking)) for name in names)
    return {name: value for name, value in told if value is not None}


def _formulas(component: Commission | Bonus) -> Iterator[Formula]:
    found: tuple[Formula | None, ...] = (component.multiply,)
    if isinstance(component, Bonus):
        found = (component.amount, component.multiply)
    elif isinstance(component, Commission):
        found = (component.multiply, component.gate, component.rates.by_formula)
    yield from (formula for formula in found if formula)


def _running(component: Commission | Bonus, plan: Plan, window: Period) -> Iterable[str]:
    """The names that the walk through a commission's window answers as it goes."""
    if isinstance(component, Bonus):
        return ()
    own = component.measured_over
    kinds = [own, window.id, *(["period"] if own == plan.period else [])]
    return [f"attainment({component.of},{kind})" for kind in kinds]


def _attained(name: str, window: Period, asking: Asking) -> Fraction | None:
    """Credits ÷ quota of one measure and period up to the last day looked at; None without a quota."""
    asked = _ASKED.fullmatch(name)
    assert asked is not None, "the caller asks for attainments alone"
    measure, period = asked[1], _period(asked[2], window, asking)
    paying = next((c for c in asking.plan.components if isinstance(c, Commission) and c.of == measure), None)
    wanted = paying.quota if paying else ""
    quota = quota_of(asking.payee, wanted, measure, period, asking.rulebook, asking.quotas)
    if quota is None or not quota.amount:
        return None
    total = 0
    for credit in _counting(measure, period, paying, asking):
        if credit.amount.currency != quota.amount.currency:
            told = {
                "credit": measure,
                "found": str(credit.amount),
                "currency": quota.amount.currency,
                "event": credit.event,
            }
            raise EvaluationError("E062", quota.place, **told)
        total += credit.amount.minor
    return Fraction(total, quota.amount.minor)


def _period(text: str, window: Period, asking: Asking) -> Period:
    """A period told from the window's end, or by its name."""
    company = asking.rulebook.company
    kind = asking.plan.period if text == "period" else text
    return period_of(window.last_on, kind, company) if kind in _PERIODS else parse_period(text, company)


def _counting(measure: str, period: Period, paying: Commission | None, asking: Asking) -> Iterator[Credit]:
    """The payee's credits that count: not those undone, unless the plan's clawback keeps their attainment."""
    for credit in asking.credits:
        if (credit.name, credit.payee) != (measure, asking.payee) or credit.on > asking.as_of:
            continue
        undone = credit.undone_on is not None and credit.undone_on <= asking.as_of
        if undone and paying is not None:
            policy = undoing(credit, paying.clawback, asking.as_of)
            undone = policy is not None and policy.reverses_attainment
        if period.contains(credit.on) and not undone:
            yield credit
