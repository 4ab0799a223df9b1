"""The rulebook: all rules that were loaded and checked together, with the fingerprint of their meaning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from engine.core.fact_types import FactType
from engine.core.rules.approval import ApprovalRule
from engine.core.rules.assignment import Assignment
from engine.core.rules.automation import Automation
from engine.core.rules.cadence import Cadence
from engine.core.rules.company import Calendar, Company
from engine.core.rules.header import Header
from engine.core.rules.ladder import Ladder
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.plan import Plan
from engine.core.rules.profile import Profile
from engine.core.rules.programme import Programme
from engine.core.rules.public_pool import PublicPool
from engine.core.rules.scorecard import Scorecard
from engine.core.rules.service_level import ServiceLevel
from engine.core.rules.table import DecisionTable
from engine.core.rules.targets import Targets
from engine.core.rules.task_policy import TaskPolicy
from engine.core.rules.template import Template
from engine.core.rules.vocabulary import Measure, Vocabulary


class Rule(Protocol):
    """Anything with a header."""

    @property
    def header(self) -> Header:
        """The rule's head."""
        ...


SomeRule = TypeVar("SomeRule", bound=Rule)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One file of the folder as it was read: its path below the folder and its exact text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything in force or to come, in file order. `fingerprint` is a digest of the rules' canonical form.

    `former` are cadence versions of earlier releases by which some enrolment still goes; nothing new begins by them.
    """

    company: Company
    calendars: tuple[Calendar, ...]
    vocabularies: tuple[Vocabulary, ...]
    pipelines: tuple[Pipeline, ...]
    cadences: tuple[Cadence, ...]
    automations: tuple[Automation, ...]
    plans: tuple[Plan, ...]
    programmes: tuple[Programme, ...]
    ladders: tuple[Ladder, ...]
    targets: tuple[Targets, ...]
    facts: Mapping[str, FactType]
    files: tuple[RuleFile, ...]
    fingerprint: str
    profiles: tuple[Profile, ...] = ()
    tables: tuple[DecisionTable, ...] = ()
    scorecards: tuple[Scorecard, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    public_pools: tuple[PublicPool, ...] = ()
    approvals: tuple[ApprovalRule, ...] = ()
    service_levels: tuple[ServiceLevel, ...] = ()
    task_policies: tuple[TaskPolicy, ...] = ()
    former: tuple[Cadence, ...] = ()
    templates: tuple[Template, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """Every rule version, kind by kind, in file order."""
        return (self.company, *self.calendars, *self.vocabularies, *self.pipelines, *self.cadences, *self.automations,
                *self.templates, *self.assignments, *self.public_pools, *self.plans, *self.programmes, *self.ladders,
                *self.targets, *self.scorecards, *self.profiles, *self.tables, *self.approvals, *self.service_levels,
                *self.task_policies)  # fmt: skip

    def measures(self) -> tuple[Measure, ...]:
        """All measures of all vocabularies."""
        return tuple(measure for vocabulary in self.vocabularies for measure in vocabulary.measures)

    def calendar(self, calendar_id: str, on: date) -> Calendar | None:
        """The calendar of that id in force on that day (empty id: the company's)."""
        wanted = calendar_id or self.company.calendar
        return next((c for c in in_force(self.calendars, on) if c.header.id == wanted), None)


def in_force(rules: Iterable[SomeRule], on: date) -> tuple[SomeRule, ...]:
    """The rule versions that apply on that day, in file order; at most one per id (overlaps are refused at load)."""
    return tuple(rule for rule in rules if rule.header.in_force.covers(on))
