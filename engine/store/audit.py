"""The audit trail: who did what, and who saw whose pay. Insert-only, gapless, chained by hashes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from engine.store import chains
from engine.store.chains import Break, Head, Link
from engine.store.codec import decoded_map, encoded_map, json_data, json_text
from engine.store.database import Unit
from engine.store.tables.kinds import micros
from engine.store.tables.log import audit

CHAIN = "audit"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that somebody did or saw. `action` is a dotted word such as `pay.viewed`, `run.approved`."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    particulars: Mapping[str, object]


class AuditTrail:
    """The trail, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def write(
        self, at: datetime, actor: str, action: str, subject: str, particulars: Mapping[str, object] | None = None
    ) -> AuditEntry:
        """One more entry. `subject` is what was done or seen: a payee, a run, a rule release, an event's id."""
        head = chains.head_of(self._unit, CHAIN)
        text = json_text(encoded_map(particulars or {}))
        row: dict[str, Any] = {"seq": head.seq + 1, "at": at, "actor": actor, "action": action, "subject": subject}
        row["particulars"] = text
        row["hash"] = chains.linked(head.hash, _link_content(row))
        self._unit.insert(audit, [row])
        chains.move_head(self._unit, CHAIN, Head(head.seq + 1, row["hash"]))
        return AuditEntry(head.seq + 1, at, actor, action, subject, dict(particulars or {}))

    def entries(
        self, *, subject: str = "", actor: str = "", action: str = "", before: int | None = None, limit: int = 100
    ) -> tuple[AuditEntry, ...]:
        """The newest entries first, of that subject, actor or action when given; `before` pages on by number."""
        query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
        for column, wanted in ((audit.c.subject, subject), (audit.c.actor, actor), (audit.c.action, action)):
            query = query.where(column == wanted) if wanted else query
        if before is not None:
            query = query.where(audit.c.seq < before)
        return tuple(_entry(row) for row in self._unit.rows(query))

    def head(self) -> Head:
        """The number and hash of the last entry."""
        return chains.head_of(self._unit, CHAIN)

    def verify(self, anchors: Iterable[Head] = ()) -> Break | None:
        """The first entry that is not what was written, or None when the trail is whole."""
        return chains.broken_link(CHAIN, self._links(), self.head(), anchors)

    def _links(self) -> Iterator[Link]:
        for row in self._unit.connection.execute(select(audit).order_by(audit.c.seq)).yield_per(2000):
            yield Link(row.seq, _link_content(row._mapping), row.hash)


def _link_content(row: Mapping[Any, Any]) -> str:
    names = ("seq", "at", "actor", "action", "subject", "particulars")
    return json_text([micros(row[name]) if name == "at" else row[name] for name in names])


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(row.seq, row.at, row.actor, row.action, row.subject, decoded_map(json_data(row.particulars)))
