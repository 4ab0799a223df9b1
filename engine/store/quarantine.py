"""Events that are recorded and could not be evaluated: why, and what they wait for. In sight until released."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from engine.store.codec import json_data, json_text
from engine.store.database import Unit
from engine.store.tables.log import events, quarantine


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One event in quarantine. `code` and `params` name the reason's text; `waits_for` is `kind:id` or empty.

    `tries` counts how often it was tried and failed.
    """

    event_seq: int
    event: str
    type: str
    subject: str
    code: str
    params: Mapping[str, str]
    waits_for: str
    since_at: datetime
    tries: int


class Quarantine:
    """The quarantine, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, event_seq: int, code: str, params: Mapping[str, str], waits_for: str, at: datetime) -> None:
        """Keep an event aside; one that is there gets the newer reason and one try more. `since_at` stays the first."""
        before = self._unit.first(select(quarantine).where(quarantine.c.event_seq == event_seq))
        row = {
            "event_seq": event_seq, "code": code, "params": json_text(dict(params)), "waits_for": waits_for,
            "since_at": before.since_at if before else at, "tries": before.tries + 1 if before else 1,
            "state": "waiting", "released_at": None,
        }  # fmt: skip
        self._unit.upsert(quarantine, [row])

    def waiting_for(self, subjects: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the events that wait for one of those subjects (`deal:D-1`), in the order of the log."""
        wanted = sorted(set(subjects))
        query = select(quarantine.c.event_seq).where(quarantine.c.state == "waiting")
        query = query.where(quarantine.c.waits_for.in_(wanted)).order_by(quarantine.c.event_seq)
        return tuple(row.event_seq for row in self._unit.rows(query)) if wanted else ()

    def release(self, event_seq: int, at: datetime) -> bool:
        """Take an event out because it was evaluated; False when it was not in quarantine."""
        change = update(quarantine).where(quarantine.c.event_seq == event_seq, quarantine.c.state == "waiting")
        return self._unit.change(change.values(state="released", released_at=at)) == 1

    def waiting(self, after: int = 0, limit: int = 100) -> tuple[Quarantined, ...]:
        """Those that wait, in the order of the log; `after` pages on by number."""
        query = select(quarantine, events.c.source, events.c.key, events.c.type, events.c.subject).join(events)
        query = query.where(quarantine.c.state == "waiting", quarantine.c.event_seq > after)
        return tuple(_quarantined(row) for row in self._unit.rows(query.order_by(quarantine.c.event_seq).limit(limit)))

    def count(self) -> int:
        """How many wait; a period is closed only at zero."""
        query = select(func.count()).select_from(quarantine).where(quarantine.c.state == "waiting")
        return int(self._unit.value(query))


def _quarantined(row: Row[Any]) -> Quarantined:
    return Quarantined(row.event_seq, f"{row.source}/{row.key}", row.type, row.subject, row.code, json_data(row.params),
                       row.waits_for, row.since_at, row.tries)  # fmt: skip
