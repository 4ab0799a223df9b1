"""What falls due is found in order, and nothing else is read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.store.database import Database
from engine.store.queries.due import due_deals, due_enrolments, expiring_registrations, next_due_at
from engine.store.state import SqlState
from tests.store.samples import ENROLMENT, NOON, REGISTRATION, deal

HOUR = timedelta(hours=1)


@pytest.fixture
def filled(database: Database) -> Database:
    """Enrolments and deals due at the hours 1 to 5, those of hour 3 ended."""
    with database.unit(write=True) as unit:
        state = SqlState(unit)
        for number in (5, 4, 3, 2, 1):
            at = None if number == 3 else NOON + HOUR * number
            state.keep(deal(number, due_at=at and at + HOUR / 2))
            state.keep(replace(ENROLMENT, id=f"en-{number}", deal=f"D-{number}", due_at=at))
            state.keep(replace(REGISTRATION, id=f"r-{number}", until_on=date(2026, 6, number), state="granted"))
        state.keep(replace(REGISTRATION, id="r-6", until_on=date(2026, 6, 1), state="refused"))
        state.keep(replace(REGISTRATION, id="r-7", until_on=None))
        state.flush()
    return database


def test_what_is_due_by_a_moment_comes_in_order(filled: Database) -> None:
    with filled.unit() as unit:
        assert [one.deal for one in due_enrolments(unit, NOON + HOUR * 4)] == ["D-1", "D-2", "D-4"]
        assert due_enrolments(unit, NOON + HOUR * 9, limit=2) == ((NOON + HOUR, "D-1"), (NOON + HOUR * 2, "D-2"))
        assert due_enrolments(unit, NOON) == ()
        assert [one.deal for one in due_deals(unit, NOON + HOUR * 4)] == ["D-1", "D-2"]
        assert [one.id for one in expiring_registrations(unit, date(2026, 6, 2))] == ["r-1", "r-2"]


def test_the_next_moment_is_the_earliest_of_all(filled: Database) -> None:
    with filled.unit(write=True) as unit:
        assert next_due_at(unit) == NOON + HOUR
        state = SqlState(unit)
        state.keep(deal(9, due_at=NOON - HOUR))
        state.flush()
        assert next_due_at(unit) == NOON - HOUR


def test_nothing_is_due_in_an_empty_database(database: Database) -> None:
    with database.unit() as unit:
        assert next_due_at(unit) is None
