"""Versions of one rule: they may not overlap, gaps are worth a word, and a fact is declared once."""

from collections.abc import Iterator
from itertools import pairwise

from engine.core.problems import Place, Problem
from engine.core.rules.rulebook import Rule, Rulebook
from engine.rulefiles.checks.finding import Path, finding


def versions_follow_one_another(rulebook: Rulebook) -> Iterator[Problem]:
    """R203 where two versions of a rule apply on one day, R204 where none does between two of them."""
    by_id: dict[str, list[Rule]] = {}
    for rule in rulebook.rules():
        by_id.setdefault(f"{rule.header.kind}:{rule.header.id}", []).append(rule)
    for name, rules in by_id.items():
        rules.sort(key=lambda rule: (rule.header.in_force.from_on, str(rule.header.place)))
        for earlier, later in pairwise(rules):
            yield from _between(rulebook, name, earlier, later)


def _between(rulebook: Rulebook, name: str, earlier: Rule, later: Rule) -> Iterator[Problem]:
    """The problem of two versions that follow one another, if there is one."""
    first, second = earlier.header, later.header
    start, end = second.in_force.from_on, first.in_force.until_on
    if first.in_force.overlaps(second.in_force):
        params = {"rule": name, "on": str(start), "other_place": str(first.place)}
        yield finding(rulebook, second, ("in_force", "from"), "R203", **params)
    elif end is not None and end < start:
        params = {"rule": name, "start": str(end), "until": str(start), "other_place": str(second.place)}
        yield finding(rulebook, first, ("in_force", "until"), "R204", **params)


def facts_are_declared_once(rulebook: Rulebook) -> Iterator[Problem]:
    """R215 for a fact, measure or outcome that two vocabularies bring, or that a measure and a fact share."""
    first: dict[str, Place] = {}
    for vocabulary in rulebook.vocabularies:
        names: list[tuple[str, Path]] = [(name, tuple(name.split(".", 1))) for name in vocabulary.facts]
        names += [(measure.name, ("measures", measure.name)) for measure in vocabulary.measures]
        names += [(f"outcomes.{one.code}", ("outcomes", one.code)) for one in vocabulary.outcomes]
        for name, path in names:
            if name in first:
                yield finding(rulebook, vocabulary.header, path, "R215", found=name, other_place=str(first[name]))
            first.setdefault(name, vocabulary.header.place)
