"""How far a decision about a deal and its pay looks beyond the deal itself.

Most rules look at their own deal. A rule that asks what else happened with the account makes the account's deals one
history: each is decided as everything stood at its own moment, so they are decided together, in the order of events.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.core.formulas import Formula
from engine.core.merging import ever_one_with
from engine.core.records import Deal
from engine.core.rules.automation import SetFact
from engine.core.rules.plan import Bonus, Commission, Component
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State

_CREDITS = "credits."
_BY_FIRST_DEAL = "account.created_on"
"""An account begins with its first deal, so this fact too is what the account's other deals make it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What the rules that decide about deals and pay ask of other deals. `accounts`: True when they ask for what else
    happened with the deal's account. `credits`: the names of the credits that they add up, of all of a payee's deals.
    `days`: True when some rule goes by the hierarchy of another day than the event's."""

    accounts: bool = False
    credits: frozenset[str] = frozenset()
    days: bool = False


def reach_of(rulebook: Rulebook) -> Reach:
    """How far the rulebook's rules look, whatever the day they are in force."""
    read = {name for formula in _deciding(rulebook) if formula for name in formula.reads}
    measures = [measure for measure in rulebook.measures() if measure.name in read]
    credits = {measure.of.removeprefix(_CREDITS) for measure in measures if measure.of.startswith(_CREDITS)}
    accounts = any(measure.name.startswith("account.") for measure in measures) or _BY_FIRST_DEAL in read
    days = any(rule.to.as_of != "event" for plan in rulebook.plans for rule in plan.credits)
    return Reach(accounts, frozenset(credits), days)


def _deciding(rulebook: Rulebook) -> Iterator[Formula | None]:
    """Every formula that has a say in where a deal stands, in its facts, or in what somebody earns by it."""
    for pipeline in rulebook.pipelines:
        yield pipeline.covers
        yield from (need.when for stage in pipeline.stages for need in stage.needs)
    for automation in rulebook.automations:
        sets = [action.to for action in automation.then if isinstance(action, SetFact)]
        yield from (automation.when, *sets) if sets else ()
    for plan in rulebook.plans:
        for rule in plan.credits:
            yield from (rule.when, rule.amount, rule.counts, rule.weighs, rule.dated)
        for component in plan.components:
            yield from _of_component(component)
    for programme in rulebook.programmes:
        for fee in programme.referrals:
            yield from (fee.when, fee.amount)


def _of_component(component: Component) -> Iterator[Formula | None]:
    """The formulas of a component whose facts are kept with each event."""
    if isinstance(component, Commission):
        yield from (component.multiply, component.gate, component.rates.by_formula)
    elif isinstance(component, Bonus) and component.on:
        yield from (component.when, component.amount, component.multiply)


def circle(accounts: Iterable[str], state: State) -> dict[str, Deal]:
    """The deals that are or were with those accounts, or with what was ever one with them, and with every other account
    that these were ever with, by id."""
    found: dict[str, Deal] = {}
    met: set[str] = set()
    waiting = list(accounts)
    while waiting:
        name = waiting.pop()
        if not name or name in met:
            continue
        met.add(name)
        waiting += ever_one_with(name, state)
        for id in _ever_with(name, state):
            if id not in found and (deal := state.deal(id)):
                found[id] = deal
                waiting += deal.accounts
    return found


def _ever_with(name: str, state: State) -> tuple[str, ...]:
    """The ids of the deals that are or were with an account."""
    account = state.account(name)
    return (*state.deals_of_account(name), *(account.left_by if account else ()))
