"""Decision tables: tests that can be met, no gaps, no quarrels, no row that is never reached, versions alike."""

from collections.abc import Iterator
from itertools import groupby

from engine.core.decision_tables.axes import Grid, grid_of
from engine.core.decision_tables.proofs import gap, impossible_cells, overlaps, unreachable
from engine.core.problems import Problem
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.table import DecisionTable
from engine.rulefiles.checks.finding import finding


def tables_are_sound(rulebook: Rulebook) -> Iterator[Problem]:
    """R294 for a test that nothing meets; in tables without one R297, R298 for rows that quarrel, R300 for rows that are
    never reached, R299 for keys that no row matches. Exact: over all values, each with a witness."""
    for table in rulebook.tables:
        grid = grid_of(table)
        impossible = list(impossible_cells(grid))
        for row, key in impossible:
            cell = table.rows[row].cells[key]
            told = {"found": cell.source, "column": table.by[key].name}
            yield Problem("R294", cell.place, told, width=max(len(cell.source), 1))
        if not impossible:
            yield from _of_rows(grid)
            yield from _of_gaps(rulebook, grid)


def _of_rows(grid: Grid) -> Iterator[Problem]:
    table = grid.table
    if table.hit in ("unique", "any"):
        for overlap in overlaps(grid):
            line = str(table.rows[overlap.earlier].place.line)
            code = "R297" if table.hit == "unique" else "R298"
            yield Problem(code, table.rows[overlap.later].place, {"line": line, "witness": overlap.witness})
    for number, ahead, witness in unreachable(grid):
        lines = ", ".join(str(table.rows[other].place.line) for other in ahead)
        yield Problem("R300", table.rows[number].place, {"lines": lines, "witness": witness})


def _of_gaps(rulebook: Rulebook, grid: Grid) -> Iterator[Problem]:
    if witness := gap(grid):
        yield finding(rulebook, grid.table.header, ("rows",), "R299", witness=witness)


def versions_have_the_same_columns(rulebook: Rulebook) -> Iterator[Problem]:
    """R296 for a version of a table whose keys or results are not those of the first."""
    ordered = sorted(rulebook.tables, key=lambda table: table.header.id)
    for id, versions in groupby(ordered, key=lambda table: table.header.id):
        first, *others = versions
        for table in others:
            if _columns(table) != _columns(first):
                where = str(first.header.place)
                yield finding(rulebook, table.header, ("by",), "R296", table=id, other_place=where)


def _columns(table: DecisionTable) -> tuple[object, ...]:
    return tuple((column.name, column.type) for column in (*table.by, *table.gives))
