"""The company's own facts, measures and outcomes of tasks, declared once and then known to every rule and every door."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.durations import Duration
from engine.core.fact_types import FactType
from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.header import Header, Title


@dataclass(frozen=True, slots=True)
class Measure:
    """A number about a subject, counted or added up over its history.

    `name` is the fact's name (`deal.connected_calls`). `of` says of what: `activities`, `payments`, `invoices`,
    `deals` or `credits.<name>`. `function` is `count` or `sum`; `field` is what a sum adds (`amount`).
    `where` sees the bare field names of one record. `within` counts only the days before the event's date.
    """

    name: str
    function: str
    of: str
    field: str
    where: Formula | None
    within: Duration | None
    place: Place


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """What may come of a task, by its code, and how it is said: of tasks of those channels or purposes (neither: of any)."""

    code: str
    title: Title
    channels: tuple[str, ...]
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One vocabulary file: custom facts by full name (`deal.budget`), measures, and what may come of tasks.

    A task of one of the channels `logged_when_done` is itself a touch: when it is done, the touch is logged with it.
    """

    header: Header
    facts: Mapping[str, FactType]
    measures: tuple[Measure, ...]
    outcomes: tuple[TaskOutcome, ...] = ()
    logged_when_done: tuple[str, ...] = ()
