"""The database and its transactions. One unit is one transaction: all of it is committed, or none of it happened."""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable, Row, Table, text
from sqlalchemy.exc import DBAPIError, OperationalError

from engine.store.connections import make_engine
from engine.store.writing import Values, write_rows, write_values

Result = TypeVar("Result")

TRIES = 5
_AT_ONCE = 5000
# PostgreSQL: serialisation failure, deadlock, lock not available. SQLite: busy, and its kinds.
_TRANSIENT_STATES = frozenset({"40001", "40P01", "55P03"})
_TRANSIENT_CODES = frozenset({5, 6})


class DatabaseBusy(RuntimeError):
    """Others held the database for all of our tries; nothing of the unit happened, and it may be asked again."""


class Unit:
    """One transaction in progress. Everything in the store takes a unit and works inside it."""

    def __init__(self, connection: Connection, *, write: bool) -> None:
        self.connection = connection
        self.write = write
        self._after_commit: list[Callable[[], None]] = []

    @property
    def on_sqlite(self) -> bool:
        """True on SQLite, False on PostgreSQL."""
        return self.connection.dialect.name == "sqlite"

    def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        """All rows of a query."""
        return self.connection.execute(statement, values).all()

    def first(self, statement: Executable, values: Values | None = None) -> Row[Any] | None:
        """The first row of a query, or None."""
        return self.connection.execute(statement, values).first()

    def value(self, statement: Executable, values: Values | None = None) -> Any:
        """The first column of the first row, or None."""
        return self.connection.execute(statement, values).scalar()

    def change(self, statement: Executable, values: Values | None = None) -> int:
        """The number of rows that an UPDATE or DELETE met."""
        return self.connection.execute(statement, values).rowcount

    def insert(self, table: Table, rows: Sequence[Values]) -> None:
        """New rows; an IntegrityError when one is there already."""
        if rows:
            write_rows(self.connection, table, rows, replace=False)

    def insert_values(self, table: Table, names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
        """New rows, each the values of those columns in their order; an IntegrityError when one is there already."""
        for start in range(0, len(rows), _AT_ONCE):
            write_values(self.connection, table, names, rows[start : start + _AT_ONCE], replace=False)

    def upsert(self, table: Table, rows: Sequence[Values]) -> None:
        """Rows that replace those with the same primary key; every row gives the same columns."""
        if rows:
            write_rows(self.connection, table, rows, replace=True)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this once the unit is committed, and never when it is not."""
        self._after_commit.append(action)

    def committed(self) -> None:
        """Called by the database after the commit: what was asked for by `after_commit` is done now."""
        for action in self._after_commit:
            action()


class Database:
    """A SQLite file or a PostgreSQL database, and its transactions. For any number of threads, and after a fork."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._process = os.getpid()

    @property
    def engine(self) -> Engine:
        """The engine, made new in a forked child: a connection must never be used by two processes."""
        if self._process != os.getpid():
            self._engine.dispose(close=False)
            self._process = os.getpid()
        return self._engine

    @property
    def name(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    def __repr__(self) -> str:
        return f"Database({self._engine.url.render_as_string(hide_password=True)})"

    @contextmanager
    def unit(self, write: bool = False, *, appends: bool = True) -> Iterator[Unit]:
        """One transaction, committed when the block ends and rolled back when it raises.

        A writing unit that `appends` to a chain (events, ledger, audit) holds the lock of the heads from its first
        moment, so that commits come in the order of the numbers. Sessions and claims of work do without it.
        """
        connection = self.engine.connect().execution_options(**self._options(write))
        with connection, connection.begin():
            if write and appends and self.name == "postgresql":
                # Taken before the first query, so that the transaction sees what the holder before us committed.
                connection.execute(text("LOCK TABLE chain_heads IN EXCLUSIVE MODE"))
            unit = Unit(connection, write=write)
            yield unit
        unit.committed()

    def run(self, function: Callable[[Unit], Result], *, write: bool = True, appends: bool = True) -> Result:
        """What the function returns for a unit that was committed.

        When another transaction was in the way the whole function is called again in a new one, five times at most;
        then DatabaseBusy. The function must therefore leave nothing outside the unit.
        """
        for number in range(1, TRIES + 1):
            try:
                with self.unit(write, appends=appends) as unit:
                    return function(unit)
            except DBAPIError as error:
                if not _transient(error):
                    raise
                if number == TRIES:
                    raise DatabaseBusy(f"the database was busy for {TRIES} tries") from error
            time.sleep(random.uniform(0, 0.02 * 2**number))
        raise AssertionError("the loop above always returns or raises")

    def close(self) -> None:
        """Close every connection of the pool."""
        self._engine.dispose()

    def _options(self, write: bool) -> dict[str, Any]:
        if self.name == "sqlite":
            return {"dealwright_write": write}
        if write:
            return {"isolation_level": "SERIALIZABLE"}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def open_database(url: str, *, busy_milliseconds: int = 30_000) -> Database:
    """The database at that address (`sqlite:///file.db`, `postgresql+psycopg://…`), not yet upgraded.

    SettingNotInForce when the first connection does not get every setting; a ValueError for another kind of address.
    """
    database = Database(make_engine(url, busy_milliseconds))
    with database.unit():
        return database


def _transient(error: DBAPIError) -> bool:
    """Whether the same unit may succeed when it is tried again."""
    state = getattr(error.orig, "sqlstate", None)
    code = getattr(error.orig, "sqlite_errorcode", None)
    busy = isinstance(error, OperationalError) and code is not None and code & 0xFF in _TRANSIENT_CODES
    return busy or state in _TRANSIENT_STATES
