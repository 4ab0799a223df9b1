"""Public pools as people see them, and what nobody has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.app.views.choices import Choice
from engine.core.charges import ChargeKind
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class PoolTerms:
    """One pool and what the viewer may still claim from it today. `left` and `room` None: no limit."""

    pool: str
    title: Title
    place: Place
    claimed: int
    left: int | None
    held: int
    room: int | None


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A deal or a customer (`kind` account) in a pool: why it is there, since when, who had it last, and until when the viewer
    may not have it. `account` is the name of a deal's customer, `stage` a deal's."""

    kind: ChargeKind
    id: str
    name: str
    account: str
    pool: Title
    stage: Title
    amount: Money | None
    since_at: datetime
    why: Title
    place: Place
    former: Title
    barred_until: datetime | None


@dataclass(frozen=True, slots=True)
class PoolFilter:
    """Which rows are wanted; empty means any. `after` is the cursor of the page before."""

    pool: str = ""
    text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class PoolView:
    """The pools with the viewer's terms, and one page of the rows, the longest there first; `total` counts all that were
    asked for, `next` is the cursor of the following page, or empty."""

    pools: tuple[PoolTerms, ...]
    rows: tuple[PoolRow, ...]
    total: int
    choices: tuple[Choice, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class OwnerlessRow:
    """A deal, a customer, a ticket or a task that nobody has, and why no rule gave it to anybody."""

    kind: ChargeKind | Literal["task"]
    id: str
    title: Title
    account: str
    since_at: datetime
    why: Title
    place: Place


@dataclass(frozen=True, slots=True)
class OwnerlessView:
    """What nobody has, the oldest first, and who may be given it."""

    rows: tuple[OwnerlessRow, ...]
    people: tuple[Choice, ...]
