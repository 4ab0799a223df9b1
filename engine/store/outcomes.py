"""What was decided about each event, in the order it was decided, with its cause. Written once, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row, or_, select

from engine.core.outcomes import Ensuing, Kept, Outcome, Overridden, Passed, Refused, Told, Withdrawn
from engine.core.records import Cause, Deal, Record
from engine.store.codec import decoded_map, encoded_map, json_data, json_text
from engine.store.database import Unit
from engine.store.record_codec import data_record, record_data
from engine.store.tables.log import outcomes

_KINDS: Mapping[type, str] = {
    Kept: "kept", Withdrawn: "withdrawn", Refused: "refused", Overridden: "overridden", Told: "told", Passed: "passed",
}  # fmt: skip
_CLASSES: Mapping[str, type] = {word: kind for kind, word in _KINDS.items()}

SHOWN = (
    "pipeline", "stage", "previous_stage", "status", "visit", "owner", "title", "purpose", "due_at", "snoozed_until",
    "outcome", "cadence", "step", "ended_as", "kind", "amount", "payee", "name", "share", "form", "component", "state",
    "until_on", "measure", "period", "undone_on", "to",
)  # fmt: skip
"""The fields of a record that an outcome remembers, as they then were; the record itself has only its last form."""


@dataclass(frozen=True, slots=True)
class StoredOutcome:
    """One decision as it was written.

    `kind` is kept, withdrawn, refused, overridden, told or passed; `what` the word of a Kept or the code of a Refused;
    `subject_kind` and `subject_id` say what it was about; `deal` is empty when it belongs to none. `then` are the
    record's shown fields as they were. `outcome` is the whole outcome, except for a Kept.
    """

    event_seq: int
    number: int
    kind: str
    what: str
    subject_kind: str
    subject_id: str
    deal: str
    cause: Cause
    then: Mapping[str, object]
    outcome: Withdrawn | Refused | Overridden | Told | Passed | None


class OutcomeBook:
    """All outcomes, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def write(self, decided: Iterable[tuple[int, Sequence[Outcome]]]) -> None:
        """The outcomes of a group of events, each with the event's number, in one round to the database."""
        causes = _Causes()
        rows = [_row(seq, place, one, causes) for seq, found in decided for place, one in enumerate(found, start=1)]
        self._unit.insert(outcomes, rows)

    def of_event(self, seq: int) -> tuple[StoredOutcome, ...]:
        """What that event led to, in the order it was decided."""
        query = select(outcomes).where(outcomes.c.event_seq == seq).order_by(outcomes.c.number)
        return tuple(stored(row) for row in self._unit.rows(query))

    def of_events(self, seqs: Sequence[int], deal: str) -> tuple[StoredOutcome, ...]:
        """Everything that those events led to, and what any event led to for the deal, in the order of the log."""
        wanted = or_(outcomes.c.event_seq.in_(seqs), outcomes.c.deal == deal)
        query = select(outcomes).where(wanted).order_by(outcomes.c.event_seq, outcomes.c.number)
        return tuple(stored(row) for row in self._unit.rows(query))

    def of_each(self, seqs: Sequence[int]) -> tuple[StoredOutcome, ...]:
        """Everything that those events led to, in the order of the log."""
        query = select(outcomes).where(outcomes.c.event_seq.in_(seqs))
        rows = self._unit.rows(query.order_by(outcomes.c.event_seq, outcomes.c.number))
        return tuple(stored(row) for row in rows)

    def of_deal(self, deal: str) -> tuple[StoredOutcome, ...]:
        """Everything decided about a deal, in the order of the log."""
        query = select(outcomes).where(outcomes.c.deal == deal).order_by(outcomes.c.event_seq, outcomes.c.number)
        return tuple(stored(row) for row in self._unit.rows(query))

    def about(self, subject_id: str) -> tuple[StoredOutcome, ...]:
        """Everything decided about one task, credit, person…, in the order of the log."""
        query = select(outcomes).where(outcomes.c.subject_id == subject_id)
        rows = self._unit.rows(query.order_by(outcomes.c.event_seq, outcomes.c.number))
        return tuple(stored(row) for row in rows)


def kind_word(kind: type) -> str:
    """The word for a class of record: `deal`, `task`."""
    return kind.__name__.lower()


def _row(seq: int, number: int, outcome: Outcome, causes: "_Causes") -> dict[str, Any]:
    subject_kind, subject_id, deal = _subject(outcome)
    what = outcome.what if isinstance(outcome, Kept | Passed) else getattr(outcome, "code", "")
    return {
        "event_seq": seq, "number": number, "kind": _KINDS[type(outcome)], "what": what, "subject_kind": subject_kind,
        "subject_id": subject_id, "deal": deal or None, "payload": json_text(_payload(outcome, causes)),
    }  # fmt: skip


def _subject(outcome: Outcome) -> tuple[str, str, str]:
    """Kind and id of what the outcome is about, and its deal."""
    match outcome:
        case Kept(record=record):
            return kind_word(type(record)), record.id, _deal_of(record)
        case Withdrawn(kind=kind, id=id):
            return kind, id, ""
        case Overridden(deal=deal):
            return "deal", deal, deal
        case Told(id=id, deal=deal):
            return "message", id, deal
        case Passed(subject=subject):
            return "", subject, ""
        case Refused(cause=cause) | Ensuing(cause=cause):
            return "event", cause.event, ""


def _deal_of(record: Record) -> str:
    return record.id if isinstance(record, Deal) else getattr(record, "deal", "")


def _payload(outcome: Outcome, causes: "_Causes") -> dict[str, Any]:
    if not isinstance(outcome, Kept):
        return {"whole": record_data(outcome)}
    record = outcome.record
    kind: Any = type(record)
    shown = ((name, getattr(record, name)) for name in _shown(kind))
    then = {name: value for name, value in shown if value not in (None, "", ())}
    return {"cause": causes.data(outcome.cause), "then": encoded_map(then)}


@cache
def _shown(kind: type) -> tuple[str, ...]:
    """The shown fields that a class of record has."""
    return tuple(name for name in SHOWN if hasattr(kind, name))


class _Causes:
    """Causes as plain data, each worked out once: the outcomes of one event mostly share theirs."""

    def __init__(self) -> None:
        # The cause is kept beside its data, so that its identity cannot pass to another one meanwhile.
        self._known: dict[int, tuple[Cause, Any]] = {}

    def data(self, cause: Cause) -> Any:
        """The cause's plain data."""
        known = self._known.get(id(cause))
        if known is None:
            known = self._known[id(cause)] = (cause, record_data(cause))
        return known[1]


def stored(row: Row[Any]) -> StoredOutcome:
    """The decision that a row of the table keeps."""
    payload = json_data(row.payload)
    whole = data_record(_CLASSES[row.kind], payload["whole"]) if "whole" in payload else None
    cause = whole.cause if whole else data_record(Cause, payload["cause"])
    then = decoded_map(payload.get("then", {}))
    about = (row.event_seq, row.number, row.kind, row.what, row.subject_kind, row.subject_id, row.deal or "")
    return StoredOutcome(*about, cause, then, whole)
