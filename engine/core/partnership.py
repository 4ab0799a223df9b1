"""Companies that sell with or for us, and their claims to deals: records like those of `records.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from engine.core.record_parts import AccountVersion, Cause

_WORDS = ("name", "channel", "programme", "manager")


@dataclass(frozen=True, slots=True)
class Partner:
    """A company that sells with or for us, as last told. `agreements` are (from, until) days, half-open; `versions` are
    what was told, in order of its moments."""

    id: str
    name: str
    joined_on: date
    channel: str = ""
    programme: str = ""
    manager: str = ""
    partner_tier: str = ""
    agreements: tuple[tuple[date, date | None], ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    versions: tuple[AccountVersion, ...] = ()

    def told(self) -> tuple[AccountVersion, ...]:
        """The versions; for a partner who was recorded without, one of the day they joined."""
        words = {name: getattr(self, name) for name in _WORDS}
        began = datetime.combine(self.joined_on, time(), UTC)
        return self.versions or (AccountVersion(began, self.joined_on, "", {**words, **self.facts}),)

    def at(self, moment: datetime) -> "Partner | None":
        """The partner as they were at a moment; None before anybody had told of them. Agreements go by their days."""
        told = [version for version in self.versions if version.at <= moment]
        return self.as_told(told) if told else None if self.versions else self

    def as_told(self, versions: Sequence[AccountVersion]) -> "Partner":
        """The partner as those versions tell of them, one laid over the other; the channel is `partner` unless told."""
        said = (pair for one in versions for pair in one.facts.items() if pair[1] not in (None, ""))
        told: dict[str, Any] = {"name": self.id, "channel": "partner", "programme": "", "manager": "", **dict(said)}
        words = {name: told.pop(name) for name in _WORDS}
        return replace(self, joined_on=versions[0].on, facts=told, **words)


@dataclass(frozen=True, slots=True)
class Registration:
    """A partner's claim to a deal. `state`: granted, refused, expired, fulfilled. Protected in [requested, until)."""

    id: str
    partner: str
    account: str
    product_line: str
    state: str
    requested_on: date
    until_on: date | None
    cause: Cause
    reason: str = ""
