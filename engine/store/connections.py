"""How a connection is set up on each database, and the proof that it was: a setting that is not in force is an error.

SQLite: transactions are begun by us, IMMEDIATE for writers, since the driver's own way loses updates silently and a
reader that turns writer fails at once whatever its timeout. WAL only where its reset bug is mended; the bug loses
committed writes. PostgreSQL: limits on waiting, and UTC.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

# The first version of each line in which the WAL-reset bug is mended.
_MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))

_POSTGRES_SETTINGS = {
    "statement_timeout": "300s",
    "idle_in_transaction_session_timeout": "60s",
    "lock_timeout": "30s",
    "timezone": "UTC",
    "synchronous_commit": "on",
}


class SettingNotInForce(RuntimeError):
    """A setting that reliability rests on was asked for and is not in force."""


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """True when that version of SQLite has the WAL-reset bug mended: 3.51.3 on, 3.50.7 and 3.44.6 in their lines."""
    return version >= _MENDED[-1] or any(version[:2] == mended[:2] and version >= mended for mended in _MENDED)


def sqlite_pragmas(version: tuple[int, ...], busy_milliseconds: int) -> Mapping[str, object]:
    """Every setting of a SQLite connection and the value it must read back as."""
    return {
        "busy_timeout": busy_milliseconds,
        "journal_mode": "wal" if wal_is_safe(version) else "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
    }


def make_engine(url: str, busy_milliseconds: int) -> Engine:
    """An engine for a SQLite file or a PostgreSQL server; a ValueError for any other address."""
    address = _address(url)
    # Parameters are pay and names: an error message that showed them would carry both into logs.
    if address.get_backend_name() == "sqlite":
        arguments = {"check_same_thread": False, "timeout": busy_milliseconds / 1000}
        engine = create_engine(address, connect_args=arguments, hide_parameters=True)
        event.listen(engine, "connect", _sqlite_setup(busy_milliseconds))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = " ".join(f"-c {name}={value}" for name, value in _POSTGRES_SETTINGS.items())
    limits = {"options": options, "application_name": "dealwright"}
    return create_engine(address, pool_pre_ping=True, connect_args=limits, hide_parameters=True)


def _address(url: str) -> URL:
    """The address with its driver named. SQLite must be a file, since every connection has its own memory."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise ValueError("not an address such as sqlite:///file.db or postgresql+psycopg://user@host/name") from None
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        return address.set(drivername="sqlite+pysqlite")
    if address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    shown = address.render_as_string(hide_password=True)
    raise ValueError(f"{shown} is neither a SQLite file nor a PostgreSQL database")


def _sqlite_setup(busy_milliseconds: int) -> Any:
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        """Set every pragma outside a transaction, then read each one back."""
        connection.isolation_level = None
        for name, value in sqlite_pragmas(sqlite3.sqlite_version_info, busy_milliseconds).items():
            connection.execute(f"PRAGMA {name} = {value}").fetchall()
            found = connection.execute(f"PRAGMA {name}").fetchone()
            if found is None or found[0] != value:
                raise SettingNotInForce(f"SQLite keeps {name} at {found and found[0]}, {value} is needed")

    return set_up


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("dealwright_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
