"""A scorecard: how well somebody did in a period, as points from weighted KPIs, and the grade that the points give. 绩效考核"""

from dataclasses import dataclass
from fractions import Fraction

from engine.core.formulas import Formula
from engine.core.problems import Place
from engine.core.rules.header import Header, Title


@dataclass(frozen=True, slots=True)
class Linear:
    """Points in proportion: `start` scores `floor`, `end` scores `ceiling`, nothing scores less or more than these.

    Positions are on the KPI's scale. Where less is better, `end` lies below `start`.
    """

    start: Fraction
    end: Fraction
    floor: Fraction
    ceiling: Fraction
    place: Place


@dataclass(frozen=True, slots=True)
class Band:
    """From this value on, up to the next band, the KPI scores `points`."""

    start: Fraction
    points: Fraction
    place: Place


@dataclass(frozen=True, slots=True)
class Kpi:
    """One thing that counts. `value` None is told by people (`score.given`).

    `unit` is the scale of values and positions: `percent` (a ratio), `number`, or a currency (minor units).
    `linear` or `bands` turns the value into points. `without_data`: wait | exclude | zero | par.
    Below `min_responses` answers of customers there is no value.
    """

    id: str
    title: Title
    weight: Fraction
    value: Formula | None
    unit: str
    linear: Linear | None
    bands: tuple[Band, ...]
    without_data: str
    place: Place
    min_responses: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """From this score on, up to the next grade. `multiplier` is what pay may be multiplied by."""

    start: Fraction
    grade: str
    title: Title
    multiplier: Fraction
    place: Place


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Who is scored, in which kind of period, by what. Weights total 1; grades rise from 0, or there are none."""

    header: Header
    scores: Formula | None
    period: str
    kpis: tuple[Kpi, ...]
    grades: tuple[Grade, ...]

    def kpi(self, id: str) -> Kpi | None:
        """The KPI of that id."""
        return next((kpi for kpi in self.kpis if kpi.id == id), None)
