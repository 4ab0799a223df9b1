"""One credit rule at work on one event: its amount, its day, its weight, and everybody's credit. Every expression about a
deal is evaluated here, once, and kept exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NoReturn

from engine.core.events import Event
from engine.core.formulas import EvaluationError, Facts, Formula
from engine.core.incentives.identity import derived_id
from engine.core.incentives.plan_exchange import into_plan
from engine.core.incentives.recipients import Recipient, recipients
from engine.core.incentives.sharing import alone, shared
from engine.core.money import ExactMoney, Money
from engine.core.numerals import shown_number
from engine.core.records import Cause, Credit
from engine.core.rules.plan import Commission, CreditRule, Plan
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Crediting:
    """One credit rule at work on one event, or on one line of its deal, whose facts are then among those around it."""

    event: Event
    situation: Situation
    rulebook: Rulebook
    plan: Plan
    rule: CreditRule
    line: str = ""

    def credits(self) -> Iterator[Credit]:
        """The credits of everybody whom the rule names; the amounts of a split sum to the whole."""
        named = recipients(self.rule.to, self.event, self.situation, self.rule.place)
        if not named:
            return
        source = self._amount()
        exact, rate = into_plan(source, self.plan, self.event, self.situation, self.rulebook.company)
        whole, units, weight, on = exact.rounded(self.plan.rounding), self._units(), self._weight(), self._day()
        told = source if isinstance(source, Money) else source.rounded(self.plan.rounding)
        cause = self._cause()
        for who, minor in zip(named, self._parts(whole.minor, named), strict=True):
            yield Credit(
                derived_id("credit", self.event.id, self.rule.name, who.payee, who.form, *self._own_line), self.rule.name, who.payee,
                self.situation.deal.id if self.situation.deal else "", self.event.id, on, self.event.at,
                Money(minor, whole.currency), told, who.share, who.form, self.plan.header.id, cause, rate,
                units=units * who.share, pays=who.pays, weight=weight, line=self.line,
            )  # fmt: skip

    def _parts(self, minor: int, named: tuple[Recipient, ...]) -> tuple[int, ...]:
        if self.rule.to.kind == "split":
            return shared(minor, named, self.plan.remainder)
        return alone(minor, named, self.plan.rounding)

    @property
    def _own_line(self) -> tuple[str, ...]:
        return (self.line,) if self.line else ()

    @property
    def _whole(self) -> str:
        """The fact that says the amount where the rule does not."""
        return "line.amount" if self.line else "deal.amount"

    @property
    def _facts(self) -> Facts:
        return self.situation.facts

    def _amount(self) -> Money | ExactMoney:
        """The rule's amount, or that of the line or deal. E067 when it is not set."""
        value = self.rule.amount.value(self._facts) if self.rule.amount else self._facts.get(self._whole)
        if not isinstance(value, Money | ExactMoney):
            self._not_set("E067", self.rule.amount.source if self.rule.amount else self._whole)
        return value

    def _units(self) -> Fraction:
        """How many units the event counts. E067 when the rule's formula has no value."""
        return ONE if self.rule.counts is None else self._number(self.rule.counts)

    def _weight(self) -> Fraction:
        """By how much the measure moves. E067 when the rule's formula has no value, E121 below zero."""
        weight = ONE if self.rule.weighs is None else self._number(self.rule.weighs)
        if weight < 0:
            raise EvaluationError(
                "E121", self.rule.place, credit=self.rule.name, weight=shown_number(weight), event=self.event.id
            )
        return weight

    def _day(self) -> date:
        """The day that puts the credit into its window. E120 when the rule's formula has no value."""
        if self.rule.dated is None:
            return self.event.on
        value = self.rule.dated.value(self._facts)
        if not isinstance(value, date):
            self._not_set("E120", self.rule.dated.source)
        return value

    def _number(self, formula: Formula) -> Fraction:
        value = formula.value(self._facts)
        if not isinstance(value, int | Fraction):
            self._not_set("E067", formula.source)
        return Fraction(value)

    def _not_set(self, code: str, source: str) -> NoReturn:
        raise EvaluationError(code, self.rule.place, credit=self.rule.name, formula=source, event=self.event.id)

    def _cause(self) -> Cause:
        """The rule, the event, and every fact that the rule or a component of this credit reads."""
        rule = self.rule
        read = {self._whole} if rule.amount is None else set()
        read |= {"line.id"} if self.line else set()
        for formula in (rule.when, rule.amount, rule.counts, rule.weighs, rule.dated):
            read |= formula.reads if formula else frozenset()
        read |= component_reads(self.rulebook, rule.name)
        facts = tuple((name, self._facts[name]) for name in sorted(read) if name in self._facts)
        notes = (("on", self.event.type),)
        return Cause(self.plan.header.version, rule.place, self.event.id, self.rulebook.fingerprint, facts, notes)


def component_reads(rulebook: Rulebook, credit: str) -> frozenset[str]:
    """The facts that components of a credit read of the event: of their factor, gate and rate table."""
    components = (component for plan in rulebook.plans for component in plan.components)
    formulas: list[Formula | None] = []
    for component in components:
        if isinstance(component, Commission) and credit in (component.of, component.measure):
            formulas += [component.multiply, component.gate, component.rates.by_formula]
    return frozenset(name for formula in formulas if formula for name in formula.reads)
