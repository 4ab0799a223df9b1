"""One question finds tampering anywhere: in a log, the ledger, the audit trail, a close, an export, or the file."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.store.audit import AuditTrail
from engine.store.chains import Break, Head
from engine.store.database import Database, Unit
from engine.store.event_log import EventLog
from engine.store.exports import ExportBook
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook
from engine.store.verification import verify_everything
from tests.store.samples import ENTRY, NOON, PERIOD, event
from tests.store.test_exports import FIRST


def fill(unit: Unit) -> None:
    """Two rows in each chain, the export anchoring the ledger."""
    EventLog(unit).append_all([event(1), event(2)], NOON)
    AuditTrail(unit).write(NOON, "a", "b", "c")
    AuditTrail(unit).write(NOON, "a", "b", "d")
    periods = [
        replace(PERIOD, id=f"2026-0{number}", from_on=PERIOD.from_on + timedelta(number)) for number in (3, 4, 5)
    ]
    for period in periods:
        PeriodBook(unit).add(period)
    adjustments = [replace(ENTRY, id=f"e{n}", run="", kind="adjustment", posted_period="2026-05") for n in (1, 2)]
    head = LedgerBook(unit).post(adjustments, NOON)
    for id in ("ex-1", "ex-2"):
        ExportBook(unit).add(replace(FIRST, id=id, run="", ledger=head))
    for id in ("2026-03", "2026-04"):
        PeriodBook(unit).close(id, {}, release="r", made_by="a", made_at=NOON, approved_by="b", approved_at=NOON)


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with two rows in each chain."""
    database.run(fill)
    return database


def test_a_whole_database_has_no_break(filled: Database) -> None:
    with filled.unit() as unit:
        anchors = {
            "events": [EventLog(unit).head()],
            "audit": [AuditTrail(unit).head()],
            "closes": [PeriodBook(unit).head()],
        }
        assert verify_everything(unit) == verify_everything(unit, anchors) == ()


@pytest.mark.parametrize(
    ("table", "column", "chain"),
    [
        ("events", "actor", "events"), ("audit", "actor", "audit"), ("ledger_entries", "payee", "ledger"),
        ("closes", "manifest", "closes"), ("exports", "filename", "exports"),
    ],
)  # fmt: skip
def test_tampering_is_found_wherever_it_is(
    sqlite: Database, sqlite_file: Path, table: str, column: str, chain: str
) -> None:
    sqlite.run(fill)
    sqlite.close()
    with sqlite3.connect(sqlite_file) as intruder:
        intruder.executescript(f"DROP TRIGGER tr_{table}_no_update; UPDATE {table} SET {column} = 'x' WHERE seq = 2")
    with sqlite.unit() as unit:
        assert verify_everything(unit) == (Break(chain, 2, "link"),)


def test_a_ledger_that_was_written_anew_is_found_by_the_exports(sqlite: Database, sqlite_file: Path) -> None:
    sqlite.run(fill)
    sqlite.close()
    with sqlite3.connect(sqlite_file) as intruder:
        intruder.executescript(
            "DROP TRIGGER tr_ledger_entries_no_delete; DELETE FROM ledger_entries;"
            " DELETE FROM chain_heads WHERE chain = 'ledger'"
        )
    forged = [
        replace(ENTRY, id=f"e{n}", run="", kind="adjustment", posted_period="2026-05", payee="eve") for n in (1, 2)
    ]
    sqlite.run(lambda unit: LedgerBook(unit).post(forged, NOON))
    with sqlite.unit() as unit:
        assert LedgerBook(unit).verify() is None
        assert verify_everything(unit) == (Break("ledger", 2, "anchor"),)


def test_a_chain_that_lost_everything_is_found_by_its_anchor(database: Database) -> None:
    with database.unit() as unit:
        assert verify_everything(unit) == ()
        assert verify_everything(unit, {"events": [Head(3, "0" * 64)]}) == (Break("events", 3, "missing"),)


def test_a_row_that_points_to_nothing_is_found(sqlite: Database, sqlite_file: Path) -> None:
    sqlite.close()
    with sqlite3.connect(sqlite_file) as intruder:
        intruder.execute("INSERT INTO user_roles VALUES ('nobody', 'rep')")
    with sqlite.unit() as unit:
        assert verify_everything(unit) == (Break("file", 0, "content"),)
