"""An export as CSV, as a spreadsheet in China opens it: UTF-8 with a mark, CRLF, amounts without separators."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from engine.core.money import Money
from engine.core.problems import Language
from engine.exports.layouts import Cell, Layout
from engine.exports.safe_texts import safe_text

MARK = "\ufeff"


def csv_bytes(layout: Layout, rows: Sequence[Sequence[Cell]], language: Language) -> bytes:
    """The file's bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.title(language) for column in layout.columns])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return (MARK + text.getvalue()).encode("utf-8")


def _text(cell: Cell) -> str:
    """A cell as text; only texts of people can be dangerous."""
    if isinstance(cell, Money):
        return cell.plain()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell) if isinstance(cell, int) else safe_text(cell)
