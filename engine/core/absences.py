"""Leave: days on which somebody who works here does not work."""

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
