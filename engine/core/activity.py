"""What was recorded of a deal: touches, and money that moved. Records like those of `records.py`."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.core.money import Money


@dataclass(frozen=True, slots=True)
class Activity:
    """One logged touch. `on` is the day in the company's zone; `task` is the task whose completion it was (empty: none).
    `undone_by` is the event that took that completion back: nobody then counts the touch or is shown it."""

    id: str
    deal: str
    kind: str
    outcome: str
    channel: str
    by: str
    at: datetime
    on: date
    duration_minutes: int = 0
    note: str = ""
    task: str = ""
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that moved for a deal: `kind` payment, invoice or credit_note."""

    id: str
    kind: str
    deal: str
    amount: Money
    on: date
    at: datetime
