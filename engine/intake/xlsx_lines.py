"""The rows of a workbook's first sheet, every cell as the text that a person sees there."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from engine.core.problems import Place, Problem
from engine.intake.slips import Slipped
from engine.intake.tables import LARGEST_FILE, Line

LARGEST_UNPACKED = 1024 * 1024 * 1024
LARGEST_RATIO = 200
"""A workbook packs ten to forty times; beyond this it is made to fill the memory."""

_MOST_EXACT = 10**15


def xlsx_lines(path: Path) -> Iterator[Line | Problem]:
    """The rows of the first sheet, blank ones included. Slipped: I002, I007, I008 for a file that is not opened."""
    _refuse_bombs(path)
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (CalamineError, IndexError, OSError) as error:
        raise Slipped("I007", why=str(error)) from error
    offset = sheet.start[1] if sheet.start else 0
    return (_line(path.name, number, offset, cells) for number, cells in enumerate(sheet.iter_rows(), 1))


def _refuse_bombs(path: Path) -> None:
    """Nothing for a workbook of reasonable size."""
    packed = path.stat().st_size
    if packed > LARGEST_FILE:
        raise Slipped("I002", size=f"{packed:,}", most=f"{LARGEST_FILE:,}")
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise Slipped("I007", why=str(error)) from error
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * packed:
        raise Slipped("I008", size=f"{unpacked:,}", times=str(unpacked // max(packed, 1)))


def _line(file: str, number: int, offset: int, cells: list[Any]) -> Line | Problem:
    """One row, with the empty columns left of the table that the reader leaves out."""
    texts = [""] * offset
    for cell in cells:
        try:
            texts.append(cell_text(cell))
        except Slipped as slipped:
            column = len(texts) + 1
            named = {"header": f"{_letters(column)}{number}", **slipped.slip.params}
            return Problem(slipped.slip.code, Place(file, number, column), named)
    return Line(number, tuple(texts))


def cell_text(cell: object) -> str:
    """A cell's value as text: dates as YYYY-MM-DD, truth values as yes and no, numbers with at most 15 digits.

    A spreadsheet calculates in binary and shows 15 digits; those are what its author means, so 0.1+0.2 is 0.3. A whole
    number beyond them has lost digits already: Slipped I015. A cell that holds an error: Slipped I016.
    """
    if isinstance(cell, str):
        if cell.startswith("#") and cell.rstrip("!?").isupper() and cell.endswith(("!", "?", "/A")):
            raise Slipped("I016", found=cell)
        return cell.strip()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    raise TypeError(f"a sheet gave {type(cell).__name__}")


def _number_text(number: int | float) -> str:
    if abs(number) >= _MOST_EXACT:
        raise Slipped("I015", found=str(number))
    return f"{Decimal(format(number, '.15g')):f}"


def _letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
