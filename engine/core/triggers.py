"""All the conditions that listen to events, under one key each, so that a matcher can be built from them.

Key: `<rule version>#<part>`: `cadence:new-lead@1f…#start`, `…#stop.0` (`pause`, `until`, `branch`, `listen.<step>`), `automation:…#`, `plan:…#credit.0`,
`plan:…#bonus.new-logo`, `programme:…#referral.introduction`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import InForce
from engine.core.rules.plan import Bonus
from engine.core.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Trigger:
    """A condition on an event type. `when` None always holds. It applies on days that `in_force` covers.

    `asked` is what is asked later, of each line of the deal, and not of the event.
    """

    key: str
    on: str
    when: Formula | None
    in_force: InForce
    place: Place
    asked: Formula | None = None


def triggers(rulebook: Rulebook) -> tuple[Trigger, ...]:
    """Every trigger of the rulebook, in file order."""
    return tuple(_all(rulebook))


def _all(rulebook: Rulebook) -> Iterator[Trigger]:
    for automation in rulebook.automations:
        head = automation.header
        yield Trigger(f"{head.version}#", automation.on, automation.when, head.in_force, head.place)
    for assignment in rulebook.assignments:
        head = assignment.header
        for on in assignment.on:
            for row in assignment.rows:
                yield Trigger(f"{head.version}#{row.id}", on, row.when, head.in_force, row.place)
    yield from _of_cadences(rulebook)
    yield from _of_plans(rulebook)
    for programme in rulebook.programmes:
        head = programme.header
        for fee in programme.referrals:
            yield Trigger(f"{head.version}#referral.{fee.id}", fee.on, fee.when, head.in_force, fee.place)


def _of_cadences(rulebook: Rulebook) -> Iterator[Trigger]:
    for cadence in rulebook.cadences:
        head, start = cadence.header, cadence.start
        yield Trigger(f"{head.version}#start", start.on, start.when, head.in_force, start.place)
        if start.on in ("deal.created", "deal.stage_entered"):
            # What nobody had yet starts when somebody gets it.
            yield Trigger(f"{head.version}#start", "deal.assigned", start.when, head.in_force, start.place)
    for cadence in (*rulebook.cadences, *rulebook.former):
        yield from _of_enrolments(cadence)


def _of_enrolments(cadence: Cadence) -> Iterator[Trigger]:
    """What moves an enrolment under way. One pinned to this version may outlive it, so none of these has an end."""
    version, span = cadence.header.version, InForce(cadence.header.in_force.from_on)
    for number, stop in enumerate(cadence.stop):
        yield Trigger(f"{version}#stop.{number}", stop.on, stop.when, span, stop.place)
    for number, pause in enumerate(cadence.pauses):
        yield Trigger(f"{version}#pause.{number}", pause.on, pause.when, span, pause.place)
        if pause.until_on:
            yield Trigger(f"{version}#until.{number}", pause.until_on, pause.until_when, span, pause.place)
    for number, branch in enumerate(cadence.branches):
        yield Trigger(f"{version}#branch.{number}", branch.on, branch.when, span, branch.place)
    for listen in ((step.id, step.listen) for step in cadence.steps if step.listen):
        yield Trigger(f"{version}#listen.{listen[0]}", listen[1].on, listen[1].when, span, listen[1].place)


def _of_plans(rulebook: Rulebook) -> Iterator[Trigger]:
    for plan in rulebook.plans:
        head = plan.header
        for number, rule in enumerate(plan.credits):
            when, asked = (None, rule.when) if rule.each else (rule.when, None)
            yield Trigger(f"{head.version}#credit.{number}", rule.on, when, head.in_force, rule.place, asked)
        for bonus in plan.components:
            if isinstance(bonus, Bonus) and bonus.on:
                span = bonus.in_force or head.in_force
                yield Trigger(f"{head.version}#bonus.{bonus.id}", bonus.on, bonus.when, span, bonus.place)
