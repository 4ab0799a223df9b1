"""The rows of a CSV file. A quote that nobody closed costs its own row, not the rest of the file."""

import csv
from collections import deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from engine.core.problems import Place, Problem
from engine.intake.tables import Line
from engine.intake.text_lines import numbered_lines

DELIMITERS = (",", ";", "\t")
LONGEST_RECORD = 120_000
"""Characters; below the limit of the csv module, which would stop at it."""
MOST_LINES = 200
"""Lines that one quoted text may run over."""

Numbered = tuple[int, str]


def csv_lines(path: Path, encoding: str) -> Iterator[Line | Problem]:
    """The file's rows. I010 and I011 stand in place of a row that cannot be told apart."""
    lines = numbered_lines(path, encoding)
    first = next((line for line in lines if isinstance(line, Problem) or line[1].strip()), None)
    if first is None:
        return
    delimiter = "," if isinstance(first, Problem) else delimiter_of(first[1])
    yield from _records(path.name, delimiter, chain([first], lines))


def delimiter_of(header: str) -> str:
    """The delimiter that a header row uses most, outside quotes; a comma when it uses none."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _records(file: str, delimiter: str, lines: Iterator[Numbered | Problem]) -> Iterator[Line | Problem]:
    """Rows put together from lines. A row over several lines must have as many cells as the first row has."""
    waiting: deque[Numbered | Problem] = deque()
    width = 0
    while True:
        first = waiting.popleft() if waiting else next(lines, None)
        if first is None:
            return
        if isinstance(first, Problem):
            yield first
            continue
        record = _record(first, delimiter, width, waiting, lines)
        if record is None:
            yield Problem("I011", Place(file, first[0], 1))
        else:
            width = width or len(record.cells)
            yield record


def _record(
    first: Numbered, delimiter: str, width: int, waiting: deque[Numbered | Problem], lines: Iterator[Numbered | Problem]
) -> Line | None:
    """The row that begins on this line, or None when it has no end; then the lines after it are waiting, untouched."""
    taken = [first[1]]
    ahead: list[Numbered | Problem] = []
    while (cells := _cells(taken, delimiter)) is None and len(taken) < MOST_LINES and _short(taken):
        more = waiting.popleft() if waiting else next(lines, None)
        if more is None or isinstance(more, Problem):
            ahead += [] if more is None else [more]
            break
        ahead.append(more)
        taken.append(more[1])
    if cells and (len(taken) == 1 or not width or len(cells) == width):
        return Line(first[0], cells)
    waiting.extendleft(reversed(ahead))
    return None


def _short(lines: list[str]) -> bool:
    """True while a record of these lines is no longer than any record may be."""
    return sum(map(len, lines)) < LONGEST_RECORD


def _cells(lines: list[str], delimiter: str) -> tuple[str, ...] | None:
    """The cells of one record, trimmed; None while a quote is open; empty when the quotes are wrong."""
    try:
        found = next(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return None if "unexpected end of data" in str(error) else ()
    return tuple(cell.strip() for cell in found) or ("",)
