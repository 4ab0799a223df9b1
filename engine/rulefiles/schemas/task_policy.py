"""Schema of `task_policy`: whose work it is meanwhile, what is overdue, what may be put off or given on."""

from marshmallow import ValidationError

from engine.core.rules.task_policy import DELEGATE_TO, WHEN_AWAY
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema
from engine.rulefiles.schemas.fields import Choice, DurationValue, Line, Name, Whole
from engine.rulefiles.schemas.shapes import Condition, ListOf, Nested


class OverdueSchema(RuleSchema):
    """One level of being overdue."""

    after = DurationValue(required=True)
    tell = Line(load_default="")
    give_to = Line(load_default="")

    def made(self, form: Form) -> Form:
        """The level, once it does something."""
        if not (form["tell"] or form["give_to"]):
            raise ValidationError({"after": [problem_at(form.source, "R400")]})
        return form


class SnoozeSchema(RuleSchema):
    """How often and how far a task may be put off."""

    at_most = Whole()
    for_at_most = DurationValue()

    def made(self, form: Form) -> Form:
        """The limits, once there is one."""
        if not ("at_most" in form or "for_at_most" in form):
            raise ValidationError({"at_most": [problem_at(form.source, "R401")]})
        return form


class TaskPolicySchema(HeaderSchema):
    """`task_policy:`, what holds for the tasks that it covers."""

    id = Name(data_key="task_policy", required=True)
    covers = Condition()
    when_away = Choice(*WHEN_AWAY, load_default="stay")
    overdue = ListOf(Nested(OverdueSchema), load_default=())
    snooze = Nested(SnoozeSchema)
    delegate = Choice(*DELEGATE_TO, load_default="company")
    done_within = DurationValue()
    calendar = Name(load_default="")
