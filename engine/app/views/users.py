"""Who is at the door, and what every page says about the moment: counts, as-of time, rulebook."""

from dataclasses import dataclass
from datetime import datetime

from engine.core.problems import Language
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in.

    `name` is the sign-in name, unique; `person` the id of the person in the records (empty for an outsider such as an
    administrator); `roles` some of rep, manager, ops, finance, admin; `shortcuts` False switches single keys off.
    """

    name: str
    shown: Title
    person: str
    roles: tuple[str, ...]
    language: Language = "zh"
    shortcuts: bool = True

    @property
    def actor(self) -> str:
        """The name under which what they do is recorded: the person, or the sign-in name of an outsider."""
        return self.person or self.name


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that holds. `token` is known to the browser alone; the store keeps its digest."""

    token: str
    user: User


@dataclass(frozen=True, slots=True)
class UserRow:
    """One line of the list of users."""

    name: str
    shown: Title
    person: str
    roles: tuple[str, ...]
    language: Language
    active: bool
    last_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around every page.

    `counts` are (page id, number) for the navigation: tasks (due or overdue), rules (problems), waiting
    (events in quarantine), payouts (runs waiting).
    `as_of` is the moment up to which everything is evaluated; `demo` True shows the banner; `provisional_years` are
    years whose calendar is not yet official; `time_zone` the company's.
    """

    company: Title
    time_zone: str
    as_of: datetime
    fingerprint: str
    counts: tuple[tuple[str, int], ...] = ()
    demo: bool = False
    provisional_years: tuple[int, ...] = ()
