"""Payees: a person or a partner, the facts that a plan may ask of them, and whether a plan pays them on a day."""

from collections.abc import Mapping
from datetime import date

from engine.core.records import Partner, Person
from engine.core.rules.plan import Plan

Payee = Person | Partner


def payee_facts(payee: Payee, on: date) -> dict[str, object]:
    """The payee's facts as of a day: a person's as `owner.*` and `person.*`, a partner's as `partner.*`."""
    if isinstance(payee, Person):
        own = _of_person(payee, on)
        prefixes: tuple[str, ...] = ("owner", "person")
    else:
        own, prefixes = _of_partner(payee), ("partner",)
    return {name: value for prefix in prefixes for name, value in _named(prefix, payee.id, own).items()}


def pays(plan: Plan, payee: Payee, on: date) -> bool:
    """True when the plan is in force on that day, the payee is with us, and the plan's condition holds for them.

    A plan without a condition pays every person; partners only where the condition asks for them.
    """
    if not plan.header.in_force.covers(on):
        return False
    if isinstance(payee, Person) and not payee.employed(on):
        return False
    if plan.pays is None:
        return isinstance(payee, Person)
    return plan.pays.holds({**payee_facts(payee, on), "event.on": on})


def _named(prefix: str, id: str, own: Mapping[str, object]) -> dict[str, object]:
    named = {f"{prefix}.{name}": value for name, value in own.items() if value not in (None, "")}
    return {prefix: id, f"{prefix}.id": id, **named}


def _of_person(person: Person, on: date) -> dict[str, object]:
    facts: dict[str, object] = {"name": person.name, "joined_on": person.joined_on, "left_on": person.left_on}
    version = person.on(on)
    if version is not None:
        facts |= {name: getattr(version, name) for name in ("role", "level", "team", "manager", "region")}
        facts |= version.facts
    return facts


def _of_partner(partner: Partner) -> dict[str, object]:
    names = ("name", "joined_on", "channel", "partner_tier")
    return {**partner.facts, **{name: getattr(partner, name) for name in names}}
