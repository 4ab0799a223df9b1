"""What happened to one task, one row for each thing."""

from dataclasses import dataclass
from datetime import datetime

from engine.app.views.explaining import FactRow
from engine.core.problems import Place
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing: when, what, in which particulars (`detail`), by whom (empty: by a rule or the clock).

    `rule` and `place` say which rule decided it (empty, None: a person did), `facts` what it read, `notes` what the
    calendar or an absence had to do with it. `together` True: with other tasks at once.
    """

    at: datetime
    what: Title
    detail: Title
    by: Title
    rule: Title
    place: Place | None
    facts: tuple[FactRow, ...]
    notes: Title
    refused: bool = False
    together: bool = False
