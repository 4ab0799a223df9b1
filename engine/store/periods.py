"""Pay periods and their closes. The database refuses entries outside open periods and refuses to open a closed one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from engine.store import chains
from engine.store.chains import Break, Head, Link
from engine.store.codec import decoded_map, encoded_map, json_data, json_text
from engine.store.database import Unit
from engine.store.tables.kinds import micros
from engine.store.tables.pay import closes, periods

CHAIN = "closes"


@dataclass(frozen=True, slots=True)
class PostingPeriod:
    """A period [from_on, until_on) as the books know it. `state` is future, open or closed."""

    id: str
    from_on: date
    until_on: date
    state: str


@dataclass(frozen=True, slots=True)
class Close:
    """The close of a period. `manifest` holds totals, counts and the heads of the chains, as the closer put them."""

    seq: int
    period: str
    made_by: str
    made_at: datetime
    approved_by: str
    approved_at: datetime
    release: str
    manifest: Mapping[str, object]
    hash: str


class PeriodBook:
    """Periods and closes, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, period: PostingPeriod) -> None:
        """A new period, future or open; one that is there stays as it is."""
        if self.find(period.id) is None:
            values = {"id": period.id, "from_on": period.from_on, "until_on": period.until_on, "state": period.state}
            self._unit.insert(periods, [values])

    def open(self, id: str) -> None:
        """The period takes entries from now on; a database error when it is closed."""
        self._unit.change(update(periods).where(periods.c.id == id).values(state="open"))

    def find(self, id: str) -> PostingPeriod | None:
        """The period of that id."""
        row = self._unit.first(select(periods).where(periods.c.id == id))
        return _period(row) if row else None

    def all(self) -> tuple[PostingPeriod, ...]:
        """Every period, by its first day."""
        return tuple(_period(row) for row in self._unit.rows(select(periods).order_by(periods.c.from_on, periods.c.id)))

    def open_ones(self) -> tuple[PostingPeriod, ...]:
        """The periods that take entries, by their first day; usually one."""
        return tuple(period for period in self.all() if period.state == "open")

    def close(
        self,
        id: str,
        manifest: Mapping[str, object],
        *,
        release: str,
        made_by: str,
        made_at: datetime,
        approved_by: str,
        approved_at: datetime,
    ) -> Close:
        """Close the period for ever, with its manifest. An IntegrityError when one signs twice, or it is closed."""
        head = chains.head_of(self._unit, CHAIN)
        row: dict[str, Any] = {
            "seq": head.seq + 1, "period": id, "made_by": made_by, "made_at": made_at, "approved_by": approved_by,
            "approved_at": approved_at, "release": release, "manifest": json_text(encoded_map(manifest)),
        }  # fmt: skip
        row["hash"] = chains.linked(head.hash, _link_content(row))
        self._unit.insert(closes, [row])
        chains.move_head(self._unit, CHAIN, Head(row["seq"], row["hash"]))
        self._unit.change(update(periods).where(periods.c.id == id).values(state="closed"))
        return Close(row["seq"], id, made_by, made_at, approved_by, approved_at, release, dict(manifest), row["hash"])

    def close_of(self, id: str) -> Close | None:
        """The close of a period, or None while it is not closed."""
        row = self._unit.first(select(closes).where(closes.c.period == id))
        return _close(row) if row else None

    def closes(self) -> tuple[Close, ...]:
        """Every close, in the order they were made."""
        return tuple(_close(row) for row in self._unit.rows(select(closes).order_by(closes.c.seq)))

    def head(self) -> Head:
        """The number and hash of the last close."""
        return chains.head_of(self._unit, CHAIN)

    def verify(self, anchors: Iterable[Head] = ()) -> Break | None:
        """The first close that is not what was signed, or None."""
        return chains.broken_link(CHAIN, self._links(), self.head(), anchors)

    def _links(self) -> Iterator[Link]:
        for row in self._unit.rows(select(closes).order_by(closes.c.seq)):
            yield Link(row.seq, _link_content(row._mapping), row.hash)


def _link_content(row: Mapping[Any, Any]) -> str:
    plain = {name: row[name] for name in ("seq", "period", "made_by", "approved_by", "release", "manifest")}
    return json_text({**plain, "made_at": micros(row["made_at"]), "approved_at": micros(row["approved_at"])})


def _period(row: Row[Any]) -> PostingPeriod:
    return PostingPeriod(row.id, row.from_on, row.until_on, row.state)


def _close(row: Row[Any]) -> Close:
    manifest = decoded_map(json_data(row.manifest))
    return Close(
        row.seq, row.period, row.made_by, row.made_at, row.approved_by, row.approved_at, row.release, manifest, row.hash
    )  # fmt: skip
