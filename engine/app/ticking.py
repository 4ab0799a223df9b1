"""The clock's turn: what has fallen due since the last tick is decided. Its cost follows what is due, not what exists."""

from dataclasses import dataclass
from datetime import datetime

from engine.app.dealwright import Dealwright
from engine.app.looking_over import clock, looked_over, standing_otherwise, to_look_over
from engine.app.recording import Recorded, Recording
from engine.core.events import Event
from engine.core.outcomes import Kept, Told
from engine.core.records import Task
from engine.core.service.facts import CLOCK_PREFIX
from engine.store.database import Unit
from engine.store.queries.due import due_deals, due_enrolments, due_holdings, due_tasks, due_tickets

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
    """Everything due at `now` is done, each deal once. Two ticks for the same moment do nothing the second time."""
    done, seen = _looked_over(dw, now), set[str]()
    while True:
        with dw.lock:
            part = dw.database.run(lambda unit: _part(dw, unit, now, seen))
        done = done + part
        if not part.deals:
            return done


def _looked_over(dw: Dealwright, now: datetime) -> Ticked:
    """Where pools came into force, changed or ended, what stands otherwise by them, and that this is done."""
    done = Ticked()
    if not to_look_over(dw, now):
        return done
    with dw.database.unit() as unit:
        ids = list(standing_otherwise(dw, unit, now))
    for first in range(0, len(ids), AT_ONCE):
        events = [clock(dw, id, now, "+pools") for id in ids[first : first + AT_ONCE]]
        done = done + _counted(_recorded(dw, events))
    _recorded(dw, [looked_over(dw, now)])
    return done


def _recorded(dw: Dealwright, events: list[Event]) -> list[Recorded]:
    with dw.lock:
        return dw.database.run(lambda unit: Recording(dw, unit).group(events))


def _part(dw: Dealwright, unit: Unit, now: datetime, seen: set[str]) -> Ticked:
    """The next deals that are due, each with one event of the clock, named after the deal and the moment."""
    due = [deal for deal in _due(unit, now, AT_ONCE + len(seen)) if deal not in seen][:AT_ONCE]
    if not due:
        return Ticked()
    found = Recording(dw, unit).group([clock(dw, deal, now) for deal in due])
    seen.update(due)
    return _counted(found)


def _due(unit: Unit, now: datetime, limit: int) -> list[str]:
    """The ids of deals of which a step, a stage's limit, a pool's date or a task is due, and of tickets with a limit or their
    closing, as the clock calls them, each once, the longest due first."""
    tickets = (due._replace(deal=CLOCK_PREFIX + due.deal) for due in due_tickets(unit, now, limit))
    deals = (*due_enrolments(unit, now, limit), *due_deals(unit, now, limit), *due_holdings(unit, now, limit),
             *due_tasks(unit, now, limit))  # fmt: skip
    return list(dict.fromkeys(due.deal for due in sorted({*deals, *tickets})))


def _counted(found: list[Recorded]) -> Ticked:
    kept = [outcome for one in found for outcome in one.outcomes if isinstance(outcome, Kept)]
    tasks = sum(isinstance(outcome.record, Task) and outcome.what == "made" for outcome in kept)
    told = sum(isinstance(outcome, Told) for one in found for outcome in one.outcomes)
    aside = sum(one.status == "quarantined" for one in found)
    return Ticked(len(found), tasks, told, aside)
