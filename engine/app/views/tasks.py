"""What a person has to do: the list in groups, and one task with everything needed to do it."""

from dataclasses import dataclass, field
from datetime import datetime

from engine.app.views.choices import NO_WORDS, Belongs, Choice
from engine.app.views.queue import Changes, ContactCard
from engine.app.views.tickets import TicketRow
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Title

GROUPS = ("overdue", "today", "this_week", "later", "done_today")


@dataclass(frozen=True, slots=True)
class Why:
    """One cause of a task: the rule's title, the sentence (what happened, by which rule or step), where the rule stands."""

    rule: Title
    sentence: Title
    place: Place
    version: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task in a list. `status`: open, done, skipped, cancelled; `outcome` and `ended_at` once it is not open.

    `outcomes` are what may be said when completing it; the first is the plain one. `ticket` is the id of the
    customer's ticket that it is about, or empty; `deal` may then be empty. `again` is after how
    long it is asked for once more when it is skipped to be done later; empty where it is not.
    """

    id: str
    title: Title
    owner: str
    deal: str
    deal_name: str
    account_name: str
    stage: Title
    channel: Choice
    due_at: datetime
    why: Why
    amount: Money | None = None
    status: str = "open"
    outcome: str = ""
    ended_at: datetime | None = None
    snoozed_until: datetime | None = None
    priority: int = 0
    outcomes: tuple[Choice, ...] = ()
    ticket: str = ""
    again: Title = NO_WORDS


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """One of `GROUPS` with its first rows; `total` counts all of them."""

    id: str
    rows: tuple[TaskRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TaskList:
    """A page of a person's tasks. Every group is there, in the order of `GROUPS`, also when it is empty; its rows are those
    of this page.

    `snoozes` are the moments that the list offers to put a task off to. `more` asks for the next page (empty: there is
    none), `open` counts all open tasks, `further` says that this is not the first page. `belongs` is set for
    a list that a manager looks at.
    """

    owner: str
    owner_name: Title
    groups: tuple[TaskGroup, ...]
    snoozes: tuple["Snooze", ...] = ()
    more: str = ""
    open: int = 0
    further: bool = False
    belongs: Belongs = field(default_factory=Belongs)


@dataclass(frozen=True, slots=True)
class Snooze:
    """A moment to put a task off to: `code` next_working_day, one_day, three_days…"""

    code: str
    title: Title
    until: datetime


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One touch as shown: who, how, what came of it."""

    at: datetime
    kind: Title
    outcome: Title
    by: Title
    note: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the cadence plans after this task. `due_at` None: counts from this one's end; `condition` may be empty."""

    cadence: Title
    step: Title
    due_at: datetime | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message of a channel to copy or send, in `language`; for a call or a visit, what to say. `missing` are the facts that
    it could not say; `mail` is a link that opens it in a mail program, or empty."""

    title: Title
    language: str
    subject: str
    body: str
    missing: tuple[Title, ...]
    mail: str
    place: Place
    channel: str = ""


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One task, ready to be done. `position` of `total` counts today's tasks, those done included, from 1 (all open
    ones for a task that is due later).

    `previous` and `next` are the neighbouring open tasks' ids in queue order, or empty. `kinds` and `results` are for
    logging a touch; `is_touch` True: completing the task is one. `colleagues` are whom it may be given to;
    `lent_by` is for whom it is done meanwhile, until `back_at` where that is known. `tickets` are the customer's that are not settled.
    `undo_until` is how long the last answer, the event `answered`, may be taken back; None: not any more.
    """

    task: TaskRow
    belongs: Belongs
    contact: ContactCard | None
    reasons: tuple[Why, ...]
    recent: tuple[ActivityRow, ...]
    snoozes: tuple[Snooze, ...]
    kinds: tuple[Choice, ...]
    results: tuple[Choice, ...]
    position: int = 1
    total: int = 1
    previous: str = ""
    next: str = ""
    next_step: NextStep | None = None
    message: MessageView | None = None
    changes: Changes | None = None
    tickets: tuple[TicketRow, ...] = ()
    is_touch: bool = False
    undo_until: datetime | None = None
    answered: str = ""
    colleagues: tuple[Choice, ...] = ()
    lent_by: Title | None = None
    back_at: datetime | None = None
