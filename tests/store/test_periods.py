"""A closed period stays closed, whoever asks, and its manifest cannot be changed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.core.money import Money
from engine.store.chains import Head
from engine.store.database import Database, Unit
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook, PostingPeriod
from tests.store.samples import ENTRY, NOON, PERIOD

APRIL = PostingPeriod("2026-04", date(2026, 4, 1), date(2026, 5, 1), "future")
MANIFEST = {"expense>held": Money(70, "CNY"), "entries": 1, "ledger": "ab" * 32}
ADJUSTMENT = replace(ENTRY, run="", kind="adjustment", actor="fay", note="agreed")
SIGNED: dict[str, Any] = {
    "release": "f00d", "made_by": "fay", "made_at": NOON, "approved_by": "boss",
    "approved_at": NOON + timedelta(hours=1),
}  # fmt: skip


@pytest.fixture
def two_periods(database: Database) -> Database:
    """March is open, April is to come."""
    with database.unit(write=True) as unit:
        PeriodBook(unit).add(PERIOD)
        PeriodBook(unit).add(APRIL)
    return database


def close_march(database: Database) -> None:
    """Post one entry and close March."""
    with database.unit(write=True) as unit:
        LedgerBook(unit).post([ADJUSTMENT], NOON)
        PeriodBook(unit).close("2026-03", MANIFEST, **SIGNED)


def test_periods_go_from_future_to_open_to_closed(two_periods: Database) -> None:
    close_march(two_periods)
    with two_periods.unit(write=True) as unit:
        book = PeriodBook(unit)
        assert book.open_ones() == ()
        book.open("2026-04")
        book.add(replace(APRIL, state="future"))
        assert book.all() == (replace(PERIOD, state="closed"), replace(APRIL, state="open"))
        assert book.open_ones() == (replace(APRIL, state="open"),)
        assert book.find("2026-05") is None


def test_a_close_keeps_its_manifest_and_its_signatures(two_periods: Database) -> None:
    close_march(two_periods)
    with two_periods.unit() as unit:
        close = PeriodBook(unit).close_of("2026-03")
        assert close is not None
        assert close.manifest == MANIFEST
        assert (close.made_by, close.approved_by, close.release) == ("fay", "boss", "f00d")
        assert PeriodBook(unit).closes() == (close,)
        assert PeriodBook(unit).head() == Head(1, close.hash)
        assert PeriodBook(unit).close_of("2026-04") is None
        assert PeriodBook(unit).verify([Head(1, close.hash)]) is None


def test_nobody_signs_both_for_a_close(two_periods: Database) -> None:
    with pytest.raises(IntegrityError, match="two_people"), two_periods.unit(write=True) as unit:
        PeriodBook(unit).close("2026-03", MANIFEST, **{**SIGNED, "approved_by": "fay"})
    with two_periods.unit() as unit:
        assert PeriodBook(unit).open_ones() == (PERIOD,)


INSERT = (
    "INSERT INTO ledger_entries (seq, id, kind, debit, credit, payee, amount_minor, amount_currency, line,"
    " earned_period, posted_period, reason, particulars, event, rule, actor, note, posted_at, hash)"
    " SELECT 9, 'x', kind, debit, credit, payee, amount_minor, amount_currency, line, earned_period, {period},"
    " reason, particulars, event,"
    " rule, actor, note, posted_at, hash FROM ledger_entries WHERE seq = 1"
)
BEHIND_THE_CLOSE = (
    INSERT.format(period="'2026-03'"),
    INSERT.format(period="'2026-04'"),
    INSERT.format(period="'unknown'"),
    INSERT.format(period="NULL"),
    "UPDATE periods SET state = 'open' WHERE id = '2026-03'",
    "UPDATE periods SET state = 'future' WHERE id = '2026-03'",
    "UPDATE periods SET until_on = '2027-01-01' WHERE id = '2026-04'",
    "UPDATE periods SET state = 'closed' WHERE id = '2026-04'",
    "INSERT INTO periods VALUES ('2026-05', '2026-05-01', '2026-06-01', 'closed')",
    "INSERT INTO periods VALUES ('2026-05', '2026-05-01', '2026-05-01', 'open')",
    "INSERT INTO periods VALUES ('2026-05', '2026-05-01', '2026-06-01', 'reopened')",
    "DELETE FROM periods WHERE id = '2026-03'",
    "UPDATE closes SET manifest = '{}'",
    "DELETE FROM closes",
    "UPDATE ledger_entries SET amount_minor = 1",
    "DELETE FROM ledger_entries",
)


@pytest.mark.parametrize("statement", BEHIND_THE_CLOSE)
def test_the_database_refuses_to_write_behind_a_close(two_periods: Database, statement: str) -> None:
    close_march(two_periods)
    with two_periods.unit() as unit:
        before = everything(unit)
    with pytest.raises(DBAPIError), two_periods.unit(write=True) as unit:
        unit.connection.execute(text(statement))
    with two_periods.unit() as unit:
        assert everything(unit) == before


def everything(unit: Unit) -> list[Any]:
    """All rows of the books."""
    tables = ("periods", "closes", "ledger_entries")
    return [unit.rows(text(f"SELECT * FROM {table} ORDER BY 1")) for table in tables]


def test_a_period_is_closed_once(two_periods: Database) -> None:
    close_march(two_periods)
    with pytest.raises(IntegrityError), two_periods.unit(write=True) as unit:
        PeriodBook(unit).close("2026-03", {}, **SIGNED)


def test_a_changed_manifest_is_found(sqlite: Database) -> None:
    with sqlite.unit(write=True) as unit:
        PeriodBook(unit).add(PERIOD)
    close_march(sqlite)
    with sqlite.unit(write=True) as unit:
        unit.connection.execute(text("DROP TRIGGER tr_closes_no_update"))
        unit.connection.execute(text("UPDATE closes SET manifest = '{}'"))
        assert PeriodBook(unit).verify() is not None
