"""A payout run goes forward only, contains what it contained, and is never approved by whoever made it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.core.money import Money
from engine.store.database import Database
from engine.store.periods import PeriodBook
from engine.store.runs import RunBook
from tests.store.samples import ENTRY, LINE, NOON, PERIOD, RUN

LATER = NOON + timedelta(hours=1)
OTHER = replace(LINE, key="line-2", payee="ben")


@pytest.fixture
def drafted(database: Database) -> Database:
    """A draft with an entry and two lines."""
    with database.unit(write=True) as unit:
        PeriodBook(unit).add(PERIOD)
        RunBook(unit).save_draft(RUN, [ENTRY, replace(ENTRY, id="entry-2", payee="ben")], [LINE, OTHER], watermark=42)
    return database


def advance(database: Database, state: str, id: str = RUN.id) -> None:
    """Take the run to that state."""
    with database.unit(write=True) as unit:
        book = RunBook(unit)
        for reached, step in (
            ("approved", book.approve),
            ("posted", book.mark_posted),
            ("exported", book.mark_exported),
        ):
            assert step(id, "boss", LATER)
            if reached == state:
                return


def test_a_run_comes_back_with_all_that_it_contains(drafted: Database) -> None:
    with drafted.unit() as unit:
        book = RunBook(unit)
        assert book.find(RUN.id) == RUN
        assert [one.id for one in book.entries(RUN.id)] == ["entry-1", "entry-2"]
        assert book.entries(RUN.id, "ana") == (ENTRY,)
        assert book.lines(RUN.id) == (LINE, OTHER)
        assert book.lines(RUN.id, "ben") == (OTHER,)
        assert book.line("line-1") == LINE
        assert (book.find("no"), book.line("no"), book.last_posted()) == (None, None, None)
        assert book.posted_lines("ana") == () == tuple(book.keys_of([("ana", "reps", "commission", "2026-Q1")]))


def test_a_run_goes_from_draft_to_exported_and_each_step_is_signed(drafted: Database) -> None:
    advance(drafted, "exported")
    with drafted.unit(write=True) as unit:
        book = RunBook(unit)
        run = book.find(RUN.id)
        assert run == replace(
            RUN, state="exported", approved_by="boss", approved_at=LATER, posted_by="boss", posted_at=LATER,
            exported_by="boss", exported_at=LATER,
        )  # fmt: skip
        assert book.last_posted() == (run, 42)
        assert not any(
            (
                book.approve(RUN.id, "x", NOON),
                book.mark_posted(RUN.id, "x", NOON),
                book.mark_exported(RUN.id, "x", NOON),
            )
        )
        assert book.withdraw_approval(RUN.id) is False
        assert (book.all(state="exported"), book.all(state="draft"), book.all(period="2026-04")) == ((run,), (), ())


def test_nobody_approves_their_own_run(drafted: Database) -> None:
    with pytest.raises(IntegrityError, match="two_people"), drafted.unit(write=True) as unit:
        RunBook(unit).approve(RUN.id, RUN.made_by, NOON)


def test_an_approval_can_be_withdrawn_and_the_draft_discarded(drafted: Database) -> None:
    advance(drafted, "approved")
    with drafted.unit(write=True) as unit:
        assert RunBook(unit).withdraw_approval(RUN.id)
        assert RunBook(unit).find(RUN.id) == RUN
        assert RunBook(unit).discard(RUN.id)
        assert not RunBook(unit).discard(RUN.id)
        assert RunBook(unit).lines(RUN.id) == RunBook(unit).entries(RUN.id) == ()


UNDERHAND = (
    "UPDATE runs SET contents = 'other'", "UPDATE runs SET made_by = 'eve'", "UPDATE runs SET totals = '[]'",
    "UPDATE runs SET watermark = 1", "UPDATE runs SET period = NULL",
    "UPDATE runs SET state = 'draft', approved_by = NULL",
    "DELETE FROM runs", "UPDATE run_entries SET body = '{}'", "DELETE FROM run_entries", "DELETE FROM earning_lines",
    "UPDATE earning_lines SET earned_minor = 1",
    "INSERT INTO run_entries VALUES ('run-1', 9, 'e', 'p', '{}')",
    "INSERT INTO run_entries VALUES ('none', 9, 'e', 'p', '{}')",
)  # fmt: skip


@pytest.mark.parametrize("statement", UNDERHAND)
def test_the_database_refuses_to_change_a_posted_run(drafted: Database, statement: str) -> None:
    advance(drafted, "posted")
    with pytest.raises(DBAPIError), drafted.unit(write=True) as unit:
        unit.connection.execute(text(statement))


@pytest.mark.parametrize("state", ["posted", "exported"])
def test_a_draft_cannot_jump(drafted: Database, state: str) -> None:
    signed = "approved_by = 'boss', posted_by = 'boss'"
    with pytest.raises(DBAPIError, match="from draft to approved"), drafted.unit(write=True) as unit:
        unit.connection.execute(text(f"UPDATE runs SET state = '{state}', {signed}"))


def test_the_newest_posted_run_says_what_a_line_is(drafted: Database) -> None:
    advance(drafted, "posted")
    again = replace(LINE, earned=Money(99, "CNY"))
    with drafted.unit(write=True) as unit:
        RunBook(unit).save_draft(replace(RUN, id="run-2", made_at=LATER), [], [again])
        book = RunBook(unit)
        assert book.line("line-1") == LINE
        assert book.line("line-1", "run-2") == again
        assert book.posted_lines("ana", "2026-03") == (LINE,)
        assert book.keys_of([("ana", "reps", "commission", "2026-Q1")]) == {"line-1"}
        assert book.keys_of([("ana", "reps", "commission", "2026-Q2")]) == frozenset()
        assert [run.id for run in book.all()] == ["run-2", "run-1"]
        book.approve("run-2", "boss", LATER)
        book.mark_posted("run-2", "boss", LATER + timedelta(days=1))
        assert book.line("line-1") == again
        assert book.posted_lines("ana") == (again,)
        assert book.posted_lines("ana", "2026-02") == ()
