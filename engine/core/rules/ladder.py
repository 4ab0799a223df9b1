"""A career ladder: levels, and what a person must have shown to move up or down. 晋升"""

from dataclasses import dataclass

from engine.core.rules.header import Header, Title
from engine.core.rules.pipeline import Criterion


@dataclass(frozen=True, slots=True)
class Level:
    """One level; criteria are each shown to the person with the figure, met or missing."""

    id: str
    title: Title
    promote_when: tuple[Criterion, ...]
    demote_when: tuple[Criterion, ...]
    approval: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ordered levels of a role, lowest first."""

    header: Header
    role: str
    levels: tuple[Level, ...]
