"""Service levels: one at a time, promises that can be reached, steps of limits that are promised."""

from collections.abc import Iterator
from itertools import combinations

from engine.core.problems import Problem
from engine.core.rules.header import Header
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import Path, finding, twice


def promises_have_one_id_each(rulebook: Rulebook) -> Iterator[Problem]:
    """R214 for a promise whose id stands before."""
    for rule in rulebook.service_levels:
        ids = ((one.id, ("promises", number, "promise")) for number, one in enumerate(rule.promises))
        yield from twice(rulebook, rule.header, ids)


def promises_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """R415 for a promise after one that always holds."""
    for rule in rulebook.service_levels:
        always = next((number for number, one in enumerate(rule.promises) if one.when is None), len(rule.promises))
        for number in range(always + 1, len(rule.promises)):
            found, before = rule.promises[number].id, rule.promises[always].id
            yield finding(rulebook, rule.header, ("promises", number), "R415", found=found, before=before)


def steps_are_of_what_is_promised(rulebook: Rulebook) -> Iterator[Problem]:
    """R416 for a step of a limit that no promise has."""
    for rule in rulebook.service_levels:
        for number, step in enumerate(rule.steps):
            if all(one.within(step.of) is None for one in rule.promises):
                yield finding(rulebook, rule.header, ("steps", number, "of"), "R416", found=step.of)


def one_service_level_holds(rulebook: Rulebook) -> Iterator[Problem]:
    """R417 for two service levels on one day: there must be no doubt about what was promised."""
    for first, second in combinations(rulebook.service_levels, 2):
        one, other = first.header, second.header
        if one.id != other.id and one.in_force.overlaps(other.in_force):
            yield finding(rulebook, other, ("service_level",), "R417", found=other.id, other=one.id)


def addressed(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    """Whom the steps address."""
    for rule in rulebook.service_levels:
        for number, step in enumerate(rule.steps):
            if step.task:
                yield rule.header, ("steps", number, "to"), step.to
            if step.tell:
                yield rule.header, ("steps", number, "tell"), step.tell


def calendars_named(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    """The calendars that service levels and their promises name."""
    for rule in rulebook.service_levels:
        if rule.calendar:
            yield rule.header, ("calendar",), rule.calendar
        for number, one in enumerate(rule.promises):
            if one.calendar:
                yield rule.header, ("promises", number, "calendar"), one.calendar
