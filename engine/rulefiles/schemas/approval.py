"""Schema of `approval`: what needs agreement, and who must agree."""

from marshmallow import ValidationError

from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, DurationValue, Line, Name
from engine.rulefiles.schemas.shapes import Condition, ListOf, Nested, Words

HOW = ("who", "all_of", "any_of")


class ApprovalStepSchema(RuleSchema):
    """Whose word is asked at once."""

    who = Line()
    all_of = ListOf(Line(), at_least=2)
    any_of = ListOf(Line(), at_least=2)

    def made(self, form: Form) -> Form:
        """The step, once it says exactly one of the three."""
        said = [key for key in HOW if key in form]
        if len(said) != 1:
            raise ValidationError({"who": [problem_at(form.source, "R361", found=", ".join(said) or "–")]})
        return form


class BandSchema(RuleSchema):
    """Who must agree while the condition holds."""

    when = Condition()
    title = Words()
    steps = ListOf(Nested(ApprovalStepSchema), at_least=1, required=True)


class ApprovalSchema(HeaderSchema):
    """`approval:`, what somebody must agree to."""

    id = Name(data_key="approval", required=True)
    about = ListOf(Name(dotted=True), load_default=())
    voided_by = Choice("any_change", "higher", "lower", load_default="any_change")
    bands = ListOf(Nested(BandSchema), at_least=1, required=True)
    decide_within = DurationValue()
    when_late = Choice("escalate", "refuse", load_default="escalate")
    escalate_to = Line(load_default="manager")
    while_away = Line(load_default="manager")

    def made(self, form: Form) -> Form:
        """The rule, once each of its keys has something to act on."""
        if not form["about"]:
            no_effect(form, ["voided_by"], "without `about` no change undoes it", "没有 `about` 就没有会使其失效的变动")
        if "decide_within" not in form:
            no_effect(form, ["when_late", "escalate_to"], "without `decide_within` it is never late",
                      "没有 `decide_within` 就不会超时")  # fmt: skip
        elif form["when_late"] == "refuse":
            no_effect(form, ["escalate_to"], "a late answer counts as a refusal", "超时按拒绝处理")
        return form
