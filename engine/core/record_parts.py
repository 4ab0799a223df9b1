"""What records are put together of: the cause of a decision, what held of a person for a time, a share. All frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from engine.core.money import Money
from engine.core.problems import Place


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something was decided: the rule version and its place, the event, and each fact that was read.

    `facts` are (name, value) sorted by name, as they were when it was decided; `release` is the rulebook's
    fingerprint; `notes` are (code, particulars) such as a date moved off a holiday.
    """

    rule: str
    place: Place
    event: str
    release: str = ""
    facts: tuple[tuple[str, object], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonVersion:
    """What held of a person from `from_on` until the next version.

    `told` are the names that were told for this day; the others go on from the version before it (empty: all were told).
    `by` is for each of them the event that told it last, as its place in the order of events.
    """

    from_on: date
    role: str = ""
    level: str = ""
    team: str = ""
    manager: str = ""
    region: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    by: tuple[tuple[str, datetime, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AccountVersion:
    """What was told of an account or a partner at a moment: `facts` are those that were told then, `on` is that day."""

    at: datetime
    on: date
    event: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merging:
    """What was told of an account being the same company as another: merged `into` it, or (empty) not any more."""

    at: datetime
    event: str
    account: str
    into: str = ""


@dataclass(frozen=True, slots=True)
class DealLine:
    """One line of a deal: what is sold, how much of it, for how much. None is not set; `id` is unique in its deal."""

    id: str
    product: str = ""
    product_line: str = ""
    quantity: Fraction | None = None
    amount: Money | None = None
    margin: Money | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A person's share of a deal, an exact ratio."""

    person: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Stayed:
    """A visit to a stage that is over: [from, until)."""

    stage: str
    from_at: datetime
    until_at: datetime
