"""A rule folder, loaded: all files read, all mistakes together, and the rulebook when there are no errors.

Kinds are built in the order company, calendars, vocabularies, the rest, because each may use names that the kinds
before it bring. A mistake in one file never hides those in the others.
"""

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.core.problems import Place, Problem, has_errors
from engine.core.rules.company import Calendar, Company
from engine.core.rules.rulebook import Rulebook, RuleFile
from engine.rulefiles.building.approval import build_approval
from engine.rulefiles.building.cadence import build_cadence
from engine.rulefiles.building.company import build_calendar, build_company, exchange_rates
from engine.rulefiles.building.known import known_names
from engine.rulefiles.building.lookups import lookups
from engine.rulefiles.building.ownership import build_assignment, build_public_pool
from engine.rulefiles.building.pay import build_ladder, build_plan, build_programme, build_targets
from engine.rulefiles.building.pipeline import build_pipeline
from engine.rulefiles.building.profile import build_profile
from engine.rulefiles.building.scorecard import build_scorecard
from engine.rulefiles.building.service import build_service_level
from engine.rulefiles.building.table import build_table
from engine.rulefiles.building.task_policy import build_task_policy
from engine.rulefiles.building.template import build_template
from engine.rulefiles.building.vocabulary import build_vocabulary, facts_known
from engine.rulefiles.building.workflow import build_automation
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.building.world import world_of
from engine.rulefiles.characters import lines_of
from engine.rulefiles.checks import CHECKS, RULE_CHECKS, Check
from engine.rulefiles.checks.languages import missing_words
from engine.rulefiles.located import problem_at
from engine.rulefiles.reading import decoded, with_excerpts
from engine.rulefiles.writing import Attempt, Written, attempt, fingerprint

BUILT_IN_RULES = Path(__file__).parent.parent / "_builtin_rules"
FOUNDATION = ("company", "calendar", "vocabulary")

_BUILDERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "approval": build_approval,
        "pipeline": build_pipeline,
        "cadence": build_cadence,
        "automation": build_automation,
        "assignment": build_assignment,
        "public_pool": build_public_pool,
        "template": build_template,
        "service_level": build_service_level,
        "task_policy": build_task_policy,
        "plan": build_plan,
        "programme": build_programme,
        "ladder": build_ladder,
        "targets": build_targets,
        "scorecard": build_scorecard,
        "profile": build_profile,
    }
)
_FIELDS = {"approval": "approvals", "pipeline": "pipelines", "cadence": "cadences", "automation": "automations", "template": "templates",
           "assignment": "assignments",
           "public_pool": "public_pools", "service_level": "service_levels", "task_policy": "task_policies", "plan": "plans",
           "programme": "programmes", "ladder": "ladders", "targets": "targets", "scorecard": "scorecards",
           "profile": "profiles"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rulebook, or None when some problem is an error; warnings leave it usable. Problems are in file order."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many of the problems are warnings."""
        return len(self.problems) - self.errors


def find_rules(option: Path | None = None) -> Path:
    """The rule folder to use: the option, then $DEALWRIGHT_RULES, then ./rules, then the sample in the package."""
    if option is not None:
        return option
    named = os.environ.get("DEALWRIGHT_RULES")
    if named:
        return Path(named)
    here = Path("rules")
    return here if here.is_dir() else sample_rules()


def sample_rules() -> Path:
    """The sample company's rules: those in the installed package, or beside it in a source tree."""
    return BUILT_IN_RULES if BUILT_IN_RULES.is_dir() else BUILT_IN_RULES.parent.parent / "rules"


def read_folder(folder: Path) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The rule files and tables below a folder by their path in it, sorted; hidden folders and links out are left."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix in (".yaml", ".yml", ".csv") and not any(part.startswith(".") for part in inside.parts):
            try:
                text, wrong = decoded(inside.as_posix(), path.read_bytes())
            except OSError as error:
                text, wrong = "", (Problem("R066", Place(inside.as_posix()), {"why": error.strerror or str(error)}),)
            problems += wrong
            if not wrong:
                texts[inside.as_posix()] = text
    return texts, tuple(problems)


def load_rules(folder: Path) -> Loaded:
    """The rulebook of a folder, or every problem in it."""
    texts, problems = read_folder(folder)
    if not texts and not problems:
        return Loaded(None, (Problem("R060", Place(str(folder)), {"folder": str(folder)}),))
    loaded = load_texts(texts)
    together = with_excerpts([*problems, *loaded.problems], {})
    return Loaded(None if problems else loaded.rulebook, together)


def load_texts(files: Mapping[str, str]) -> Loaded:
    """The rulebook of rule files given by path; a stored release is loaded again this way. Depends on nothing else."""
    with _collector_at_rest():
        return _loaded(dict(sorted(files.items())))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keeps the garbage collector from walking the growing rulebook again and again: a third of the time of loading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(ordered: dict[str, str]) -> Loaded:
    attempts = tuple(attempt(file, ordered) for file in ordered if not file.endswith(".csv"))
    problems = [problem for each in attempts for problem in each.problems]
    rulebook = _built(attempts, ordered, problems)
    lines = {file: lines_of(text) for file, text in ordered.items()}
    told = with_excerpts(problems, lines)
    return Loaded(None if has_errors(told) else rulebook, told)


def _built(attempts: tuple[Attempt, ...], files: Mapping[str, str], problems: list[Problem]) -> Rulebook | None:
    """As much of the rulebook as can be built; problems are added. None when its foundation has mistakes."""
    written = tuple(each.written for each in attempts if each.written)
    failed = {each.kind for each in attempts if each.written is None}
    company = _company(written, failed, problems)
    if company is None or failed & set(FOUNDATION):
        return None
    workshop, parts = _foundation(company, written, failed, problems)
    before = len(problems)
    for kind, build in _BUILDERS.items():
        parts[_FIELDS[kind]] = tuple(build(w.form, w.header, workshop) for w in written if w.kind == kind)
    whole_tables = "table" not in failed and len(parts["tables"]) == sum(w.kind == "table" for w in written)
    # Where a table has mistakes of its own, a formula that asks it is not told that there is none.
    problems += (problem for problem in workshop.problems if whole_tables or problem.code != "R125")
    texts = tuple(RuleFile(path, text) for path, text in files.items())
    rulebook = Rulebook(company=company, facts=workshop.facts, files=texts, fingerprint=fingerprint(written), **parts)
    whole = not failed and not has_errors(problems[before:])
    _check(rulebook, CHECKS if whole else RULE_CHECKS, problems)
    problems += (problem for w in written for problem in missing_words(w.form.source, company.languages))
    return rulebook


def _check(rulebook: Rulebook, checks: tuple[Check, ...], problems: list[Problem]) -> None:
    """Adds what the checks find; a total is not held against a file in which some share could not be read."""
    wrong = {problem.place.file for problem in problems if problem.severity == "error"}
    for check in checks:
        problems += (found for found in check(rulebook) if found.code != "R247" or found.place.file not in wrong)


def _company(written: tuple[Written, ...], failed: set[str], problems: list[Problem]) -> Company | None:
    """The one company of the folder; none is R201, a second is R202."""
    found = [rule for rule in written if rule.kind == "company"]
    if not found:
        if "company" not in failed:
            problems.append(Problem("R201", Place("rules")))
        return None
    first = found[0]
    for other in found[1:]:
        where = str(first.header.place)
        problems.append(problem_at(other.form.at("company"), "R202", other=first.header.id, other_place=where))
    rates, wrong = exchange_rates(first.table) if first.table else ((), ())
    problems += wrong
    return build_company(first.form, first.header, rates)


def _foundation(
    company: Company, written: tuple[Written, ...], failed: set[str], problems: list[Problem]
) -> tuple[Workshop, dict[str, Any]]:
    """The workshop with every fact known, and the calendars and vocabularies."""
    dated = (build_calendar(w.form, w.header, company, problems) for w in written if w.kind == "calendar")
    calendars: tuple[Calendar, ...] = tuple(calendar for calendar in dated if calendar)
    known = known_names(company, written, failed)
    measures = tuple(name for w in written if w.kind == "vocabulary" for name, _ in w.form["measures"])
    world = world_of(company, calendars, (*known.credits, *measures))
    tables = {w.file: w.table for w in written if w.table}
    bare = Workshop(facts_known(known, ()), world, company, problems, tables)
    vocabularies = tuple(
        build_vocabulary(w.form, w.header, bare, known.credits) for w in written if w.kind == "vocabulary"
    )
    workshop = Workshop(facts_known(known, vocabularies), world, company, [], tables)
    made = (build_table(w.form, w.header, workshop) for w in written if w.kind == "table")
    decisions = tuple(table for table in made if table)
    workshop.environment = replace(world, tables=lookups(decisions, world.rate))
    return workshop, {"calendars": calendars, "vocabularies": vocabularies, "tables": decisions}
