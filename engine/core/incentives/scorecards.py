"""Scorecards: points from values, a score from weighted points, a grade from the score. A pure function, exact throughout.

Nothing is rounded: 59.99 points are not 60, whatever a screen shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from engine.core.formulas import EvaluationError, Facts
from engine.core.incentives.scored import KpiScored, Scored
from engine.core.incentives.worth import exact
from engine.core.money import ExactMoney, Money
from engine.core.numerals import shown_number
from engine.core.records import Score
from engine.core.rules.scorecard import Band, Grade, Kpi, Linear, Scorecard

PAR = Fraction(100)
"""The points of a KPI without data that is scored `par`: what was expected, no more and no less."""

_ZERO = Fraction(0)


def scored(scorecard: Scorecard, facts: Facts, scores: Mapping[str, Score], period: str, ended: bool) -> Scored:
    """What the scorecard comes to. `facts` are those of the person and the period, `scores` what was told, by KPI.

    `ended` says whether the period is over: before that the result only shows how it stands. Raises EvaluationError
    when a value cannot be worked out (E141, E143 for one on another scale than the KPI's).
    """
    found = [_told(kpi, scores.get(kpi.id)) if kpi.value is None else _computed(kpi, facts) for kpi in scorecard.kpis]
    kpis = _weighted(found)
    head = scorecard.header
    plain = (head.id, head.version, head.title, period, head.place, kpis)
    waits, counts = any(kpi.how == "wait" for kpi in kpis), any(kpi.share for kpi in kpis)
    if waits or not counts:
        return Scored(*plain, state="waiting" if waits else "no_data")
    score, state = sum((kpi.weighted for kpi in kpis), _ZERO), "set" if ended else "open"
    grade = grade_of(scorecard.grades, score)
    if grade is None:
        return Scored(*plain, state=state, score=score)
    return Scored(*plain, state, score, grade.grade, grade.title, grade.multiplier)


def points_of(kpi: Kpi, value: Fraction) -> Fraction:
    """The points of a value on the KPI's scale."""
    return _on_line(kpi.linear, value) if kpi.linear else _in_band(kpi.bands, value)


def grade_of(grades: Sequence[Grade], score: Fraction) -> Grade | None:
    """The highest grade that the score reaches; None where there are no grades."""
    return next((grade for grade in reversed(grades) if score >= grade.start), None)


def _on_line(line: Linear, value: Fraction) -> Fraction:
    way = (value - line.start) / (line.end - line.start)
    return line.floor + (line.ceiling - line.floor) * min(max(way, _ZERO), Fraction(1))


def _in_band(bands: Sequence[Band], value: Fraction) -> Fraction:
    """The points of the highest band that is reached; below the first one its points hold as well."""
    return next((band.points for band in reversed(bands) if value >= band.start), bands[0].points)


def _told(kpi: Kpi, score: Score | None) -> KpiScored:
    """A KPI whose value people tell. E143 when the rules have since changed from numbers to percents or back."""
    if score and score.unit != kpi.unit:
        found = f"{shown_number(score.value * 100)}%" if score.unit == "percent" else shown_number(score.value)
        example = "80%" if kpi.unit == "percent" else "80"
        raise EvaluationError("E143", kpi.place, kpi=kpi.id, found=found, example=example)
    return _scored(kpi, score.value if score else None, score.event if score else "")


def _computed(kpi: Kpi, facts: Facts) -> KpiScored:
    assert kpi.value is not None, "the caller has looked"
    answered = facts.get("owner.csat_answers")
    few = isinstance(answered, int) and answered < kpi.min_responses
    value = None if few else kpi.value.value(facts)
    if isinstance(value, Money | ExactMoney) and value.currency != kpi.unit:
        raise EvaluationError("E141", kpi.place, kpi=kpi.id, found=str(value), currency=kpi.unit)
    return _scored(kpi, None if value is None else exact(value), kpi.value.source)


def _scored(kpi: Kpi, value: Fraction | None, source: str) -> KpiScored:
    """The KPI's points, before it is known how much it counts."""
    if value is None:
        points, how = {"zero": _ZERO, "par": PAR}.get(kpi.without_data), kpi.without_data
    else:
        points, how = points_of(kpi, value), "linear" if kpi.linear else "band"
    return KpiScored(kpi.id, kpi.title, kpi.unit, value, points, how, kpi.weight, _ZERO, _ZERO, source, kpi.place)


def _weighted(kpis: Sequence[KpiScored]) -> tuple[KpiScored, ...]:
    """The KPIs with their share: their weight among those that count, so that shares total 1 again."""
    whole = sum((kpi.weight for kpi in kpis if kpi.how != "exclude"), _ZERO)
    shares = [kpi.weight / whole if whole and kpi.how != "exclude" else _ZERO for kpi in kpis]
    weighted = zip(kpis, shares, strict=True)
    return tuple(replace(kpi, share=share, weighted=(kpi.points or _ZERO) * share) for kpi, share in weighted)
