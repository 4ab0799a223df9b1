"""Everything that the engine may decide about an event. An outcome is a fact about a decision; it changes nothing itself.

`state.py` folds outcomes into the records; the store keeps them in the order they were decided.
"""

from dataclasses import dataclass

from engine.core.events import Event
from engine.core.problems import Place
from engine.core.records import Cause, Record
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class Kept:
    """A record is new or has changed: here is how it now stands. `what` says in one word what happened to it
    (opened, changed, stage_entered, won, lost, reopened, cancelled, reassigned, logged, received, joined, left,
    enrolled, advanced, exited, made, joined_reason, completed, snoozed, skipped, reopened, put_back, moved, cancelled, credited, undone,
    withdrawn, granted, refused, signed, set, given, requested, agreed, recalled, void, delegated, escalated)."""

    what: str
    record: Record
    cause: Cause


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A credit or grant that a late event showed to be wrong is taken out; what replaces it comes as Kept."""

    kind: str
    id: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Missing:
    """One criterion that is not met: the words for a person, where it is written, and the facts it read."""

    words: Title
    place: Place
    condition: str
    facts: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The rules do not allow what the event asks for. `code` is an E0xx text with `params`; `missing` every criterion."""

    code: str
    params: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]
    cause: Cause


@dataclass(frozen=True, slots=True)
class Overridden:
    """A person with the right passed a gate that did not hold, and said why."""

    deal: str
    stage: str
    reason: str
    missing: tuple[Missing, ...]
    cause: Cause


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody is to be told something: one row of the outbox. `id` is derived from the cause."""

    id: str
    to: str
    template: str
    deal: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that a rule would have done was not done, and why: a step skipped, a task not made in history mode."""

    what: str
    subject: str
    reason: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Ensuing:
    """A further event that a rule or an agreement brings about: decided after this one, like what somebody asks for."""

    event: Event
    cause: Cause


BOOKKEEPING = frozenset({"touched", "seen", "asked"})
"""Words of a Kept that say no more than that an event was noticed; they change the record and are not told of."""

Outcome = Kept | Withdrawn | Refused | Overridden | Told | Passed | Ensuing
"""Ensuing ones are decided at once and never kept."""
