"""Many rows in one statement: compiled once for each table and set of columns, then handed to the driver as they are.

SQLAlchemy's own way works out every row's parameters anew; for a group of events that is the larger part of the time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from engine.store.tables.kinds import Day, Instant, micros

Values = Mapping[str, Any]


class Prepared(NamedTuple):
    """A statement as the driver wants it, the columns in their order, and what must be converted first."""

    text: str
    names: tuple[str, ...]
    conversions: tuple[tuple[int, Callable[[Any], object]], ...]
    by_name: bool


def write_rows(connection: Connection, table: Table, rows: Sequence[Values], *, replace: bool) -> None:
    """Insert the rows; with `replace`, rows of the same primary key are overwritten. All rows give the same columns."""
    names = tuple(rows[0])
    values = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    write_values(connection, table, names, map(values, rows), replace=replace)


def write_values(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Iterable[Sequence[Any]], *, replace: bool
) -> None:
    """The same of rows that give only the values, in the order of the names of their columns."""
    prepared = _prepared(connection.dialect, table, names, replace)
    if prepared.names != names:
        rows = map(itemgetter(*map(names.index, prepared.names)), rows)
    if prepared.conversions:
        rows = [_converted(row, prepared.conversions) for row in rows]
    if prepared.by_name:
        rows = [dict(zip(prepared.names, row, strict=True)) for row in rows]  # type: ignore[misc]
    connection.exec_driver_sql(prepared.text, [*rows])


def _converted(row: Sequence[Any], conversions: Sequence[tuple[int, Callable[[Any], object]]]) -> tuple[Any, ...]:
    values = list(row)
    for place, convert in conversions:
        if values[place] is not None:
            values[place] = convert(values[place])
    return tuple(values)


@lru_cache(maxsize=256)
def _prepared(dialect: Dialect, table: Table, names: tuple[str, ...], replace: bool) -> Prepared:
    insert = sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)
    if replace:
        keys = [column.name for column in table.primary_key]
        changed = {name: insert.excluded[name] for name in names if name not in keys}
        insert = insert.on_conflict_do_update(index_elements=keys, set_=changed)
    compiled = insert.compile(dialect=dialect, column_keys=list(names))
    order = tuple(compiled.positiontup) if compiled.positiontup else names
    return Prepared(str(compiled), order, tuple(_conversions(table, order)), not compiled.positiontup)


def _conversions(table: Table, names: Iterable[str]) -> Iterable[tuple[int, Callable[[Any], object]]]:
    for place, name in enumerate(names):
        if isinstance(table.c[name].type, Instant):
            yield place, micros
        elif isinstance(table.c[name].type, Day):
            yield place, date.isoformat
