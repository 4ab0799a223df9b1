"""Builds scorecards."""

from fractions import Fraction

from engine.core.fact_types import FactKind
from engine.core.formulas import Formula
from engine.core.numerals import Unreadable
from engine.core.rules.header import Header, Title
from engine.core.rules.scorecard import Band, Grade, Kpi, Linear, Scorecard
from engine.core.value_texts import read_money, read_number, read_percent
from engine.language import SCORE, Expression
from engine.rulefiles.building.workshop import Workshop, optional
from engine.rulefiles.located import Text
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.fields import unreadable

GIVEN = "given"
"""What `value:` says of a KPI whose value people tell."""


def build_scorecard(form: Form, header: Header, workshop: Workshop) -> Scorecard:
    """The scorecard's record."""
    return Scorecard(
        header=header,
        scores=workshop.condition(form.get("scores")),
        period=form["period"],
        kpis=tuple(_kpi(kpi, workshop) for kpi in form["kpis"]),
        grades=tuple(_grade(grade) for grade in form["grades"]),
    )


def _grade(form: Form) -> Grade:
    title = form.get("title", Title())
    return Grade(Fraction(form["start"]), form["grade"], title, Fraction(form["multiplier"]), form.place)


def _kpi(form: Form, workshop: Workshop) -> Kpi:
    scoring, given = form["scoring"], str(form["value"]).strip() == GIVEN
    formula = None if given else workshop.formula(form["value"], SCORE)
    first = scoring["linear"] if "linear" in scoring else scoring["bands"][0]
    unit = _unit(formula, str(first.at("from")), workshop.company.currency)
    return Kpi(
        id=form["id"],
        title=form.get("title", Title()),
        weight=form["weight"],
        value=formula,
        unit=unit,
        linear=optional(scoring, "linear", lambda line: _linear(line, unit, workshop)),
        bands=tuple(_band(band, unit, workshop) for band in scoring.get("bands", ())),
        without_data=form["without_data"],
        place=form.place,
        min_responses=form["min_responses"],
    )


def _unit(formula: Formula | None, first: str, currency: str) -> str:
    """The scale of a KPI: that of its formula; where that leaves it open or people tell the value, as it is scored."""
    kind = formula.type if isinstance(formula, Expression) else None
    if kind and kind.kind is FactKind.MONEY:
        return kind.currency or (first[-3:] if first[-3:].isalpha() else currency)
    if kind and not kind.ratio:
        return "percent" if kind.kind is FactKind.PERCENT else "number"
    return "percent" if first.endswith("%") else "number"


def _linear(form: Form, unit: str, workshop: Workshop) -> Linear:
    start, end = (_position(form, key, unit, workshop) for key in ("from", "to"))
    return Linear(start, end, Fraction(form["floor"]), Fraction(form["ceiling"]), form.place)


def _band(form: Form, unit: str, workshop: Workshop) -> Band:
    return Band(_position(form, "from", unit, workshop), Fraction(form["points"]), form.place)


def _position(form: Form, key: str, unit: str, workshop: Workshop) -> Fraction:
    """A place on the KPI's scale; one that is written for another scale is R326."""
    written = form.at(key)
    assert isinstance(written, Text), "the schema lets nothing else through"
    try:
        return _on_scale(written, unit)
    except Unreadable as problem:
        workshop.problems.append(unreadable(written, problem))
        return Fraction(0)


def _on_scale(text: str, unit: str) -> Fraction:
    """Ratio, number, or minor units of money."""
    looks = "percent" if text.endswith("%") else text[-3:] if text[-1:].isalpha() else "number"
    if looks != unit:
        example = {"percent": "80%", "number": "80"}.get(unit, f"80_000 {unit}")
        raise Unreadable("R326", found=text, example=example)
    if unit == "percent":
        return read_percent(text)
    return Fraction(read_number(text)) if unit == "number" else Fraction(read_money(text).minor)
