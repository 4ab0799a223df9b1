"""Builds decision tables: columns of facts or of the table's own, rows written in the rule or in its CSV file."""

import re
from collections.abc import Iterator
from typing import Any

from engine.core.decision_tables.cells import ANYTHING, ORDERED, WORDS, read_cell, read_result
from engine.core.fact_types import FactKind, FactType
from engine.core.numerals import Unreadable, nearest
from engine.core.problems import Place
from engine.core.rules.header import Header
from engine.core.rules.table import Cell, Column, DecisionTable, Row
from engine.language.checking.types import named
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.located import Block, Items, Located, Text, problem_at
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.fields import unreadable
from engine.rulefiles.schemas.table import column_names
from engine.rulefiles.tables import Table

CURRENCY_WRITTEN = re.compile(r"\d\s*[万亿]?\s*([A-Z]{3})\b")
_ANY = Cell(ANYTHING, Place(""), negated=True)


def build_table(form: Form, header: Header, workshop: Workshop) -> DecisionTable | None:
    """The table's record; None when its columns have mistakes. A cell with a mistake is told and taken for `-`."""
    before = len(workshop.problems)
    written_keys = form.source["by"]
    assert isinstance(written_keys, Items), "the schema lets nothing else through"
    by = [column for key, text in zip(form["by"], written_keys, strict=True) for column in _keys(key, text, workshop)]
    gives = [_own(name, kind) for name, kind in form["gives"]]
    _twice(form, workshop)
    if len(workshop.problems) > before:
        return None
    names = [column.name for column in (*by, *gives)]
    written = list(_written(form, workshop.tables.get(header.place.file), names, names[len(by) :], workshop))
    by = [_in_its_currency(column, [cells[number] for _, cells in written]) for number, column in enumerate(by)]
    rows = tuple(_row(place, cells, by, gives, workshop) for place, cells in written)
    _fits(form, gives, written, len(by), workshop)
    return DecisionTable(header, tuple(by), tuple(gives), form["hit"], rows)


def _keys(key: Any, written: Located, workshop: Workshop) -> Iterator[Column]:
    """A fact by its name, or keys of the table's own. R292 for no fact, R291 for one that no cell can test."""
    if not isinstance(key, str):
        yield from (_own(name, kind) for name, kind in key)
        return
    fact = workshop.facts.get(key)
    if fact is None:
        near = nearest(key, workshop.facts, 3) or "–"
        workshop.report(written, "R292", found=key, near=near)
    elif fact.kind not in ORDERED | WORDS:
        workshop.report(written, "R291", found=key, **named("kind", fact.kind))
    else:
        yield Column(key, fact, currency=fact.currency or "")


def _own(name: str, kind: Any) -> Column:
    if isinstance(kind, str):
        return Column(str(name), FactType(FactKind(kind)), is_fact=False)
    return Column(str(name), FactType(FactKind(kind["type"]), kind.get("of", ())), is_fact=False)


def _twice(form: Form, workshop: Workshop) -> None:
    """R295 for a column that stands twice."""
    names = column_names(form)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        workshop.report(form.at("by"), "R295", found=twice, expected=", ".join(dict.fromkeys(names)))


Cells = tuple[Text | None, ...]
"""One row as it is written; None where a row in the rule file leaves a key out."""


def _written(
    form: Form, table: Table | None, names: list[str], needed: list[str], workshop: Workshop
) -> Iterator[tuple[Place, Cells]]:
    """Every row with its cells in the order of the columns. A key may be left out in the rule file, a result may not."""
    if table is not None:
        yield from ((row[0].place, row) for row in table.rows)
        return
    rows = form.source["rows"]
    for row in rows if isinstance(rows, Items) else ():
        assert isinstance(row, Block), "the schema lets nothing else through"
        for key in row:
            if key not in names:
                workshop.report(row.key(key), "R295", found=key, expected=", ".join(names))
        for name in needed:
            if name not in row:
                workshop.report(row, "R295", found=name, expected=", ".join(names))
        cells = (row.get(name) for name in names)
        yield row.place, tuple(cell if isinstance(cell, Text) else None for cell in cells)


def _in_its_currency(column: Column, cells: list[Text | None]) -> Column:
    """A column of amounts is in the currency of its first cell that names one."""
    if column.type.kind is not FactKind.MONEY or column.currency:
        return column
    found = (CURRENCY_WRITTEN.search(cell) for cell in cells if cell is not None)
    currency = next((match[1] for match in found if match), "")
    return Column(column.name, column.type, column.is_fact, currency)


def _row(place: Place, cells: Cells, by: list[Column], gives: list[Column], workshop: Workshop) -> Row:
    """One row; a cell that cannot be read is taken for `-`."""
    tests = tuple(_read(read_cell, cell, column, workshop) for cell, column in zip(cells, by, strict=False))
    given = zip(cells[len(by) :], gives, strict=True)
    results = tuple(_read(read_result, cell, column, workshop) for cell, column in given)
    return Row(tuple(test or _ANY for test in tests), results, place)


def _read(read: Any, cell: Text | None, column: Column, workshop: Workshop) -> Any:
    if cell is None:
        return None
    try:
        if not cell.strip():
            raise Unreadable("R293", found=cell)
        return read(cell, column, cell.place)
    except Unreadable as problem:
        workshop.problems.append(unreadable(cell, problem))
        return None


def _fits(form: Form, gives: list[Column], written: list[tuple[Place, Cells]], keys: int, workshop: Workshop) -> None:
    """R301 when a hit policy cannot work on the results, R303 when amounts to be joined are in two currencies."""
    hit, first = form["hit"], gives[0].type.kind
    joined = (FactKind.PERCENT, FactKind.NUMBER, FactKind.MONEY)
    if hit.startswith("collect") and any(column.type.kind not in joined for column in gives):
        workshop.report(form.at("hit"), "R301", found=hit, needed="percent, number, money")
    if hit == "priority" and first is not FactKind.CHOICE:
        workshop.report(form.at("hit"), "R301", found=hit, needed="choice")
    if not hit.startswith("collect"):
        return
    for number in (number for number, column in enumerate(gives, keys) if column.type.kind is FactKind.MONEY):
        named_in = [(match[1], cell) for _, cells in written if (cell := cells[number])
                    for match in [CURRENCY_WRITTEN.search(cell)] if match]  # fmt: skip
        for currency, cell in named_in:
            if currency != named_in[0][0]:
                workshop.problems.append(problem_at(cell, "R303", found=currency, currency=named_in[0][0]))
