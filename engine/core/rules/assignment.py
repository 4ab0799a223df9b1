"""An assignment rule: who gets a deal, a customer, a ticket or a task that nobody has."""

from dataclasses import dataclass

from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.header import Header

METHODS = ("to", "round_robin", "weighted", "by_load", "by_territory")
"""How one of several is found: the first who can; each in turn; each by their weight; who has least; by a fact."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """The most that one person gets: so many `open` at a time (deals, tickets, or customers), so many a day and a month. None: as many as come.

    `spread` makes the month's number a daily one besides: a thirtieth of it, rounded half up.
    """

    open: int | None = None
    per_day: int | None = None
    per_month: int | None = None
    spread: bool = False

    @property
    def daily(self) -> int | None:
        """The most a day, with a month's number spread over its days."""
        spread = (2 * self.per_month + 30) // 60 if self.spread and self.per_month is not None else None
        known = [limit for limit in (self.per_day, spread) if limit is not None]
        return min(known, default=None)


@dataclass(frozen=True, slots=True)
class Member:
    """A person, `role:sdr`, `team:north`, or whoever a fact names (`account.owner`: nobody where nobody is).
    `takes` False: gets nothing for now. `capacity` None: the rule's."""

    who: str
    weight: int = 1
    takes: bool = True
    capacity: Capacity | None = None


@dataclass(frozen=True, slots=True)
class Territory:
    """The people of one value of a fact."""

    value: str
    people: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One row: for what (`when` None: everything), how, and whom. `by` is the fact that territories go by."""

    id: str
    when: Formula | None
    method: str
    people: tuple[Member, ...]
    by: str
    territories: tuple[Territory, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Assignment:
    """Rows in order, of which the first that holds is applied and none after it is looked at.

    `of` is deal, account, ticket or task; `on` are the events at which one without an owner is given one. `availability`: only (those
    at work) | tiers (at work, else out of office, else everybody) | ignored. `on_none`: queue | manager | least_bad.
    """

    header: Header
    of: str
    on: tuple[str, ...]
    rows: tuple[AssignmentRow, ...]
    availability: str
    capacity: Capacity
    on_none: str
