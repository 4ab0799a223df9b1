"""Narrower books for an estimate: only what new credits and grants can bear on, so that one payee's answer is quick.

A window stands alone: credits of other windows change nothing in it, unless a cap carries its excess forward, or a rule
looks further than one window. Where a plan says anything that this module does not know of, the books stay whole.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, replace
from typing import Any

from engine.core.formulas import Formula
from engine.core.incentives.earnings import carries_forward
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.windows import windows
from engine.core.periods import Period
from engine.core.records import Credit, Grant
from engine.core.rules.plan import Bonus, Commission, Component, OwnComponent, Plan, RateTable
from engine.core.rules.rulebook import Rulebook

KNOWN: Mapping[type, frozenset[str]] = {
    Plan: frozenset(
        "header pays currency period credits components proration rounding credits_where_several remainder exchange"
        " prorates quota_rounding".split()
    ),
    RateTable: frozenset("by by_formula method deal_that_crosses tiers block place position_of highest".split()),
    Commission: frozenset(
        "id title of measured_over quota rates gate gate_kind per_deal multiply cap release clawback in_force place".split()
    ),
    Bonus: frozenset("id title on when amount to budget multiply clawback in_force place".split()),
}
"""The words of a plan for which it is shown that windows stand alone. Any other word keeps the books whole."""


def apart(rulebook: Rulebook) -> tuple[Rulebook, Rulebook]:
    """The components whose windows stand alone, and the others; of a plan with a word that bears on all of it, none.

    Components do not look at each other's lines, only at credits, so what is owed is the sum of both.
    """
    alone = {id(part) for plan in rulebook.plans for part in plan.components if _can_part(part, plan)}
    return _only(rulebook, lambda part: id(part) in alone), _only(rulebook, lambda part: id(part) not in alone)


def _can_part(part: Component, plan: Plan) -> bool:
    """Excess that is carried forward may pass from one version of a plan to the next, so its versions stay together."""
    carries = isinstance(part, Commission) and carries_forward(part)
    return _known(plan) and _stands_alone(part, plan) and not carries


def _only(rulebook: Rulebook, wanted: Callable[[Component], bool]) -> Rulebook:
    """The rules with the components that are wanted."""
    plans = (replace(plan, components=tuple(filter(wanted, plan.components))) for plan in rulebook.plans)
    return replace(rulebook, plans=tuple(plans))


def narrowed(
    rulebook: Rulebook, books: Books, fresh: Sequence[Credit], grants: Sequence[Grant], deal: str = ""
) -> Books:
    """The books without what neither the fresh credits and grants nor the progress of that deal can change.

    `owed` on them gives the same lines for every window that can change, with and without what is fresh.
    """
    if not all(_known(plan) and all(_stands_alone(part, plan) for part in plan.components) for plan in rulebook.plans):
        return books
    touching = [*fresh, *(credit for credit in books.credits if deal and credit.deal == deal)]
    spans = _spans(rulebook, touching)
    kept = [credit for credit in books.credits if _within(credit, spans.get(credit.name, ()))]
    components = {(grant.plan, grant.component) for grant in grants}
    return replace(books, credits=kept, grants=[g for g in books.grants if (g.plan, g.component) in components])


def _within(credit: Credit, spans: Iterable[Period | None]) -> bool:
    return any(span is None or span.start <= credit.on < span.end for span in spans)


def _spans(rulebook: Rulebook, touching: Iterable[Credit]) -> Mapping[str, set[Period | None]]:
    """By name of credit, the windows in which those credits count; None among them where a window bears on the next."""
    days = {(credit.name, credit.on) for credit in touching}
    spans: dict[str, set[Period | None]] = {}
    for plan, component in _commissions(rulebook):
        names = {component.of, component.measure}
        own = [on for name, on in days if name in names]
        found: set[Period | None] = {None} if carries_forward(component) and own else set()
        found |= set(windows(own, component.measured_over, rulebook.company, plan))
        for name in names if found else ():
            spans.setdefault(name, set()).update(found)
    return spans


def _commissions(rulebook: Rulebook) -> Iterator[tuple[Plan, Commission]]:
    parts = ((plan, component) for plan in rulebook.plans for component in plan.components)
    return ((plan, component) for plan, component in parts if isinstance(component, Commission))


def _stands_alone(part: Component, plan: Plan) -> bool:
    """True when no rule of the component looks beyond one of its windows."""
    tables = (part.rates,) if isinstance(part, Commission) else ()
    if not all(_known(each) for each in (part, *tables)):
        return False
    return isinstance(part, Commission | Bonus) and not _looks_further(part, plan.period)


def _known(part: Any) -> bool:
    """True when every word of it is one for which it is shown that windows stand alone."""
    return type(part) in KNOWN and not says_more(part, KNOWN[type(part)])


def says_more(part: Any, known: frozenset[str]) -> bool:
    """True when it has a word beyond those known, with another value than the usual one."""
    return any(getattr(part, field.name) != _usual(field) for field in fields(part) if field.name not in known)


def _usual(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _looks_further(component: OwnComponent, period: str) -> bool:
    """True when a formula asks for a scorecard, or for the attainment of another measure or window than its own."""
    own: set[str] = set()
    asked: list[Formula | None] = [component.multiply]
    if isinstance(component, Commission):
        asked += [component.gate, component.rates.by_formula]
        kinds = {component.measured_over, *(("period",) if component.measured_over == period else ())}
        own = {f"attainment({component.measure},{kind})" for kind in kinds}
    else:
        asked.append(component.amount)
    read = {name for formula in asked if formula for name in formula.reads}
    return any(name.startswith(("attainment(", "scorecard.")) and name not in own for name in read)
