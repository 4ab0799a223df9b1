"""Approvals: who was asked to agree to what, what they said, and what follows when all have. Records like those of
`records.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.core.record_parts import Cause

Notes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """One word that is asked for. `named` is who the rule means, `person` who is to say it.

    `answer` is empty while it is waited for, else granted, refused, or not_needed when another's word was enough.
    `notes` say how it came to this person: handed on, away, their own request, the time was over.
    """

    named: str
    person: str
    step: int = 0
    answer: str = ""
    at: datetime | None = None
    reason: str = ""
    notes: Notes = ()


@dataclass(frozen=True, slots=True)
class AskedMove:
    """The move that waits for an approval: the event's type, and what it said."""

    type: str
    stage: str
    reason: str = ""
    override: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """One request that a deal be allowed something that needs agreement.

    `rule` is the approval rule's id, `version` the version that it goes by; `number` counts the deal's requests under the
    rule from 1. `state`: pending, granted, refused, recalled, or void (what was agreed to has changed since). `values`
    are the facts that were asked about, by full name, as they were then; `band` and `step` count from 0. `due_at` is
    when the time to decide is over (None: no limit), `late` how often it was. `move` waits until it is granted.
    """

    id: str
    rule: str
    version: str
    deal: str
    number: int
    requested_by: str
    requested_at: datetime
    state: str
    values: Mapping[str, object]
    band: int
    cause: Cause
    step: int = 0
    seats: tuple[Seat, ...] = ()
    reason: str = ""
    due_at: datetime | None = None
    late: int = 0
    move: AskedMove | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""
    notes: Notes = field(default=())

    @property
    def waiting(self) -> tuple[Seat, ...]:
        """The seats of the present step that have not answered; none once it is decided."""
        if self.state != "pending":
            return ()
        return tuple(seat for seat in self.seats if seat.step == self.step and not seat.answer)
