"""Schema of `service_level`: how soon customers are answered, and what happens when they are not."""

from marshmallow import ValidationError

from engine.core.rules.service_level import LIMITS
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, DurationValue, Line, Name, Whole
from engine.rulefiles.schemas.shapes import Condition, ListOf, Nested

MAY_HOLD = ("replied", "on_hold")
MAY_CLOSE = ("replied", "on_hold", "resolved")


class PromiseSchema(RuleSchema):
    """What is promised in which case."""

    id = Name(data_key="promise", required=True)
    when = Condition()
    first_response = DurationValue()
    next_response = DurationValue()
    resolution = DurationValue()
    calendar = Name(load_default="")

    def made(self, form: Form) -> Form:
        """The promise, once it promises something."""
        if not any(limit in form for limit in LIMITS):
            raise ValidationError({"promise": [problem_at(form.source, "R410", promise=form["id"])]})
        return form


class ServiceStepSchema(RuleSchema):
    """What happens so long before or after the date of a limit."""

    of = Choice(*LIMITS, required=True)
    before = DurationValue()
    after = DurationValue()
    task = Name(load_default="")
    to = Line(load_default="ticket.owner")
    tell = Line(load_default="")

    def made(self, form: Form) -> Form:
        """The step, once it has one moment and does something."""
        if ("before" in form) == ("after" in form):
            raise ValidationError({"of": [problem_at(form.source, "R411")]})
        if not (form["task"] or form["tell"]):
            raise ValidationError({"of": [problem_at(form.source, "R412")]})
        if not form["task"]:
            no_effect(form, ["to"], "without a `task` nobody is asked", "没有 `task` 就不会交给任何人")
        return form


class ClosingSchema(RuleSchema):
    """When a ticket closes by itself."""

    after = DurationValue(required=True)
    statuses = ListOf(Choice(*MAY_CLOSE), at_least=1, required=True)


class AskingSchema(RuleSchema):
    """The scale on which customers answer how satisfied they are."""

    worst = Whole(load_default=1)
    best = Whole(load_default=5)
    satisfied_from = Whole(required=True)

    def made(self, form: Form) -> Form:
        """The scale, once it rises and satisfaction lies on it."""
        worst, best, enough = form["worst"], form["best"], form["satisfied_from"]
        if not worst < enough <= best:
            wrong = problem_at(form.at("satisfied_from"), "R413", worst=str(worst), best=str(best), found=str(enough))
            raise ValidationError({"satisfied_from": [wrong]})
        return form


class ServiceLevelSchema(HeaderSchema):
    """`service_level:`, how soon customers are answered and their matters resolved."""

    id = Name(data_key="service_level", required=True)
    calendar = Name(load_default="")
    promises = ListOf(Nested(PromiseSchema), at_least=1, required=True)
    holds = ListOf(Choice(*MAY_HOLD), load_default=("on_hold",))
    on_reopen = Choice("go_on", "restart", load_default="go_on")
    steps = ListOf(Nested(ServiceStepSchema), load_default=())
    close = Nested(ClosingSchema)
    satisfaction = Nested(AskingSchema)
