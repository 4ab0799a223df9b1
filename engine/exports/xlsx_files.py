"""An export as a workbook: typed cells, a frozen header with filters, and a sheet that says what the file is.

The writer's own guessing (`write`) is never used: it makes formulas of texts with `=` and links of addresses.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from engine.core.currencies import exponent
from engine.core.money import Money
from engine.core.problems import Language
from engine.exports.layouts import ABOUT, Cell, Column, Layout
from engine.exports.records import ControlTotal, ExportHead
from engine.exports.safe_texts import safe_text

MADE_AT = datetime(2000, 1, 1)
"""The moment that every workbook says it was made, so that the same rows give the same bytes."""

_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def xlsx_bytes(
    layout: Layout, rows: Sequence[Sequence[Cell]], language: Language, head: ExportHead, totals: Sequence[ControlTotal]
) -> bytes:
    """The workbook's bytes."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"author": "Dealwright", "created": MADE_AT, "title": layout.stem[language]})
        formats = _Formats(book)
        _write_rows(book.add_worksheet(layout.sheet[language]), layout.columns, rows, language, formats)
        _write_about(book.add_worksheet(ABOUT[language]["sheet"]), head, totals, language, formats)
    return target.getvalue()


class _Formats:
    """The workbook's cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.header = book.add_format({"bold": True, "bg_color": "#EEEEEE", "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.whole = book.add_format({"num_format": "0"})
        self.text = book.add_format({"num_format": "@"})
        self.amounts: dict[int, Any] = {}

    def amount(self, places: int) -> Any:
        """Thousands separators, and as many decimals as the currency has."""
        if places not in self.amounts:
            decimals = "." + "0" * places if places else ""
            self.amounts[places] = self.book.add_format({"num_format": f"#,##0{decimals}"})
        return self.amounts[places]


def _write_rows(
    sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], language: Language, formats: _Formats
) -> None:
    """The header and the rows, in their order: a workbook of constant memory forgets each row when the next begins."""
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.title(language), formats.header)
    sheet.freeze_panes(1, 0)
    for row_number, row in enumerate(rows, 1):
        for number, cell in enumerate(row):
            _write(sheet, row_number, number, cell, formats)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    """One cell by its own type."""
    if isinstance(cell, Money):
        places = exponent(cell.currency)
        # A cell is a double: exact to 15 digits, which is every amount that Money.parse lets in.
        sheet.write_number(row, column, cell.minor / 10**places, formats.amount(places))
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, formats.whole)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats.day)
    elif cell is not None:
        sheet.write_string(row, column, safe_text(cell), formats.text)


def _write_about(
    sheet: Any, head: ExportHead, totals: Sequence[ControlTotal], language: Language, formats: _Formats
) -> None:
    """Label and value of everything that identifies the file, then the control totals."""
    words = ABOUT[language]
    names = ("company", "period", "number", "run", "fingerprint", "ledger_head", "made_for")
    pairs: list[tuple[str, Cell]] = [(words[name], getattr(head, name)) for name in names]
    pairs.append((words["rows"], sum(total.rows for total in totals)))
    for total in totals:
        currency = total.amount.currency
        pairs.append((words["rows_of"].format(currency=currency), total.rows))
        pairs.append((words["total"].format(currency=currency), total.amount))
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 70)
    for row, (label, value) in enumerate(pairs):
        sheet.write_string(row, 0, label, formats.header)
        _write(sheet, row, 1, value, formats)
