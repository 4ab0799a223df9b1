"""What every rule has: its kind and id, titles, the time it is in force, why, and where it stands."""

from dataclasses import dataclass
from datetime import date

from engine.core.problems import Language, Place


@dataclass(frozen=True, slots=True)
class Title:
    """A text in both languages. A missing one falls back to the other (the rule reader warns)."""

    en: str = ""
    zh: str = ""

    def show(self, language: Language) -> str:
        """The text in that language, or in the other where it is missing."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class InForce:
    """When a rule version applies: from its first day up to, not including, `until_on` (None: open end)."""

    from_on: date
    until_on: date | None = None

    def covers(self, on: date) -> bool:
        """True when the day lies in [from, until)."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def overlaps(self, other: "InForce") -> bool:
        """True when some day lies in both."""
        starts_before_end = other.until_on is None or self.from_on < other.until_on
        return starts_before_end and (self.until_on is None or other.from_on < self.until_on)


@dataclass(frozen=True, slots=True)
class Header:
    """The common head of a rule version.

    `version` is `kind:id@digest`, the digest of the rule's canonical text, so that the same text has the same
    version in every release. `place` is the file and line of its first key.
    """

    kind: str
    id: str
    version: str
    place: Place
    in_force: InForce
    title: Title = Title()
    reason: Title = Title()
