"""A service level: how soon customers are answered and their matters resolved, and what happens when they are not."""

from dataclasses import dataclass

from engine.core.durations import Duration
from engine.core.formulas import Facts, Formula
from engine.core.problems import Place
from engine.core.rules.header import Header

LIMITS = ("first_response", "next_response", "resolution")
"""What time is promised for: our first word, the answer to a later message, the resolution."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised while the condition holds (None: always), the first that holds. A limit of None is not promised.

    `calendar` empty: the rule's.
    """

    id: str
    when: Formula | None
    place: Place
    first_response: Duration | None = None
    next_response: Duration | None = None
    resolution: Duration | None = None
    calendar: str = ""

    def within(self, limit: str) -> Duration | None:
        """The time of that limit, or None."""
        return getattr(self, limit)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class ServiceStep:
    """What happens so long `before` or `after` a limit's date (one of them): somebody has a task, or is told."""

    of: str
    place: Place
    before: Duration | None = None
    after: Duration | None = None
    task: str = ""
    to: str = "ticket.owner"
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A ticket in one of those statuses closes by itself so long after the last word."""

    after: Duration
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The scale of customers' answers, `worst` to `best`, and from which score on they are satisfied."""

    worst: int
    best: int
    satisfied_from: int


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """`holds` are the statuses in which the clock of the resolution rests. `on_reopen`: `go_on` (the time in which it was
    resolved does not count) or `restart` (the resolution's time begins anew). `calendar` empty: the company's.
    """

    header: Header
    promises: tuple[Promise, ...]
    steps: tuple[ServiceStep, ...]
    holds: tuple[str, ...] = ("on_hold",)
    on_reopen: str = "go_on"
    calendar: str = ""
    closing: Closing | None = None
    asking: Asking | None = None

    def promise(self, facts: Facts) -> Promise | None:
        """The first promise whose condition holds, or None."""
        return next((one for one in self.promises if one.when is None or one.when.holds(facts)), None)
