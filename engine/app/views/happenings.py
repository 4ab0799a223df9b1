"""One thing that happened, as a deal's page and the queue tell it."""

from dataclasses import dataclass
from datetime import datetime

from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened to the deal, newest first. `explain` is an id for the explain page, or empty."""

    at: datetime
    kind: str
    title: Title
    detail: Title
    actor: Title
    explain: str = ""
