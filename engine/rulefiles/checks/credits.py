"""Credits: days that are stated by facts which hold a day."""

from collections.abc import Iterator

from engine.core.fact_types import FactKind
from engine.core.problems import Problem
from engine.core.rules.plan import CreditRule, Plan
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import Path, finding, formulas_in, listed
from engine.rulefiles.values import nearest_first


def credit_rules(rulebook: Rulebook) -> Iterator[tuple[Plan, Path, CreditRule]]:
    """Every credit rule with its plan and path."""
    for plan in rulebook.plans:
        written = list(dict.fromkeys(rule.place for rule in plan.credits))
        for rule in plan.credits:
            yield plan, ("credits", written.index(rule.place)), rule


def hierarchies_have_a_day(rulebook: Rulebook) -> Iterator[Problem]:
    """R282 for a roll-up whose day is neither the event's nor a fact that holds one."""
    days = [name for name, fact in rulebook.facts.items() if fact.kind is FactKind.DATE]
    for plan, path, rule in credit_rules(rulebook):
        if rule.to.as_of not in ("event", *days):
            known = listed(["event", *nearest_first(rule.to.as_of, days)][:4])
            yield finding(rulebook, plan.header, (*path, "to", "as_of"), "R282", found=rule.to.as_of, known=known)


def lines_are_asked_of_lines(rulebook: Rulebook) -> Iterator[Problem]:
    """R284 for a formula that asks about a line where no line is looked at."""
    for_lines = {id(formula) for _, _, rule in credit_rules(rulebook) if rule.each for formula in formulas_in(rule)}
    for rule in rulebook.rules():
        for formula in formulas_in(rule):
            found = sorted(name for name in formula.reads if name.startswith("line."))
            if found and id(formula) not in for_lines:
                yield Problem("R284", formula.place, {"found": found[0]}, width=len(formula.source))
