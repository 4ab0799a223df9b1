"""Schema of `scorecard`: who is scored in which period, by which KPIs, and the grades that follow."""

from typing import Any

from marshmallow import ValidationError

from engine.core.numerals import Unreadable
from engine.rulefiles.located import Text, problem_at, shown
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, Expression, Line, Name, Number, Percent, Whole
from engine.rulefiles.schemas.plan_level import PERIODS
from engine.rulefiles.schemas.shapes import Condition, ListOf, Nested, Words


class Points(Number):
    """An exact decimal that is not negative: points, or a multiplier."""

    def read(self, text: Text) -> object:
        """The number. R330 below zero."""
        number: Any = super().read(text)
        if number < 0:
            raise Unreadable("R330", found=shown(text))
        return number


class LinearSchema(RuleSchema):
    """`{from: 0%, to: 120%, floor: 0, ceiling: 120}`."""

    start = Line(data_key="from", required=True)
    end = Line(data_key="to", required=True)
    floor = Points(required=True)
    ceiling = Points(required=True)


class BandSchema(RuleSchema):
    """`{from: 80%, score: 60}`."""

    start = Line(data_key="from", required=True)
    points = Points(data_key="score", required=True)


class ScoringSchema(RuleSchema):
    """How a value becomes points."""

    linear = Nested(LinearSchema)
    bands = ListOf(Nested(BandSchema), at_least=1)

    def made(self, form: Form) -> Form:
        """The scoring, once it is told in one way."""
        if ("linear" in form) == ("bands" in form):
            raise ValidationError({"linear": [problem_at(form.source, "R327")]})
        return form


class KpiSchema(RuleSchema):
    """`- kpi: …`, one thing that counts."""

    later = ("reviewers", "peer_review")
    id = Name(data_key="kpi", required=True)
    title = Words()
    weight = Percent(required=True)
    value = Expression(required=True)
    scoring = Nested(ScoringSchema, required=True)
    without_data = Choice("wait", "exclude", "zero", "par", load_default="wait")
    min_responses = Whole(load_default=0)

    def made(self, form: Form) -> Form:
        """The KPI; a least number of answers is of answers."""
        if ".csat" not in str(form["value"]):
            no_effect(form, ["min_responses"], "the value does not ask `owner.csat`", "取值未用到 `owner.csat`")
        return form


class GradeSchema(RuleSchema):
    """`{from: 60, grade: C, multiplier: 0.8}`."""

    start = Points(data_key="from", required=True)
    grade = Line(required=True)
    title = Words()
    multiplier = Points(required=True)


class ScorecardSchema(HeaderSchema):
    """`scorecard:`, how well somebody did in a period."""

    later = ("reviewers", "peer_review")
    id = Name(data_key="scorecard", required=True)
    scores = Condition()
    period = Choice(*PERIODS, required=True)
    kpis = ListOf(Nested(KpiSchema), at_least=1, required=True)
    grades = ListOf(Nested(GradeSchema), load_default=())
