"""What the company looks like at a moment: people, accounts, deals, partners, enrolments, tasks. All frozen.
A record changes by making a copy (`dataclasses.replace`); its `id` is unique in its class. Facts are by bare name here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from engine.core.absences import Absence, OutOfOffice
from engine.core.activity import Activity, Receipt
from engine.core.answered import Answered
from engine.core.appraisal import Quota, Score
from engine.core.approval import Approval
from engine.core.contacts import Contact
from engine.core.enrolled import Enrolment, Pause
from engine.core.money import Money
from engine.core.ownership import Handover, Holding, Tally
from engine.core.partnership import Partner, Registration
from engine.core.record_parts import AccountVersion, Cause, DealLine, Merging, PersonVersion, Share, Stayed
from engine.core.tickets import Answer, Ticket, TicketTold

__all__ = [
    "Account", "AccountVersion", "Activity", "Answer", "Answered", "Approval", "Cause", "Contact", "Credit", "Deal",
    "DealLine", "Enrolment", "Grant", "Handover", "Holding", "Merging", "Partner", "Pause", "Person", "PersonVersion", "Quota",
    "Receipt", "Record", "Registration", "Score", "Share", "Stayed", "Tally", "Task", "Ticket", "TicketTold",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here. `versions`, `absences` and `out` are sorted by when they begin; `left_on`: the first day they
    are gone.

    `joined_on` and `left_on` are of the last time that they were here, `earlier` the times before it, half-open. `moves`
    are what was told of coming and going, in the order of events: (moment, came, event, day).
    """

    id: str
    name: str
    name_zh: str = ""
    joined_on: date = date.min
    left_on: date | None = None
    versions: tuple[PersonVersion, ...] = ()
    absences: tuple[Absence, ...] = ()
    earlier: tuple[tuple[date, date], ...] = ()
    moves: tuple[tuple[datetime, bool, str, date], ...] = ()
    out: tuple[OutOfOffice, ...] = ()

    def on(self, day: date) -> PersonVersion | None:
        """What held on that day: the last version that had begun, or None before the first."""
        begun = [version for version in self.versions if version.from_on <= day]
        return begun[-1] if begun else None

    def employed(self, day: date) -> bool:
        """True from the day of joining up to, not including, the day they left."""
        last = self.joined_on <= day and (self.left_on is None or day < self.left_on)
        return last or any(start <= day < end for start, end in self.earlier)

    def joined_before(self, day: date) -> date:
        """The day on which the last time here had begun by that day; the first of all for a day before it."""
        starts = (self.joined_on, *(start for start, _ in reversed(self.earlier)))
        return next((start for start in starts if start <= day), starts[-1])


@dataclass(frozen=True, slots=True)
class Account:
    """A customer company; `facts` by bare name (name, industry, region, is_new, owner, custom facts), as last known.

    `versions` are what was told, in order of its moments; `began` are the facts before the first of them. `left_by` are
    the deals that were once with it and went to another account.
    `merges` is all that was told of merging it and those it was merged with; `survivor` the account that now stands for
    it (empty: itself), `absorbed` those that it stands for (`merging.py`).
    """

    id: str
    created_on: date
    facts: Mapping[str, object] = field(default_factory=dict)
    began: Mapping[str, object] = field(default_factory=dict)
    versions: tuple[AccountVersion, ...] = ()
    left_by: tuple[str, ...] = ()
    merges: tuple[Merging, ...] = ()
    survivor: str = ""
    absorbed: tuple[str, ...] = ()

    def at(self, moment: datetime) -> Mapping[str, object]:
        """The facts at a moment, with `previous_owner` and `transferred_on` where the account had changed hands,
        also where nobody had it in between."""
        if not self.versions:
            return self.facts
        facts = dict(self.began)
        last = facts.get("owner")
        for version in self.versions:
            if version.at > moment:
                break
            new = version.facts.get("owner")
            facts |= version.facts
            if last and new and new != last:
                facts |= {"previous_owner": last, "transferred_on": version.on}
            last = new or last
        return facts


