"""Exports: the same bytes for the same rows, totals that add up, and no text that a spreadsheet would carry out."""

import csv
import hashlib
import io
import os
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.money import Money
from engine.core.problems import Language
from engine.exports.commission import Format, Profile, commission_export
from engine.exports.layouts import ABOUT, LAYOUTS
from engine.exports.records import ExportFile, ExportHead
from engine.exports.safe_texts import FORMULA_STARTS, safe_text
from tests.exports.conftest import HEAD, ROWS, row

GOLDEN = Path(__file__).parent.parent / "golden/exports"
UPDATE = "DEALWRIGHT_UPDATE_GOLDEN"
"""Set this variable to 1 to write the golden files anew; then read the difference."""

PROFILES: tuple[Profile, ...] = get_args(Profile)
FORMATS: tuple[Format, ...] = get_args(Format)
LANGUAGES: tuple[Language, ...] = get_args(Language)


def export(
    rows: Any = ROWS, profile: Profile = "detail", format: Format = "csv", language: Language = "en"
) -> ExportFile:
    """The export of some rows."""
    return commission_export(HEAD, rows, profile, format, language)


def sheets(made: ExportFile) -> dict[str, Any]:
    """The workbook's sheets by title, read back by another program."""
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    return {sheet.title: sheet for sheet in book.worksheets}


def csv_rows(made: ExportFile) -> list[list[str]]:
    """The file's rows, read back."""
    return list(csv.reader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))


