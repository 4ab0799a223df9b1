"""What the page of absences shows."""

from dataclasses import dataclass
from datetime import datetime

from engine.app.views.choices import Choice
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class AwayRow:
    """Somebody's absence that is not over: from a moment until another (None: until they say that they are back)."""

    person: str
    name: Title
    kind: str
    from_at: datetime
    until_at: datetime | None
    stand_in: Title | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AbsencesView:
    """`people` are those for whom the viewer may speak, themselves first; `stand_ins` everybody who works here."""

    rows: tuple[AwayRow, ...]
    people: tuple[Choice, ...]
    stand_ins: tuple[Choice, ...]
