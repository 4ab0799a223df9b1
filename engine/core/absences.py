"""Leave and being out of office: when somebody who works here does not work."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Absence:
    """Leave from a day up to, not including, the day on which the person is back; without a day in it, leave that was
    called off. Unpaid leave counts as days that the payee was not there, where a plan prorates.

    `told_at` and `event` are the moment and name of the event that told it: of two about one first day the later holds,
    whichever came first.
    """

    from_on: date
    until_on: date
    paid: bool = False
    reason: str = ""
    told_at: datetime = BEFORE_ALL
    event: str = ""


@dataclass(frozen=True, slots=True)
class OutOfOffice:
    """Not at work in [from_at, until_at); `until_at` None: until they say that they are back. `stand_in` acts for them,
    where a rule asks for that. `told_at` and `event` place it in the order of events, as for leave."""

    from_at: datetime
    until_at: datetime | None
    stand_in: str = ""
    reason: str = ""
    told_at: datetime = BEFORE_ALL
    event: str = ""

    def covers(self, at: datetime) -> bool:
        """True when they are out at that moment."""
        return self.from_at <= at and (self.until_at is None or at < self.until_at)
