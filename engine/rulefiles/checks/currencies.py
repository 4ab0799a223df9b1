"""Currencies: amounts are in the currency that a rule pays in, and every other currency has a rate."""

import re
from collections.abc import Iterator
from datetime import date

from engine.core.formulas import Formula
from engine.core.money import Money
from engine.core.problems import Problem
from engine.core.rules.plan import Bonus, Commission, Component, Contest
from engine.core.rules.rulebook import Rule, Rulebook
from engine.rulefiles.checks.finding import Path, finding, formulas_in

_WRITTEN = re.compile(r"[\d万亿]\s*([A-Z]{3})\b")


def amounts_are_in_the_currency_that_is_paid(rulebook: Rulebook) -> Iterator[Problem]:
    """R262 for a tier, cap, limit, budget or prize in another currency than its plan or programme."""
    for plan in rulebook.plans:
        for number, component in enumerate(plan.components):
            for path, money in _amounts(component):
                if money and money.currency != plan.currency:
                    params = {"found": money.currency, "currency": plan.currency}
                    yield finding(rulebook, plan.header, ("components", number, *path), "R262", **params)
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
    rated = {rate.source: rate.from_on for rate in reversed(rulebook.company.exchange_rates) if rate.target == home}
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
