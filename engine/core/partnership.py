"""Companies that sell with or for us, and their claims to deals: records like those of `records.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.record_parts import Cause


@dataclass(frozen=True, slots=True)
class Partner:
    """A company that sells with or for us. `agreements` are (from, until) days, half-open."""

    id: str
    name: str
    joined_on: date
    channel: str = ""
    programme: str = ""
    manager: str = ""
    partner_tier: str = ""
    agreements: tuple[tuple[date, date | None], ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


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
