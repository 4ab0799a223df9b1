"""Whole records by class: everybody, or those of some ids, in few queries."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Select, select

from engine.core.records import Record
from engine.store.database import Unit
from engine.store.record_codec import text_record, text_records
from engine.store.record_rows import KINDS

SomeRecord = TypeVar("SomeRecord", bound=Record)

_AT_ONCE = 2000
_REMEMBERED, _LATELY = 20_000, 5_000


def all_records(unit: Unit, kind: type[SomeRecord]) -> tuple[SomeRecord, ...]:
    """Every record of that class that stands, by id; credits and grants that were withdrawn are left out."""
    table = KINDS[kind].table
    query = select(table.c.body).order_by(table.c.id)
    query = query.where(table.c.withdrawn == 0) if "withdrawn" in table.c else query
    return tuple(text_record(kind, row.body) for row in unit.rows(query))


def remembered(unit: Unit, kind: type[SomeRecord]) -> dict[str, SomeRecord]:
    """Every record of a small class by id, for names and managers: what this process has read before, as it was written
    then, is not read anew."""
    table = KINDS[kind].table
    rows: Sequence[Any] = unit.rows(select(table.c.id, table.c.body).order_by(table.c.id))
    known: Any = kind  # a class is hashable, which type checkers do not believe of a type variable
    return {row[0]: _read_once(known, row[1]) for row in rows}


@lru_cache(maxsize=_REMEMBERED)
def _read_once(kind: type[SomeRecord], body: str) -> SomeRecord:
    return text_record(kind, body)


def records_by_id(unit: Unit, kind: type[SomeRecord], ids: Iterable[str]) -> tuple[SomeRecord, ...]:
    """The records of those ids, by id; unknown ids are left out."""
    return tuple(text_records(kind, [body for _, body in _bodies(unit, kind, ids)]))


def remembered_by_id(unit: Unit, kind: type[SomeRecord], ids: Iterable[str]) -> dict[str, SomeRecord]:
    """The same by id, for views: a page is often asked for again, and what did not change since is not read anew."""
    known: Any = kind
    return {id: _read_lately(known, body) for id, body in _bodies(unit, kind, ids)}


@lru_cache(maxsize=_LATELY)
def _read_lately(kind: type[SomeRecord], body: str) -> SomeRecord:
    return text_record(kind, body)


def _bodies(unit: Unit, kind: type[SomeRecord], ids: Iterable[str]) -> list[tuple[str, str]]:
    """Id and body of the records of those ids, by id."""
    table, wanted = KINDS[kind].table, sorted(set(ids))
    portions = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
    query: Select[Any] = select(table.c.id, table.c.body)
    rows: list[Any] = [row for some in portions for row in unit.rows(query.where(table.c.id.in_(some)))]
    return sorted((row.id, row.body) for row in rows)
