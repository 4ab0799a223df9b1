"""What people are asked to tell of others' KPIs in a period: a sheet for each scorecard, a row a person, a cell a KPI."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.app.views.choices import NO_WORDS, Belongs
from engine.app.views.earnings import PeriodChoice
from engine.core.problems import Problem
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class ToldKpi:
    """A column: a KPI whose value people tell. `unit` is percent or number, `weight` as a percent."""

    id: str
    title: Title
    unit: str
    weight: str


@dataclass(frozen=True, slots=True)
class ToldCell:
    """What was told of one KPI of one person: `value` as written (empty: nothing yet), who told it and when.

    `name` is scorecard/person/kpi; `seen` names the event that told it, so that one form sent twice is one event.
    """

    name: str
    value: str = ""
    by: Title = NO_WORDS
    at: datetime | None = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One person with a cell for each column."""

    person: str
    name: Title
    belongs: Belongs
    cells: tuple[ToldCell, ...]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One scorecard's people."""

    scorecard: str
    title: Title
    kpis: tuple[ToldKpi, ...]
    rows: tuple[ToldRow, ...]


@dataclass(frozen=True, slots=True)
class ScoreSheets:
    """All sheets of a period, and the periods that may be chosen."""

    period: PeriodChoice
    periods: tuple[PeriodChoice, ...]
    sheets: tuple[ScoreSheet, ...]


@dataclass(frozen=True, slots=True)
class ScoresGiven:
    """What came of a sheet that was sent: how many values were told, and by the cell's name what kept others from it."""

    told: int = 0
    wrong: Mapping[str, Problem] = field(default_factory=dict)
