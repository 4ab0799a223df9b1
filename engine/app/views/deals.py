"""Deals: the list, and one deal with its gate, its timeline, its tasks and what it earns the viewer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.app.views.choices import NO_WORDS, Belongs, Choice
from engine.app.views.explaining import ConditionRow
from engine.app.views.happenings import TimelineRow
from engine.app.views.tasks import ActivityRow, TaskRow
from engine.app.views.tickets import TicketRow
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Title

if TYPE_CHECKING:
    from engine.app.views.approvals import ApprovalNeed, ApprovalRow


@dataclass(frozen=True, slots=True)
class DealFilter:
    """What the list is narrowed to; empty means all. `after` is the cursor of the page before."""

    owner: str = ""
    stage: str = ""
    status: str = ""
    text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class DealRow:
    """One deal in the list. `days_in_stage` counts calendar days."""

    id: str
    name: str
    account: str
    owner_name: Title
    stage: Title
    status: str
    amount: Money | None
    close_on: date | None
    days_in_stage: int
    next_task: Title | None = None
    next_due_at: datetime | None = None
    account_id: str = ""


@dataclass(frozen=True, slots=True)
class DealPage:
    """One page of the list; `next` is the cursor of the following page, or empty. Choices are for the filters."""

    rows: tuple[DealRow, ...]
    next: str
    total: int
    stages: tuple[Choice, ...]
    owners: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One entry criterion: words for a person, and the condition with its place and what it read."""

    words: Title
    condition: ConditionRow


@dataclass(frozen=True, slots=True)
class FactInput:
    """A fact of the deal that may be given together with a move. `kind` as in the vocabulary; `value` as text."""

    name: str
    title: Title
    kind: str
    choices: tuple[Choice, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of the track. `state`: passed, current, next, later, closed.

    `open` True: the gate holds and the move is allowed. `override` True: this viewer may pass the gate with a reason.
    `why_not` says why a move is not allowed at all (empty: it is, perhaps with a reason: `needs_reason`).
    `inputs` are the facts that its unmet criteria read and a person can give.
    """

    id: str
    title: Title
    state: str
    probability: str
    place: Place
    criteria: tuple[CriterionRow, ...] = ()
    open: bool = False
    override: bool = False
    needs_reason: bool = False
    why_not: Title = NO_WORDS
    inputs: tuple[FactInput, ...] = ()
    entered_at: datetime | None = None
    approvals: tuple["ApprovalNeed", ...] = ()


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """The deal in a cadence: the next step while it runs, how it ended (`exit`) once it has.

    `id` is the cadence's, `state` running, paused, pending (for room) or ended; `due_at` of a paused one is when it goes
    on. `why` says what moved the date.
    """

    cadence: Title
    started_at: datetime
    step: Title
    due_at: datetime | None
    ended_as: str
    place: Place
    id: str = ""
    state: str = "running"
    exit: Title = NO_WORDS
    paused_for: Title = NO_WORDS
    why: Title = NO_WORDS
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NotFired:
    """A rule that listened and did nothing: the first condition that failed, and what it found."""

    kind: str
    rule: Title
    failed: ConditionRow


@dataclass(frozen=True, slots=True)
class DealEarning:
    """One earning line of this deal that the viewer may see."""

    key: str
    payee: str
    payee_name: Title
    component: Title
    on: date
    amount: Money
    status: str


@dataclass(frozen=True, slots=True)
class DealFact:
    """One value of the deal, worded."""

    title: Title
    value: Title


@dataclass(frozen=True, slots=True)
class HeldRow:
    """The public pool that a deal belongs to, when it goes back to it (None: not as things stand), and why then."""

    pool: Title
    recycle_at: datetime | None
    why: Title
    place: Place


@dataclass(frozen=True, slots=True)
class DealView:
    """Everything the deal page shows. `earnings` hold only lines that the viewer may see; `requestable` are approvals that
    may be asked for by hand; `may_move` True: a drawn move is the viewer's to make, whoever's the deal is. `cadences` are
    those that the deal may be put into; `contact` is what is known of its contact, `tickets` are its account's
    that are not settled."""

    row: DealRow
    belongs: Belongs
    pipeline: Title
    stages: tuple[StageRow, ...]
    facts: tuple[DealFact, ...]
    team: tuple[tuple[Title, str], ...]
    timeline: tuple[TimelineRow, ...]
    activities: tuple[ActivityRow, ...]
    tasks: tuple[TaskRow, ...]
    enrolments: tuple[EnrolmentRow, ...]
    earnings: tuple[DealEarning, ...]
    not_fired: tuple[NotFired, ...]
    kinds: tuple[Choice, ...]
    results: tuple[Choice, ...]
    held: HeldRow | None = None
    approvals: tuple["ApprovalRow", ...] = ()
    requestable: tuple[Choice, ...] = ()
    may_move: bool = False
    cadences: tuple[Choice, ...] = ()
    contact: tuple[DealFact, ...] = ()
    tickets: tuple[TicketRow, ...] = ()
