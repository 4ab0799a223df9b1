"""Conditions as a rule lists them: one text, or a list of texts of which all must hold, with `any` and `not` blocks.

Each text is compiled at its own place, so each has its own line in a diff, in the trace and in coverage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from engine.core.problems import Place


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition's text and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class All:
    """Conditions of which all must hold."""

    items: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Conditions of which one must hold."""

    items: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that must not hold."""

    item: Block


Block: TypeAlias = Leaf | All | Any | Not
