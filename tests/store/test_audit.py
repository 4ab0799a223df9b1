"""The audit trail tells who did and who saw what, and shows when somebody has changed it."""

import sqlite3
from datetime import timedelta
from pathlib import Path

from engine.core.money import Money
from engine.store.audit import AuditTrail
from engine.store.chains import Break
from engine.store.database import Database
from tests.store.samples import NOON


def fill(database: Database) -> None:
    """Four entries."""
    with database.unit(write=True) as unit:
        trail = AuditTrail(unit)
        for number, (actor, action, subject) in enumerate(
            [
                ("fay", "pay.viewed", "ana"),
                ("ops", "rules.released", "r1"),
                ("fay", "pay.viewed", "ben"),
                ("ana", "login", "ana"),
            ]
        ):
            trail.write(NOON + timedelta(hours=number), actor, action, subject, {"amount": Money(number, "CNY")})


def test_entries_come_newest_first_and_by_who_what_and_whom(database: Database) -> None:
    fill(database)
    with database.unit() as unit:
        trail = AuditTrail(unit)
        assert [entry.seq for entry in trail.entries()] == [4, 3, 2, 1]
        assert [entry.seq for entry in trail.entries(actor="fay")] == [3, 1]
        assert [entry.seq for entry in trail.entries(subject="ana")] == [4, 1]
        assert [entry.seq for entry in trail.entries(action="rules.released")] == [2]
        assert [entry.seq for entry in trail.entries(before=3, limit=1)] == [2]
        first = trail.entries(limit=1)[0]
        assert (first.at, first.particulars) == (NOON + timedelta(hours=3), {"amount": Money(3, "CNY")})


def test_the_trail_shows_tampering(sqlite: Database, sqlite_file: Path) -> None:
    fill(sqlite)
    with sqlite.unit() as unit:
        assert AuditTrail(unit).verify([AuditTrail(unit).head()]) is None
    sqlite.close()
    with sqlite3.connect(sqlite_file) as intruder:
        intruder.executescript("DROP TRIGGER tr_audit_no_update; UPDATE audit SET actor = 'ana' WHERE seq = 3")
    with sqlite.unit() as unit:
        assert AuditTrail(unit).verify() == Break("audit", 3, "link")
