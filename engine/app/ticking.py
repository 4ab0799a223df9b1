"""The clock's turn: what has fallen due since the last tick is decided. Its cost follows what is due, not what exists."""

from dataclasses import dataclass
from datetime import datetime, timezone

from engine.app.dealwright import Dealwright
from engine.app.recording import Recorded, Recording
from engine.core.events import Event
from engine.core.outcomes import Kept, Told
from engine.core.records import Task
from engine.store.database import Unit
from engine.store.due import due_deals

AT_ONCE = 500
"""Deals of one transaction of a tick."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did: the deals it looked at, the tasks it made, the messages it wrote, the deals it put aside."""

    deals: int = 0
    tasks: int = 0
    told: int = 0
    quarantined: int = 0

    def __add__(self, other: "Ticked") -> "Ticked":
        """Both together."""
        return Ticked(self.deals + other.deals, self.tasks + other.tasks, self.told + other.told,
                      self.quarantined + other.quarantined)  # fmt: skip


def tick(dw: Dealwright, now: datetime) -> Ticked:
    """Everything due at `now` is done. Two ticks for the same moment do nothing the second time."""
    done = Ticked()
    while True:
        with dw.lock:
            part = dw.database.run(lambda unit: _part(dw, unit, now))
        done = done + part
        if part.deals < AT_ONCE:
            return done


def _part(dw: Dealwright, unit: Unit, now: datetime) -> Ticked:
    """The next deals that are due, each with one event of the clock, named after the deal and what fell due."""
    due = due_deals(unit, now, AT_ONCE)
    if not due:
        return Ticked()
    on = now.astimezone(dw.zone).date()
    events = [
        Event("clock.ticked", deal, "clock", f"{deal}@{due_at.astimezone(timezone.utc).isoformat()}", now, on)
        for deal, due_at in due
    ]
    return _counted(Recording(dw, unit).group(events))


def _counted(found: list[Recorded]) -> Ticked:
    kept = [outcome for one in found for outcome in one.outcomes if isinstance(outcome, Kept)]
    tasks = sum(isinstance(outcome.record, Task) and outcome.what == "made" for outcome in kept)
    told = sum(isinstance(outcome, Told) for one in found for outcome in one.outcomes)
    aside = sum(one.status == "quarantined" for one in found)
    return Ticked(len(found), tasks, told, aside)
