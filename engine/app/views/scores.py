"""A scorecard on a payee's page: the score in a sentence, then each KPI."""

from dataclasses import dataclass

from engine.app.views.choices import NO_WORDS
from engine.core.problems import Place
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI as shown. `value` and `points` are empty without data; `share` is what it counts, `words` all in a sentence."""

    title: Title
    value: str
    points: str
    share: str
    weighted: str
    words: Title


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One scorecard in one period. `score` is empty while there is none; `counts` once it counts for pay."""

    id: str
    title: Title
    place: Place
    period: str
    sentence: Title
    score: str = ""
    grade: str = ""
    grade_title: Title = NO_WORDS
    multiplier: str = ""
    counts: bool = False
    kpis: tuple[KpiRow, ...] = ()
