"""The records that a worker has at hand: read once, changed in memory, written together.

A shelf holds one class. It knows which ids and which whole lists it has read, so that "not there" is not asked twice,
and what has changed since the last writing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, bindparam, select, tuple_, update

from engine.core.draft import moment_and_id
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.record_rows import KINDS, Kind, ListKey, Row

_AT_ONCE = 2000
# Beyond this many records the set is emptied between units, so that memory stays bounded.
_ROOM = 200_000

_DEAL: ListKey = ("deal",)
Touch = tuple[str, str, str, str]


class Shelf:
    """The records of one class that are at hand. A record read from the database stays text until it is looked at."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.found: dict[str, Any] = {}
        self.lists: dict[tuple[ListKey, ListKey], dict[str, None]] = {}
        self.sorted: dict[tuple[ListKey, ListKey], tuple[Any, ...]] = {}
        self.changed: dict[str, Any] = {}
        self.withdrawn: dict[str, Any] = {}
        self.all_read = False

    def one(self, unit: Unit, id: str) -> Any:
        """The record of that id, or None."""
        if id not in self.found and not self.all_read:
            self.read_ids(unit, (id,))
        found = self.found.get(id)
        if type(found) is str:
            found = self.found[id] = text_record(self.kind.record, found)
        return found

    def many(self, unit: Unit, columns: ListKey, wanted: ListKey) -> tuple[Any, ...]:
        """The records whose columns have those values, by moment and id."""
        place = (columns, wanted)
        if place not in self.sorted:
            if place not in self.lists:
                self.read_lists(unit, columns, (wanted,))
            records = (self.one(unit, id) for id in self.lists[place])
            self.sorted[place] = tuple(sorted(records, key=moment_and_id))
        return self.sorted[place]

    def everything(self, unit: Unit) -> tuple[Any, ...]:
        """Every record of the class, by id."""
        if not self.all_read:
            self._take(unit, self._query())
            self.all_read = True
        return tuple(record for id in sorted(self.found) if (record := self.one(unit, id)) is not None)

    def read_ids(self, unit: Unit, ids: Iterable[str]) -> None:
        """Have the records of those ids at hand, and know which are not there."""
        missing = [] if self.all_read else sorted({id for id in ids if id not in self.found})
        for some in _portions(missing):
            self.found.update(dict.fromkeys(some))
            self._take(unit, self._query().where(self.kind.table.c.id.in_(some)))

    def read_lists(self, unit: Unit, columns: ListKey, wanted: Iterable[ListKey]) -> None:
        """Have those whole lists at hand: what is stored, with what has changed since laid over it."""
        missing = sorted({values for values in wanted if (columns, values) not in self.lists})
        for values in missing:
            self.lists[columns, values] = {}
        table_columns = [self.kind.table.c[name] for name in columns]
        for some in _portions(missing):
            one = [values[0] for values in some]
            condition = table_columns[0].in_(one) if len(columns) == 1 else tuple_(*table_columns).in_(some)
            for row in self._take(unit, self._query(*table_columns).where(condition)):
                if row.id not in self.changed and row.id not in self.withdrawn:
                    self.lists[columns, tuple(row[2:])][row.id] = None
        self._lay_over(columns, set(missing))

    def _lay_over(self, columns: ListKey, fresh: set[ListKey]) -> None:
        """Put changed records that are not written yet on lists that were just read."""
        values_of = self.kind.lists[columns]
        for id, record in self.changed.items() if fresh else ():
            values = values_of(record)
            if values in fresh:
                self.lists[columns, values][id] = None

    def put(self, unit: Unit, record: Any) -> Any:
        """The record as it was before, or None; from now on it stands as given. The same again changes nothing."""
        before = self._before(unit, record)
        if before == record:
            return before
        self.remove(record.id, before)
        self.found[record.id] = self.changed[record.id] = record
        for columns, values_of in self.kind.lists.items():
            place = (columns, values_of(record))
            if place in self.lists:
                self.lists[place][record.id] = None
                self._keep_sorted(place, before, record)
        return before

    def _keep_sorted(self, place: tuple[ListKey, ListKey], before: Any, record: Any) -> None:
        """A list in order stays so without being sorted anew when a new record comes last, as it mostly does."""
        known = self.sorted.pop(place, None)
        if known is not None and before is None and (not known or moment_and_id(known[-1]) < moment_and_id(record)):
            self.sorted[place] = (*known, record)

    def _before(self, unit: Unit, record: Any) -> Any:
        """The record as it is now. When its deal's whole list is at hand, an id that is not there is new."""
        values_of = self.kind.lists.get(_DEAL)
        deal = values_of(record) if values_of else ("",)
        if deal == ("",):
            return self.one(unit, record.id)
        self.read_lists(unit, _DEAL, (deal,))
        return self.one(unit, record.id) if record.id in self.found else None

    def remove(self, id: str, before: Any) -> None:
        """Take a record off every list that it is on."""
        self.withdrawn.pop(id, None)
        for columns, values_of in self.kind.lists.items() if before is not None else ():
            place = (columns, values_of(before))
            if place in self.lists:
                self.lists[place].pop(id, None)
                self.sorted.pop(place, None)

    def withdraw(self, unit: Unit, id: str) -> Any:
        """The record that is taken out, or None when there was none."""
        before = self.one(unit, id)
        if before is not None:
            self.remove(id, before)
            self.changed.pop(id, None)
            self.found[id] = None
            self.withdrawn[id] = before
        return before

    def write(self, unit: Unit) -> None:
        """Write what has changed since the last time, in two statements at most."""
        unit.upsert(self.kind.table, [self.kind.row(record) for record in self.changed.values()])
        if self.withdrawn:
            # A credit that was never stored is withdrawn without a trace in the table; its outcomes tell of it.
            table = self.kind.table
            change = update(table).where(table.c.id == bindparam("gone")).values(withdrawn=1)
            unit.connection.execute(change, [{"gone": id} for id in self.withdrawn])
        self.changed, self.withdrawn = {}, {}

    def _query(self, *more: Any) -> Select[Any]:
        table = self.kind.table
        query = select(table.c.id, table.c.body, *more)
        return query.where(table.c.withdrawn == 0) if "withdrawn" in table.c else query

    def _take(self, unit: Unit, query: Select[Any]) -> Any:
        """The rows of a query, their records put on the shelf unless they are there in a newer form."""
        rows = unit.rows(query)
        for row in rows:
            if self.found.get(row.id) is None and row.id not in self.withdrawn:
                self.found[row.id] = row.body
        return rows


