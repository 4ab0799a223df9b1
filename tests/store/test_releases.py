"""A rule release keeps the exact text of its files and is decided once, by somebody else."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.core.rules.rulebook import RuleFile
from engine.store.database import Database, Unit
from engine.store.releases import Release, ReleaseBook
from tests.store.samples import HASH, NOON

FILES = (RuleFile("plans/reps.yaml", "plan: reps  # 提成\r\n\n"), RuleFile("company.yaml", "company: x\n"))
ABOUT: dict[str, Any] = {"author": "ops", "reason": "new year", "made_at": NOON}


def propose(unit: Unit, from_on: date = date(2026, 1, 1), fingerprint: str = HASH) -> Release:
    """A proposed release."""
    return ReleaseBook(unit).propose(fingerprint, FILES, in_force_from=from_on, **ABOUT)


def test_the_files_come_back_to_the_last_byte(database: Database) -> None:
    with database.unit(write=True) as unit:
        assert propose(unit) == Release(1, HASH, "ops", "new year", NOON, date(2026, 1, 1))
        assert ReleaseBook(unit).files(1) == tuple(sorted(FILES, key=lambda file: file.path))
        assert ReleaseBook(unit).files(2) == ()


def test_the_latest_approved_release_of_a_day_is_in_force(database: Database) -> None:
    with database.unit(write=True) as unit:
        book = ReleaseBook(unit)
        for number, from_on in enumerate(
            (date(2026, 1, 1), date(2026, 4, 1), date(2026, 4, 1), date(2026, 2, 1)), start=1
        ):
            propose(unit, from_on, f"{number}" * 64)
            if number != 3:
                assert book.decide(number, approved=True, by="boss", at=NOON, reason="fine")
        assert book.in_force(date(2025, 12, 31)) is None
        found = [
            book.in_force(day) for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 1), date(2030, 1, 1))
        ]
        assert [release and release.seq for release in found] == [1, 4, 2, 2]
        newest, proposed = book.newest(), book.all("proposed")
        assert newest and newest.seq == 4 and [one.seq for one in proposed] == [3]
        assert [one.seq for one in book.all()] == [4, 3, 2, 1]
        assert book.by_fingerprint("2" * 64) == book.find(2)
        assert book.find(9) is None


def test_a_rejected_release_is_never_in_force_and_nothing_is_decided_twice(database: Database) -> None:
    with database.unit(write=True) as unit:
        propose(unit)
        book = ReleaseBook(unit)
        assert book.decide(1, approved=False, by="boss", at=NOON, reason="no") is True
        assert book.decide(1, approved=True, by="boss", at=NOON) is False
        assert book.in_force(date(2026, 2, 1)) is None and book.newest() is None
        (release,) = book.all("rejected")
        assert (release.decided_by, release.decided_at, release.decision_reason) == ("boss", NOON, "no")


def test_nobody_approves_their_own_release(database: Database) -> None:
    with pytest.raises(IntegrityError, match="two_people"), database.unit(write=True) as unit:
        propose(unit)
        ReleaseBook(unit).decide(1, approved=True, by="ops", at=NOON + timedelta(1))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE releases SET state = 'proposed', decided_by = NULL", "UPDATE releases SET in_force_from = '2020-01-01'",
        "UPDATE releases SET decided_by = 'eve'", "DELETE FROM release_files", "UPDATE release_files SET text = ''",
        "DELETE FROM releases",
    ],
)  # fmt: skip
def test_the_database_refuses_to_change_a_decided_release(database: Database, statement: str) -> None:
    with database.unit(write=True) as unit:
        propose(unit)
        ReleaseBook(unit).decide(1, approved=True, by="boss", at=NOON)
    with pytest.raises(DBAPIError), database.unit(write=True) as unit:
        unit.connection.execute(text(statement))


def test_a_proposal_keeps_what_it_says(database: Database) -> None:
    with database.unit(write=True) as unit:
        propose(unit)
    with pytest.raises(DBAPIError, match="never changed"), database.unit(write=True) as unit:
        unit.connection.execute(text("UPDATE releases SET author = 'eve'"))
