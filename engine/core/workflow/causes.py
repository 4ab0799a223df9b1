"""The cause that every decision of the workflow carries: rule version and place, event, facts read, calendar notes."""

from collections.abc import Iterable

from engine.core.events import Event
from engine.core.formulas import Facts, Formula
from engine.core.outcomes import Outcome, Refused
from engine.core.problems import Place
from engine.core.records import Cause
from engine.core.rules.header import Header
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.notes import Note

Read = tuple[tuple[str, object], ...]


def facts_read(formulas: Iterable[Formula | None], facts: Facts) -> Read:
    """Each fact that one of the formulas may look at, with its value (None: not set), sorted by name."""
    names = {name for formula in formulas if formula for name in formula.reads}
    return tuple((name, facts.get(name)) for name in sorted(names))


def cause_of(
    header: Header, place: Place, event: Event, rulebook: Rulebook, read: Read = (), notes: tuple[Note, ...] = ()
) -> Cause:
    """Because this rule version says so, at that place, on this event."""
    return Cause(header.version, place, event.id, rulebook.fingerprint, read, notes)


def refused(code: str, cause: Cause, **params: str) -> tuple[Outcome, ...]:
    """The refusal alone, as deciders return it."""
    return (Refused(code, tuple(sorted(params.items())), (), cause),)
