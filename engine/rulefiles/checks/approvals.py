"""Approval rules: they are there where they are asked for, their bands can be reached, what they are about is known."""

from collections.abc import Iterator

from engine.core.fact_types import FactKind
from engine.core.problems import Problem
from engine.core.rules.automation import RequestApproval
from engine.core.rules.header import Header
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import Path, finding, listed
from engine.rulefiles.values import nearest_first

_IN_ORDER = (FactKind.MONEY, FactKind.PERCENT, FactKind.NUMBER, FactKind.DATE)


def approvals_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R366 for an approval that a stage or an action asks for and that no rule describes."""
    known = list(dict.fromkeys(rule.header.id for rule in rulebook.approvals))
    for header, path, name in _asked_for(rulebook):
        if name not in known:
            yield finding(rulebook, header, path, "R366", found=name, known=listed(nearest_first(name, known)))


def _asked_for(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    for pipeline in rulebook.pipelines:
        for number, stage in enumerate(pipeline.stages):
            for place, name in enumerate(stage.approvals):
                yield pipeline.header, ("stages", number, "approvals", place), name
        for number, drawn in enumerate(pipeline.moves.allowed):
            for place, action in enumerate(drawn.then):
                if isinstance(action, RequestApproval):
                    here = ("moves", "allowed", number, "then", place, "request_approval", "approval")
                    yield pipeline.header, here, action.approval
    for automation in rulebook.automations:
        for place, action in enumerate(automation.then):
            if isinstance(action, RequestApproval):
                yield automation.header, ("then", place, "request_approval", "approval"), action.approval


def bands_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """R367 for a band after one that always holds."""
    for rule in rulebook.approvals:
        always = next((number for number, band in enumerate(rule.bands) if band.when is None), len(rule.bands))
        for number in range(always + 1, len(rule.bands)):
            line = str(rule.bands[always].place.line)
            yield finding(rulebook, rule.header, ("bands", number), "R367", line=line)


def bands_ask_no_approval(rulebook: Rulebook) -> Iterator[Problem]:
    """R368 for a band whose condition asks how an approval stands: who must agree may not hang on who has."""
    for rule in rulebook.approvals:
        for number, band in enumerate(rule.bands):
            asked = sorted(name for name in (band.when.reads if band.when else ()) if name.startswith("approval."))
            if asked:
                yield finding(rulebook, rule.header, ("bands", number, "when"), "R368", found=asked[0])


def approvals_are_about_facts(rulebook: Rulebook) -> Iterator[Problem]:
    """R369 for a name in `about` that is no fact, R370 for one that cannot be higher or lower where that matters."""
    for rule in rulebook.approvals:
        for number, name in enumerate(rule.about):
            fact = rulebook.facts.get(name)
            if fact is None:
                known = listed(nearest_first(name, list(rulebook.facts))[:5])
                yield finding(rulebook, rule.header, ("about", number), "R369", found=name, known=known)
            elif rule.voided_by != "any_change" and fact.kind not in _IN_ORDER:
                yield finding(rulebook, rule.header, ("about", number), "R370", found=name, voided_by=rule.voided_by)
