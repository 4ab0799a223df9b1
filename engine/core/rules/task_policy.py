"""A task policy: whose work waits while they are away, what happens to what is overdue, and what may be put off or given
to somebody else."""

from dataclasses import dataclass

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.header import Header

WHEN_AWAY = ("stay", "stand_in", "manager")
"""What happens to a task that is due while its owner is away: it waits for them, or goes to their stand-in (to their
manager where there is none who works), or to their manager."""

DELEGATE_TO = ("company", "team", "nobody")
"""To whom a task may be given: anybody who works here, people of the owner's team and those above them, nobody."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """What happens so long after a task was due: somebody is told, or is given it."""

    after: Duration
    tell: str
    give_to: str
    place: Place


@dataclass(frozen=True, slots=True)
class TaskPolicy:
    """The first that covers a task holds for it (`covers` None: all). None of a limit: none. `done_within`: a task whose
    purpose somebody has done for the deal in that time counts as done."""

    header: Header
    covers: Formula | None = None
    when_away: str = "stay"
    overdue: tuple[Overdue, ...] = ()
    snooze_at_most: int | None = None
    snooze_for_at_most: Duration | None = None
    delegate: str = "company"
    done_within: Duration | None = None
    calendar: str = ""
