"""What came of one answer to several tasks at once, task by task."""

from dataclasses import dataclass, field
from datetime import datetime

from engine.core.problems import Problem
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One task: what it was asked to become (`asked`, in words) and what came of it.

    `problems` say why it was not done; `notes` what went along or did not. `until` is how long it may be taken back (None:
    not, or not any more); `taken_back_at` when it was, `not_taken_back` why that could not be.
    """

    task: str
    title: Title
    customer: str
    asked: Title
    problems: tuple[Problem, ...] = ()
    notes: Title = field(default_factory=Title)
    until: datetime | None = None
    taken_back_at: datetime | None = None
    not_taken_back: tuple[Problem, ...] = ()

    @property
    def done(self) -> bool:
        """True when it was done, taken back or not."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class BulkResult:
    """All rows of one bulk answer, in the order of their events. `whole` False: some rows are in no event, so that only this
    answer says them."""

    id: str
    rows: tuple[BulkRow, ...]
    whole: bool = True

    @property
    def until(self) -> datetime | None:
        """Until when all that can still be taken back can be; None when nothing can."""
        return min((row.until for row in self.rows if row.until), default=None)
