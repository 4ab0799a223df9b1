"""Files of every format: one bad row never stops the others, whatever program saved the file."""

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.money import Money
from engine.core.problems import Problem
from engine.intake import tables, text_lines
from engine.intake.csv_lines import delimiter_of
from engine.intake.files import Delivery
from engine.intake.opening import open_table
from engine.intake.slips import Slipped
from engine.intake.tables import Table
from engine.intake.xlsx_lines import cell_text

Delivered = Callable[..., Delivery]
HEADER = "type,subject,key,at,name,amount\n"


def row(number: int, name: str = "n", amount: str = "1 CNY") -> str:
    """One row that makes a deal."""
    return f"deal.created,D-{number},k-{number},2026-01-{number:02},{name},{amount}\n"


def codes(delivery: Delivery) -> list[str]:
    """The codes of its problems."""
    return [problem.code for problem in delivery.problems]


def subjects(delivery: Delivery) -> list[str]:
    """What its events are about."""
    return [event.subject for event in delivery.events]


def test_one_bad_row_is_reported_with_its_place_and_the_others_are_loaded(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER + row(1) + row(2, amount="x") + row(3))
    assert subjects(delivery) == ["D-1", "D-3"]
    (problem,) = delivery.problems
    assert str(problem.place) == "d.csv:3:6" and "“amount”" in problem.message()
    assert (delivery.summary.rows, delivery.summary.rows_refused, delivery.summary.events) == (3, 1, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found(delivered: Delivered, encoding: str) -> None:
    delivery = delivered("d.csv", (HEADER + row(1, name="北辰仪器")).encode(encoding))
    assert [event.body["name"] for event in delivery.events] == ["北辰仪器"]


def test_bytes_of_no_encoding_are_named_with_their_position(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER.encode() + b"\xff\xff\xff")
    assert codes(delivery) == ["I001"] and delivery.problems[0].params["at"] == str(len(HEADER) + 1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delivered: Delivered, delimiter: str) -> None:
    delivery = delivered("d.csv", (HEADER + row(1)).replace(",", delimiter))
    assert subjects(delivery) == ["D-1"]


def test_a_delimiter_inside_quotes_does_not_count() -> None:
    assert delimiter_of('"a,b,c";d') == ";"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_quoted_texts_run_over_lines_and_rows_keep_their_line_numbers(delivered: Delivered, ending: str) -> None:
    text = HEADER + row(1, name='"two\nlines, ""one"" row"') + row(2, amount="x")
    delivery = delivered("d.csv", text.replace("\n", ending))
    assert delivery.events[0].body["name"] == 'two\nlines, "one" row'
    assert [problem.place.line for problem in delivery.problems] == [4]


def test_a_quote_that_is_never_closed_costs_its_own_row_only(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER + row(1) + row(2, name='"open') + row(3) + row(4) + row(5, name='"fine"'))
    assert subjects(delivery) == ["D-1", "D-3", "D-4", "D-5"]
    assert [(p.code, p.place.line) for p in delivery.problems] == [("I011", 3)]


def test_a_quote_closed_by_a_later_rows_quote_does_not_swallow_the_rows_between(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER + row(1, name='"open') + row(2) + row(3, name='"fine"') + row(4))
    assert subjects(delivery) == ["D-2", "D-3", "D-4"]


def test_an_inch_mark_inside_a_plain_text_is_no_quote(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER + row(1, name='5" disk'))
    assert delivery.events[0].body["name"] == '5" disk'


def test_too_many_or_too_few_cells_are_reported(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER + "a,b\n" + row(1).strip() + ",extra\n" + row(2).strip() + ",,\n")
    assert codes(delivery) == ["I010", "I010"] and subjects(delivery) == ["D-2"]


def test_a_header_twice_is_refused(delivered: Delivered) -> None:
    assert codes(delivered("d.csv", "a,b,a\n1,2,3\n")) == ["I005"]


@pytest.mark.parametrize("content", ["", "\n \n", " , ,\n"])
def test_an_empty_file_says_so(delivered: Delivered, content: str) -> None:
    assert codes(delivered("d.csv", content)) == ["I004"]


def test_an_ending_that_is_not_read_is_named(delivered: Delivered) -> None:
    assert codes(delivered("d.xls", "x")) == ["I003"]


def test_limits_hold(delivered: Delivered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lines, "LARGEST_FILE", 500)
    assert codes(delivered("d.csv", HEADER + row(1) * 20)) == ["I002"]
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    assert codes(delivered("d.csv", HEADER + row(1) + row(2) + row(3))) == ["I009"]
    monkeypatch.setattr(text_lines, "LONGEST_LINE", 60)
    delivery = delivered("d.csv", HEADER + row(1, name="n" * 61) + row(2))
    assert codes(delivery) == ["I017"] and subjects(delivery) == ["D-2"]
    monkeypatch.setattr(tables, "LONGEST_CELL", 5)
    assert codes(delivered("d.csv", HEADER + row(1))) == ["I012"]


def test_events_are_delivered_in_the_order_in_which_they_happened(delivered: Delivered) -> None:
    won = "deal.won,D-1,w,2026-01-01,,1 CNY\n"
    delivery = delivered("d.csv", HEADER + row(3) + won + row(1))
    assert [(event.type, event.subject) for event in delivery.events] == [
        ("deal.created", "D-1"),
        ("deal.won", "D-1"),
        ("deal.created", "D-3"),
    ]


def test_the_summary_adds_up_by_type_and_currency(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER + row(1, amount="1.50 CNY") + row(2, amount="2 CNY") + row(3, amount="7 EUR"))
    assert [(t.type, t.count, t.amount) for t in delivery.summary.totals] == [
        ("deal.created", 2, Money(350, "CNY")),
        ("deal.created", 1, Money(700, "EUR")),
    ]
    told = delivery.summary.with_outcomes(["recorded", "recorded", "repeated"])
    assert told.outcomes == (("recorded", 2), ("repeated", 1))
    assert ("  此前已有", "1") in told.lines("zh") and ("  known already", "1") in told.lines("en")


def test_progress_hears_of_every_row(tmp_path: Path, delivered: Delivered) -> None:
    from engine.intake.files import Source, delivery_of
    from tests.intake.conftest import EventReader, book

    heard: list[int] = []
    path = tmp_path / "d.csv"
    path.write_text(HEADER + row(1) + row(2))
    delivery_of(Source(path, EventReader.of(book()), "history", None, "test"), heard.append)
    assert sum(heard) == 2


# JSON lines


def test_json_lines_keep_numbers_as_they_were_written(delivered: Delivered) -> None:
    line = '{"type": "deal.created", "subject": "D", "key": "k", "at": "2026-01-01", "body": {"competitor": "none",'
    delivery = delivered("d.jsonl", line + ' "amount": {"minor": 150, "currency": "CNY"}, "contract_signed": true}}\n')
    assert delivery.events[0].body["amount"] == Money(150, "CNY")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "I013"),
        ("[1]", "I013"),
        ("3", "I013"),
        ('{"a": NaN}', "I013"),
        ('{"a": 1, "a": 2}', "I014"),
        ('{"body": {"name": "a", "name": "b"}}', "I014"),
        ("[" * 100_000, "I013"),
        ("{}", "I020"),
    ],
)
def test_a_line_that_is_no_event_stops_nothing(delivered: Delivered, line: str, code: str) -> None:
    good = '{"type": "deal.created", "subject": "D", "key": "k", "at": "2026-01-01"}'
    delivery = delivered("d.jsonl", f"{good}\n\n{line}\n")
    assert set(codes(delivery)) == {code} and subjects(delivery) == ["D"]
    assert delivery.problems[0].place.line == 3


