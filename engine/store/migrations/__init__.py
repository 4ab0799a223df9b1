"""The database's form, step by step: `upgrade` brings a database to the newest, `downgrade` takes it back.

Alembic runs the steps; the statements of a step are plain SQL files, one for each database, because a step that was
released is never changed and must not depend on how the tables are written today.
"""

from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.store.database import Database

HERE = Path(__file__).parent
# Between two statements of a file stands a line with nothing but this.
SEPARATOR = "\n--;\n"


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to that revision, in one transaction; nothing happens when it is there."""
    with database.unit(write=True, appends=False) as unit:
        command.upgrade(_config(unit.connection), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to that revision, in one transaction. Data of tables that go is lost."""
    with database.unit(write=True, appends=False) as unit:
        command.downgrade(_config(unit.connection), revision)


def revision_of(database: Database) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with database.unit() as unit:
        return MigrationContext.configure(unit.connection).get_current_revision()


def newest_revision() -> str | None:
    """The revision that this program needs."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def statements(name: str, dialect: str) -> Iterator[str]:
    """The statements of a step's file for that database, in order."""
    text = (HERE / "sql" / f"{name}.{dialect}.sql").read_text(encoding="utf-8")
    yield from (statement.strip() for statement in text.split(SEPARATOR) if statement.strip())


def run_statements(connection: Connection, name: str) -> None:
    """Run a step's file on that connection."""
    for statement in statements(name, connection.dialect.name):
        connection.exec_driver_sql(statement)


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
