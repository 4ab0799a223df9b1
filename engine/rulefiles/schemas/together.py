"""Schemas of pay that depends on several people: pools and contests, and what they share with other components."""

from marshmallow import Schema, ValidationError

from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, InForceSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, DurationValue, Expression, Line, MoneyValue, Name, Percent, Whole
from engine.rulefiles.schemas.shapes import Condition, ListOf, Nested, Words
from engine.rulefiles.schemas.workflow import event

PERIODS = ("month", "quarter", "half", "year")


class GrantClawbackSchema(RuleSchema):
    """Taking back a bonus that an undone event earned."""

    on = event("deal.cancelled", required=True)
    within = DurationValue(calendar=True)
    share = Percent(required=True)


class PoolSchema(RuleSchema):
    """`- pool: …`, an amount that several people share once a window has ended."""

    id = Name(data_key="pool", required=True)
    title = Words()
    of = Line()
    amount = Expression()
    members = Condition()
    measured_over = Choice(*PERIODS)
    gate = Condition()
    gate_kind = Choice("from_first", "above_only", data_key="gate_pays", load_default="from_first")
    shared = Choice("equal", "by credits", "by weights", required=True)
    weights = Expression()
    clawback = Nested(GrantClawbackSchema)
    in_force = Nested(InForceSchema)

    def made(self, form: Form) -> Form:
        """The pool, once its amount is told in one way and every key has an effect."""
        if ("of" in form) == ("amount" in form):
            raise ValidationError({"of": [problem_at(form.source, "R335")]})
        needed = {"by credits": "of", "by weights": "weights"}.get(form["shared"])
        if needed and needed not in form:
            raise ValidationError({"shared": [problem_at(form.at("shared"), "R337", found=form["shared"], key=needed)]})
        if form["shared"] != "by weights":
            no_effect(form, ["weights"], "the pool is not `shared: by weights`", "奖金池不是 `shared: by weights`")
        if "gate" not in form:
            no_effect(form, ["gate_pays"], "there is no `gate`", "没有 `gate`")
        if "amount" in form and form["gate_kind"] == "above_only":
            no_effect(form, ["gate_pays"], "an `amount` has no part above the gate", "`amount` 没有门槛以上的部分")
        return form


class PrizeSchema(RuleSchema):
    """One prize of a contest."""

    number = Whole(data_key="place", required=True)
    amount = MoneyValue(required=True)


class ContestSchema(RuleSchema):
    """`- contest: …`, pays the first places once a window has ended."""

    id = Name(data_key="contest", required=True)
    title = Words()
    rank_by = Name(dotted=True, required=True)
    measured_over = Choice(*PERIODS)
    prizes = ListOf(Nested(PrizeSchema), at_least=1, required=True)
    ties = Choice("share", "all", "earliest", load_default="share")
    at_least = MoneyValue()
    among = Choice("all", "owner.team", "owner.region", load_default="all")
    clawback = Nested(GrantClawbackSchema)
    in_force = Nested(InForceSchema)

    def made(self, form: Form) -> Form:
        """The contest, once its prizes are for the places 1, 2, 3… in that order (R338)."""
        for number, prize in enumerate(form["prizes"], 1):
            if prize["number"] != number:
                wrong = problem_at(prize.at("place"), "R338", found=str(prize["number"]), needed=str(number))
                raise ValidationError({"prizes": [wrong]})
        return form


TOGETHER: dict[str, type[Schema]] = {"pool": PoolSchema, "contest": ContestSchema}
"""The components whose pay depends on everybody's credits."""