@dataclass(frozen=True, slots=True)
class Deal:
    """A possible sale. `status` is open, won, lost or cancelled; `visit` counts the stages entered so far.

    `facts` hold every other value by bare name (amount, account, owner, partner, budget…). `last_at`, with `last_rank`
    and `last_by` (its rank of a day and id), is the latest event seen: one that belongs before it folds the deal anew.
    `stage_by` is the event that brought it into its stage. `won_on` and `undone_on` are days in the company's zone.
    `probability_set` is what a person set (None: the one in `facts` follows the stage), `probability_before` what it had
    when it was closed. `due_at` is when the stage's time limit next matters (None: never in this visit), `due_level` how
    many of its levels were reached. `answer_due_at` is when an approval of it is overdue, `idle_at` when it will lie idle
    (None: nobody asks, or it was told), `idle_told_at` the moment of idleness that was told. `stays` are earlier visits.
    `owner_at_win` is who owned it when it was won, `reassigned_on` the day on which it last changed hands.
    `lines` are what it is made up of, by id; `accounts_left` the accounts that it was with before.
    """

    id: str
    pipeline: str
    stage: str
    status: str
    created_at: datetime
    entered_stage_at: datetime
    last_at: datetime
    visit: int = 1
    previous_stage: str = ""
    team: tuple[Share, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    won_on: date | None = None
    undone_on: date | None = None
    last_touch_at: datetime | None = None
    stage_by: str = ""
    last_rank: int = 0
    last_by: str = ""
    previous_owner: str = ""
    probability_set: Fraction | None = None
    due_at: datetime | None = None
    due_level: int = 0
    owner_at_win: str = ""
    reassigned_on: date | None = None
    lines: tuple[DealLine, ...] = ()
    probability_before: Fraction | None = None
    stays: tuple[Stayed, ...] = ()
    answer_due_at: datetime | None = None
    idle_at: datetime | None = None
    idle_told_at: datetime | None = None
    accounts_left: tuple[str, ...] = ()

    @property
    def next_due_at(self) -> datetime | None:
        """The next moment at which the clock has something to do for the deal itself, or None."""
        return min((at for at in (self.due_at, self.answer_due_at, self.idle_at) if at), default=None)

    @property
    def account(self) -> str:
        """The account's id, or empty."""
        return str(self.facts.get("account") or "")

    @property
    def accounts(self) -> tuple[str, ...]:
        """Every account that it is or was with."""
        return (*self.accounts_left, self.account) if self.account else self.accounts_left

    @property
    def owner(self) -> str:
        """The owner's person id, or empty."""
        return str(self.facts.get("owner") or "")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing a named person must do. `status`: open, done, skipped, cancelled. `snoozed_until` None: not snoozed.

    `reasons` are the causes, one for each rule that wanted it; the first made it. `title` is (en, zh). `lent_by` is who
    had it and gets it back: at `back_at`, or when they are back at work; `lent_for` absence or delegation. `level` is how
    often it was told of as overdue, `look_at` when the clock must look at it (None: never). `answer` is what a
    person last did with it and may take back for a time (None: nothing, or it was taken back).
    """

    id: str
    purpose: str
    owner: str
    deal: str
    title: tuple[str, str]
    channel: str
    made_at: datetime
    due_at: datetime
    reasons: tuple[Cause, ...]
    template: str = ""
    priority: int = 0
    enrolment: str = ""
    step: str = ""
    status: str = "open"
    outcome: str = ""
    note: str = ""
    snoozed_until: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    snoozes: int = 0
    level: int = 0
    lent_by: str = ""
    lent_for: str = ""
    back_at: datetime | None = None
    look_at: datetime | None = None
    answer: Answered | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Who gets how much of an event, for one measure name.

    `amount` is in plan currency, rounded once; `source_amount` as it was; `rate` the exchange rate's row id or empty.
    `form` is direct, overlay or house (counted, and paid to nobody: `payee` is empty); `share` the exact share of the
    event's whole. `on` is the anchor date. `cause.facts` hold every fact that a component of this name reads, as of the event.
    `undone_on` is the day a cancellation undid it (None: stands), with `undone_by` the event and `undone_as` its type.
    `units` is how much it counts where a rate table goes by count: its share of the credit rule's `counts`, else of 1.
    `pays` is the share of what the credit earns that this payee is paid; the measure counts the whole amount. `weight`
    is by how much the measure moves for each unit of the amount; pay follows the amount. `line` is the deal's line, or empty.
    """

    id: str
    name: str
    payee: str
    deal: str
    event: str
    on: date
    at: datetime
    amount: Money
    source_amount: Money
    share: Fraction
    form: str
    plan: str
    cause: Cause
    rate: str = ""
    undone_on: date | None = None
    undone_by: str = ""
    undone_as: str = ""
    units: Fraction = Fraction(1)
    pays: Fraction = Fraction(1)
    weight: Fraction = Fraction(1)
    line: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A bonus or referral fee that one event earned: the amount is fixed when the event is recorded."""

    id: str
    component: str
    plan: str
    payee: str
    deal: str
    event: str
    on: date
    at: datetime
    amount: Money
    cause: Cause
    budget: Money | None = None
    undone_on: date | None = None
    undone_by: str = ""
    undone_as: str = ""
    arithmetic: tuple[tuple[str, str], ...] = ()


# fmt: off
Record = (
    Person | Account | Contact | Deal | Activity | Receipt | Partner | Registration | Quota | Score | Enrolment | Task
    | Credit | Grant | Handover | Holding | Tally | Approval | Ticket | Answer
)
# fmt: on
