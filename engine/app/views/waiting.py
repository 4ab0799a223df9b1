"""What has not been done yet: events in quarantine, and messages that have not left the house."""

from dataclasses import dataclass
from datetime import datetime

from engine.core.problems import Problem
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """One event that is recorded and could not be evaluated. `waits_for` names what must arrive first, or is empty.

    `tries` counts how often it was tried and failed.
    """

    id: str
    title: Title
    subject: str
    problem: Problem
    waits_for: Title
    since_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class WaitingMessages:
    """Messages of one template in one state (waiting, claimed, failed), and since when the oldest waits."""

    template: str
    state: str
    count: int
    since_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """The events in the order of the log, at most a page of them (`total` counts all), and the messages by template."""

    events: tuple[WaitingEvent, ...]
    total: int
    messages: tuple[WaitingMessages, ...]

    @property
    def unsent(self) -> int:
        """How many messages have not left."""
        return sum(row.count for row in self.messages)
