"""Calendars: those that rules name exist, last as long as the rules, and are announced in full."""

from collections.abc import Iterator

from engine.core.problems import Problem
from engine.core.rules.header import Header
from engine.core.rules.rulebook import Rule, Rulebook
from engine.rulefiles.checks import service, task_policies
from engine.rulefiles.checks.finding import Path, finding, listed
from engine.rulefiles.values import nearest_first


def calendars_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R208 for a calendar that no file brings."""
    known = list(dict.fromkeys(calendar.header.id for calendar in rulebook.calendars))
    for header, name in _named(rulebook):
        if name not in known:
            names = listed(nearest_first(name, known))
            yield finding(rulebook, header, ("calendar",), "R208", found=name, known=names)
    for header, path, name in (*service.calendars_named(rulebook), *task_policies.calendars_named(rulebook)):
        if name not in known:
            names = listed(nearest_first(name, known))
            yield finding(rulebook, header, path, "R208", found=name, known=names)


def _named(rulebook: Rulebook) -> Iterator[tuple[Header, str]]:
    """Every rule that names a calendar."""
    company = rulebook.company
    if company.calendar:
        yield company.header, company.calendar
    for cadence in rulebook.cadences:
        if cadence.calendar:
            yield cadence.header, cadence.calendar


def calendars_outlast_rules(rulebook: Rulebook) -> Iterator[Problem]:
    """R230 for a rule that ends after the calendar it counts in. A rule without an end is not held against it."""
    ends = {calendar.header.id: calendar.known_until for calendar in rulebook.calendars if calendar.known_until}
    own = {cadence.header.version: cadence.calendar for cadence in rulebook.cadences}
    rules: tuple[Rule, ...] = (*rulebook.cadences, *rulebook.pipelines, *rulebook.plans, *rulebook.targets)
    for header in (rule.header for rule in (*rules, *rulebook.programmes, *rulebook.ladders)):
        calendar = own.get(header.version) or rulebook.company.calendar
        until, end = header.in_force.until_on, ends.get(calendar)
        if until and end and until > end:
            path: Path = ("in_force", "until")
            params = {"calendar": calendar, "known_until": str(end), "until": str(until)}
            yield finding(rulebook, header, path, "R230", **params)


def years_are_announced(rulebook: Rulebook) -> Iterator[Problem]:
    """R231 for a calendar with years whose make-up days are not published yet."""
    for calendar in rulebook.calendars:
        if calendar.provisional_years:
            years = ", ".join(str(year) for year in sorted(calendar.provisional_years))
            yield finding(rulebook, calendar.header, ("years",), "R231", years=years)
