"""A scorecard's result in words, in English and Chinese: each KPI's value, points and part, then score and grade."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from engine.core.incentives.scored import KpiScored, Scored
from engine.core.money import ExactMoney
from engine.core.numerals import shown_number
from engine.core.problems import Language

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "scored": ("{title}: {value}, {points} points × {share} = {weighted}", "{title}：{value}，{points} 分 × {share} = {weighted}"),
    "zero": ("{title}: no value, so 0 points × {share} = 0", "{title}：没有值，计 0 分 × {share} = 0"),
    "par": ("{title}: no value, so {points} points × {share} = {weighted}", "{title}：没有值，按 {points} 分 × {share} = {weighted}"),
    "exclude": ("{title}: no value, so it is left out and the others share its {weight}",
                "{title}：没有值，不计入，其 {weight} 由其余指标分摊"),
    "wait": ("{title}: no value has been told yet", "{title}：尚未告知"),
    "set": ("{card}, {period}: {sum} = {score} points{grade}", "{card}，{period}：{sum} = {score} 分{grade}"),
    "open": ("{card}, {period}: {score} points so far{grade}; it counts once the period has ended",
             "{card}，{period}：目前 {score} 分{grade}；期间结束后才生效"),
    "waiting": ("{card}, {period}: no score yet, because the value of {waits} has not been told",
                "{card}，{period}：尚无得分，因为尚未告知 {waits}"),
    "no_data": ("{card}, {period}: no score, because no KPI has a value", "{card}，{period}：没有得分，因为没有指标有值"),
    "grade": (", grade {grade}, multiplier {multiplier}", "，等级 {grade}，系数 {multiplier}"),
})  # fmt: skip


def score_words(scored: Scored, language: Language) -> tuple[str, ...]:
    """The score in a sentence, then a line for each KPI; the score is the sum of their parts."""
    return (score_sentence(scored, language), *(kpi_words(kpi, language) for kpi in scored.kpis))


def score_sentence(scored: Scored, language: Language) -> str:
    """`Account executive, 2026-Q1: 40 + 12 + 8 = 60 points, grade C, multiplier 0.8`."""
    told = {"card": scored.title.show(language) or scored.scorecard, "period": scored.period}
    told["waits"] = _list((kpi_title(kpi, language) for kpi in scored.waits_for), language)
    if scored.score is not None:
        told["sum"] = " + ".join(shown_number(kpi.weighted) for kpi in scored.kpis if kpi.how != "exclude")
        told |= {"score": shown_number(scored.score), "grade": _grade(scored, language)}
    return _say(scored.state, language, told)


def kpi_words(kpi: KpiScored, language: Language) -> str:
    """`Bookings: 80%, 80 points × 50% = 40`."""
    told = {"title": kpi_title(kpi, language), "value": value_text(kpi), "weight": percent_text(kpi.weight)}
    told |= {"share": percent_text(kpi.share), "weighted": shown_number(kpi.weighted)}
    told["points"] = shown_number(kpi.points) if kpi.points is not None else ""
    return _say(kpi.how if kpi.value is None else "scored", language, told)


def kpi_title(kpi: KpiScored, language: Language) -> str:
    """The KPI's title, or its id where it has none."""
    return kpi.title.show(language) or kpi.kpi


def value_text(kpi: KpiScored) -> str:
    """The value as it is written; empty where there is none."""
    if kpi.value is None:
        return ""
    if kpi.unit == "percent":
        return percent_text(kpi.value)
    return shown_number(kpi.value) if kpi.unit == "number" else str(ExactMoney(kpi.value, kpi.unit))


def percent_text(ratio: Fraction) -> str:
    """A ratio as a percent; cut, never rounded up, where it has no end."""
    return f"{shown_number(ratio * 100)}%"


def _grade(scored: Scored, language: Language) -> str:
    if scored.multiplier is None:
        return ""
    title = scored.grade_title.show(language)
    grade = f"{scored.grade} ({title})" if title else scored.grade
    return _say("grade", language, {"grade": grade, "multiplier": shown_number(scored.multiplier)})


def _say(code: str, language: Language, told: Mapping[str, str]) -> str:
    return _WORDS[code][language == "zh"].format_map(told)


def _list(titles: Iterator[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(titles)
