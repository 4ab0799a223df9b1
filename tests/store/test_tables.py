"""The tables hold whole numbers and texts only, strictly, and what is written for ever cannot be changed by anybody."""

from typing import Any

import pytest
from sqlalchemy import Boolean, Float, Integer, Numeric, Table, Text, TypeDecorator, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.store.database import Database, Unit
from engine.store.event_log import EventLog
from engine.store.grants import FOR_EVER
from engine.store.record_rows import KINDS
from engine.store.state import SqlState
from engine.store.tables import metadata
from engine.store.tables.kinds import LARGEST, Whole
from engine.store.tables.kinds import metadata as tables_metadata
from engine.store.tables.log import audit
from engine.store.tables.pay import closes, exports, ledger_entries, line_frames
from engine.store.tables.records import credits
from tests.store.samples import CREDIT, DEAL, HASH, NOON, RUN, event

TABLES = metadata.sorted_tables


def bare(column: Any) -> Any:
    """The type that a column has in the database."""
    return column.type.impl if isinstance(column.type, TypeDecorator) else column.type


def test_every_column_is_a_whole_number_or_a_text() -> None:
    for table in TABLES:
        for column in table.columns:
            kind = bare(column)
            assert isinstance(kind, Integer | Text), f"{column} is {kind!r}"
            assert not isinstance(kind, Numeric | Float | Boolean), f"{column} is {kind!r}"


def test_every_table_is_strict_and_says_what_a_row_is() -> None:
    for table in TABLES:
        assert table.dialect_options["sqlite"]["strict"], table.name
        assert table.comment, table.name


def test_every_constraint_and_index_has_a_name() -> None:
    assert metadata is tables_metadata
    for table in TABLES:
        for constraint in [*table.constraints, *table.indexes]:
            assert constraint.name and len(str(constraint.name)) <= 63, f"{table.name}: {constraint!r}"


def test_every_amount_is_bounded_and_beside_its_currency() -> None:
    amounts = [column for table in TABLES for column in table.columns if column.name.endswith("_minor")]
    assert len(amounts) >= 8
    for column in amounts:
        currency = column.table.c[column.name.removesuffix("_minor") + "_currency"]
        assert currency.nullable == column.nullable
        assert isinstance(column.type, type(Whole))
        assert any(str(LARGEST) in str(check.sqltext) for check in column.constraints), column


@pytest.mark.parametrize("minor", [LARGEST + 1, -LARGEST - 1])
def test_an_amount_beyond_the_largest_is_refused_by_the_database(database: Database, minor: int) -> None:
    row = {**KINDS[type(CREDIT)].row(CREDIT), "amount_minor": minor, "deal": None}
    with pytest.raises(IntegrityError, match="in_range"), database.unit(write=True) as unit:
        unit.insert(credits, [row])


@pytest.mark.parametrize("value", ["12.5", "'many'", "1e300"])
def test_sqlite_takes_only_whole_numbers_for_a_whole_number(sqlite: Database, value: str) -> None:
    with pytest.raises(DBAPIError), sqlite.unit(write=True) as unit:
        unit.connection.execute(text(f"INSERT INTO chain_heads (chain, seq, hash) VALUES ('x', {value}, '{HASH}')"))


def fill(unit: Unit) -> None:
    """One row in every insert-only table."""
    EventLog(unit).append(event(1), NOON)
    unit.insert(
        audit, [{"seq": 1, "at": NOON, "actor": "a", "action": "b", "subject": "c", "particulars": "{}", "hash": HASH}]
    )
    unit.connection.execute(text("INSERT INTO periods VALUES ('P', '2026-01-01', '2026-02-01', 'open')"))
    unit.insert(
        closes,
        [
            {
                "seq": 1,
                "period": "P",
                "made_by": "a",
                "made_at": NOON,
                "approved_by": "b",
                "approved_at": NOON,
                "release": "r",
                "manifest": "{}",
                "hash": HASH,
            }
        ],
    )
    unit.insert(
        exports,
        [
            {
                "seq": 1,
                "id": "e",
                "kind": "detail",
                "format": "csv",
                "run": None,
                "period": "P",
                "filename": "f",
                "sha256": HASH,
                "row_count": 1,
                "totals": "[]",
                "release": "r",
                "ledger_seq": 0,
                "ledger_hash": HASH,
                "made_by": "a",
                "made_at": NOON,
                "duplicate_of": None,
                "hash": HASH,
            }
        ],
    )
    unit.insert(line_frames, [{"id": "frame-1", "body": "{}"}])
    unit.insert(
        ledger_entries,
        [
            {
                "seq": 1,
                "id": "l",
                "run": None,
                "kind": "adjustment",
                "debit": "expense",
                "credit": "payable",
                "payee": "p",
                "amount_minor": 100,
                "amount_currency": "CNY",
                "line": "",
                "earned_period": "P",
                "posted_period": "P",
                "reason": "r",
                "particulars": "[]",
                "event": "",
                "rule": "",
                "reverses": None,
                "actor": "a",
                "note": "n",
                "posted_at": NOON,
                "hash": HASH,
            }
        ],
    )
    unit.connection.execute(
        text("INSERT INTO releases VALUES (1, :hash, 'a', 'r', 0, '2026-01-01', 'proposed', NULL, NULL, '')"),
        {"hash": HASH},
    )
    unit.connection.execute(text("INSERT INTO release_files VALUES (1, 'a.yaml', 'kind: plan')"))
    unit.connection.execute(text("INSERT INTO rules_used VALUES (1, :hash)"), {"hash": HASH})
    unit.connection.execute(text(
        "INSERT INTO outcomes VALUES (1, 1, 'kept', 'made', 'task', 't', NULL, '{}')"))  # fmt: skip


def test_every_table_with_such_triggers_is_on_the_list_of_grants(sqlite: Database) -> None:
    with sqlite.unit() as unit:
        names = "('tr_' || tbl_name || '_no_update', 'tr_' || tbl_name || '_no_delete')"
        query = f"SELECT tbl_name FROM sqlite_master WHERE name IN {names}"
        found = [row[0] for row in unit.rows(text(query))]
    assert sorted(found) == sorted(table.name for table in FOR_EVER for _ in ("update", "delete"))


@pytest.mark.parametrize("table", FOR_EVER, ids=lambda table: table.name)
@pytest.mark.parametrize("how", ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}", "TRUNCATE {t} CASCADE", "replace"])
def test_what_is_written_for_ever_cannot_be_changed(database: Database, table: Table, how: str) -> None:
    with database.unit(write=True) as unit:
        fill(unit)
        before = unit.rows(table.select())
    only = {"TRUNCATE {t} CASCADE": "postgresql", "replace": "sqlite"}.get(how, database.name)
    if only != database.name:
        how = "DELETE FROM {t} WHERE 1 = 1"
    with pytest.raises(DBAPIError, match="insert-only"), database.unit(write=True) as unit:
        if how == "replace":
            row = {**before[0]._mapping, list(table.c.keys())[-1]: "f" * 64}
            unit.connection.execute(insert(table).prefix_with("OR REPLACE"), row)
        else:
            unit.connection.execute(text(how.format(t=table.name, c=f'"{list(table.c.keys())[-1]}"')))
    with database.unit() as unit:
        assert unit.rows(table.select()) == before


def test_a_record_of_a_deal_that_is_not_there_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.unit(write=True) as unit:
        state = SqlState(unit)
        state.keep(CREDIT)
        state.flush()
    assert DEAL.id == CREDIT.deal
    assert RUN.period
