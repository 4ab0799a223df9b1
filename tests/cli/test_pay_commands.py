"""calculate, approve, post, close, export: done by those who may, in their order, and refused otherwise."""

from hashlib import sha256
from pathlib import Path

import pytest

from engine.core.incentives.ledger import LedgerEntry
from engine.core.money import Money
from engine.store.database import open_database
from engine.store.ledger_book import LedgerBook
from tests.cli.conftest import NOW, House


def draft(house: House, period: str, actor: str = "he") -> str:
    """The id of a new draft run."""
    return str(house.json("calculate", period, "--as", actor)["run"])


def paid_month(house: House, period: str) -> str:
    """Calculated by one, approved by another, posted; the run."""
    run = draft(house, period)
    house.run("approve", run, "--as", "deng")
    house.run("post", run, "--as", "he")
    return run


def test_a_month_is_paid_exported_and_closed(house: House, tmp_path: Path) -> None:
    made = house.json("calculate", "2026-03", "--as", "he")
    assert (made["period"], made["payees"]) == ("2026-03", 2), "the owner, and the manager by overlay"
    run = made["run"]
    assert house.json("approve", run, "--as", "deng")["state"] == "approved"
    assert house.json("post", run, "--as", "he")["state"] == "posted"
    file = house.json("export", run, "--as", "he", "--format", "csv", "--to", str(tmp_path / "out"))
    content = Path(file["file"]).read_bytes()
    assert sha256(content).hexdigest() == file["sha256"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert house.json("close", "2026-03", "--as", "deng")["state"] == "closed"


def test_nobody_approves_their_own_run(house: House) -> None:
    assert house.codes("approve", draft(house, "2026-03"), "--as", "he", ok=4) == ["E056"]


def test_the_steps_are_taken_in_order(house: House) -> None:
    run = draft(house, "2026-03")
    assert house.codes("post", run, "--as", "he", ok=4) == ["E055"]
    assert house.codes("export", run, "--as", "he", ok=4) == ["E055"]
    assert house.codes("close", "2026-03", "--as", "deng", ok=4) == ["E106"]


def test_whoever_calculated_does_not_close(house: House) -> None:
    paid_month(house, "2026-03")
    assert house.codes("close", "2026-03", "--as", "he", ok=4) == ["E108"]


def test_nothing_is_calculated_behind_a_close(house: House) -> None:
    paid_month(house, "2026-03")
    house.run("close", "2026-03", "--as", "deng")
    assert house.codes("calculate", "2026-03", "--as", "he", ok=4) == ["E101"]
    assert house.codes("close", "2026-03", "--as", "deng", ok=4) == ["E101"]


def test_only_the_right_role_may(house: House) -> None:
    run = draft(house, "2026-03")
    for words in (("calculate", "2026-03"), ("approve", run), ("post", run), ("close", "2026-03"), ("export", run)):
        assert house.codes(*words, "--as", "guo", ok=4) == ["E109"], words
        assert house.codes(*words, "--as", "nobody", ok=4) == ["E111"], words


def test_a_run_that_is_not_there_and_a_period_that_is_none_are_refused(house: House) -> None:
    assert house.codes("approve", "nothing", "--as", "deng", ok=4) == ["E104"]
    assert house.codes("calculate", "2026-W14", "--as", "he", ok=4) == ["E100"]
    assert "2026-W14" in house.run("calculate", "2026-W14", "--as", "he", "--language", "zh", ok=4).output


@pytest.fixture
def owing(house: House) -> House:
    """March is posted, and Chen Wei owes 300 of it."""
    run = paid_month(house, "2026-03")
    database = open_database(f"sqlite:///{house.database}")
    taken = LedgerEntry("taken", run, "reversed", "payable", "held", "chen-wei", Money(300_00, "CNY"), "L", "2026-Q1",
                        "2026-03", "receivable")  # fmt: skip
    database.run(lambda unit: LedgerBook(unit).post([taken], NOW))
    database.close()
    return house


def test_what_was_given_back_is_booked_approved_and_undone(owing: House) -> None:
    booked = owing.json("repaid", "chen-wei", "200", "--reference", "TRF-1", "--on", "2026-04-01", "--as", "he")
    assert booked["state"] == "proposed"
    said = owing.run("receivables", "--as", "guo").output
    assert "300.00 CNY owed since 2026-04-02 (0 days)" in said and "200.00 CNY waiting" in said and "TRF-1" in said
    assert "待审批" in owing.run("receivables", "--as", "guo", "--language", "zh").output
    assert owing.codes("repaid-decide", booked["id"], "--as", "he", ok=4) == ["E168"]
    assert owing.json("repaid-decide", booked["id"], "--as", "deng")["state"] == "posted"
    assert owing.json("receivables", "--as", "he")["rows"][0]["repaid"]["minor"] == 200_00
    undo = owing.json("repaid-undo", booked["id"], "--note", "wrong person", "--as", "he")
    assert owing.json("repaid-decide", undo["id"], "--decline", "--as", "he")["state"] == "declined"


def test_only_finance_books_and_decides(owing: House) -> None:
    book = ("repaid", "chen-wei", "1", "--reference", "T")
    for words in (book, ("repaid-decide", "x"), ("repaid-decide", "x", "--decline"), ("repaid-undo", "x")):
        assert owing.codes(*words, "--as", "guo", ok=4) == ["E109"], words
    assert owing.codes("receivables", "--as", "wu", ok=4) == ["E109"]
    assert owing.codes(*book, "--as", "he", "--on", "soon", ok=4) == ["E152"]


def test_nobody_owes_anything_at_first(house: House) -> None:
    assert "Nobody owes anything" in house.run("receivables", "--as", "he").output
