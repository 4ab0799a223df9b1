"""The event log: what happened, once for ever, in one gapless order.

An event is known by its source and key. The same again is `Repeated`, with the place of the first; the same source and
key with another content is `Conflicting`: refused, and written to the audit trail in the same transaction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, select

from engine.core.events import Event
from engine.store import chains
from engine.store.audit import AuditTrail
from engine.store.chains import Break, Head, Link
from engine.store.codec import decoded_map, encoded_map, json_data, json_text
from engine.store.database import Unit
from engine.store.tables.kinds import micros
from engine.store.tables.log import events

CHAIN = "events"
_LOOKED_UP_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Appended:
    """The event is new; `event` carries its place in the log."""

    event: Event


@dataclass(frozen=True, slots=True)
class Repeated:
    """The event was recorded before, with the same content, as number `seq`. Nothing was written."""

    event: Event
    seq: int


@dataclass(frozen=True, slots=True)
class Conflicting:
    """Number `seq` has the same source and key and another content. Refused; the attempt is in the audit trail."""

    event: Event
    seq: int


Recorded = Appended | Repeated | Conflicting


class EventLog:
    """The log, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def append(self, event: Event, recorded_at: datetime) -> Recorded:
        """What became of one event. The caller commits even after Conflicting, to keep the note in the audit trail."""
        return self.append_all((event,), recorded_at)[0]

    def append_all(self, group: Sequence[Event], recorded_at: datetime) -> tuple[Recorded, ...]:
        """What became of each event, in the order given, in one round to the database; twins inside the group too."""
        head = chains.head_of(self._unit, CHAIN)
        known = self._known(group)
        rows: list[dict[str, Any]] = []
        results: list[Recorded] = []
        for event in group:
            body, content_hash = content_of(event)
            seq, content = known.get((event.source, event.key), (0, ""))
            if seq:
                same = content == content_hash
                results.append(Repeated(event, seq) if same else self._conflict(event, seq, recorded_at))
                continue
            row = _row(event, head.seq + 1, recorded_at, body, content_hash)
            row["hash"] = chains.linked(head.hash, link_content(row))
            head = Head(row["seq"], row["hash"])
            known[event.source, event.key] = head.seq, content_hash
            rows.append(row)
            results.append(Appended(_numbered(event, head.seq)))
        self._write(rows, head)
        return tuple(results)

    def head(self) -> Head:
        """The number and hash of the last event: what a close or an export anchors."""
        return chains.head_of(self._unit, CHAIN)

    def find(self, source: str, key: str) -> Event | None:
        """The event of that source and key."""
        row = self._unit.first(select(events).where(events.c.source == source, events.c.key == key))
        return stored_event(row) if row else None

    def named(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Event]:
        """Those of the (source, key) pairs that the log has, each with its event."""
        by_source: dict[str, list[str]] = {}
        for source, key in sorted(set(wanted)):
            by_source.setdefault(source, []).append(key)
        found = {}
        for source, keys in by_source.items():
            for start in range(0, len(keys), _LOOKED_UP_AT_ONCE):
                some = keys[start : start + _LOOKED_UP_AT_ONCE]
                rows = self._unit.rows(select(events).where(events.c.source == source, events.c.key.in_(some)))
                found.update({(source, row.key): stored_event(row) for row in rows})
        return found

    def keyed(self, source: str, beginning: str) -> tuple[Event, ...]:
        """The events of a source whose key begins so, in the order of the log."""
        wanted = (events.c.source == source, events.c.key.startswith(beginning, autoescape=True))
        return tuple(stored_event(row) for row in self._unit.rows(select(events).where(*wanted).order_by(events.c.seq)))

    def at(self, seqs: Iterable[int]) -> tuple[Event, ...]:
        """The events of those numbers, in order; unknown numbers are left out."""
        rows = self._unit.rows(select(events).where(events.c.seq.in_(list(seqs))).order_by(events.c.seq))
        return tuple(stored_event(row) for row in rows)

    def of_subject(self, subject: str, types: Sequence[str] = (), until_seq: int | None = None) -> tuple[Event, ...]:
        """The events of a deal, person, partner, account or task, in the one order of events (`Event.order`).

        With `until_seq`, only those up to that number: in a group, later ones are recorded before they are decided.
        """
        query = select(events).where(events.c.subject == subject)
        if until_seq is not None:
            query = query.where(events.c.seq <= until_seq)
        if types:
            query = query.where(events.c.type.in_(types))
        return tuple(sorted(map(stored_event, self._unit.rows(query)), key=lambda event: event.order))

    def after(self, seq: int, limit: int = 1000) -> tuple[Event, ...]:
        """Up to `limit` events that follow that number, in order: how a replay reads the log."""
        rows = self._unit.rows(select(events).where(events.c.seq > seq).order_by(events.c.seq).limit(limit))
        return tuple(stored_event(row) for row in rows)

    def verify(self, anchors: Iterable[Head] = ()) -> Break | None:
        """The first event whose row, place or hash is not what was written, or None when the log is whole."""
        return chains.broken_link(CHAIN, self._links(), self.head(), anchors)

    def _links(self) -> Iterator[Link]:
        for row in self._unit.connection.execute(select(events).order_by(events.c.seq)).yield_per(2000):
            values = dict(row._mapping)
            content = _content_text(row.type, row.subject, micros(row.at), row.actor, row.body)
            values["content_hash"] = sha256(content.encode()).hexdigest()
            yield Link(row.seq, link_content(values), row.hash)

    def _known(self, group: Sequence[Event]) -> dict[tuple[str, str], tuple[int, str]]:
        """Number and content hash of those events of the group that the log has."""
        by_source: dict[str, list[str]] = {}
        for event in group:
            by_source.setdefault(event.source, []).append(event.key)
        known = {}
        columns = (events.c.key, events.c.seq, events.c.content_hash)
        for source, keys in by_source.items():
            for start in range(0, len(keys), _LOOKED_UP_AT_ONCE):
                some = keys[start : start + _LOOKED_UP_AT_ONCE]
                found = self._unit.rows(select(*columns).where(events.c.source == source, events.c.key.in_(some)))
                known.update({(source, row.key): (row.seq, row.content_hash) for row in found})
        return known

    def _conflict(self, event: Event, seq: int, at: datetime) -> Conflicting:
        particulars = {"seq": seq, "type": event.type, "subject": event.subject, "body": dict(event.body)}
        AuditTrail(self._unit).write(at, event.actor, "event.conflict", event.id, particulars)
        return Conflicting(event, seq)

    def _write(self, rows: Sequence[Mapping[str, Any]], head: Head) -> None:
        if rows:
            self._unit.insert(events, rows)
            chains.move_head(self._unit, CHAIN, head)


