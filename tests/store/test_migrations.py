"""The migrations lead to the tables that the program works with, and back to nothing, on both databases."""

import re
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from engine.store.database import Database, open_database
from engine.store.migrations import downgrade, newest_revision, revision_of, upgrade
from engine.store.tables import metadata
from engine.store.tables.kinds import EPOCH
from engine.store.tables.records import credits

WHAT_STANDS = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> 'alembic_version'",
    "postgresql": """
        SELECT 'check', conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'
        UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE proname LIKE 'fn_%'
        UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes
            WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        UNION ALL SELECT 'column', table_name || '.' || column_name,
            data_type || is_nullable || coalesce(collation_name, '')
            FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    """,
}


def what_stands(connection: Connection) -> set[tuple[str, str, str]]:
    """Every table, constraint, index and trigger with its definition."""
    rows = connection.execute(text(WHAT_STANDS[connection.dialect.name]))
    return {(kind, name, _in_order(re.sub(r"\s+", " ", definition).strip(), kind)) for kind, name, definition in rows}


def _in_order(definition: str, kind: str) -> str:
    """A table's parts sorted: a column that came later stands behind the constraints, and means the same."""
    if kind != "table":
        return definition
    head, _, rest = definition.partition("(")
    inner, _, end = rest.rpartition(")")
    parts = re.split(r",\s*(?![^()]*\))", inner)
    return f"{head}({', '.join(sorted(part.strip() for part in parts))}){end}"


def test_a_new_database_is_at_the_newest_revision_and_differs_in_nothing(database: Database) -> None:
    assert revision_of(database) == newest_revision()
    with database.unit() as unit:
        context = MigrationContext.configure(
            unit.connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_migrations_give_the_same_constraints_and_triggers_as_the_tables_of_the_program(database: Database) -> None:
    with database.unit() as unit:
        migrated = what_stands(unit.connection)
    downgrade(database)
    with database.unit(write=True, appends=False) as unit:
        metadata.create_all(unit.connection)
        assert what_stands(unit.connection) == migrated
    assert len(migrated) > 100


def test_downgrade_leaves_nothing(database: Database) -> None:
    downgrade(database)
    with database.unit() as unit:
        assert inspect(unit.connection).get_table_names() == ["alembic_version"]
        assert what_stands(unit.connection) == set()
    assert revision_of(database) is None


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    with database.unit() as unit:
        before = what_stands(unit.connection)
    upgrade(database)
    with database.unit() as unit:
        assert what_stands(unit.connection) == before


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(f"sqlite:///{tmp_path}/x.db")
    monkeypatch.setattr("engine.store.migrations.SEPARATOR", "\n)\n STRICT")
    with pytest.raises(Exception, match=r"syntax|incomplete"):
        upgrade(database)
    with database.unit() as unit:
        assert inspect(unit.connection).get_table_names() == []


def test_credits_outlive_the_migration_that_lets_the_house_in(database: Database) -> None:
    row = {
        "id": "c1", "name": "bookings", "payee": "", "event": "x/1", "day": date(2026, 3, 2), "at": EPOCH, "amount_minor": 5,
        "amount_currency": "CNY", "source_minor": 5, "source_currency": "CNY", "share": "1/1", "form": "direct",
        "plan": "ae", "rate": "", "withdrawn": 0, "body": "{}",
    }  # fmt: skip
    downgrade(database, "0001")
    with database.unit(write=True) as unit:
        unit.insert(credits, [row])
    upgrade(database)
    with database.unit(write=True) as unit:
        unit.insert(credits, [{**row, "id": "c2", "form": "house"}])
        assert [one.id for one in unit.rows(select(credits.c.id).order_by(credits.c.id))] == ["c1", "c2"]
    downgrade(database, "0001")
    with database.unit() as unit:
        assert [one.id for one in unit.rows(select(credits.c.id))] == ["c1"]
    upgrade(database)
