"""A manager's team: who has how much open, what is stuck, and what needs somebody's eye."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One person: open tasks that are not snoozed, of these overdue and (also) due by the end of today, approvals that wait
    for their word, stuck deals. `state`: at_work, out, on_leave or gone; `until` is the day on which an absence ends (None:
    nobody knows).
    """

    person: str
    name: Title
    state: str
    until: date | None
    open: int = 0
    overdue: int = 0
    today: int = 0
    approvals: int = 0
    stuck: int = 0


@dataclass(frozen=True, slots=True)
class StuckDeal:
    """A deal that passed a limit of its stage (`late`) or lies `idle`. `since` is when it entered the stage, `touched_at` the
    last touch (None: never)."""

    deal: str
    name: str
    account: str
    owner: Title
    stage: Title
    since: datetime
    touched_at: datetime | None
    late: bool
    idle: bool
    amount: Money | None
    place: Place


@dataclass(frozen=True, slots=True)
class Aside:
    """An event of theirs that could not be evaluated."""

    event: str
    title: Title
    deal: str
    owner: Title
    problem: Problem
    since: datetime


@dataclass(frozen=True, slots=True)
class TeamView:
    """`rows` the most overdue first. `all_looked_at` False: there are more open deals than were looked at for being stuck.
    `stuck_total` counts all that were found; `unassigned` what nobody has, None for somebody who may not see it."""

    rows: tuple[TeamRow, ...]
    stuck: tuple[StuckDeal, ...]
    stuck_total: int
    all_looked_at: bool
    aside: tuple[Aside, ...]
    unassigned: int | None

    def total(self, name: str) -> int:
        """The sum of one number over everybody."""
        return sum(getattr(row, name) for row in self.rows)

    @property
    def of_leavers(self) -> int:
        """Open tasks of people who have left."""
        return sum(row.open for row in self.rows if row.state == "gone")
