"""What somebody has, or nobody: a deal, a customer, a ticket. Pools and assignment rules ask no more of it than this."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Account, Deal, Ticket

ChargeKind = Literal["deal", "account", "ticket"]

RECORD_OF: Mapping[ChargeKind, type] = MappingProxyType({"deal": Deal, "account": Account, "ticket": Ticket})
"""The record of each kind."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One of them as it stands; of a customer, all its records together, under the id that stands for it."""

    record: Deal | Account | Ticket

    @property
    def kind(self) -> ChargeKind:
        """What it is, as rules call it."""
        return "deal" if isinstance(self.record, Deal) else "account" if isinstance(self.record, Account) else "ticket"

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def owner(self) -> str:
        """Whose it is, or empty."""
        return str(self.record.facts.get("owner") or "")

    @property
    def is_open(self) -> bool:
        """True while it can be in anybody's hands; a customer always can."""
        if isinstance(self.record, Account):
            return True
        return self.record.status == "open" if isinstance(self.record, Deal) else self.record.is_open

    @property
    def in_hands_of(self) -> str:
        """Whose load it counts to: nobody's once it is over, or when another customer stands for it."""
        stood_for = isinstance(self.record, Account) and self.record.survivor
        return "" if stood_for or not self.is_open else self.owner

    @property
    def holding(self) -> str:
        """The id of the note of where it stands to a public pool: a customer and a deal may have the same id."""
        return f"{OF_ACCOUNT}{self.id}" if self.kind == "account" else self.id
