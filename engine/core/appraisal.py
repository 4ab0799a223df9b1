"""What is expected of a person in a period, and what they were told to have reached: records like those of `records.py`."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from engine.core.money import Money


@dataclass(frozen=True, slots=True)
class Quota:
    """What a payee is expected to reach of a measure in a period (`2026-Q1`): the last of the events that set it.

    `at` and `event` place it in the order of events (None and empty: before all that say so).
    """

    id: str
    person: str
    measure: str
    period: str
    amount: Money
    at: datetime | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a person was told to have reached of a KPI in a period (`2026-Q1`): the last of the events that told it.

    `unit` is percent (`value` is a ratio) or number. `at` and `event` place it in the order of events; `by` gave it.
    """

    id: str
    person: str
    scorecard: str
    kpi: str
    period: str
    value: Fraction
    unit: str
    at: datetime
    event: str
    by: str = ""
    note: str = ""
