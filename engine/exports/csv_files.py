"""An export as CSV, as a spreadsheet in China opens it: UTF-8 with a mark, CRLF, amounts without separators."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from engine.core.money import Money
from engine.exports.layouts import Cell
from engine.exports.safe_texts import safe_text

MARK = "\ufeff"


def csv_bytes(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The file's bytes: the titles, then the rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return (MARK + text.getvalue()).encode("utf-8")


def _text(cell: Cell) -> str:
    """A cell as text; only texts of people can be dangerous."""
    if isinstance(cell, Money):
        return cell.plain()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell) if isinstance(cell, int) else safe_text(cell)
