"""The rulebook as shown: the list of rules, and one file with its problems."""

from dataclasses import dataclass
from datetime import date

from engine.core.problems import Place, Problem
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule version. `status`: in_force, scheduled, ended, broken; `problems` counts errors and warnings."""

    kind: str
    id: str
    title: Title
    place: Place
    status: str
    from_on: date | None
    until_on: date | None
    version: str
    problems: int = 0


@dataclass(frozen=True, slots=True)
class RuleList:
    """All rules in file order, and every problem of the folder."""

    rows: tuple[RuleRow, ...]
    problems: tuple[Problem, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class RuleFileView:
    """One file: its exact text, the rules in it, its problems, and the SHA-256 of its text in hex."""

    path: str
    text: str
    sha256: str
    rules: tuple[RuleRow, ...]
    problems: tuple[Problem, ...]
