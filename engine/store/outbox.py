"""Messages that are to leave the house. They are written with what caused them and sent afterwards, at least once.

Each has a stable id, by which a receiver can tell a second copy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update

from engine.core.outcomes import Told
from engine.core.records import Cause
from engine.store.database import Unit
from engine.store.record_codec import record_text, text_record
from engine.store.tables.log import outbox


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `state` is waiting, claimed, sent or failed; `tries` counts the attempts that failed."""

    id: str
    event_seq: int
    recipient: str
    template: str
    deal: str
    cause: Cause
    made_at: datetime
    state: str
    tries: int
    last_error: str


class Outbox:
    """The outbox, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, told: Iterable[tuple[int, Told]], made_at: datetime) -> None:
        """The messages that events (by number) caused; one that is there already is left as it is."""
        by_id = {message.id: (seq, message) for seq, message in told}
        known = (
            {row.id for row in self._unit.rows(select(outbox.c.id).where(outbox.c.id.in_(list(by_id))))}
            if by_id
            else set()
        )
        rows = [_row(seq, message, made_at) for id, (seq, message) in by_id.items() if id not in known]
        self._unit.insert(outbox, rows)

    def claim(self, now: datetime, *, lease: timedelta = timedelta(minutes=5), limit: int = 50) -> tuple[Message, ...]:
        """The oldest messages that nobody else has, taken until the lease ends; in a unit without `appends`."""
        free = or_(outbox.c.state == "waiting", and_(outbox.c.state == "claimed", outbox.c.claimed_until <= now))
        query = select(outbox).where(free).order_by(outbox.c.made_at, outbox.c.id).limit(limit)
        rows = self._unit.rows(query.with_for_update(skip_locked=True))
        mine = update(outbox).where(outbox.c.id.in_([row.id for row in rows]))
        self._unit.change(mine.values(state="claimed", claimed_until=now + lease))
        return tuple(_message(row) for row in rows)

    def mark_sent(self, id: str, at: datetime) -> None:
        """The message has left."""
        self._unit.change(update(outbox).where(outbox.c.id == id).values(state="sent", sent_at=at, claimed_until=None))

    def mark_failed(self, id: str, error: str, *, give_up: bool) -> None:
        """An attempt failed: the message waits again, or stays failed and in sight."""
        change = update(outbox).where(outbox.c.id == id)
        state = "failed" if give_up else "waiting"
        self._unit.change(change.values(state=state, tries=outbox.c.tries + 1, last_error=error, claimed_until=None))

    def not_sent(self) -> tuple[tuple[str, str, int, datetime], ...]:
        """What has not left the house: template, state, how many, and since when the oldest waits."""
        group = (outbox.c.template, outbox.c.state)
        query = select(*group, func.count().label("number"), func.min(outbox.c.made_at).label("since")).group_by(*group)
        rows = self._unit.rows(query.where(outbox.c.state != "sent").order_by(*group))
        return tuple((row.template, row.state, row.number, row.since) for row in rows)

    def all(self, state: str = "", limit: int = 100) -> tuple[Message, ...]:
        """The oldest first, of that state when given."""
        query = select(outbox).order_by(outbox.c.made_at, outbox.c.id).limit(limit)
        return tuple(_message(row) for row in self._unit.rows(query.where(outbox.c.state == state) if state else query))


def _row(seq: int, message: Told, made_at: datetime) -> dict[str, Any]:
    return {
        "id": message.id, "event_seq": seq, "recipient": message.to, "template": message.template, "deal": message.deal,
        "cause": record_text(message.cause), "made_at": made_at, "state": "waiting", "claimed_until": None, "tries": 0,
        "sent_at": None, "last_error": "",
    }  # fmt: skip


def _message(row: Row[Any]) -> Message:
    return Message(row.id, row.event_seq, row.recipient, row.template, row.deal, text_record(Cause, row.cause),
                   row.made_at, row.state, row.tries, row.last_error)  # fmt: skip
