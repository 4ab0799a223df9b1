"""Which deals an account or a contact has: the stored ones, with changes that are not written yet laid over them."""

from collections.abc import Iterable

from sqlalchemy import select

from engine.core.records import Deal
from engine.store.database import Unit
from engine.store.tables.records import deals
from engine.store.working_set import Shelf


class DealLists:
    """The deals of every account, or of every contact, that was asked for in one unit; `name` is the fact and column."""

    def __init__(self, unit: Unit, shelf: Shelf, name: str) -> None:
        self._unit, self._shelf, self._name = unit, shelf, name
        self._lists: dict[str, dict[str, None]] = {}

    def of(self, value: str) -> tuple[str, ...]:
        """The ids of its deals, sorted."""
        self.read((value,))
        return tuple(sorted(self._lists[value]))

    def read(self, values: Iterable[str]) -> None:
        """Have at hand which deals those have, changes that are not written yet included."""
        missing = {value: dict[str, None]() for value in values if value not in self._lists}
        if missing:
            changed, column = self._shelf.changed, deals.c[self._name]
            query = select(deals.c.id, column.label("value")).where(column.in_(list(missing)))
            stored = [(row.value, row.id) for row in self._unit.rows(query) if row.id not in changed]
            own = [(deal.facts.get(self._name), deal.id) for deal in changed.values()]
            for value, deal in (*stored, *own):
                if value in missing:
                    missing[value][deal] = None
            self._lists |= missing

    def move(self, deal: Deal, before: Deal | None) -> None:
        """Keep the lists right when a deal is new or changes hands."""
        if before and before.facts.get(self._name) in self._lists:
            self._lists[str(before.facts[self._name])].pop(deal.id, None)
        value = deal.facts.get(self._name)
        if value in self._lists:
            self._lists[str(value)][deal.id] = None
