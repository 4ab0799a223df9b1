"""What every use case needs: the database, the rulebook in force, the matcher built from it, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from engine.app.rules_in_force import in_force
from engine.core.events import Event
from engine.core.formulas import Facts
from engine.core.problems import Problem, has_errors
from engine.core.reach import Reach, reach_of
from engine.core.rules.rulebook import Rulebook
from engine.core.triggers import triggers
from engine.matching import Matcher, build_matcher
from engine.rulefiles.loading import find_rules, load_rules
from engine.store.database import Database, open_database
from engine.store.migrations import upgrade
from engine.store.working_set import WorkingSet

Clock = Callable[[], datetime]


class RulesRefused(Exception):
    """The rule folder has errors, so nothing is opened with it. `problems` are all of them, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems in the rule files")
        self.problems = problems


@dataclass(slots=True)
class Dealwright:
    """The open house. `now` is the only clock. `folder` is the rulebook of the rule folder, where it is not the one in force.

    `reach` is how far its rules look beyond a deal. `working` is the records at hand of this process; whoever uses it holds
    `lock`, since it belongs to one unit at a time.
    """

    database: Database
    rulebook: Rulebook
    matcher: Matcher
    now: Clock
    warnings: tuple[Problem, ...] = ()
    folder: Rulebook | None = None
    working: WorkingSet = field(default_factory=WorkingSet)
    lock: Lock = field(default_factory=Lock)
    reach: Reach = field(init=False)

    def __post_init__(self) -> None:
        self.reach = reach_of(self.rulebook)

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.rulebook.company.time_zone)

    def match(self, event: Event, facts: Facts) -> frozenset[str]:
        """The keys of the triggers whose conditions hold. Raises EvaluationError."""
        return self.matcher.match(event, facts)


def open_dealwright(database_url: str, rules: Path | None, now: Clock) -> Dealwright:
    """The house at that database, brought to the newest tables, with the rules that were released last.

    The rules of the folder are the first release of a new database. Raises RulesRefused with every problem when the folder
    has an error.
    """
    loaded = load_rules(find_rules(rules))
    if loaded.rulebook is None or has_errors(loaded.problems):
        raise RulesRefused(loaded.problems)
    database = open_database(database_url)
    upgrade(database)
    rulebook, differs = in_force(database, loaded.rulebook, now())
    return Dealwright(database, rulebook, matcher_for(rulebook), now, (*differs, *loaded.problems), loaded.rulebook)


def matcher_for(rulebook: Rulebook) -> Matcher:
    """The matcher of all triggers of the rulebook, named after its fingerprint."""
    return build_matcher(triggers(rulebook), rulebook.facts, rulebook.fingerprint)