def content_of(event: Event) -> tuple[str, str]:
    """The body as canonical JSON, and the hash of what the sender said: type, subject, moment, actor and body.

    The day and the mode are how we took it, not what was said, so they do not make a second delivery a conflict.
    """
    body = json_text(encoded_map(event.body))
    text = _content_text(event.type, event.subject, micros(event.at), event.actor, body)
    return body, sha256(text.encode()).hexdigest()


def _content_text(type_: str, subject: str, at: int, actor: str, body: str) -> str:
    return _unmistakable(type_, subject, str(at), actor, body)


def link_content(row: Mapping[str, Any]) -> str:
    """The text that an event's hash covers besides the hash before it: its place, its name, its day, its content."""
    return _unmistakable(str(row["seq"]), row["source"], row["key"], row["day"].isoformat(), row["mode"],
                         str(micros(row["recorded_at"])), row["content_hash"])  # fmt: skip


def _unmistakable(*texts: str) -> str:
    """The texts in one, each with its length before it, so that no two rows give the same."""
    return "".join([f"{len(text)}:{text}" for text in texts])


def _row(event: Event, seq: int, recorded_at: datetime, body: str, content_hash: str) -> dict[str, Any]:
    return {
        "seq": seq, "source": event.source, "key": event.key, "type": event.type, "subject": event.subject,
        "at": event.at, "day": event.on, "actor": event.actor, "mode": event.mode, "recorded_at": recorded_at,
        "body": body, "content_hash": content_hash,
    }  # fmt: skip


def _numbered(event: Event, seq: int) -> Event:
    return Event(event.type, event.subject, event.source, event.key, event.at, event.on, event.actor, event.body,
                 event.mode, seq)  # fmt: skip


def stored_event(row: Row[Any]) -> Event:
    """The event of a row of the table `events`."""
    body = decoded_map(json_data(row.body))
    return Event(row.type, row.subject, row.source, row.key, row.at, row.day, row.actor, body, row.mode, row.seq)
