"""Requests for approval as people look for them, and the gates that were passed with a reason."""

from datetime import datetime

from sqlalchemy import select

from engine.core.approval import Approval
from engine.core.events import Event
from engine.store.database import Unit
from engine.store.event_log import stored_event
from engine.store.outcomes import OutcomeBook, StoredOutcome
from engine.store.record_codec import text_record
from engine.store.tables.log import events, outcomes
from engine.store.tables.records import approvals


def pending_approvals(unit: Unit, limit: int = 500) -> tuple[Approval, ...]:
    """What waits for a word, the longest waiting first."""
    query = select(approvals.c.body).where(approvals.c.state == "pending")
    rows = unit.rows(query.order_by(approvals.c.requested_at, approvals.c.id).limit(limit))
    return tuple(text_record(Approval, row.body) for row in rows)


def decided_approvals(unit: Unit, since: datetime, limit: int = 500) -> tuple[Approval, ...]:
    """What was asked for since then and is decided, the latest first."""
    states = ("granted", "refused", "recalled", "void")
    query = select(approvals.c.body).where(approvals.c.state.in_(states), approvals.c.requested_at >= since)
    rows = unit.rows(query.order_by(approvals.c.requested_at.desc(), approvals.c.id).limit(limit))
    return tuple(text_record(Approval, row.body) for row in rows)


def approval_of(unit: Unit, id: str) -> Approval | None:
    """The request of that id, or None."""
    rows = unit.rows(select(approvals.c.body).where(approvals.c.id == id))
    return next((text_record(Approval, row.body) for row in rows), None)


def approvals_beginning(unit: Unit, id: str) -> tuple[str, ...]:
    """The ids that begin so, two at most."""
    query = (
        select(approvals.c.id).where(approvals.c.id.startswith(id, autoescape=True)).order_by(approvals.c.id).limit(2)
    )
    return tuple(row.id for row in unit.rows(query)) if id else ()


def overrides(unit: Unit, limit: int = 50) -> tuple[tuple[Event, StoredOutcome], ...]:
    """The latest gates that somebody passed with a reason, each with its event."""
    query = select(outcomes.c.event_seq).where(outcomes.c.kind == "overridden")
    seqs = [row.event_seq for row in unit.rows(query.order_by(outcomes.c.event_seq.desc()).limit(limit))]
    found = {row.seq: stored_event(row) for row in unit.rows(select(events).where(events.c.seq.in_(seqs)))}
    book = OutcomeBook(unit)
    passed = (
        (found[seq], one) for seq in dict.fromkeys(seqs) for one in book.of_event(seq) if one.kind == "overridden"
    )
    return tuple(passed)
