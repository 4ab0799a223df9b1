"""What somebody has in hand: open deals, customers, open tickets; with changes that are not written yet laid over them."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, select

from engine.core.charges import RECORD_OF, Charge, ChargeKind
from engine.core.records import Account, Deal, Ticket
from engine.core.tickets import DONE
from engine.store.database import Unit
from engine.store.tables.records import accounts, deals, tickets
from engine.store.working_set import Shelf

_QUERIES: Mapping[ChargeKind, Callable[[str], Select[Any]]] = {
    "deal": lambda who: select(deals.c.id).where(deals.c.owner == who, deals.c.status == "open"),
    "account": lambda who: select(accounts.c.id).where(accounts.c.owner == who, accounts.c.survivor == ""),
    "ticket": lambda who: select(tickets.c.id).where(tickets.c.owner == who, tickets.c.status.not_in(DONE)),
}


class InHand:
    """The lists of one unit; each is read once and then kept right as records change."""

    def __init__(self, unit: Unit, shelves: Mapping[type, Shelf]) -> None:
        self._unit, self._shelves = unit, shelves
        self._lists: dict[tuple[ChargeKind, str], dict[str, None]] = {}

    def of(self, kind: ChargeKind, owner: str) -> tuple[str, ...]:
        """The ids of what the person has in hand of that kind, sorted."""
        if (kind, owner) not in self._lists:
            changed = self._shelves[RECORD_OF[kind]].changed
            ids = [row.id for row in self._unit.rows(_QUERIES[kind](owner)) if row.id not in changed]
            own = [record.id for record in changed.values() if Charge(record).in_hands_of == owner]
            self._lists[kind, owner] = dict.fromkeys((*ids, *own))
        return tuple(sorted(self._lists[kind, owner]))

    def move(self, record: Deal | Account | Ticket, before: Deal | Account | Ticket | None) -> None:
        """Keep the lists right when a record is new, changes hands or is over."""
        charge = Charge(record)
        had = self._lists.get((charge.kind, Charge(before).in_hands_of)) if before else None
        has = self._lists.get((charge.kind, charge.in_hands_of))
        if had is not None:
            had.pop(record.id, None)
        if has is not None:
            has[record.id] = None
