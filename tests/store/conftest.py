"""Databases for the tests of the store: a fresh SQLite file, and a wiped PostgreSQL database when one is offered."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.store.database import Database, open_database
from engine.store.migrations import newest_revision, revision_of, upgrade
from engine.store.tables import metadata


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder for database files, in memory where there is such a place: nobody cuts the power in a test."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def fresh_file(quick_folder: Path) -> Path:
    """An upgraded SQLite file with nothing open on it, to be copied."""
    path = quick_folder / "fresh.db"
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture
def own_folder(quick_folder: Path) -> Iterator[Path]:
    """A quick folder of the test's own."""
    with tempfile.TemporaryDirectory(dir=quick_folder) as folder:
        yield Path(folder)


@pytest.fixture
def sqlite_file(fresh_file: Path, own_folder: Path) -> Path:
    """An upgraded SQLite file of the test's own."""
    return Path(shutil.copy(fresh_file, own_folder / "store.db"))


@pytest.fixture
def sqlite(sqlite_file: Path) -> Iterator[Database]:
    """An upgraded SQLite database."""
    database = open_database(f"sqlite:///{sqlite_file}")
    yield database
    database.close()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    """An upgraded PostgreSQL database with nothing in it."""
    database = open_database(postgres_url)
    if revision_of(database) == newest_revision():
        empty(database)
    else:
        with database.unit(write=True, appends=False) as unit:
            unit.connection.execute(text("DROP SCHEMA public CASCADE"))
            unit.connection.execute(text("CREATE SCHEMA public"))
        upgrade(database)
    yield database
    database.close()


def empty(database: Database) -> None:
    """Delete every row; the owner of the tables may take the triggers aside for it."""
    names = [table.name for table in metadata.sorted_tables]
    with database.unit(write=True, appends=False) as unit:
        for name in names:
            unit.connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        unit.connection.execute(text(f"TRUNCATE {', '.join(names)}"))
        for name in names:
            unit.connection.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """Each database in turn: the same tables, the same tests."""
    return request.getfixturevalue(request.param)
