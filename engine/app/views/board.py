"""The deal board: one column for each open stage of a pipeline."""

from dataclasses import dataclass

from engine.app.views.choices import Choice
from engine.app.views.deals import DealRow
from engine.core.money import Money
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One deal: lies idle, has an overdue task, waits for an approval; `next` is where the viewer may ask to move it."""

    row: DealRow
    idle: bool
    overdue: bool
    waits: bool
    next: str
    next_title: Title


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One stage: how many open deals, their sums by currency, the first cards, and how many more there are."""

    id: str
    title: Title
    count: int
    sums: tuple[Money, ...]
    cards: tuple[BoardCard, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a pipeline; `several` True when the viewer sees deals of several people."""

    pipeline: str
    pipelines: tuple[Choice, ...]
    columns: tuple[BoardColumn, ...]
    owner: str
    owners: tuple[Choice, ...]
    several: bool
