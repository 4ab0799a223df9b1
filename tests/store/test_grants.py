"""On PostgreSQL the program's role can work, and can undo neither what is written for ever nor what guards it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from engine.store.audit import AuditTrail
from engine.store.database import Database, Unit
from engine.store.event_log import EventLog
from engine.store.grants import FOR_EVER, grant_to
from engine.store.state import SqlState
from tests.store.samples import NOON, RECORDS, event

ROLE = "dealwright_app"


@pytest.fixture
def granted(postgres: Database) -> Iterator[Database]:
    """A database in which the program's role has its rights, and one event is recorded."""
    with postgres.unit(write=True, appends=False) as unit:
        unit.connection.execute(text(f"CREATE ROLE {ROLE}"))
        grant_to(unit, ROLE)
    postgres.run(lambda unit: EventLog(unit).append(event(1), NOON))
    yield postgres
    with postgres.unit(write=True, appends=False) as unit:
        unit.connection.execute(text(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}"))


def as_the_program(unit: Unit) -> None:
    """From here on the unit has the rights of the program's role only."""
    unit.connection.execute(text(f"SET LOCAL ROLE {ROLE}"))


@pytest.mark.postgres
def test_the_role_can_do_the_programs_work(granted: Database) -> None:
    with granted.unit(write=True, appends=False) as unit:
        as_the_program(unit)
        unit.connection.execute(text("LOCK TABLE chain_heads IN EXCLUSIVE MODE"))
        EventLog(unit).append(event(2), NOON)
        AuditTrail(unit).write(NOON, "a", "b", "c")
        state = SqlState(unit)
        for record in RECORDS:
            state.keep(record)
        state.flush()
        assert EventLog(unit).verify() is None


@pytest.mark.postgres
@pytest.mark.parametrize("table", FOR_EVER, ids=lambda table: table.name)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {t} SET {c} = {c}", "DELETE FROM {t}", "TRUNCATE {t} CASCADE", "DROP TABLE {t} CASCADE",
        "ALTER TABLE {t} DISABLE TRIGGER USER", "DROP TRIGGER tr_{t}_insert_only ON {t}",
    ],
)  # fmt: skip
def test_the_role_cannot_undo_what_is_written_for_ever(granted: Database, table: object, statement: str) -> None:
    name, column = table.name, table.c.keys()[-1]  # type: ignore[attr-defined]
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, granted.unit(write=True, appends=False) as unit:
        as_the_program(unit)
        unit.connection.execute(text(statement.format(t=name, c=f'"{column}"')))


def test_sqlite_has_no_roles(sqlite: Database) -> None:
    with sqlite.unit(write=True) as unit:
        grant_to(unit, ROLE)
