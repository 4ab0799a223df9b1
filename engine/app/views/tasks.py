"""What a person has to do: the list in groups, and one task with everything needed to do it."""

from dataclasses import dataclass
from datetime import datetime

from engine.app.views.choices import Belongs, Choice
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

    `outcomes` are what may be said when completing it; the first is the plain one.
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


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """One of `GROUPS` with its first rows; `total` counts all of them."""

    id: str
    rows: tuple[TaskRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TaskList:
    """A person's tasks. Every group is there, in the order of `GROUPS`, also when it is empty.

    `snoozes` are the moments that the list offers to put a task off to.
    """

    owner: str
    owner_name: Title
    groups: tuple[TaskGroup, ...]
    snoozes: tuple["Snooze", ...] = ()


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
    """A message to copy or send, in `language`. `missing` are the facts that it could not say; `mail` is a link that opens it
    in a mail program, or empty."""

    title: Title
    language: str
    subject: str
    body: str
    missing: tuple[Title, ...]
    mail: str
    place: Place


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One task, ready to be done. `position` of `total` counts today's tasks, those done included, from 1 (all open
    ones for a task that is due later).

    `previous` and `next` are the neighbouring open tasks' ids in queue order, or empty. `kinds` and `results` are for
    logging a touch. `undo_until` is how long the last answer, the event `answered`, may be taken back; None: not any more.
    """

    task: TaskRow
    belongs: Belongs
    contact: str
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
    undo_until: datetime | None = None
    answered: str = ""
