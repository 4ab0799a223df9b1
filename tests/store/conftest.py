"""Databases for the tests of the store: a fresh SQLite file, and a wiped PostgreSQL database when one is offered."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.store.database import Database, open_database
from engine.store.migrations import upgrade


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded SQLite file with nothing open on it, to be copied."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.db"
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture
def sqlite_file(fresh_file: Path, tmp_path: Path) -> Path:
    """An upgraded SQLite file of the test's own."""
    return Path(shutil.copy(fresh_file, tmp_path / "store.db"))


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
    with database.unit(write=True, appends=False) as unit:
        unit.connection.execute(text("DROP SCHEMA public CASCADE"))
        unit.connection.execute(text("CREATE SCHEMA public"))
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """Each database in turn: the same tables, the same tests."""
    return request.getfixturevalue(request.param)