# workbooks


def workbook(tmp_path: Path, *rows: list[object]) -> bytes:
    """A workbook with these rows, its table beginning at C3."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, cells in enumerate(rows, 3):
        for column, cell in enumerate(cells, 3):
            sheet.cell(number, column, cell)
    book.save(tmp_path / "made.xlsx")
    return (tmp_path / "made.xlsx").read_bytes()


def test_a_workbook_is_read_like_the_table_that_people_see(delivered: Delivered, tmp_path: Path) -> None:
    made = workbook(
        tmp_path,
        ["type", "subject", "key", "at", "name", "close_on", "contract_signed"],
        ["deal.created", 1001, "k", datetime.datetime(2026, 1, 2, 3, 4), 0.1 + 0.2, datetime.date(2026, 5, 6), True],
        ["deal.created", 123456789012345678, "k2", "2026-01-02", "n", None, None],
        ["deal.created", "D", "k3", "2026-01-02", "n", "31.12.2026", None],
    )
    delivery = delivered("d.xlsx", made)
    (event,) = delivery.events
    assert (event.subject, event.body["name"], event.body["close_on"]) == ("1001", "0.3", datetime.date(2026, 5, 6))
    assert event.body["contract_signed"] is True
    assert [(p.code, p.place.line, p.place.column) for p in delivery.problems] == [("I015", 5, 4), ("I026", 6, 8)]


def test_what_is_no_workbook_or_unpacks_too_far_is_not_opened(delivered: Delivered, tmp_path: Path) -> None:
    assert codes(delivered("d.xlsx", b"PK nonsense")) == ["I007"]
    import zipfile

    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    assert codes(delivered("d.xlsx", (tmp_path / "bomb.xlsx").read_bytes())) == ["I008"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.0, "1"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (-12.50, "-12.5"),
        (999999999999999.0, "999999999999999"),
        (True, "yes"),
        (datetime.time(3, 4), "03:04:00"),
        (" x ", "x"),
        ("#1", "#1"),
        ("#N/A title", "#N/A title"),
    ],
)
def test_a_cell_is_the_text_that_its_author_means(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize("cell", [1e15, -1e16, "#N/A", "#DIV/0!", "#NAME?", "#REF!"])
def test_a_cell_that_lost_digits_or_holds_an_error_is_refused(cell: object) -> None:
    with pytest.raises(Slipped):
        cell_text(cell)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_problems(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(data)
        table = open_table(path)
        found = list(table.rows) if isinstance(table, Table) else list(table)
        assert all(problem.render("zh") for problem in found if isinstance(problem, Problem))


CELLS = st.lists(st.lists(st.text("ab\",;\n\t=' ", max_size=6), min_size=3, max_size=3), max_size=6)


@settings(deadline=None)
@given(CELLS)
def test_what_pythons_own_writer_writes_comes_back(rows: list[list[str]]) -> None:
    import csv
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        with path.open("w", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle, quoting=csv.QUOTE_ALL)
            writer.writerow(["a", "b", "c"])
            writer.writerows(rows)
        table = open_table(path)
        assert isinstance(table, Table)
        found = [[row.cells[h] for h in "abc"] for row in table.rows if not isinstance(row, Problem)]
    assert found == [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
