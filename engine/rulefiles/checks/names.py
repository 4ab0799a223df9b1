"""Names that one rule uses and another brings: roles, channels, people."""

import re
from collections.abc import Iterator

from engine.core.fact_types import FactKind
from engine.core.incentives.recipients import HOUSE
from engine.core.problems import Problem
from engine.core.rules.automation import Action, MakeTask, Notify
from engine.core.rules.header import Header
from engine.core.rules.pipeline import Stay
from engine.core.rules.plan import Bonus, CreditTo
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.assignments import BY_RULE
from engine.rulefiles.checks import service, task_policies
from engine.rulefiles.checks.finding import Path, finding, listed
from engine.rulefiles.checks.ownership import roles_named
from engine.rulefiles.values import KEBAB, nearest_first

ANYBODY = ("anyone", "nobody")


def roles_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R206 for a role that the company does not have."""
    roles = rulebook.company.roles
    for header, path, role in _roles(rulebook):
        if roles and role not in roles:
            yield finding(rulebook, header, path, "R206", found=role, known=listed(nearest_first(role, roles)))


def _roles(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    """Every role that a rule names, with its place."""
    for pipeline in rulebook.pipelines:
        if pipeline.moves.reopen not in ANYBODY:
            yield pipeline.header, ("moves", "reopen"), pipeline.moves.reopen
        for number, role in enumerate(pipeline.moves.override):
            yield pipeline.header, ("moves", "override", number), role
        for number, drawn in enumerate(pipeline.moves.allowed):
            for place, role in enumerate(drawn.by):
                yield pipeline.header, ("moves", "allowed", number, "by", place), role
    for ladder in rulebook.ladders:
        yield ladder.header, ("role",), ladder.role
        for number, level in enumerate(ladder.levels):
            if level.approval:
                yield ladder.header, ("levels", number, "approval"), level.approval
    for header, path, to in _recipients(rulebook):
        if to.startswith("role:"):
            yield header, path, to.removeprefix("role:")
    yield from roles_named(rulebook)


def channels_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R207 for a channel that the company does not have."""
    known = rulebook.company.channels
    for programme in rulebook.programmes:
        for number, channel in enumerate(programme.channels):
            if known and channel not in known:
                names = listed(nearest_first(channel, known))
                yield finding(rulebook, programme.header, ("channels", number), "R207", found=channel, known=names)


_PAYING = ("plan:", "programme:")
"""Rules that pay: a partner is somebody to them."""


def recipients_are_people(rulebook: Rulebook) -> Iterator[Problem]:
    """R209 for a `to` that is no fact with people in it, no role and no person's id."""
    for header, path, to in _recipients(rulebook):
        by_rule = to.startswith(BY_RULE) and "task" in path
        if (
            not by_rule
            and not to.startswith("role:")
            and not _is_somebody(to, rulebook, paid=header.version.startswith(_PAYING))
        ):
            yield finding(rulebook, header, path, "R209", found=to)


def _is_somebody(to: str, rulebook: Rulebook, paid: bool) -> bool:
    """True for a fact that holds people, its manager, and anything that may be a person's id; partners are paid, and asked for
    nothing."""
    fact = rulebook.facts.get(to) or rulebook.facts.get(re.sub(r"(\.manager)+$", "", to))
    if fact is None:
        return "." not in to and re.fullmatch(KEBAB, to) is not None
    holds = fact.element if fact.kind is FactKind.LIST else fact.kind
    return holds is FactKind.PERSON or (paid and holds is FactKind.PARTNER)


def _recipients(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    """Everybody whom a rule addresses, with the place."""
    for pipeline in rulebook.pipelines:
        for number, stage in enumerate(pipeline.stages):
            if stage.stay:
                yield from _of_stay(pipeline.header, ("stages", number, "stay"), stage.stay)
        for number, drawn in enumerate(pipeline.moves.allowed):
            yield from _of_actions(pipeline.header, ("moves", "allowed", number, "then"), drawn.then)
    yield from _of_approvals(rulebook)
    for cadence in rulebook.cadences:
        for step in cadence.lines:
            if step.task:
                yield cadence.header, ("steps", step.written, "task", "to"), step.task.to
    yield from _of_automations(rulebook)
    yield from service.addressed(rulebook)
    yield from task_policies.addressed(rulebook)
    yield from _of_plans(rulebook)


def _of_stay(header: Header, path: Path, stay: Stay) -> Iterator[tuple[Header, Path, str]]:
    """Whom the levels of a time limit address, in either way of writing them."""
    for number, level in enumerate(stay.levels):
        short = ("then",) if number == 0 else ()
        here = (*path, *(short if level.place == stay.place else ("levels", number)))
        if level.task:
            yield header, (*here, "to"), level.to
        if level.tell:
            yield header, (*here, "tell"), level.tell


def _of_approvals(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    for rule in rulebook.approvals:
        for key, to in (("escalate_to", rule.escalate_to), ("while_away", rule.while_away)):
            if to not in ("manager", "wait"):
                yield rule.header, (key,), to
        for number, band in enumerate(rule.bands):
            for place, step in enumerate(band.steps):
                here = ("bands", number, "steps", place, "who" if step.how == "one" else step.how)
                for seat, who in enumerate(step.who):
                    yield rule.header, (*here, *(() if step.how == "one" else (seat,))), who


def _of_automations(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    for automation in rulebook.automations:
        yield from _of_actions(automation.header, ("then",), automation.then)


def _of_actions(header: Header, path: Path, actions: tuple[Action, ...]) -> Iterator[tuple[Header, Path, str]]:
    """Whom the actions of a `then` address; each fact of a `set` is an action, but addresses nobody."""
    for number, action in enumerate(actions):
        if isinstance(action, MakeTask):
            yield header, (*path, number, "task", "to"), action.task.to
        elif isinstance(action, Notify):
            yield header, (*path, number, "notify", "to"), action.to


def _of_plans(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    for plan in rulebook.plans:
        for number, component in enumerate(plan.components):
            if isinstance(component, Bonus):
                yield plan.header, ("components", number, "to"), component.to
        written = list(dict.fromkeys(rule.place for rule in plan.credits))
        for rule in plan.credits:
            for path, source in _of_credit(rule.to):
                yield plan.header, ("credits", written.index(rule.place), "to", *path), source


def _of_credit(to: CreditTo) -> Iterator[tuple[Path, str]]:
    """Every source that a credit rule names, with its path inside `to`."""
    for number, source in enumerate(to.chain):
        yield ("cascade", number), source
    if to.source:
        yield (to.kind,), to.source
    if to.rest and to.rest != HOUSE:
        yield ("rest",), to.rest
