"""Payout runs and periods, for finance: what is to be paid, by which rules, who agreed, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.app.views.choices import NO_WORDS
from engine.core.money import Money
from engine.core.problems import Problem
from engine.core.rules.header import Title

RUN_STATES = ("draft", "approved", "posted", "exported")


@dataclass(frozen=True, slots=True)
class RunRow:
    """One payout run. `author` and `approver` are actors as recorded (empty: not yet), with their names.

    `totals` is what became payable; `owed` what payees came to owe apart from it, which nothing is netted against.
    """

    id: str
    period: str
    period_title: Title
    state: str
    payees: int
    lines: int
    totals: tuple[Money, ...]
    made_at: datetime
    author: str
    author_name: Title
    approver: str = ""
    approver_name: Title = NO_WORDS
    owed: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A figure to hold the run against: rows, amount, or both."""

    title: Title
    count: int | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """What one payee receives in the run: newly earned, the change in what is held, released from before, taken back;
    payable, and what they come to owe apart from it. `held` is negative when more is released than earned.
    """

    payee: str
    payee_name: Title
    earned: Money
    held: Money
    released: Money
    clawed_back: Money
    payable: Money
    lines: int
    owed: Money | None = None


@dataclass(frozen=True, slots=True)
class RunException:
    """Something a person should look at before approving. `explain` is an id for the explain page, or empty."""

    problem: Problem
    subject: Title
    explain: str = ""


@dataclass(frozen=True, slots=True)
class LogRow:
    """Who did what to the run: the actor as recorded, and the name."""

    at: datetime
    actor: str
    actor_name: Title
    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RunView:
    """The run page. `blocks` are (action, problem) that stand in the way of approve, post or export for this viewer."""

    row: RunRow
    fingerprint: str
    payouts: tuple[PayoutRow, ...]
    controls: tuple[ControlTotal, ...]
    exceptions: tuple[RunException, ...]
    log: tuple[LogRow, ...]
    profiles: tuple[str, ...] = ("detail", "summary")
    blocks: tuple[tuple[str, Problem], ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period. `status`: open, closed. `run` is its latest run's id; `blocks` what keeps it from being closed."""

    id: str
    title: Title
    from_on: date
    until_on: date
    status: str
    run: str = ""
    run_state: str = ""
    totals: tuple[Money, ...] = ()
    closed_at: datetime | None = None
    closed_by: str = ""
    closed_by_name: Title = NO_WORDS
    blocks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A file for finance: its name, its bytes, their SHA-256 in hex, and the control totals that it carries."""

    name: str
    content: bytes
    sha256: str
    controls: tuple[ControlTotal, ...] = ()
