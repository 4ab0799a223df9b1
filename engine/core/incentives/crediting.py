"""Crediting: who gets how much of an event. Every expression about a deal is evaluated here, once, and kept exactly.

Credits are company-wide: a component `of: bookings` reads all of its payee's credits of that name, whichever plan's
rule made them. The same event, name, payee and form is one credit with one amount; two amounts are a conflict (E068).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NoReturn

from engine.core.events import Event
from engine.core.formulas import EvaluationError, Formula
from engine.core.incentives.granting import grants_of
from engine.core.incentives.identity import derived_id
from engine.core.incentives.plan_exchange import into_plan
from engine.core.incentives.recipients import Recipient, recipients
from engine.core.money import ExactMoney, Money
from engine.core.outcomes import Kept, Outcome, Passed, Withdrawn
from engine.core.problems import Place
from engine.core.records import Cause, Credit, Grant
from engine.core.rules.plan import Commission, CreditRule, Plan
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation

Credited = Credit | Grant

UNDOING = ("deal.cancelled", "deal.reopened")
"""What undoes what a deal was credited with. A cancellation follows the plan's clawback; a reopened win is void."""

NOWHERE = Place("")
_OF_A_WIN = ("deal.won", "deal.closed")


def decide_credits(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The credits and grants that the event makes, and those that it undoes. What already stands is not said again."""
    if not situation.matched and event.type not in UNDOING:
        return ()
    made, passed = _made(event, situation, rulebook)
    existing = _existing(situation)
    known = {record.id: record for record in existing}
    standing = [_as_undone(record, known.get(record.id)) for record in made]
    fresh = [Kept("credited", record, record.cause) for record in standing if known.get(record.id) != record]
    undone = [Kept("undone", record, _cause_of(event, rulebook)) for record in _undone(event, existing)]
    return (*fresh, *undone, *passed)


def recredit(
    history: Sequence[tuple[Event, Situation]], existing: Iterable[Credited], rulebook: Rulebook
) -> tuple[Outcome, ...]:
    """What brings a deal's credits and grants to what its whole history leads to, whatever the order it was told in.

    `history` pairs every event of the deal with the situation in which it is decided. New and changed records come as
    Kept, those that are no longer right as Withdrawn; both by id. Nothing comes of a history that changes nothing.
    """
    wanted: dict[str, Credited] = {}
    causes: dict[str, Cause] = {}
    for event, situation in sorted(history, key=lambda pair: pair[0].order):
        for record in _made(event, situation, rulebook)[0]:
            wanted.setdefault(record.id, record)
        for record in _undone(event, wanted.values()):
            wanted[record.id] = record
        causes[event.id] = _cause_of(event, rulebook)
    known = {record.id: record for record in existing}
    last = max((event for event, _ in history), key=lambda event: event.order, default=None)
    cause = causes[last.id] if last else Cause("", NOWHERE, "", rulebook.fingerprint)
    kept = [_kept(record, cause) for id, record in sorted(wanted.items()) if known.get(id) != record]
    gone = [record for id, record in sorted(known.items()) if id not in wanted]
    return (*kept, *(Withdrawn(_kind(record), record.id, cause) for record in gone))


def _made(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[tuple[Credited, ...], tuple[Passed, ...]]:
    """All credits, then all grants, of one event; and what a rule would have given but did not."""
    credits, passed = _credits(event, situation, rulebook)
    grants, more = grants_of(event, situation, rulebook)
    return (*credits, *grants), (*passed, *more)


def _credits(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[list[Credit], list[Passed]]:
    """One credit for each name, payee and form, in file order. Raises EvaluationError for a conflict."""
    made: dict[str, Credit] = {}
    passed: list[Passed] = []
    for plan in in_force(rulebook.plans, event.on):
        for number, rule in enumerate(plan.credits):
            if rule.on != event.type or f"{plan.header.version}#credit.{number}" not in situation.matched:
                continue
            credits = tuple(_Crediting(event, situation, rulebook, plan, rule).credits())
            if not credits:
                passed.append(Passed("credit", rule.name, "nobody_named", _cause_of(event, rulebook, rule.place)))
            for credit in credits:
                _no_conflict(made.setdefault(credit.id, credit), credit)
    return list(made.values()), passed


def _no_conflict(first: Credit, second: Credit) -> None:
    """Nothing when both say the same; E068 naming both places when they differ in amount or units."""
    if (first.amount, first.units) != (second.amount, second.units):
        places = {"first": str(first.cause.place), "second": str(second.cause.place)}
        amounts = {"first_amount": str(first.amount), "second_amount": str(second.amount)}
        told = {"credit": first.name, "payee": first.payee, "event": first.event, **places, **amounts}
        raise EvaluationError("E068", second.cause.place, **told)


@dataclass(frozen=True, slots=True)
class _Crediting:
    """One credit rule at work on one event."""

    event: Event
    situation: Situation
    rulebook: Rulebook
    plan: Plan
    rule: CreditRule

    def credits(self) -> Iterator[Credit]:
        """The credits of everybody whom the rule names; their direct amounts sum to the whole."""
        named = recipients(self.rule.to, self.event, self.situation, self.rule.place)
        if not named:
            return
        source = self._amount()
        company = self.rulebook.company
        exact, rate = into_plan(source, self.plan, self.event, self.situation, company)
        whole, units = exact.rounded(self.plan.rounding), self._units()
        told = source if isinstance(source, Money) else source.rounded(self.plan.rounding)
        cause = self._cause()
        for who, minor in zip(named, shared(whole.minor, named), strict=True):
            yield Credit(
                derived_id("credit", self.event.id, self.rule.name, who.payee, who.form), self.rule.name, who.payee,
                self.situation.deal.id if self.situation.deal else "", self.event.id, self.event.on, self.event.at,
                Money(minor, whole.currency), told, who.share, who.form, self.plan.header.id, cause, rate,
                units=units * who.share,
            )  # fmt: skip

    def _amount(self) -> Money | ExactMoney:
        """The rule's amount, or deal.amount. E067 when it is not set."""
        facts = self.situation.facts
        value = self.rule.amount.value(facts) if self.rule.amount else facts.get("deal.amount")
        if not isinstance(value, Money | ExactMoney):
            self._not_set(self.rule.amount.source if self.rule.amount else "deal.amount")
        return value

    def _units(self) -> Fraction:
        """How many units the event counts. E067 when the rule's formula has no value."""
        if self.rule.counts is None:
            return Fraction(1)
        value = self.rule.counts.value(self.situation.facts)
        if not isinstance(value, int | Fraction):
            self._not_set(self.rule.counts.source)
        return Fraction(value)

    def _not_set(self, source: str) -> NoReturn:
        raise EvaluationError("E067", self.rule.place, credit=self.rule.name, formula=source, event=self.event.id)

    def _cause(self) -> Cause:
        """The rule, the event, and every fact that the rule or a component of this credit reads."""
        read = {"deal.amount"} if self.rule.amount is None else set()
        for formula in (self.rule.when, self.rule.amount, self.rule.counts):
            read |= formula.reads if formula else frozenset()
        read |= component_reads(self.rulebook, self.rule.name)
        facts = tuple((name, self.situation.facts[name]) for name in sorted(read) if name in self.situation.facts)
        notes = (("on", self.event.type),)
        return Cause(self.plan.header.version, self.rule.place, self.event.id, self.rulebook.fingerprint, facts, notes)


def component_reads(rulebook: Rulebook, credit: str) -> frozenset[str]:
    """The facts that components of a credit read of the event: of their factor, gate and rate table."""
    components = (component for plan in rulebook.plans for component in plan.components)
    formulas: list[Formula | None] = []
    for component in components:
        if isinstance(component, Commission) and component.of == credit:
            formulas += [component.multiply, component.gate, component.rates.by_formula]
    return frozenset(name for formula in formulas if formula for name in formula.reads)


def shared(minor: int, named: Sequence[Recipient]) -> tuple[int, ...]:
    """The whole divided by shares: each part cut off at the minor unit, what is left over goes to the last by id.

    The whole of an overlay goes to each.
    """
    sign = -1 if minor < 0 else 1
    parts = [sign * (abs(minor) * who.share.numerator // who.share.denominator) for who in named]
    direct = [index for index, who in enumerate(named) if who.form == "direct"]
    if direct:
        last = max(direct, key=lambda index: named[index].payee)
        parts[last] += minor - sum(parts[index] for index in direct)
    return tuple(parts)


def _existing(situation: Situation) -> tuple[Credited, ...]:
    deal = situation.deal
    return (*situation.state.credits(deal.id), *situation.state.grants(deal.id)) if deal else ()


def _undone(event: Event, records: Iterable[Credited]) -> list[Credited]:
    """The standing records that the event undoes: all by a cancellation, those of the win when a deal is reopened."""
    if event.type not in UNDOING:
        return []
    standing = [record for record in records if record.undone_on is None and record.at <= event.at]
    if event.type == "deal.reopened":
        standing = [record for record in standing if dict(record.cause.notes).get("on") in _OF_A_WIN]
    return [replace(record, undone_on=event.on, undone_by=event.id, undone_as=event.type) for record in standing]


def _as_undone(record: Credited, known: Credited | None) -> Credited:
    """The record with what undid the known one: an event that is decided again does not bring back what was undone."""
    if known is None or known.undone_on is None:
        return record
    return replace(record, undone_on=known.undone_on, undone_by=known.undone_by, undone_as=known.undone_as)


def _kept(record: Credited, cause: Cause) -> Kept:
    return Kept("undone" if record.undone_on else "credited", record, cause if record.undone_on else record.cause)


def _kind(record: Credited) -> str:
    return "credit" if isinstance(record, Credit) else "grant"


def _cause_of(event: Event, rulebook: Rulebook, place: Place = NOWHERE) -> Cause:
    return Cause("", place, event.id, rulebook.fingerprint, (), (("on", event.type),))
