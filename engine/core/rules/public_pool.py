"""A public pool (公海): which deals or customers belong, when they go back to it, and who may take one out."""

from dataclasses import dataclass

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.header import Header
from engine.core.rules.pipeline import Criterion

_NOWHERE = Place("")
SINCE = ("last_touch", "owned", "stage_entered")
"""What idle time counts from: the last touch while the owner has it, since they have it (not won), the stage."""


@dataclass(frozen=True, slots=True)
class Recycle:
    """A deal or a customer goes back when so long has passed since then."""

    after: Duration
    since: str
    place: Place


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """Who may claim and how much. No roles: everybody. None: no limit."""

    roles: tuple[str, ...] = ()
    per_day: int | None = None
    hold_at_most: int | None = None
    not_again_for: Duration | None = None
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class PublicPool:
    """Open deals, or customers, for which `covers` holds belong (None: all); `of` is deal or account. The first of
    `recycle` that is reached takes one back, never within `new_owner` of getting it, nor while one of `protects` holds; its
    owner is told `remind_before`."""

    header: Header
    covers: Formula | None
    recycle: tuple[Recycle, ...]
    remind_before: Duration | None
    new_owner: Duration | None
    protects: tuple[Criterion, ...]
    claim: ClaimTerms
    calendar: str = ""
    of: str = "deal"
