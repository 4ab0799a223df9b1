"""Assignment rules and public pools: people that exist, rows that can be reached, rules that are there."""

from collections.abc import Iterator

from engine.core.problems import Problem
from engine.core.rules.assignment import Assignment, AssignmentRow
from engine.core.rules.automation import Assign, MakeTask
from engine.core.rules.header import Header
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.assignments import BY_RULE
from engine.rulefiles.checks.finding import Path, finding, listed, twice
from engine.rulefiles.values import nearest_first


def rows_have_one_id_each(rulebook: Rulebook) -> Iterator[Problem]:
    """R214 for a row whose id stands before."""
    for rule in rulebook.assignments:
        ids = ((row.id, ("rows", number, "row")) for number, row in enumerate(rule.rows))
        yield from twice(rulebook, rule.header, ids)


def rows_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """R376 for a row after one that always holds: the first that holds is applied, and none after it is looked at."""
    for rule in rulebook.assignments:
        always = next((number for number, row in enumerate(rule.rows) if row.when is None), len(rule.rows))
        for number in range(always + 1, len(rule.rows)):
            where: Path = ("rows", number)
            yield finding(rulebook, rule.header, where, "R376", row=rule.rows[number].id, before=rule.rows[always].id)


def assignments_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R377 for an assignment rule that is named and not there, or is for something else."""
    for header, path, id, kinds in _named(rulebook):
        known = [rule.header.id for rule in rulebook.assignments if rule.of in kinds]
        if id not in known:
            said = {"of": kinds[0], "known": listed(nearest_first(id, known))}
            yield finding(rulebook, header, path, "R377", found=id, **said)


_HANDED_OUT = ("deal", "account", "ticket")


def _named(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str, tuple[str, ...]]]:
    """Every assignment rule that another rule asks, with the place and what it may be for."""
    yield from _step_tasks(rulebook)
    for automation in rulebook.automations:
        for number, action in enumerate(automation.then):
            if isinstance(action, Assign):
                yield automation.header, ("then", number, "assign", "by"), action.by, _HANDED_OUT
            elif isinstance(action, MakeTask) and action.task.to.startswith(BY_RULE):
                yield automation.header, ("then", number, "task", "to"), action.task.to.removeprefix(BY_RULE), ("task",)


def _step_tasks(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str, tuple[str, ...]]]:
    for cadence in rulebook.cadences:
        for step in cadence.lines:
            if step.task and step.task.to.startswith(BY_RULE):
                path: Path = ("steps", step.written, "task", "to")
                yield cadence.header, path, step.task.to.removeprefix(BY_RULE), ("task",)


def roles_named(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    """Every role that assignment rules and pools name."""
    for rule in rulebook.assignments:
        for number, row in enumerate(rule.rows):
            yield from _of_row(rule, number, row)
    for pool in rulebook.public_pools:
        for number, role in enumerate(pool.claim.roles):
            yield pool.header, ("claim", "roles", number), role


def _of_row(rule: Assignment, number: int, row: AssignmentRow) -> Iterator[tuple[Header, Path, str]]:
    lists = [(("people",), row.people), *((("territories", one.value), one.people) for one in row.territories)]
    for path, people in lists:
        for place, member in enumerate(people):
            if member.who.startswith("role:"):
                yield rule.header, ("rows", number, *path, place), member.who.removeprefix("role:")
