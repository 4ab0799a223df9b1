"""Who a deal, a customer, a ticket or a task went to and why, who holds what until when, and how often: records like those of `records.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.core.record_parts import Cause

OF_ACCOUNT = "account:"
"""Before an account's id where a deal of the same id must not be meant."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Something changed hands by a rule: what was handed out once stays handed out, also when its deal is folded anew.

    `kind` is deal, account, ticket or task, `subject` its id. `to` is the person, or empty. `how`: assigned, queued (a rule was asked and
    had nobody), claimed, recycled, returned; `refused` notes an event that the pool's rules did not let through.
    """

    id: str
    kind: str
    subject: str
    to: str
    how: str
    rule: str
    at: datetime
    on: date
    event: str
    cause: Cause
    reason: str = ""

    @property
    def deal(self) -> str:
        """The deal's id, or empty for anything else."""
        return self.subject if self.kind == "deal" else ""


@dataclass(frozen=True, slots=True)
class Holding:
    """Where a deal or a customer stands to a public pool; `id` is the deal's, or the account's behind `account:`.

    `state`: held (by `owner`), pooled (nobody has it), out (closed, or of no pool). `since_at` is since when. `due_at` is
    when the clock must look (None: never as things stand), `recycle_at` when it goes back to the pool. `reminded_at` is
    when its owner was told so. `left` are those who had it when it went back, each with the moment, the latest last.
    """

    id: str
    pool: str
    owner: str
    state: str
    since_at: datetime
    due_at: datetime | None = None
    recycle_at: datetime | None = None
    reminded_at: datetime | None = None
    left: tuple[tuple[str, datetime], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def account(self) -> str:
        """The account's id, or empty for a deal."""
        return self.id.removeprefix(OF_ACCOUNT) if self.id.startswith(OF_ACCOUNT) else ""

    @property
    def deal(self) -> str:
        """The deal's id, or empty for a customer."""
        return "" if self.account else self.id


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was done, and where a turn stands.

    `id` says of what: `leads/first` is a row of an assignment rule, `leads/ana/2026-11-25` what a person got of it that day.
    `last` is who had the last turn, `place` where they stood in the list (from 0), `given` how much each got of it, and
    `among` whom and with which weights that counts.
    """

    id: str
    count: int = 0
    last: str = ""
    place: int = -1
    given: Mapping[str, int] = field(default_factory=dict)
    among: str = ""
