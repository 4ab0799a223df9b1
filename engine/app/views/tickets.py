"""Tickets on a screen: the list, and one ticket with its clocks, its history and what may be done with it."""

from dataclasses import dataclass
from datetime import datetime

from engine.app.views.choices import NO_WORDS, Belongs, Choice
from engine.core.problems import Place
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One promised limit. `state`: due, met, paused, failed. `took` and `late` are times in words, empty where there is
    none; `notes` is what the calendar had to do with the date."""

    limit: Title
    round: int
    state: str
    due_at: datetime
    met_at: datetime | None = None
    took: Title = NO_WORDS
    late: Title = NO_WORDS
    paused_at: datetime | None = None
    notes: Title = NO_WORDS


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket in a list. `state` is how what was promised stands: failed, fulfilled, paused, first_response_due,
    next_response_due, resolution_due, or empty where nothing is promised; `due` the clock that says so (None: none)."""

    id: str
    title: str
    kind: Choice
    priority: Choice
    status: Choice
    account: str
    account_name: str
    deal: str
    owner: str
    owner_name: Title
    opened_at: datetime
    state: Choice
    due: ClockRow | None = None

    @property
    def complains(self) -> bool:
        """True for a complaint that is not settled."""
        return self.kind.code == "complaint" and self.status.code not in ("resolved", "closed")


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets are wanted; empty means any. `status` is a status, or `open` for all that are not done."""

    status: str = "open"
    kind: str = ""
    owner: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TicketPage:
    """The tickets that the viewer may see, those due first; `total` counts them all. The choices are those of a new one."""

    rows: tuple[TicketRow, ...]
    total: int
    kinds: tuple[Choice, ...]
    priorities: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    owners: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One event of a ticket. `counted` False: it could not be, and changed nothing."""

    at: datetime
    title: Title
    detail: Title
    actor: Title
    counted: bool = True


@dataclass(frozen=True, slots=True)
class TicketView:
    """One ticket. `belongs` are those who see to it, `seen_by` also those who sell to its customer. `promise` says what was
    promised and why, `place` where; `may` are the words of what can be done now.

    `scale` is that of the customer's answer (None: nobody asks, or it is there), `answer` the answer in words. `seen`
    names what the page showed last, so that a form sent twice counts once.
    """

    row: TicketRow
    belongs: Belongs
    seen_by: Belongs
    deal_name: str
    contact: str
    promise: Title
    place: Place
    clocks: tuple[ClockRow, ...]
    history: tuple[Said, ...]
    may: tuple[str, ...]
    scale: tuple[int, int] | None
    answer: Title
    longest: Title
    kinds: tuple[Choice, ...]
    priorities: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    seen: str = ""
