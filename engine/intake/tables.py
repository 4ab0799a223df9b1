"""What a table of any format comes down to: headers, and rows of texts with their place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from engine.core.problems import Place, Problem
from engine.intake.slips import Where

LARGEST_FILE = 256 * 1024 * 1024
MOST_ROWS = 2_000_000
LONGEST_CELL = 32_767
"""Characters; what a spreadsheet's cell can hold."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as its format gives it: its number in the file (from 1) and its cells, trimmed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its headers. `cells` by header, empty ones included; `place` has the line, or the sheet's row.

    `columns` numbers the headers from 1, as a spreadsheet does.
    """

    place: Place
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def where(self, headers: Mapping[str, str]) -> Where:
        """The place of fields that were read under these headers (field -> header)."""
        known = {name: (self.columns[header], header) for name, header in headers.items() if header in self.columns}
        return Where(self.place, known)


@dataclass(frozen=True, slots=True)
class Table:
    """A file's headers in their order, and its rows as they are read; a row that cannot be read is a Problem."""

    file: str
    headers: tuple[str, ...]
    rows: Iterator[Row | Problem]


def table(file: str, lines: Iterable[Line | Problem]) -> Table | tuple[Problem, ...]:
    """The table whose first row that is not blank holds the headers. I004 without one, I005 for a header twice."""
    reading = iter(lines)
    head = next((line for line in reading if isinstance(line, Problem) or any(line.cells)), None)
    if head is None:
        return (Problem("I004", Place(file)),)
    if isinstance(head, Problem):
        return (head,)
    headers = _without_empty_end(head.cells)
    if twice := tuple(_twice(file, head.number, headers)):
        return twice
    return Table(file, headers, _limited(file, _rows(file, headers, reading)))


def _without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells up to the last that is not empty."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _twice(file: str, number: int, headers: tuple[str, ...]) -> Iterator[Problem]:
    """A problem for each header that an earlier column has."""
    for index, header in enumerate(headers):
        first = headers.index(header)
        if header and first != index:
            place = Place(file, number, index + 1)
            yield Problem("I005", place, {"header": header, "first": str(first + 1), "second": str(index + 1)})


def _rows(file: str, headers: tuple[str, ...], lines: Iterable[Line | Problem]) -> Iterator[Row | Problem]:
    """The rows that are not blank."""
    columns = {header: index for index, header in enumerate(headers, 1) if header}
    for line in lines:
        if isinstance(line, Problem):
            yield line
        elif any(line.cells):
            yield _row(file, headers, columns, line)


def _row(file: str, headers: tuple[str, ...], columns: Mapping[str, int], line: Line) -> Row | Problem:
    """One row under the headers. I010 for more or fewer cells, I012 for a cell that is too long."""
    place = Place(file, line.number, 1)
    cells = _without_empty_end(line.cells)
    if len(cells) > len(headers) or len(line.cells) < len(headers):
        return Problem("I010", place, {"found": str(len(line.cells)), "expected": str(len(headers))})
    for header, cell in zip(headers, line.cells, strict=False):
        if len(cell) > LONGEST_CELL:
            return Problem("I012", place, {"header": header, "size": str(len(cell)), "most": str(LONGEST_CELL)})
    named = zip(headers, line.cells, strict=False)
    return Row(place, {header: cell for header, cell in named if header}, columns)


def _limited(file: str, rows: Iterable[Row | Problem]) -> Iterator[Row | Problem]:
    """At most `MOST_ROWS` of them; I009 in place of the next."""
    reading = iter(rows)
    yield from islice(reading, MOST_ROWS)
    if next(reading, None) is not None:
        yield Problem("I009", Place(file), {"most": f"{MOST_ROWS:,}"})
