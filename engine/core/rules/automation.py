"""An automation: when this happens and that holds, do these things, in order."""

from dataclasses import dataclass

from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.cadence import TaskTemplate
from engine.core.rules.header import Header


@dataclass(frozen=True, slots=True)
class MakeTask:
    """Make a task."""

    task: TaskTemplate


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell somebody: `to` as in a task template, `template` names the words."""

    to: str
    template: str
    place: Place


@dataclass(frozen=True, slots=True)
class SetFact:
    """Set a declared fact of the deal to the formula's value."""

    fact: str
    to: Formula
    place: Place


@dataclass(frozen=True, slots=True)
class Assign:
    """Give what the assignment rule of that id is for to whom it finds, also when somebody has it."""

    by: str
    place: Place


@dataclass(frozen=True, slots=True)
class PutBack:
    """Put the deal, or (`of` account) its customer, back into the public pool that it belongs to."""

    of: str
    place: Place


@dataclass(frozen=True, slots=True)
class RequestApproval:
    """Ask those whom the approval rule of that id names to agree, in the name of the deal's owner."""

    approval: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Enrol:
    """Put the deal into a cadence, whatever that cadence starts on."""

    cadence: str
    place: Place


Action = MakeTask | Notify | SetFact | Assign | PutBack | RequestApproval | Enrol


@dataclass(frozen=True, slots=True)
class Automation:
    """One automation. `when` None means always."""

    header: Header
    on: str
    when: Formula | None
    then: tuple[Action, ...]
