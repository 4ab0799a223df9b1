"""Granting: the fixed amounts that one event earns, a plan's bonus or a programme's referral fee."""

from collections.abc import Iterator

from engine.core.events import Event
from engine.core.facts import partner_at
from engine.core.formulas import EvaluationError, Formula
from engine.core.incentives.exchange import converted
from engine.core.incentives.identity import derived_id
from engine.core.incentives.payees import pays
from engine.core.incentives.plan_exchange import into_plan
from engine.core.incentives.recipients import people_named
from engine.core.money import ExactMoney, Money, Rounding
from engine.core.outcomes import Passed
from engine.core.problems import Place
from engine.core.records import Cause, Grant, Partner
from engine.core.rules.plan import Bonus, Plan
from engine.core.rules.programme import Programme, Referral
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation

Arithmetic = tuple[tuple[str, str], ...]


def grants_of(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[list[Grant], list[Passed]]:
    """The grants of one event, plans before programmes, in file order; and what was not granted, and why."""
    found = [*_bonuses(event, situation, rulebook), *_referrals(event, situation, rulebook)]
    grants = [one for one in found if isinstance(one, Grant)]
    return grants, [one for one in found if isinstance(one, Passed)]


def agreement_covers(partner: Partner, event: Event) -> bool:
    """True when one of the partner's signed agreements covers the event's day."""
    spans = partner.agreements
    return any(start <= event.on and (until is None or event.on < until) for start, until in spans)


def _bonuses(event: Event, situation: Situation, rulebook: Rulebook) -> Iterator[Grant | Passed]:
    for plan in in_force(rulebook.plans, event.on):
        for bonus in plan.components:
            if not isinstance(bonus, Bonus) or bonus.on != event.type:
                continue
            if f"{plan.header.version}#bonus.{bonus.id}" in situation.matched:
                yield from _bonus(event, situation, rulebook, plan, bonus)


def _bonus(
    event: Event, situation: Situation, rulebook: Rulebook, plan: Plan, bonus: Bonus
) -> Iterator[Grant | Passed]:
    """The bonus for each payee whom it names and whom the plan pays on that day."""
    cause = _cause(
        event, situation, rulebook, plan.header.version, bonus.place, (bonus.when, bonus.amount, bonus.multiply)
    )
    for id in people_named(bonus.to or "deal.owner", event, situation):
        payee = situation.state.person(id) or partner_at(id, situation.state, event)
        if payee is None or not pays(plan, payee, event.on):
            yield Passed("bonus", id, "not_on_plan", cause)
            continue
        value = _value(bonus.amount, event, situation, bonus.place)
        exact, rate = into_plan(value, plan, event, situation, rulebook.company)
        amount, how = _told(bonus.amount, value, exact, rate, None, situation, plan.rounding)
        yield _grant(event, situation, plan.header.id, bonus.id, id, amount, cause, how, bonus.budget)


def _referrals(event: Event, situation: Situation, rulebook: Rulebook) -> Iterator[Grant | Passed]:
    for programme in in_force(rulebook.programmes, event.on):
        for fee in programme.referrals:
            if fee.on == event.type and f"{programme.header.version}#referral.{fee.id}" in situation.matched:
                yield from _referral(event, situation, rulebook, programme, fee)


def _referral(
    event: Event, situation: Situation, rulebook: Rulebook, programme: Programme, fee: Referral
) -> Iterator[Grant | Passed]:
    """The fee for the partner who made the introduction, if they belong to the programme and have signed."""
    version, place = programme.header.version, fee.place
    cause = _cause(event, situation, rulebook, version, place, (fee.when, fee.amount))
    id = str(situation.facts.get("deal.referred_by") or situation.facts.get("partner") or "")
    partner = partner_at(id, situation.state, event) if id else None
    reason = _not_referred(partner, programme, event)
    if reason or partner is None:
        yield Passed("referral", id, reason, cause)
        return
    rounding = rulebook.company.rounding
    amount, how = _amount(fee.amount, fee.at_most, event, situation, rulebook, programme.currency, rounding, place)
    yield _grant(event, situation, programme.header.id, fee.id, partner.id, amount, cause, how, None)


def _not_referred(partner: Partner | None, programme: Programme, event: Event) -> str:
    """Why the partner gets no fee, or empty: unknown_partner, other_programme, no_agreement."""
    if partner is None:
        return "unknown_partner"
    if partner.programme and partner.programme != programme.header.id:
        return "other_programme"
    needed = programme.agreement is not None and programme.agreement.needed
    return "no_agreement" if needed and not agreement_covers(partner, event) else ""


def _amount(
    formula: Formula, at_most: Money | None, event: Event, situation: Situation, rulebook: Rulebook,
    currency: str, rounding: Rounding, place: Place,
) -> tuple[Money, Arithmetic]:  # fmt: skip
    """The formula's amount in the currency, at most the bound, rounded once; and how it came about."""
    value = _value(formula, event, situation, place)
    exact, rate = converted(value, currency, event.on, rulebook.company.exchange_rates)
    bound = (
        exact
        if at_most is None
        else min(exact, converted(at_most, currency, event.on, rulebook.company.exchange_rates)[0])
    )
    return _told(formula, value, bound, rate, at_most, situation, rounding)


def _value(formula: Formula, event: Event, situation: Situation, place: Place) -> Money | ExactMoney:
    """The formula's amount in its own currency. E067 when it is not set."""
    value = formula.value(situation.facts)
    if not isinstance(value, Money | ExactMoney):
        raise EvaluationError("E067", place, credit=event.type, formula=formula.source, event=event.id)
    return value


def _told(
    formula: Formula, value: Money | ExactMoney, bound: ExactMoney, rate: str, at_most: Money | None,
    situation: Situation, rounding: Rounding,
) -> tuple[Money, Arithmetic]:  # fmt: skip
    """The amount rounded once, and how it came about."""
    amount = bound.rounded(rounding)
    read = [(name, str(situation.facts[name])) for name in sorted(formula.reads) if name in situation.facts]
    how = [("formula", formula.source), *read, ("value", str(value))]
    how += [("rate", rate)] if rate else []
    how += [("at_most", str(at_most))] if at_most is not None else []
    return amount, (*how, ("amount", str(amount)))


def _grant(
    event: Event, situation: Situation, plan: str, component: str, payee: str, amount: Money, cause: Cause,
    how: Arithmetic, budget: Money | None,
) -> Grant:  # fmt: skip
    deal = situation.deal.id if situation.deal else ""
    id = derived_id("grant", event.id, plan, component, payee)
    return Grant(id, component, plan, payee, deal, event.id, event.on, event.at, amount, cause, budget, arithmetic=how)


def _cause(
    event: Event,
    situation: Situation,
    rulebook: Rulebook,
    version: str,
    place: Place,
    formulas: tuple[Formula | None, ...],
) -> Cause:
    """The rule, the event, and the facts that its formulas read."""
    read = sorted({name for formula in formulas if formula for name in formula.reads})
    facts = tuple((name, situation.facts[name]) for name in read if name in situation.facts)
    return Cause(version, place, event.id, rulebook.fingerprint, facts, (("on", event.type),))