def listing(made: ExportFile) -> str:
    """A workbook as text that people can compare: each cell with its kind, format and value."""
    lines = []
    for title, sheet in sheets(made).items():
        lines.append(f"# {title} freeze={sheet.freeze_panes} filter={sheet.auto_filter.ref}")
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value is not None:
                    lines.append(f"{cell.coordinate}\t{cell.data_type}\t{cell.number_format}\t{cell.value!r}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("profile", PROFILES)
def test_the_file_is_the_golden_one(profile: Profile, format: Format, language: Language) -> None:
    made = export(ROWS, profile, format, language)
    found = made.content if format == "csv" else listing(made).encode()
    golden = GOLDEN / f"{profile}.{language}.{'csv' if format == 'csv' else 'xlsx.txt'}"
    if os.environ.get(UPDATE) == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(found)
    assert found == golden.read_bytes(), f"differs from {golden.name}; {UPDATE}=1 writes it anew"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_rows_give_the_same_bytes_in_any_order(profile: Profile, format: Format) -> None:
    first = export(ROWS, profile, format)
    for seed in range(5):
        mixed = list(ROWS)
        random.Random(seed).shuffle(mixed)
        assert export(mixed, profile, format).content == first.content
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()


def test_names_are_those_that_finance_expects() -> None:
    assert export(language="zh", format="xlsx").name == "提成明细_2026-11_v3.xlsx"
    assert export(profile="summary").name == "commission-summary_2026-11_v3.csv"
    odd = ExportHead("r", '../2026"\r\n', 1, "", "", "", "")
    assert commission_export(odd, ROWS, "detail", "csv", "en").name == "commission-detail_..2026_v1.csv"


def test_a_csv_file_opens_as_chinese_in_a_spreadsheet() -> None:
    content = export(language="zh").content
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n") and b"\n\n" not in content
    assert csv_rows(export(language="zh"))[0][:2] == ["工号", "姓名"]


def test_control_totals_are_the_sums_of_the_rows_by_currency() -> None:
    made = export()
    assert [(total.rows, total.amount) for total in made.totals] == [
        (7, Money(123450 - 5000 + 1 + 10**15, "CNY")),
        (1, Money(700, "EUR")),
        (1, Money(99999, "JPY")),
    ]
    column = csv_rows(made)[0].index("Amount in minor units")
    assert sum(int(cells[column]) for cells in csv_rows(made)[1:]) == sum(total.amount.minor for total in made.totals)


def test_the_about_sheet_says_what_the_file_is() -> None:
    for language in LANGUAGES:
        sheet = sheets(export(format="xlsx", language=language))[ABOUT[language]["sheet"]]
        told = {cells[0].value: cells[1].value for cells in sheet.iter_rows()}
        assert {HEAD.run, HEAD.fingerprint, HEAD.ledger_head, "2026-11", 7} <= set(told.values())
        assert told[ABOUT[language]["total"].format(currency="EUR")] == 7.0


def test_a_workbook_has_typed_cells_a_frozen_header_and_filters() -> None:
    sheet = sheets(export(format="xlsx"))["Detail"]
    by_title = {cell.value: cell.column for cell in sheet[1]}
    first = {title: sheet.cell(2, column) for title, column in by_title.items()}
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == f"A1:Q{len(ROWS) + 1}"
    assert first["Payee"].value == "110101199003070011" and first["Payee"].data_type == "s"
    assert first["Amount"].value == 10**13 and first["Amount in minor units"].value == 10**15
    assert first["On"].value == datetime(2026, 10, 31)


def test_a_summary_is_a_row_for_each_payee_and_currency() -> None:
    assert [cells[:5] for cells in csv_rows(export(profile="summary"))[1:]] == [
        ["110101199003070011", "张伟", "1", "10000000000000.00", "CNY"],
        ["acme", '\'=HYPERLINK("http://evil.example","Acme")', "1", "7.00", "EUR"],
        ["ana", "安娜", "2", "1234.51", "CNY"],
        ["ana", "安娜", "1", "99999", "JPY"],
        ["ben", "Ben O'Hara", "4", "-50.00", "CNY"],
    ]


def test_an_export_of_nothing_is_a_file_with_a_header() -> None:
    assert len(csv_rows(export([]))) == 1
    assert sheets(export([], format="xlsx"))["Detail"].max_row == 1


STARTS = st.sampled_from(sorted(FORMULA_STARTS)) | st.text(" \u00a0\u3000\u200b\ufeff\u2060\u202e\ufe0f", max_size=3)
PAYLOADS = st.sampled_from(
    (
        "=1+1",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://x.example","y")',
        "@SUM(1)",
        "+1",
        "-2+3",
        "{=1}",
        "http://x.example",
        "mailto:a@x.example",
        "\tx",
        "\r=1",
        "=",
        "＝1+1",
        "＠x",
        "_x0041_",
        "=\0",
        "internal:Sheet2!A1",
        "\\\\x\\y",
        "'=1",
        '"=1',
        "%0A=1",
    )
)
HOSTILE = st.builds("".join, st.tuples(STARTS, PAYLOADS, st.text(max_size=12))) | st.text(max_size=30) | PAYLOADS
HOSTILE_ROWS = st.lists(
    st.builds(
        row,
        payee=HOSTILE,
        name=HOSTILE,
        deal=HOSTILE,
        event=HOSTILE,
        rate=HOSTILE,
        place=HOSTILE,
        minor=st.integers(-(10**15), 10**15),
        currency=st.sampled_from(["CNY", "JPY", "KWD"]),
    ),
    min_size=40,
    max_size=40,
)


def dangerous(text: str) -> bool:
    """An opinion of its own on what a program may take for a formula: look past what cannot be seen."""
    shown = text.lstrip(" \u00a0\u3000\u200b\ufeff\u2060\u202e\ufe0f")
    return text[:1] in ("\t", "\r", "\n", "\0") or shown[:1] in tuple("=+-@＝＋－＠")


def text_cells(made: ExportFile) -> Iterator[str]:
    """Every text cell of a CSV file: columns that are neither amounts nor days nor counts."""
    columns = LAYOUTS["detail"].columns
    for cells in csv_rows(made)[1:]:
        yield from (cell for cell, column in zip(cells, columns, strict=True) if column.kind == "text")


@settings(deadline=None, max_examples=25)
@given(HOSTILE_ROWS)
def test_no_text_of_five_thousand_becomes_a_formula_or_a_link(rows: list[Any]) -> None:
    for cell in text_cells(export(rows)):
        assert not dangerous(cell)
    for sheet in sheets(export(rows, format="xlsx")).values():
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f" and cell.hyperlink is None
                assert not (isinstance(cell.value, str) and dangerous(cell.value))


@settings(deadline=None, max_examples=25)
@given(HOSTILE_ROWS)
def test_amounts_stay_numbers_whatever_stands_beside_them(rows: list[Any]) -> None:
    sheet = sheets(export(rows, format="xlsx"))["Detail"]
    titles = [cell.value for cell in sheet[1]]
    for number, given_row in enumerate(sorted(rows, key=lambda each: each.order), 2):
        amount, minor = (sheet.cell(number, titles.index(t) + 1) for t in ("Amount", "Amount in minor units"))
        assert (amount.data_type, minor.data_type, minor.value) == ("n", "n", given_row.amount.minor)
        assert f"{amount.value:.3f}" == f"{given_row.amount.minor / 10 ** PLACES[given_row.amount.currency]:.3f}"


PLACES = {"CNY": 2, "JPY": 0, "KWD": 3}


def test_a_harmless_text_stays_as_it_is() -> None:
    for text in ("Ana", "北辰仪器", "3M - Minnesota", "a=b", "", "two\nlines", "'quoted'"):
        assert safe_text(text) == text


def test_a_text_that_no_cell_can_hold_is_cut_visibly() -> None:
    assert safe_text("x" * 40_000).endswith("x…") and len(safe_text("x" * 40_000)) == 32_000
