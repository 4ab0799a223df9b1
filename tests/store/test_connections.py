"""A connection has the settings that reliability rests on, or there is no connection."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from engine.store import connections
from engine.store.connections import SettingNotInForce, sqlite_pragmas, wal_is_safe
from engine.store.database import Database, open_database


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True), ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_the_write_ahead_log_is_used_only_where_its_reset_bug_is_mended(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe
    assert sqlite_pragmas(version, 1)["journal_mode"] == ("wal" if safe else "delete")


def test_every_connection_of_the_pool_reads_its_settings_back(sqlite: Database) -> None:
    wanted = sqlite_pragmas(sqlite3.sqlite_version_info, 30_000)
    assert {"foreign_keys", "recursive_triggers", "synchronous", "busy_timeout", "journal_mode"} <= wanted.keys()
    held = [sqlite.engine.connect() for _ in range(6)]
    for connection in held:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == dict(wanted)
        connection.close()


def test_a_setting_that_does_not_take_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "sqlite_pragmas", lambda *_: {"foreign_keys": 7})
    with pytest.raises(SettingNotInForce, match="foreign_keys"):
        open_database(f"sqlite:///{tmp_path}/x.db")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://u:secret@h/d", "nonsense"])
def test_another_kind_of_address_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(ValueError) as error:
        open_database(url)
    assert "secret" not in str(error.value)


def test_an_error_message_shows_no_parameters(database: Database) -> None:
    with (
        pytest.raises(ProgrammingError if database.name == "postgresql" else Exception) as error,
        database.unit() as unit,
    ):
        unit.connection.execute(text("SELECT nothing FROM nowhere WHERE pay = :pay"), {"pay": "canary-4711"})
    assert "canary-4711" not in str(error.value)


def test_a_foreign_key_is_kept(database: Database) -> None:
    with pytest.raises(IntegrityError), database.unit(write=True) as unit:
        unit.connection.execute(text("INSERT INTO user_roles (name, role) VALUES ('nobody', 'rep')"))
