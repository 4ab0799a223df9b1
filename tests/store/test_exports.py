"""Every file that leaves the house is noted with its hash, its rows and its totals, for ever."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from engine.core.money import Money
from engine.store.chains import Head
from engine.store.database import Database
from engine.store.exports import Export, ExportBook
from engine.store.periods import PeriodBook
from engine.store.runs import RunBook
from tests.store.samples import HASH, NOON, PERIOD, RUN

FIRST = Export(
    "ex-1", "detail", "csv", "run-1", "2026-03", "提成明细_2026-03_v1.csv", HASH, 2,
    (("earned", Money(70, "CNY")),), "f00d", Head(1, HASH), "fay", NOON,
)  # fmt: skip


def test_an_export_comes_back_and_its_twin_is_known(database: Database) -> None:
    with database.unit(write=True) as unit:
        PeriodBook(unit).add(PERIOD)
        RunBook(unit).save_draft(RUN, [], [])
        book = ExportBook(unit)
        assert book.twin(HASH, "detail", "csv") is None
        book.add(FIRST)
        again = replace(FIRST, id="ex-2", duplicate_of="ex-1")
        book.add(again)
        assert book.find("ex-1") == FIRST == book.twin(HASH, "detail", "csv")
        assert book.twin(HASH, "summary", "csv") is None
        assert book.all() == book.all(run="run-1") == book.all(period="2026-03") == (again, FIRST)
        assert book.all(run="run-2") == ()
        assert book.verify() is None
    with pytest.raises(IntegrityError), database.unit(write=True) as unit:
        ExportBook(unit).add(FIRST)


def test_a_changed_manifest_is_found(sqlite: Database) -> None:
    with sqlite.unit(write=True) as unit:
        ExportBook(unit).add(replace(FIRST, run=""))
        unit.connection.execute(text("DROP TRIGGER tr_exports_no_update"))
        unit.connection.execute(text("UPDATE exports SET row_count = 3"))
        assert ExportBook(unit).verify() is not None
