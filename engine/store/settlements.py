"""What a run left waiting: the days of payees on which pay may still change though nothing more is told of them.

All other days that it looked at are settled by it. A run that says nothing, or that another engine made, settles none.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from engine import __version__
from engine.core.incentives.waiting import Waits
from engine.store.codec import json_data, json_text
from engine.store.database import Unit
from engine.store.tables.pay import settlements

Waiting = Mapping[str, Waits]
"""By payee. Who is not there waits for nothing."""


def settle(unit: Unit, run: str, waiting: Waiting) -> None:
    """Keep what the run leaves waiting."""
    unit.insert(settlements, [{"run": run, "engine": __version__, "waiting": json_text(waiting_data(waiting))}])


def left_waiting(unit: Unit, run: str) -> Waiting | None:
    """What the run left waiting; None where it settled nothing at all."""
    row = unit.first(select(settlements).where(settlements.c.run == run))
    return waiting_of(json_data(row.waiting)) if row and row.engine == __version__ else None


def waiting_data(waiting: Waiting) -> dict[str, list[list[str]]]:
    """The days as texts: all of a payee, then those that bear on others."""
    return {
        payee: [[day.isoformat() for day in days] for days in (waits.days, waits.shared)]
        for payee, waits in sorted(waiting.items())
    }


def waiting_of(data: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, Waits]:
    """The days of the texts."""
    return {payee: Waits(*(tuple(map(date.fromisoformat, days)) for days in listed)) for payee, listed in data.items()}
