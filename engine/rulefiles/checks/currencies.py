"""Currencies: amounts are in the currency that a rule pays in, and every other currency has a rate."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from engine.core.currencies import EXPONENTS
from engine.core.formulas import Formula
from engine.core.money import Money
from engine.core.problems import Problem
from engine.core.rules.company import ExchangeRate
from engine.core.rules.plan import Bonus, Commission, Component, Contest, Plan
from engine.core.rules.rulebook import Rule, Rulebook
from engine.rulefiles.checks.finding import Path, finding, formulas_in
from engine.rulefiles.checks.plan_level import plan_amounts

_WRITTEN = re.compile(r"[\d万亿]\s*([A-Z]{3})\b")


def amounts_are_in_the_currency_that_is_paid(rulebook: Rulebook) -> Iterator[Problem]:
    """R262 for a tier, cap, limit, budget or prize in another currency than its plan or programme."""
    for plan in rulebook.plans:
        for number, component in enumerate(plan.components):
            for path, money in _amounts(component):
                if money and money.currency != plan.currency:
                    params = {"found": money.currency, "currency": plan.currency}
                    yield finding(rulebook, plan.header, ("components", number, *path), "R262", **params)
        for path, money in plan_amounts(plan):
            if money.currency != plan.currency:
                params = {"found": money.currency, "currency": plan.currency}
                yield finding(rulebook, plan.header, path, "R262", **params)
    for programme in rulebook.programmes:
        for number, fee in enumerate(programme.referrals):
            if fee.at_most and fee.at_most.currency != programme.currency:
                params = {"found": fee.at_most.currency, "currency": programme.currency}
                yield finding(rulebook, programme.header, ("incentives", number, "at_most"), "R262", **params)


def _amounts(component: Component) -> Iterator[tuple[Path, Money | None]]:
    """The amounts that a component writes out, with their paths."""
    if isinstance(component, Bonus):
        yield ("budget",), component.budget
        yield ("budget_per_person",), component.budget_per_person
    if isinstance(component, Contest):
        yield ("at_least",), component.at_least
        for number, prize in enumerate(component.prizes):
            yield ("prizes", number, "amount"), prize.amount
    if isinstance(component, Commission):
        for number, tier in enumerate(component.rates.tiers):
            yield ("rates", "tiers", number, "flat"), tier.flat
            yield ("rates", "tiers", number, "per_unit"), tier.per_unit
        for key, limit in (("per_deal", component.per_deal), ("cap", component.cap)):
            if limit:
                yield (key, "at_most"), limit.at_most
                yield (key, "at_least"), limit.at_least


def currencies_have_rates(rulebook: Rulebook) -> Iterator[Problem]:
    """R235 for a currency that a rule names and that has no rate to the company's when the rule begins."""
    home = rulebook.company.currency
    spot = [rate for rate in rulebook.company.exchange_rates if rate.kind == "spot" and rate.target == home]
    rated = {rate.source: rate.from_on for rate in reversed(spot)}
    for rule in rulebook.rules():
        for formula in formulas_in(rule):
            yield from _unrated(formula, rule, home, rated)
    for kind, rules in (("currency", rulebook.plans), ("currency", rulebook.programmes)):
        for paying in rules:
            if paying.currency != home and not _known(paying.currency, paying, rated):
                params = {"source": paying.currency, "target": home, "on": _day(paying, rated)}
                yield finding(rulebook, paying.header, (kind,), "R235", **params)


def _unrated(formula: Formula, rule: Rule, home: str, rated: dict[str, date]) -> Iterator[Problem]:
    """The problems of one formula's written amounts."""
    for match in _WRITTEN.finditer(formula.source):
        currency = match[1]
        if currency != home and not _known(currency, rule, rated):
            params = {"source": currency, "target": home, "on": _day(rule, rated)}
            yield Problem("R235", formula.place.shifted(match.start(1)), params, width=3)


def _known(currency: str, rule: Rule, rated: dict[str, date]) -> bool:
    """True when the currency has a rate on the rule's first day, or at all when the rule has always been in force."""
    first = rated.get(currency)
    return first is not None and (first <= rule.header.in_force.from_on or rule.header.in_force.from_on == date.min)


def _day(rule: Rule, rated: dict[str, date]) -> str:
    """The day for which a rate is asked: the rule's first, or the first of the table."""
    start = rule.header.in_force.from_on
    return str(start if start > date.min else min(rated.values(), default=date(2025, 1, 1)))


def plans_have_rates_of_their_kind(rulebook: Rulebook) -> Iterator[Problem]:
    """R302, a warning, for a kind of rate that a plan asks for and that a pair lacks when the plan begins.

    Into the plan's currency those pairs are looked at that have a rate of any kind; out of it, the stated payment
    currency, or, where a fact tells it, those that have a rate of any kind.
    """
    for plan in rulebook.plans:
        for path, kind, source, target in _needed(plan, rulebook.company.exchange_rates):
            own = [r for r in rulebook.company.exchange_rates if (r.source, r.target, r.kind) == (source, target, kind)]
            starts, first = min((rate.from_on for rate in own), default=None), plan.header.in_force.from_on
            if starts is None or (first > date.min and starts > first):
                on = str(first if first > date.min else date(2025, 1, 1))
                yield finding(rulebook, plan.header, path, "R302", kind=kind, source=source, target=target, on=on)


def _needed(plan: Plan, rates: Iterable[ExchangeRate]) -> Iterator[tuple[Path, str, str, str]]:
    """Where each kind of rate is asked for, with the pairs that it is needed for."""
    pairs = list(dict.fromkeys((rate.source, rate.target) for rate in rates))
    if plan.exchange.kind != "spot":
        for source in (source for source, target in pairs if target == plan.currency):
            yield ("exchange", "kind"), plan.exchange.kind, source, plan.currency
    if plan.pays_in is not None:
        stated = [plan.pays_in.currency] if plan.pays_in.currency in EXPONENTS else []
        for target in stated or (target for source, target in pairs if source == plan.currency):
            if target != plan.currency:
                yield ("pays_in", "currency"), plan.pays_in.kind, plan.currency, target
