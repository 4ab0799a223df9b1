"""What left the house: one row for each file, with its hash, its rows and its control totals, chained by hashes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from engine.core.money import Money
from engine.store import chains
from engine.store.chains import Break, Head, Link
from engine.store.codec import json_data, json_text
from engine.store.database import Unit
from engine.store.tables.kinds import micros
from engine.store.tables.pay import exports

CHAIN = "exports"


@dataclass(frozen=True, slots=True)
class Export:
    """One file. `kind` is detail, summary…; `format` csv or xlsx; `totals` are named control totals.

    `ledger` is the ledger's head when it was made: an anchor outside the database. `duplicate_of` is the earlier export
    of the same kind, format and contents, or empty.
    """

    id: str
    kind: str
    format: str
    run: str
    period: str
    filename: str
    sha256: str
    row_count: int
    totals: tuple[tuple[str, Money], ...]
    release: str
    ledger: Head
    made_by: str
    made_at: datetime
    duplicate_of: str = ""


class ExportBook:
    """All exports, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, export: Export) -> None:
        """Note one file; an IntegrityError when the id is taken."""
        head = chains.head_of(self._unit, CHAIN)
        row = _row(export, head.seq + 1)
        row["hash"] = chains.linked(head.hash, _link_content(row))
        self._unit.insert(exports, [row])
        chains.move_head(self._unit, CHAIN, Head(row["seq"], row["hash"]))

    def twin(self, sha256: str, kind: str, format: str) -> Export | None:
        """The first export of that kind and format whose file had the same bytes, or None."""
        c = exports.c
        query = select(exports).where(c.sha256 == sha256, c.kind == kind, c.format == format, c.duplicate_of.is_(None))
        row = self._unit.first(query.order_by(c.seq).limit(1))
        return _export(row) if row else None

    def find(self, id: str) -> Export | None:
        """The export of that id."""
        row = self._unit.first(select(exports).where(exports.c.id == id))
        return _export(row) if row else None

    def all(self, *, period: str = "", run: str = "", limit: int = 100) -> tuple[Export, ...]:
        """The newest first, of that period or run when given."""
        query = select(exports).order_by(exports.c.seq.desc()).limit(limit)
        query = query.where(exports.c.period == period) if period else query
        query = query.where(exports.c.run == run) if run else query
        return tuple(_export(row) for row in self._unit.rows(query))

    def verify(self, anchors: Iterable[Head] = ()) -> Break | None:
        """The first export that is not what was noted, or None."""
        return chains.broken_link(CHAIN, self._links(), chains.head_of(self._unit, CHAIN), anchors)

    def _links(self) -> Iterator[Link]:
        for row in self._unit.rows(select(exports).order_by(exports.c.seq)):
            yield Link(row.seq, _link_content(row._mapping), row.hash)


def _row(export: Export, seq: int) -> dict[str, Any]:
    totals = [[name, total.minor, total.currency] for name, total in export.totals]
    return {
        "seq": seq, "id": export.id, "kind": export.kind, "format": export.format, "run": export.run or None,
        "period": export.period, "filename": export.filename, "sha256": export.sha256, "row_count": export.row_count,
        "totals": json_text(totals), "release": export.release, "ledger_seq": export.ledger.seq,
        "ledger_hash": export.ledger.hash, "made_by": export.made_by, "made_at": export.made_at,
        "duplicate_of": export.duplicate_of or None,
    }  # fmt: skip


def _link_content(row: Mapping[Any, Any]) -> str:
    plain = {str(name): row[name] for name in row if name not in ("hash", "made_at")}
    return json_text({**plain, "made_at": micros(row["made_at"])})


def _export(row: Row[Any]) -> Export:
    names = [name for name in Export.__dataclass_fields__ if name not in ("totals", "ledger")]
    same = {name: row._mapping[name] for name in names}
    totals = tuple((name, Money(minor, currency)) for name, minor, currency in json_data(row.totals))
    ends = {"run": row.run or "", "duplicate_of": row.duplicate_of or ""}
    return Export(**{**same, **ends}, totals=totals, ledger=Head(row.ledger_seq, row.ledger_hash))