class WorkingSet:
    """The shelves of all classes. One worker may keep it from unit to unit: it is used again only when nobody else has
    changed a record in between, which the version of the records tells. Not to be shared between threads.
    """

    def __init__(self) -> None:
        self.version = -1
        self.shelves: Mapping[type, Shelf] = {}
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.version = -1
        self.shelves = {record: Shelf(kind) for record, kind in KINDS.items()}

    def open(self, version: int) -> None:
        """Begin a unit at that version of the records. Until `close` it counts as stale, should the unit fail."""
        held = sum(len(shelf.found) for shelf in self.shelves.values())
        if self.version != version or held > _ROOM:
            self.clear()
        self.version = -1

    def close(self, version: int) -> None:
        """The unit was committed and left the records at that version."""
        self.version = version


def touched(kind: Kind, before: Any, after: Any) -> set[Touch]:
    """The pay windows that this change of a record bears on; None where it is new or gone."""
    word = kind.record.__name__.lower()
    return {(word, *place) for place in kind.touched(before, after)} if kind.touched else set()


def touch_rows(touches: Iterable[Touch], version: int) -> list[Row]:
    """Rows of the table `touches`."""
    names = ("kind", "subject", "name", "day")
    return [{**dict(zip(names, touch, strict=True)), "version": version} for touch in sorted(touches)]


def _portions(wanted: list[Any]) -> Iterable[list[Any]]:
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
