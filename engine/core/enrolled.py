"""Enrolments, and what interrupts them: records like those of `records.py`."""

from dataclasses import dataclass
from datetime import datetime

from engine.core.record_parts import Cause

EXITS = (
    "completed", "converted", "removed_by_user", "rule_exit", "chained", "bounced", "opted_out", "deal_won",
    "deal_lost", "deal_cancelled", "contact_removed", "owner_gone", "recycled", "superseded", "reset_by_rule_change",
)  # fmt: skip
"""How an enrolment may end: the closed list. A stop that is called by another name ends it as `rule_exit`."""


@dataclass(frozen=True, slots=True)
class Pause:
    """An enrolment at rest since a moment, until another (None: until somebody or something resumes it).

    `left_at` is when its next step would have been due (None: it waited for a task). `by` says what paused it: `person`,
    `out_of_office`, or `rule.<number>`, the line of the cadence's `pause`; `reason` is in its own words.
    """

    since: datetime
    until: datetime | None
    left_at: datetime | None
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One deal going through one cadence version.

    `step` is where it stands (once ended: where it stood), `due_at` when the clock must look (None: it waits for a
    person, or for room), `anchor_at` what the wait counts from. `rotation` counts enrolments of the deal in the cadence
    from 1, `repeats` those of the step. `ended_as`: empty while it runs, else one of `EXITS`; `exit_name` is what the
    cadence's own stop calls it. `pending` is `capacity` while it waits for room, before its first step; who has the
    higher `priority` is let in first. `heard` is True once what a step listens for has come. `calendar` is the version
    by which `due_at` was reckoned, `visit` the repeats that the step had when the enrolment came to it. `moved_by` is the
    last event, other than the clock's, that changed it.
    """

    id: str
    cadence: str
    version: str
    deal: str
    owner: str
    started_at: datetime
    step: str
    due_at: datetime | None
    anchor_at: datetime
    cause: Cause
    rotation: int = 1
    repeats: int = 0
    ended_as: str = ""
    ended_at: datetime | None = None
    ended_by: Cause | None = None
    notes: tuple[tuple[str, str], ...] = ()
    exit_name: str = ""
    priority: int = 0
    pending: str = ""
    pause: Pause | None = None
    heard: bool = False
    visit: int = 0
    calendar: str = ""
    moved_by: str = ""

    @property
    def exit(self) -> str:
        """What its end is called: by the cadence's own stop, else the word of the closed list; empty while it runs."""
        return self.exit_name or self.ended_as

    @property
    def turn(self) -> tuple[int, datetime, str]:
        """The order in which those who wait for room are let in."""
        return (-self.priority, self.started_at, self.id)

    @property
    def takes_room(self) -> bool:
        """True while it is under way, paused or not; who waits for room takes none."""
        return not self.ended_as and not self.pending

    @property
    def state(self) -> str:
        """ended, paused, pending, or running."""
        if self.ended_as:
            return "ended"
        return "paused" if self.pause else "pending" if self.pending else "running"
