"""What the next amount would pay: a credit of each measure that the payee is paid on, and the way to the next tier."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.estimates import Addition, ComponentChange, Estimate, component_of, effective_rate, estimate
from engine.core.incentives.exchange import converted
from engine.core.incentives.identity import derived_id
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.payees import Payee, pays
from engine.core.incentives.standing import next_tier
from engine.core.money import Money
from engine.core.records import Cause, Credit
from engine.core.rules.plan import Commission, Plan, Tier
from engine.core.rules.rulebook import Rulebook

EVENT = "estimate/next"
"""The name of the event that a supposed credit comes from."""


@dataclass(frozen=True, slots=True)
class Climb:
    """The way to the next tier of a component: `missing` in minor units (or units of a count) until its start.

    `pays` is what a credit of exactly that would earn with the component; None where an amount does not move it.
    """

    number: int
    tier: Tier
    missing: Fraction
    pays: Money | None


@dataclass(frozen=True, slots=True)
class NextComponent:
    """What the amount would pay with one component: the change, the rate that it comes to, and the way up.

    `climb` None: it is in its last tier, or has none.
    """

    change: ComponentChange
    amount: Money
    rate: Fraction | None
    climb: Climb | None


@dataclass(frozen=True, slots=True)
class Next:
    """A supposed credit of one measure. `like` is the deal whose values it is taken to share; empty: no values."""

    measure: str
    amount: Money
    like: str
    components: tuple[NextComponent, ...]


def next_amounts(
    rulebook: Rulebook, payee: Payee, books: Books, amount: Money, at: datetime, on: date
) -> tuple[Next, ...]:
    """What a further amount of each measure would pay on that day, measure by measure in file order.

    Formulas may look at a deal's values, and the amount has no deal: it is taken to be like the payee's latest one of
    that measure. Raises EvaluationError where a calculation needs what is missing.
    """
    found = []
    for name, plan in _measures(rulebook, payee, on).items():
        exact, _ = converted(amount, plan.currency, on, rulebook.company.exchange_rates)
        own = exact.rounded(plan.rounding)
        like = _latest(books.credits, payee.id, name, on)
        credit = _credit(rulebook, plan, payee, name, own, _after(books, payee, name, at, on), on, like)
        made = _estimated(rulebook, payee, books, credit)
        parts = tuple(_component(rulebook, payee, books, credit, change) for change in made.components)
        found.append(Next(name, own, like.deal if like else "", parts))
    return tuple(found)


def _measures(rulebook: Rulebook, payee: Payee, on: date) -> dict[str, Plan]:
    """The measures that some commission of theirs is paid on that day, each with the first such plan."""
    found: dict[str, Plan] = {}
    for plan in rulebook.plans:
        if pays(plan, payee, on):
            for name in _paid_on(plan, on):
                found.setdefault(name, plan)
    return found


def _paid_on(plan: Plan, on: date) -> Iterator[str]:
    for part in plan.components:
        if isinstance(part, Commission) and (part.in_force is None or part.in_force.covers(on)):
            yield part.of


def _latest(credits: Sequence[Credit], payee: str, name: str, on: date) -> Credit | None:
    own = (c for c in credits if (c.payee, c.name) == (payee, name) and c.on <= on and c.undone_on is None)
    return max(own, key=lambda credit: (credit.at, credit.id), default=None)


def _after(books: Books, payee: Payee, name: str, at: datetime, on: date) -> datetime:
    """The moment, or just after the payee's last credit of that day: the next amount comes after all that is known."""
    known = [c.at for c in books.credits if (c.payee, c.name, c.on) == (payee.id, name, on)]
    return max([at, *(moment + timedelta(microseconds=1) for moment in known)])


def _credit(
    rulebook: Rulebook, plan: Plan, payee: Payee, name: str, amount: Money, at: datetime, on: date, like: Credit | None
) -> Credit:
    """The credit that is supposed to be there."""
    facts = like.cause.facts if like else ()
    cause = Cause(plan.header.version, plan.header.place, EVENT, rulebook.fingerprint, facts)
    id = derived_id("credit", EVENT, name, payee.id)
    return Credit(
        id, name, payee.id, EVENT, EVENT, on, at, amount, amount, Fraction(1), "direct", plan.header.id, cause
    )


def _estimated(rulebook: Rulebook, payee: Payee, books: Books, credit: Credit) -> Estimate:
    """What the credit changes; whatever its release waits for as its own event is taken to have happened that day."""
    events = {rule.on: credit.on for plan in rulebook.plans for rule in plan.credits if rule.name == credit.name}
    progress = DealProgress(EVENT, credit.amount, (), events)
    return estimate(rulebook, payee, books, Addition([credit], (), progress), credit.on)


def _component(
    rulebook: Rulebook, payee: Payee, books: Books, credit: Credit, change: ComponentChange
) -> NextComponent:
    climb = _climb(rulebook, payee, books, credit, change)
    return NextComponent(change, credit.amount, effective_rate(change.earned, credit.amount), climb)


def _climb(rulebook: Rulebook, payee: Payee, books: Books, credit: Credit, change: ComponentChange) -> Climb | None:
    """How far it is from where the window stands now to the next tier, and what going there pays."""
    _, component = component_of(rulebook, change.version, change.component)
    if not isinstance(component, Commission) or change.before is None:
        return None
    above = next_tier(component, change.before)
    if above is None:
        return None
    missing, pays_for = change.before.missing(above[1].start), None
    if change.before.scale != "count" and component.measure == component.of:
        way = Money(int(missing), credit.amount.currency)
        made = _estimated(rulebook, payee, books, replace(credit, amount=way, source_amount=way))
        same = (c for c in made.components if (c.version, c.component) == (change.version, change.component))
        pays_for = Money.total((one.earned for one in same), change.currency)
    return Climb(*above, missing, pays_for)
