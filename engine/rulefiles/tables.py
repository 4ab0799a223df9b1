"""CSV files beside rule files, as spreadsheets save them, read with the place of every cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.problems import Place, Problem
from engine.rulefiles.characters import forbidden, lines_of
from engine.rulefiles.located import Text, problem_at, shown
from engine.rulefiles.reading import LARGEST_FILE

_CELL = re.compile(r'("(?:[^"]|"")*"|[^",][^,]*|)(,|$)')
_REST = re.compile(r"(.*)($)")


@dataclass(frozen=True, slots=True)
class Table:
    """The lines below the column names, each a cell for every column."""

    rows: tuple[tuple[Text, ...], ...]
    problems: tuple[Problem, ...]

    def as_text(self) -> list[list[str]]:
        """The cells as plain text, for the canonical form of the rule that uses the table."""
        return [[str(cell) for cell in row] for row in self.rows]


def beside(file: str, name: str) -> str:
    """The path of a file in the same folder as a rule file."""
    folder, slash, _ = file.rpartition("/")
    return f"{folder}{slash}{name}"


def read_table(name: Text, files: Mapping[str, str], columns: tuple[str, ...], more: tuple[str, ...] = ()) -> Table:
    """The table that a rule names, with exactly these columns, or these and `more`. R061 when there is no such file
    beside the rule."""
    path = beside(name.place.file, name)
    if path not in files:
        return Table((), (problem_at(name, "R061", found=name),))
    text = files[path].removeprefix("\ufeff")
    hidden = [Problem("R002", Place(path, line, column), {"name": said}) for line, column, said in forbidden(text)]
    if hidden:
        return Table((), tuple(hidden))
    if len(text.encode("utf-8")) > LARGEST_FILE:
        return Table((), (Problem("R003", Place(path), {"most": f"{LARGEST_FILE // 1024} KiB"}),))
    return _rows(path, text, columns, more)


def _rows(path: str, text: str, columns: tuple[str, ...], more: tuple[str, ...]) -> Table:
    """The rows of a text; every line that does not fit the columns is a problem."""
    lines = [(number, line) for number, line in enumerate(lines_of(text), 1) if line.strip(" \t,")]
    head = tuple(_cells(path, *lines[0])) if lines else ()
    if more and tuple(cell.strip() for cell in head) == (*columns, *more):
        columns = (*columns, *more)
    if tuple(cell.strip() for cell in head) != columns:
        found = shown(lines[0][1]) if lines else ""
        return Table((), (Problem("R062", Place(path, 1, 1), {"found": found, "expected": ",".join(columns)}),))
    if len(lines) == 1:
        return Table((), (Problem("R064", Place(path, 1, 1)),))
    rows = [tuple(_cells(path, number, line)) for number, line in lines[1:]]
    wrong = [_misfit(row, columns) for row in rows if len(row) != len(columns)]
    return Table(tuple(row for row in rows if len(row) == len(columns)), tuple(wrong))


def _misfit(row: tuple[Text, ...], columns: tuple[str, ...]) -> Problem:
    return Problem("R063", row[0].place, {"cells": str(len(row)), "expected": str(len(columns))})


def _cells(path: str, number: int, line: str) -> Iterator[Text]:
    """The cells of one line with their places; quotes are taken off, blanks around a cell too."""
    position = 0
    while position <= len(line):
        match = _CELL.match(line, position) or _REST.match(line, position)
        assert match is not None, "the second pattern takes the rest of any line"
        raw = match[1]
        quoted = len(raw) > 1 and raw[0] == raw[-1] == '"'
        value = raw[1:-1].replace('""', '"') if quoted else raw.strip()
        indent = 0 if quoted else len(raw) - len(raw.lstrip())
        yield Text.at(value, Place(path, number, position + indent + 1), len(value), plain=not quoted)
        if not match[2]:
            return
        position = match.end()
