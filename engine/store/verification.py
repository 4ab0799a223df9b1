"""Is everything still what was written? Every chain from its first row to its head, against the anchors we know of.

An anchor is a head that was noted elsewhere: exports carry the ledger's, and a caller may hand in those of signed
manifests or of files that left the house. It proves "not altered since", not "true when written".
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select, text

from engine.store.audit import AuditTrail
from engine.store.chains import Break, Head
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.exports import ExportBook
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook
from engine.store.tables.pay import exports


def verify_everything(unit: Unit, anchors: Mapping[str, Iterable[Head]] | None = None) -> tuple[Break, ...]:
    """The first break of each chain; empty when all of them hold and, on SQLite, the file is sound.

    `anchors` are heads by chain: events, ledger, audit, closes, exports; the ledger's, which exports carry, are added.
    """
    known = dict(anchors or {})
    known["ledger"] = (*known.get("ledger", ()), *_exported(unit))
    checks = (
        ("events", EventLog(unit).verify),
        ("ledger", LedgerBook(unit).verify),
        ("audit", AuditTrail(unit).verify),
        ("closes", PeriodBook(unit).verify),
        ("exports", ExportBook(unit).verify),
    )
    found = (check(known.get(chain, ())) for chain, check in checks)
    return (*(broken for broken in found if broken), *_file_faults(unit))


def _exported(unit: Unit) -> list[Head]:
    return [
        Head(row.ledger_seq, row.ledger_hash) for row in unit.rows(select(exports.c.ledger_seq, exports.c.ledger_hash))
    ]


def _file_faults(unit: Unit) -> list[Break]:
    """What SQLite itself finds wrong in its file; PostgreSQL has tools of its own for it."""
    if not unit.on_sqlite:
        return []
    sound = unit.value(text("PRAGMA integrity_check(1)")) == "ok" and not unit.rows(text("PRAGMA foreign_key_check"))
    return [] if sound else [Break("file", 0, "content")]
