"""What a scorecard came to for one person and period: each KPI's points, the score, the grade. An earning line keeps it."""

from dataclasses import dataclass
from fractions import Fraction

from engine.core.problems import Place
from engine.core.rules.header import Title

NO_TITLE = Title()


@dataclass(frozen=True, slots=True)
class KpiScored:
    """One KPI. `unit` is the scale of `value`: percent, number, or a currency (minor units). None: no value is known.

    `how` is linear or band where there is a value, else what happens without one: wait, exclude, zero, par. `weight` is
    as written, `share` what it counts once the KPIs that are left out are taken away; `weighted` = points × share.
    `source` is the formula, or the event that told the value; empty when nobody did.
    """

    kpi: str
    title: Title
    unit: str
    value: Fraction | None
    points: Fraction | None
    how: str
    weight: Fraction
    share: Fraction
    weighted: Fraction
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorecard's result. `state`: set, open (the period has not ended), waiting (a KPI waits), no_data (all left out).

    `score` is the sum of the KPIs' `weighted`, None while a KPI waits or none counts. It counts for pay once `state` is
    `set`. `grade` is empty and `multiplier` None without a score, or where the scorecard has no grades.
    """

    scorecard: str
    version: str
    title: Title
    period: str
    place: Place
    kpis: tuple[KpiScored, ...]
    state: str
    score: Fraction | None = None
    grade: str = ""
    grade_title: Title = NO_TITLE
    multiplier: Fraction | None = None

    @property
    def waits_for(self) -> tuple[KpiScored, ...]:
        """The KPIs whose value must be told before there is a score."""
        return tuple(kpi for kpi in self.kpis if kpi.how == "wait")

    def facts(self) -> dict[str, object]:
        """`scorecard.score`, `.grade` and `.multiplier`; nothing before they count."""
        if self.state != "set" or self.score is None:
            return {}
        found: dict[str, object] = {"scorecard.score": self.score}
        if self.multiplier is not None:
            found |= {"scorecard.grade": self.grade, "scorecard.multiplier": self.multiplier}
        return found
