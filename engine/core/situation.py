"""What a decider may look at: the records around one event, its facts, and the rules whose conditions hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.core.records import (
    Account,
    Activity,
    Credit,
    Deal,
    Enrolment,
    Grant,
    Partner,
    Person,
    Quota,
    Receipt,
    Registration,
    Score,
    Task,
)


class State(Protocol):
    """The records as they stand before the event. Lookups return None, or an empty tuple, for what is not there.

    Lists come in one order whatever the storage: by moment, then id.
    """

    def person(self, id: str) -> Person | None: ...
    def people(self) -> Iterable[Person]: ...
    def account(self, id: str) -> Account | None: ...
    def deal(self, id: str) -> Deal | None: ...
    def partner(self, id: str) -> Partner | None: ...
    def task(self, id: str) -> Task | None: ...
    def activities(self, deal: str) -> tuple[Activity, ...]: ...
    def receipts(self, deal: str) -> tuple[Receipt, ...]: ...
    def enrolments(self, deal: str) -> tuple[Enrolment, ...]: ...
    def enrolment(self, id: str) -> Enrolment | None: ...
    def tasks(self, deal: str) -> tuple[Task, ...]: ...
    def credits(self, deal: str) -> tuple[Credit, ...]: ...
    def credits_of(self, payee: str, name: str) -> tuple[Credit, ...]: ...
    def grants(self, deal: str) -> tuple[Grant, ...]: ...
    def registrations(self, account: str) -> tuple[Registration, ...]: ...
    def quotas(self, person: str) -> tuple[Quota, ...]: ...
    def scores(self, person: str) -> tuple[Score, ...]: ...
    def deals_of_account(self, account: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Situation:
    """One event's surroundings.

    `facts` hold every fact of RULE-FILES by full name; `matched` the keys of the triggers (`triggers.py`) whose
    conditions hold. `deal` is None for events that are not about one.
    """

    state: State
    deal: Deal | None
    facts: Mapping[str, object]
    matched: frozenset[str]
