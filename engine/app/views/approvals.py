"""Approvals as people see them: what waits for whom, what it is about, and what everybody said."""

from dataclasses import dataclass
from datetime import datetime

from engine.app.views.choices import Belongs, Choice
from engine.app.views.deals import DealFact
from engine.core.problems import Place
from engine.core.rules.header import Title

NOBODYS = Belongs()


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One word that is asked for: whose, what they said (empty: nothing yet), and how it came to them."""

    person: Title
    step: int
    answer: str
    at: datetime | None
    reason: str
    notes: Title


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One request. `of_deal` says whose the deal is, since who is asked may not see it.
    `mine`: the viewer is asked now; `recallable`: they asked and may take it back."""

    id: str
    rule: str
    title: Title
    band: Title
    deal: str
    deal_name: str
    account: str
    requested_by: Title
    requested_at: datetime
    state: str
    values: tuple[DealFact, ...]
    seats: tuple[SeatRow, ...]
    due_at: datetime | None
    move_to: Title
    reason: str
    ended_at: datetime | None
    ended_why: Title
    place: Place
    belongs: Belongs
    of_deal: Belongs = NOBODYS
    mine: bool = False
    recallable: bool = False


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """A gate that somebody passed with a reason, and what was missing."""

    at: datetime
    deal: str
    deal_name: str
    actor: Title
    stage: Title
    reason: str
    missing: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class ApprovalList:
    """The approvals page: what the viewer must decide, what they asked for, what was decided; for operations also every
    override. `people` are those to whom a decision may be handed."""

    mine: tuple[ApprovalRow, ...]
    asked: tuple[ApprovalRow, ...]
    others: tuple[ApprovalRow, ...]
    decided: tuple[ApprovalRow, ...]
    overrides: tuple[OverrideRow, ...]
    people: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ApprovalNeed:
    """An approval that a stage asks for, and how the deal stands to it; `who` is waited for."""

    rule: str
    title: Title
    standing: str
    who: tuple[Title, ...]
    place: Place
