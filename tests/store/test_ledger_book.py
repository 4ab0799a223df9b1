"""The ledger: an entry is posted once, in order, in an open period; sums are exact and tampering is found."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.core.incentives.ledger import LedgerEntry, balances, refusal_of, reversal
from engine.core.incentives.payouts import posted_by_line
from engine.core.money import Money
from engine.store.chains import Break, Head
from engine.store.database import Database
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook
from engine.store.runs import RunBook
from tests.store.samples import ENTRY, LINE, NOON, PERIOD, RUN


@pytest.fixture
def ready(database: Database) -> Database:
    """March is open and its run is approved."""
    with database.unit(write=True) as unit:
        PeriodBook(unit).add(PERIOD)
        RunBook(unit).save_draft(RUN, [ENTRY], [LINE])
        assert RunBook(unit).approve(RUN.id, "boss", NOON)
    return database


def entry(number: int, minor: int = 100, **changes: object) -> LedgerEntry:
    """An entry of that number, for the line of the same number."""
    return replace(ENTRY, id=f"entry-{number}", line=f"line-{number}", amount=Money(minor, "CNY"), **changes)  # type: ignore[arg-type]


def post(database: Database, *new: LedgerEntry) -> Head:
    """Post the entries in one unit."""
    return database.run(lambda unit: LedgerBook(unit).post(new, NOON))


def test_an_entry_comes_back_as_it_was_posted(ready: Database) -> None:
    undoing = reversal(ENTRY, RUN.id, "2026-03")
    head = post(ready, ENTRY, undoing)
    with ready.unit() as unit:
        book = LedgerBook(unit)
        assert [(one.seq, one.entry, one.posted_at) for one in book.of_payee("ana")] == [
            (1, ENTRY, NOON),
            (2, undoing, NOON),
        ]
        assert (
            book.of_payee("ana", "2026-03")
            == book.of_run(RUN.id)
            == book.of_line("line-1")
            == tuple(book.of_period("2026-03"))
        )
        assert book.of_payee("ben") == book.of_payee("ana", "2026-04") == ()
        assert (book.find("entry-1"), book.find("no")) == (book.of_payee("ana")[0], None)
        assert book.head() == head == Head(2, head.hash)
        assert book.verify([head]) is None


def test_the_same_entry_is_never_posted_twice_and_then_nothing_of_the_group_is(ready: Database) -> None:
    post(ready, entry(1))
    with pytest.raises(IntegrityError):
        post(ready, entry(2), entry(1))
    with ready.unit() as unit:
        assert [one.entry.id for one in LedgerBook(unit).of_payee("ana")] == ["entry-1"]
        assert LedgerBook(unit).verify() is None


def test_an_entry_is_undone_once(ready: Database) -> None:
    post(ready, ENTRY, reversal(ENTRY, RUN.id, "2026-03"))
    with pytest.raises(IntegrityError):
        post(ready, replace(reversal(ENTRY, RUN.id, "2026-03"), id="again"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": Money(0, "CNY")}, {"amount": Money(-1, "CNY")}, {"debit": "held", "credit": "held"},
        {"debit": "bank"},
        {"kind": "gift"}, {"posted_period": "2026-04"}, {"run": "nobody"}, {"run": ""}, {"reverses": "nothing"},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_a_wrong_entry(ready: Database, wrong: dict[str, object]) -> None:
    with pytest.raises(DBAPIError):
        post(ready, replace(ENTRY, **wrong))  # type: ignore[arg-type]


def test_a_draft_run_is_not_posted(ready: Database) -> None:
    with ready.unit(write=True) as unit:
        RunBook(unit).save_draft(replace(RUN, id="run-2"), [], [])
    with pytest.raises(DBAPIError, match="draft run is not posted"):
        post(ready, replace(ENTRY, run="run-2"))


def test_core_refuses_what_the_book_shows(ready: Database) -> None:
    undoing = reversal(ENTRY, RUN.id, "2026-03")
    post(ready, ENTRY, undoing)
    cases = [
        (ENTRY, "already_posted"), (replace(ENTRY, note="other"), "posted_differently"),
        (entry(5, posted_period="2026-04"), "period_not_open"), (entry(5, run="run-9"), "run_not_approved"),
        (replace(undoing, id="again"), "already_reversed"), (replace(undoing, id="x", reverses="y"),
        "reverses_nothing"),
    ]  # fmt: skip
    with ready.unit(write=True) as unit:
        RunBook(unit).save_draft(replace(RUN, id="drafted"), [], [])
        cases.append((entry(5, run="drafted"), "run_not_approved"))
        for one, name in cases:
            refusal = refusal_of(one, LedgerBook(unit).book([one]))
            assert refusal is not None and refusal.name == name
        assert refusal_of(entry(5), LedgerBook(unit).book([entry(5)])) is None


movements = st.tuples(
    st.sampled_from(
        [("expense", "held"), ("held", "payable"), ("payable", "held"), ("held", "expense"), ("payable", "paid")]
    ),
    st.integers(1, 10**15), st.sampled_from(["ana", "ben"]), st.integers(1, 3),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(movements, max_size=20))
def test_sums_in_the_database_are_those_of_core(
    ready: Database, moved: list[tuple[tuple[str, str], int, str, int]]
) -> None:
    with ready.unit() as unit:
        known = len(tuple(LedgerBook(unit).of_period("2026-03")))
    post(ready, *(
        entry(known + n, minor, debit=way[0], credit=way[1], payee=f"{payee}{known}", rule=f"r{n}")
        for n, (way, minor, payee, _) in enumerate(moved)
    ))  # fmt: skip
    with ready.unit() as unit:
        book = LedgerBook(unit)
        everything = [one.entry for one in book.of_period("2026-03")]
        assert book.posted() == posted_by_line(everything)
        own = [one for one in everything if one.payee == f"ana{known}"]
        assert book.posted([f"ana{known}"]) == posted_by_line(own)
        sums = balances(own, "CNY")
        found = book.balances(f"ana{known}")
        assert -found.get(("held", "CNY"), Money(0, "CNY")) == sums.held
        assert -found.get(("payable", "CNY"), Money(0, "CNY")) == sums.payable
        assert found.get(("expense", "CNY"), Money(0, "CNY")) == sums.earned
        assert Money.total(found.values(), "CNY") == Money(0, "CNY")
        totals = book.control_totals("2026-03")
        assert sum(number for _, number, _ in totals) == len(everything)
        assert sum(total.minor for _, _, total in totals) == sum(one.amount.minor for one in everything)


def test_one_line_moves_through_all_its_entries(ready: Database) -> None:
    first = replace(ENTRY, amount=Money(100, "CNY"), event="crm/1", rule="old")
    rest = [
        replace(first, id="e2", debit="held", credit="payable", amount=Money(60, "CNY"), event="crm/2",
        earned_period="2026-02"),
        replace(first, id="e3", debit="held", credit="expense", amount=Money(10, "CNY"), rule="new"),
    ]  # fmt: skip
    post(ready, first, *rest, replace(first, id="e4", line="", kind="paid", debit="payable", credit="paid"))
    with ready.unit() as unit:
        assert LedgerBook(unit).posted() == posted_by_line([first, *rest])
        (line,) = LedgerBook(unit).posted().values()
        assert (line.earned, line.released, line.event, line.rule, line.earned_period) == (
            90,
            60,
            "crm/1",
            "old",
            "2026-03",
        )
        assert LedgerBook(unit).posted(["ben"]) == {}


@pytest.mark.parametrize(
    "column",
    [
        "amount_minor = amount_minor + 1",
        "payee = 'eve'",
        "posted_at = 5",
        "note = 'x'",
        "hash = id || substr(hash, length(id) + 1)",
    ],
)
def test_tampering_with_one_entry_is_found(sqlite_file: Path, request: pytest.FixtureRequest, column: str) -> None:
    database: Database = request.getfixturevalue("sqlite")
    with database.unit(write=True) as unit:
        PeriodBook(unit).add(PERIOD)
        RunBook(unit).save_draft(RUN, [], [])
        RunBook(unit).approve(RUN.id, "boss", NOON)
    post(database, *(entry(number) for number in range(5)))
    database.close()
    with sqlite3.connect(sqlite_file) as intruder:
        intruder.executescript(
            f"DROP TRIGGER tr_ledger_entries_no_update; UPDATE ledger_entries SET {column} WHERE seq = 3"
        )
    with database.unit() as unit:
        assert LedgerBook(unit).verify() == Break("ledger", 3, "link")
