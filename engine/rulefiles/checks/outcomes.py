"""Outcomes of tasks: what cadences listen for can come of their tasks, and purposes that outcomes name are asked for."""

from collections.abc import Iterator

from engine.core.problems import Problem
from engine.core.rules.automation import MakeTask
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.task_outcomes import declared, outcomes_of
from engine.rulefiles.checks.finding import finding, listed
from engine.rulefiles.values import nearest_first


def outcomes_can_come(rulebook: Rulebook) -> Iterator[Problem]:
    """R408 for an outcome that a step waits for and that cannot come of its task."""
    for cadence in rulebook.cadences if declared(rulebook) else ():
        for number, step in enumerate(cadence.steps):
            task = step.task
            known = [one.code for one in outcomes_of(rulebook, task.channel, task.purpose)] if task else []
            for one in step.on_outcome:
                if one.outcome not in known:
                    path = ("steps", number, "on_outcome", one.outcome)
                    names = listed(nearest_first(one.outcome, known))
                    yield finding(rulebook, cadence.header, path, "R408", found=one.outcome, known=names)


def purposes_are_asked_for(rulebook: Rulebook) -> Iterator[Problem]:
    """R409 for an outcome of a purpose that no rule gives to a task."""
    known = sorted(set(_purposes(rulebook)))
    for vocabulary in rulebook.vocabularies:
        for outcome in vocabulary.outcomes:
            for number, purpose in enumerate(outcome.purposes):
                if purpose not in known:
                    path = ("outcomes", outcome.code, "purposes", number)
                    names = listed(nearest_first(purpose, known))
                    yield finding(rulebook, vocabulary.header, path, "R409", found=purpose, known=names)


def _purposes(rulebook: Rulebook) -> Iterator[str]:
    """The purposes that rules write; a task without one has the name of its rule and step, with a dot."""
    templates = [step.task for cadence in rulebook.cadences for step in cadence.steps if step.task]
    templates += [one.task for rule in rulebook.automations for one in rule.then if isinstance(one, MakeTask)]
    yield from (template.purpose for template in templates if "." not in template.purpose)
    stays = (stage.stay for pipeline in rulebook.pipelines for stage in pipeline.stages if stage.stay)
    yield from (level.task for stay in stays for level in stay.levels if level.task)
    yield from (step.task for rule in rulebook.service_levels for step in rule.steps if step.task)
