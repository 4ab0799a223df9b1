"""Automations: chains of them that would never end."""

from collections.abc import Iterator, Sequence

from engine.core.problems import Problem
from engine.core.rules.automation import Automation, SetFact
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import finding, formulas_in


def automations_come_to_rest(rulebook: Rulebook) -> Iterator[Problem]:
    """R224, once for each loop, where automations may set each other off for ever; the message shows the chain.

    One sets off another when it sets a fact that the other, listening to `deal.fact_set`, reads.
    """
    told: set[frozenset[str]] = set()
    for automation in rulebook.automations:
        loop = _loop(automation, rulebook.automations)
        names = frozenset(rule.header.version for rule in loop)
        if loop and names not in told:
            told.add(names)
            chain = " → ".join(rule.header.id for rule in (*loop, loop[0]))
            yield finding(rulebook, automation.header, ("then",), "R224", chain=chain)


def _loop(start: Automation, automations: Sequence[Automation]) -> tuple[Automation, ...]:
    """The shortest chain from an automation back to itself; empty when there is none."""
    waiting: list[tuple[Automation, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        chain = waiting.pop(0)
        for following in automations:
            if not _sets_off(chain[-1], following):
                continue
            if following is start:
                return chain
            if following.header.version not in seen:
                seen.add(following.header.version)
                waiting.append((*chain, following))
    return ()


def _sets_off(first: Automation, second: Automation) -> bool:
    """True when the second listens to facts being set and reads one that the first sets, while both are in force."""
    if second.on != "deal.fact_set" or not first.header.in_force.overlaps(second.header.in_force):
        return False
    sets = {action.fact for action in first.then if isinstance(action, SetFact)}
    return any(sets & formula.reads for formula in formulas_in((second.when, second.then)))
