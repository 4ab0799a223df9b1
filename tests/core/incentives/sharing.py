"""A plan with one component that depends on several people, and the people: for tests of pools, contests and ranks."""

from collections.abc import Mapping
from datetime import date

from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.core.records import Person, PersonVersion
from tests.core.incentives.world import World, rulebook

PLAN = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
pays: owner.role = "account_executive"
period: quarter
credits:
  - {credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}
  - {credit: bookings, on: deal.won, to: {overlay: deal.owner.manager}}
components:
COMPONENTproration: PRORATION
"""
PLACED = "  - {bonus: kpi, target: 0 CNY}\n"
"""Something that is prorated, so that a plan with a contest alone may say how."""


def company(component: str, proration: str = "none", **files: str) -> World:
    """Nobody works here yet; the component is written indented by two."""
    listed = "".join(f"  {line}\n" for line in component.strip("\n").splitlines())
    more = PLACED if proration != "none" else ""
    return World(rulebook(plan=PLAN.replace("COMPONENT", more + listed).replace("PRORATION", proration), **files))


def join(world: World, id: str, team: str = "north", joined: str = "2020-01-01", left: str = "", **held: str) -> World:
    """An account executive of a team. `held` may give level, region, role, manager."""
    start, gone = date.fromisoformat(joined), date.fromisoformat(left) if left else None
    held = {"role": "account_executive", **held}
    return world.keep(
        Person(id, id.title(), joined_on=start, left_on=gone, versions=(PersonVersion(start, team=team, **held),))
    )


def move(world: World, id: str, on: str, **held: str) -> World:
    """What holds of somebody from a day on."""
    person = world.state.person(id)
    assert person is not None
    held = {"role": "account_executive", **held}
    later = PersonVersion(date.fromisoformat(on), **held)
    versions = (*person.versions, later)
    return world.keep(Person(id, person.name, joined_on=person.joined_on, left_on=person.left_on, versions=versions))


def line(world: World, payee: str, component: str, as_of: str = "2026-12-31", window: str = "2026-Q1") -> EarningLine:
    """The payee's line of a component in a window."""
    (found,) = (one for one in world.lines(payee, as_of) if (one.component, one.window) == (component, window))
    return found


def parts(world: World, component: str, as_of: str = "2026-12-31", window: str = "2026-Q1") -> Mapping[str, Money]:
    """What everybody gets of a component in a window; who has no line is left out."""
    found: dict[str, Money] = {}
    for person in sorted(world._all(Person), key=lambda person: person.id):
        for one in world.lines(person.id, as_of):
            if (one.component, one.window) == (component, window):
                found[person.id] = one.earned
    return found


def told(found: EarningLine, step: str) -> tuple[str, Mapping[str, str]]:
    """A step of the line's trace: its code and its particulars."""
    (one,) = (each for each in found.steps if each.name == step)
    return one.code, dict(one.particulars)
