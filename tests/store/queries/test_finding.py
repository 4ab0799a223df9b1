"""Eight characters of an id are enough, and a whole id is the only answer."""

from dataclasses import replace

import pytest

from engine.store.database import Database
from engine.store.periods import PeriodBook
from engine.store.queries.finding import Found, find
from engine.store.runs import RunBook
from engine.store.state import SqlState
from tests.store.samples import LINE, PERIOD, RECORDS, RUN, TASK


@pytest.fixture
def filled(database: Database) -> Database:
    """One of each, and a second task and line whose ids begin alike."""
    with database.unit(write=True) as unit:
        state = SqlState(unit)
        for record in (*RECORDS, replace(TASK, id="task-12")):
            state.keep(record)
        state.flush()
        PeriodBook(unit).add(PERIOD)
        RunBook(unit).save_draft(RUN, [], [LINE, replace(LINE, key="line-长")])
    return database


def test_the_beginning_of_an_id_is_enough(filled: Database) -> None:
    with filled.unit() as unit:
        assert find(unit, "task-") == (Found("task", "task-1"), Found("task", "task-12"))
        assert find(unit, "task-1") == (Found("task", "task-1"),)
        assert find(unit, "line") == (Found("line", "line-1"), Found("line", "line-长"))
        assert find(unit, "task", limit=1) == (Found("task", "task-1"),)
        assert find(unit, "", limit=1) == find(unit, "zz") == find(unit, "%") == ()
        kinds = [one.kind for letter in "rDcge" for one in find(unit, letter)]
        assert kinds == ["run", "deal", "credit", "grant", "enrolment"]
        assert find(unit, "task-", kinds=("line",)) == ()
