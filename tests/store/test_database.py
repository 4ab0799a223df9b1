"""A unit is one transaction: no update is lost, nothing is half done, and a busy database is asked again."""

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from engine.store.database import TRIES, Database, DatabaseBusy, Unit
from engine.store.tables.log import chain_heads

HASH = "0" * 64


def count(unit: Unit) -> int:
    """The number that the tests count up."""
    return int(unit.value(text("SELECT seq FROM chain_heads WHERE chain = 'count'")))


def count_up(unit: Unit) -> int:
    """Read, then write: what loses updates when two do it at once."""
    number = count(unit) + 1
    unit.connection.execute(text("UPDATE chain_heads SET seq = :number WHERE chain = 'count'"), {"number": number})
    return number


@pytest.fixture
def counted(database: Database) -> Database:
    """A database with a number to count up."""
    with database.unit(write=True) as unit:
        unit.insert(chain_heads, [{"chain": "count", "seq": 0, "hash": HASH}])
    return database


def in_threads(number: int, work: Callable[[], None]) -> list[BaseException]:
    """Do the work in that many threads at once; returns what was raised."""
    with ThreadPoolExecutor(number) as threads:
        done = [threads.submit(work) for _ in range(number)]
    return [error for one in done if (error := one.exception())]


def test_no_update_is_lost_between_threads(counted: Database) -> None:
    def work() -> None:
        for _ in range(50):
            # Without `run`, so that nothing is tried again: a writer waits for its turn from its first statement.
            with counted.unit(write=True) as unit:
                count_up(unit)

    assert in_threads(4, work) == []
    with counted.unit() as unit:
        assert count(unit) == 200


def test_an_error_undoes_the_whole_unit(counted: Database) -> None:
    done: list[str] = []
    with pytest.raises(RuntimeError), counted.unit(write=True) as unit:
        unit.after_commit(lambda: done.append("committed"))
        count_up(unit)
        raise RuntimeError
    with counted.unit() as unit:
        assert count(unit) == 0
    assert done == []


def test_what_waits_for_the_commit_is_done_after_it(counted: Database) -> None:
    seen: list[int] = []

    def look() -> None:
        with counted.unit() as other:
            seen.append(count(other))

    with counted.unit(write=True) as unit:
        count_up(unit)
        unit.after_commit(look)
    assert seen == [1]


def test_a_reader_cannot_write_on_postgresql_and_sees_one_moment(counted: Database) -> None:
    with counted.unit() as unit:
        assert count(unit) == 0
        if counted.name == "postgresql":
            counted.run(count_up)
            assert count(unit) == 0
            with pytest.raises(Exception, match="read-only"):
                count_up(unit)
            unit.connection.rollback()


def refusing(times: int, error: Exception) -> Callable[[Unit], int]:
    """A function that fails that often before it counts up."""
    left = [times]

    def work(unit: Unit) -> int:
        number = count_up(unit)
        if left[0]:
            left[0] -= 1
            raise OperationalError("COMMIT", {}, error)
        return number

    return work


def transient() -> Exception:
    """What PostgreSQL says when two transactions cannot both be."""
    error = Exception("could not serialize access")
    error.sqlstate = "40001"  # type: ignore[attr-defined]
    return error


def busy() -> Exception:
    """What SQLite says when somebody else writes for too long."""
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY  # type: ignore[misc]
    return error


@pytest.mark.parametrize("error", [transient, busy])
def test_a_unit_that_was_in_the_way_is_done_again_from_its_beginning(
    counted: Database, error: Callable[[], Exception]
) -> None:
    assert counted.run(refusing(TRIES - 1, error())) == 1
    with counted.unit() as unit:
        assert count(unit) == 1


def test_after_five_tries_it_says_that_the_database_is_busy(counted: Database) -> None:
    with pytest.raises(DatabaseBusy):
        counted.run(refusing(TRIES, transient()))
    with counted.unit() as unit:
        assert count(unit) == 0


def test_any_other_error_is_not_tried_again(counted: Database) -> None:
    tries: list[int] = []

    def work(unit: Unit) -> None:
        tries.append(1)
        unit.connection.execute(text("SELECT nothing"))

    with pytest.raises(Exception, match="nothing"):
        counted.run(work)
    assert len(tries) == 1


def test_a_full_disk_undoes_the_unit_and_does_no_harm(sqlite: Database) -> None:
    def fill(unit: Unit) -> None:
        rows = [{"chain": f"{number}", "seq": number, "hash": HASH} for number in range(2000)]
        unit.insert(chain_heads, rows)

    with pytest.raises(OperationalError, match="full"), sqlite.unit(write=True) as unit:
        unit.connection.execute(text("PRAGMA max_page_count = 1"))
        fill(unit)
    with sqlite.unit(write=True) as unit:
        assert unit.value(text("SELECT count(*) FROM chain_heads")) == 0
        unit.connection.execute(text("PRAGMA max_page_count = 100000"))
        fill(unit)
        assert unit.value(text("PRAGMA integrity_check")) == "ok"


def test_a_forked_child_gets_connections_of_its_own(counted: Database) -> None:
    with counted.unit() as unit:
        parents = unit.connection.connection.driver_connection
    child = os.fork()
    if not child:
        with counted.unit(write=True) as unit:
            shared = unit.connection.connection.driver_connection is parents
            count_up(unit)
        os._exit(7 if shared else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert counted.run(count_up) == 2


@pytest.mark.postgres
def test_concurrent_counters_on_postgresql_need_the_lock_or_a_second_try(postgres: Database) -> None:
    with postgres.unit(write=True) as unit:
        unit.insert(chain_heads, [{"chain": "count", "seq": 0, "hash": HASH}])
    calls: list[int] = []

    def unlocked(unit: Unit) -> int:
        calls.append(1)
        return count_up(unit)

    assert in_threads(3, lambda: [postgres.run(unlocked, appends=False) for _ in range(10)] and None) == []
    with postgres.unit() as unit:
        assert count(unit) == 30
    assert len(calls) >= 30
