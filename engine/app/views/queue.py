"""What the queue's card says beyond the task, and where the queue ends."""

from dataclasses import dataclass
from datetime import datetime

from engine.app.views.choices import NO_WORDS, Choice
from engine.app.views.happenings import TimelineRow
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach somebody: `link` opens it (empty: nothing does), `closed` when they do not want it."""

    channel: Choice
    address: str
    link: str
    closed: bool


@dataclass(frozen=True, slots=True)
class ContactCard:
    """The deal's contact. `refused` are the channels that they closed (`all`: every one); `gone` when they were removed,
    with the reason."""

    name: Title
    job_title: str
    ways: tuple[Way, ...]
    refused: tuple[Choice, ...] = ()
    gone_for: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the last touch (`touched`) or since the deal was made, the newest first; `more` than is shown."""

    since: datetime
    touched: bool
    rows: tuple[TimelineRow, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class QueueEnd:
    """Nothing more is due today: how much was done, how many open tasks are due later, and the first of these (id empty:
    none)."""

    done: int
    later: int
    next: str = ""
    title: Title = NO_WORDS
    account_name: str = ""
    due_at: datetime | None = None
