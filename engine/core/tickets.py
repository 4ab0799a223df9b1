"""Tickets: what a customer asks of the company after or beside a sale, and what they thought of the answer.

Records like those of `records.py`. A ticket keeps everything that was told of it, in the order of events; where it stands
follows from that alone (`service/courses.py`), so the order of delivery does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

STATUSES = ("open", "replied", "on_hold", "resolved", "closed")
KINDS = ("question", "complaint", "fault", "return", "other")
PRIORITIES = ("low", "normal", "high", "urgent")
DONE = ("resolved", "closed")
COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class TicketTold:
    """What one event told: `what` is opened, changed, replied, held, resumed, resolved, reopened, closed or answered.

    `by` is whose word a reply is, customer or agent. `facts` are the body's values. `rank` and `event` place it among
    those of one moment.
    """

    at: datetime
    on: date
    rank: int
    event: str
    what: str
    by: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Its place in the order of events."""
        return (self.at, self.rank, self.event)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A customer's matter; `facts` by bare name (account, contact, deal, kind, priority, topic, owner, custom facts).

    `status` is how it stood at the last event or tick. `service` is the version of the rule that promises how soon it is
    answered, `limit` the row of it that holds (both empty: nothing is promised). `due_at` is when the clock must look at
    it (None: never as things stand), `reached` the levels that were reached, each named once for ever.
    """

    id: str
    opened_at: datetime
    opened_on: date
    status: str = "open"
    facts: Mapping[str, object] = field(default_factory=dict)
    told: tuple[TicketTold, ...] = ()
    service: str = ""
    limit: str = ""
    due_at: datetime | None = None
    reached: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """The fact's text, or empty."""
        return str(self.facts.get(name) or "")

    @property
    def account(self) -> str:
        """The account's id, or empty."""
        return self.text("account")

    @property
    def deal(self) -> str:
        """The deal's id, or empty."""
        return self.text("deal")

    @property
    def owner(self) -> str:
        """The id of whoever sees to it, or empty."""
        return self.text("owner")

    @property
    def is_open(self) -> bool:
        """True until it is resolved or closed."""
        return self.status not in DONE


@dataclass(frozen=True, slots=True)
class Answer:
    """What a customer thought of how a ticket was seen to, counted once for whoever had it then (`person`, or empty).

    `score` is on the scale of the rule, `satisfied` whether that is enough by it. The id is the ticket's.
    """

    id: str
    person: str
    account: str
    on: date
    at: datetime
    event: str
    score: Fraction
    satisfied: bool
    note: str = ""
