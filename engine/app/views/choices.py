"""Small parts that several views share: a choice to pick from, and whose something is."""

from dataclasses import dataclass

from engine.core.rules.header import Title

NO_WORDS = Title()
"""Nothing to say."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a person may pick: its code and its words."""

    code: str
    title: Title


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose something is: ids of the people it belongs to, and of every manager above them."""

    people: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()


NOBODY = Belongs()
"""Nobody's."""
