"""A file opened by the end of its name: a table, or lines of JSON."""

from collections.abc import Iterator
from pathlib import Path

from engine.core.problems import Place, Problem
from engine.intake.csv_lines import csv_lines
from engine.intake.json_lines import RawLine, json_lines
from engine.intake.slips import Slipped
from engine.intake.tables import Table, table
from engine.intake.text_lines import encoding_of
from engine.intake.xlsx_lines import xlsx_lines

TABLES = (".csv", ".tsv", ".txt", ".xlsx")
JSON_LINES = (".jsonl", ".ndjson")


def is_json_lines(path: Path) -> bool:
    """True for a file of JSON lines."""
    return path.suffix.lower() in JSON_LINES


def open_table(path: Path) -> Table | tuple[Problem, ...]:
    """The file as a table, or why it is none. Rows are read as they are asked for."""
    suffix = path.suffix.lower()
    try:
        if suffix not in TABLES:
            raise Slipped("I003", found=path.suffix or path.name)
        lines = xlsx_lines(path) if suffix == ".xlsx" else csv_lines(path, encoding_of(path))
        return table(path.name, lines)
    except Slipped as slipped:
        return (Problem(slipped.slip.code, Place(path.name), slipped.slip.params),)


def open_json_lines(path: Path) -> Iterator[RawLine | Problem]:
    """The file's objects, or the one reason why it has none."""
    try:
        yield from json_lines(path, encoding_of(path))
    except Slipped as slipped:
        yield Problem(slipped.slip.code, Place(path.name), slipped.slip.params)
