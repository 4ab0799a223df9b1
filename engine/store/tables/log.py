"""What happened and what was decided: events, outcomes, quarantine, the outbox, the audit trail, the chains' heads."""

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy import text as sql

from engine.store.tables.insert_only import insert_only
from engine.store.tables.kinds import (
    choice,
    day,
    digest,
    instant,
    key,
    number_key,
    reference,
    table,
    text,
    whole,
)

chain_heads = table(
    "chain_heads",
    key("chain"),
    whole("seq"),
    digest("hash"),
    title="The last number and hash of each gapless chain; locking it is what makes commits come in order",
)

events = insert_only(
    table(
        "events",
        number_key(),
        text("source"),
        text("key"),
        text("type"),
        text("subject"),
        instant("at"),
        day("day"),
        text("actor"),
        choice("mode", "live", "history"),
        instant("recorded_at"),
        text("body"),
        digest("content_hash"),
        digest("hash"),
        UniqueConstraint("source", "key"),
        Index(None, "subject", "at"),
        title="One thing that happened, recorded once for ever",
    )
)

rules_used = insert_only(
    table(
        "rules_used",
        reference("from_seq", "events.seq"),
        digest("fingerprint"),
        PrimaryKeyConstraint("from_seq"),
        title="From which event on the log was decided by which rules",
    )
)

outcomes = insert_only(
    table(
        "outcomes",
        reference("event_seq", "events.seq"),
        whole("number"),
        choice("kind", "kept", "withdrawn", "refused", "overridden", "told", "passed"),
        text("what"),
        text("subject_kind"),
        text("subject_id"),
        text("deal", needed=False),
        text("payload"),
        PrimaryKeyConstraint("event_seq", "number"),
        Index(None, "deal", "event_seq"),
        Index(None, "subject_id", "event_seq"),
        Index(
            "ix_outcomes_overridden",
            "event_seq",
            sqlite_where=sql("kind = 'overridden'"),
            postgresql_where=sql("kind = 'overridden'"),
        ),
        title="One decision that an event led to, in the order of deciding",
    )
)

quarantine = table(
    "quarantine",
    reference("event_seq", "events.seq"),
    text("code"),
    text("params"),
    text("waits_for"),
    instant("since_at"),
    whole("tries"),
    choice("state", "waiting", "released"),
    instant("released_at", needed=False),
    PrimaryKeyConstraint("event_seq"),
    Index(None, "state", "waits_for"),
    title="An event that could not be evaluated, why, and what it waits for",
)

outbox = table(
    "outbox",
    key(),
    reference("event_seq", "events.seq"),
    text("recipient"),
    text("template"),
    text("deal"),
    text("cause"),
    instant("made_at"),
    choice("state", "waiting", "claimed", "sent", "failed"),
    instant("claimed_until", needed=False),
    whole("tries"),
    instant("sent_at", needed=False),
    text("last_error"),
    Index(None, "state", "made_at", "id"),
    title="One message that is to leave the house, written in the transaction that caused it",
)

audit = insert_only(
    table(
        "audit",
        number_key(),
        instant("at"),
        text("actor"),
        text("action"),
        text("subject"),
        text("particulars"),
        digest("hash"),
        Index(None, "subject", "seq"),
        Index(None, "actor", "seq"),
        title="Who did or saw what, chained by hashes",
    )
)
