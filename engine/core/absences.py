"""Leave: days on which somebody who works here does not work."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Absence:
    """Leave from a day up to, not including, the day on which the person is back. Unpaid leave counts as days that the
    payee was not there, where a plan prorates."""

    from_on: date
    until_on: date
    paid: bool = False
    reason: str = ""
