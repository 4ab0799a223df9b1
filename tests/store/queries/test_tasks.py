"""Task lists: the right tasks, in order, page by page, and quick whatever their number."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event as hook

from engine.core.records import Task
from engine.store.database import Database, open_database
from engine.store.queries.tasks import (
    TaskCounts,
    count_done,
    count_tasks,
    done_since,
    due_before,
    ended_tasks,
    first_open,
    how_many_before,
    last_open,
    open_tasks,
    snoozed_tasks,
)
from engine.store.state import SqlState
from tests.store.samples import DEAL, NOON, task

HOUR = timedelta(hours=1)


@pytest.fixture
def filled(database: Database) -> Database:
    """Forty tasks of two people: some due, some snoozed, some ended, some due at the same moment."""
    tasks = [
        task(
            number, owner=("ana", "ben")[number % 2], due_at=NOON + HOUR * (5 - number // 4), deal="",
            status="open" if number % 5 else "cancelled" if number == 20 else "done",
            ended_at=None if number % 5 else NOON - HOUR * (number // 10),
            snoozed_until=NOON + HOUR * (number - 20) if number % 3 == 0 else None,
        )
        for number in range(40)
    ]  # fmt: skip
    with database.unit(write=True) as unit:
        state = SqlState(unit)
        state.keep(DEAL)
        for one in reversed(tasks):
            state.keep(one)
        state.flush()
    return database


def expected(owners: tuple[str, ...]) -> list[Task]:
    """What is open and awake, worked out by hand from what was put in."""
    numbers = (n for n in range(40) if ("ana", "ben")[n % 2] in owners and n % 5 and not (n % 3 == 0 and n > 20))
    return sorted((task(n) for n in numbers), key=lambda t: (-(int(t.id[-5:]) // 4), t.id))


@pytest.mark.parametrize("owners", [("ana",), ("ben",), ("ana", "ben"), ("eve",)])
def test_open_tasks_come_by_due_moment_and_page_by_page(filled: Database, owners: tuple[str, ...]) -> None:
    wanted = [one.id for one in expected(owners)]
    with filled.unit() as unit:
        assert [one.id for one in open_tasks(unit, owners, NOON)] == wanted
        pages, after = [], None
        while page := open_tasks(unit, owners, NOON, after=after, limit=3):
            pages += [one.id for one in page]
            after = (page[-1].due_at, page[-1].id)
        assert pages == wanted


def test_counts_are_those_of_the_list(filled: Database) -> None:
    with filled.unit() as unit:
        found = open_tasks(unit, ("ana",), NOON)
        overdue = sum(one.due_at < NOON for one in found)
        soon = sum(one.due_at < NOON + HOUR * 2 for one in found)
        assert count_tasks(unit, ("ana",), NOON, NOON + HOUR * 2) == TaskCounts(len(found), overdue, soon)
        assert count_tasks(unit, ("eve",), NOON, NOON) == TaskCounts(0, 0, 0)
        assert 0 < overdue < soon < len(found)


def test_a_queue_knows_its_neighbours_and_its_numbers(filled: Database) -> None:
    with filled.unit() as unit:
        found = open_tasks(unit, ("ana",), NOON)
        ids, places = [one.id for one in found], [(one.due_at, one.id) for one in found]
        first = first_open(unit, "ana", NOON)
        assert first == (ids[0], found[0].due_at) and first_open(unit, "eve", NOON) is None
        for at, place in enumerate(places):
            following = first_open(unit, "ana", NOON, after=place)
            assert (following[0] if following else "") == "".join(ids[at + 1 : at + 2])
            assert last_open(unit, "ana", NOON, place) == (ids[at - 1] if at else "")
            assert how_many_before(unit, "ana", NOON, place) == at
        moments = (NOON, NOON + HOUR * 2)
        counts = [sum(one.due_at < moment for one in found) for moment in moments]
        assert due_before(unit, "ana", NOON, *moments) == (*counts, len(found))
        assert due_before(unit, "eve", NOON, NOON) == (0, 0)


def test_what_a_person_did_since_a_moment_comes_the_latest_first(filled: Database) -> None:
    with filled.unit() as unit:
        ended = [one for one in ended_tasks(unit, ("ana",)) if one.status != "cancelled"]
        moments = sorted(one.ended_at for one in ended if one.ended_at)
        since = moments[len(moments) // 2]
        later = sorted((one for one in ended if one.ended_at and one.ended_at >= since), key=_latest_first)
        shown, number = done_since(unit, "ana", since, limit=2)
        assert ([one.id for one in shown], number) == ([one.id for one in later[:2]], len(later))
        assert count_done(unit, "ana", since) == len(later) < len(ended)
        assert done_since(unit, "eve", since) == ((), 0)


def _latest_first(task: Task) -> tuple[float, str]:
    assert task.ended_at
    return (-task.ended_at.timestamp(), task.id)


def test_snoozed_and_ended_tasks_have_lists_of_their_own(filled: Database) -> None:
    with filled.unit() as unit:
        snoozed = snoozed_tasks(unit, ("ana", "ben"), NOON)
        assert [one.id for one in snoozed] == [f"task-{n:05}" for n in (36, 39, 33, 24, 27, 21)]
        ended = ended_tasks(unit, ("ana", "ben"))
        assert [one.id for one in ended] == [f"task-{n:05}" for n in range(0, 40, 5)]


def test_a_page_of_fifty_among_a_hundred_thousand_uses_the_index_alone(sqlite: Database, sqlite_file: Path) -> None:
    with sqlite.unit(write=True) as unit:
        state = SqlState(unit)
        for number in range(60):
            state.keep(replace(task(number), deal="", owner="p7"))
        state.flush()
    sqlite.close()
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
        " INSERT INTO tasks SELECT 'x' || i, 'p' || (i % 500), deal, purpose, enrolment, status, priority, made_at,"
        " due_at + i, snoozed_until, ended_at, body, lent_by, look_at FROM n, tasks WHERE id = 'task-00001'"
    )
    with sqlite3.connect(sqlite_file) as filler:
        filler.execute(many)
    database = open_database(f"sqlite:///{sqlite_file}")
    plans: list[str] = []
    steps: list[int] = []

    def explain(conn: object, cursor: sqlite3.Cursor, statement: str, parameters: object, *rest: object) -> None:
        plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()  # type: ignore[arg-type]
        plans.append(" ".join(str(row[-1]) for row in plan))

    with database.unit() as unit:
        hook.listen(database.engine, "before_cursor_execute", explain)
        unit.connection.connection.driver_connection.set_progress_handler(lambda: steps.append(1) and None, 1000)
        page = open_tasks(unit, ("p7",), NOON, limit=50)
        after = (page[-1].due_at, page[-1].id)
        assert len(page) == len(open_tasks(unit, ("p7",), NOON, after=after, limit=50)) == 50
        hook.remove(database.engine, "before_cursor_execute", explain)
    assert all("USING INDEX ix_tasks_owner_status_due_at" in plan and "TEMP B-TREE" not in plan for plan in plans)
    assert len(steps) <= 10
