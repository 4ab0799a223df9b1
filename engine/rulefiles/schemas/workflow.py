"""Schemas of `pipeline` and `automation`, and of what a task says."""

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError

from engine.core.events import DERIVED_TYPES, EVENT_TYPES, RULE_EVENTS
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import (
    Choice,
    DurationValue,
    Expression,
    Line,
    Name,
    Percent,
    Whole,
    YesNo,
)
from engine.rulefiles.schemas.shapes import Condition, ListOf, MapOf, Nested, OneOf, Words

TASK_CHANNELS = (
    "call", "visit", "email", "wecom", "message", "todo", "mail", "meeting", "demo", "letter", "other",
)  # fmt: skip
"""The closed list of channels that a task may have."""


HEARD = tuple(name for name in RULE_EVENTS if name != "clock.ticked")
"""What a rule may listen to. The clock ticks only for deals of which something is due, so nobody could rely on it."""

OF_DEALS = tuple(name for name in (*EVENT_TYPES, *DERIVED_TYPES) if name.startswith("deal.") or (
    name in EVENT_TYPES and EVENT_TYPES[name].subject in ("deal", "task")))  # fmt: skip
"""Events that happen to one deal: what a cadence may start with and stop at."""


def event(*names: str, **options: Any) -> Choice:
    """`on:`, the name of an event: one of these, or any that a rule may listen to."""
    return Choice(*(names or HEARD), **options)


class CriterionSchema(RuleSchema):
    """One criterion with its own words."""

    when = Condition(required=True)
    otherwise = Words(data_key="else")


def criteria() -> ListOf:
    """A list of criteria."""
    return ListOf(Nested(CriterionSchema), load_default=())


class TaskSchema(RuleSchema):
    """What a rule asks a person to do."""

    channel = Choice(*TASK_CHANNELS, load_default="other")
    title = Words()
    to = Line(load_default="deal.owner")
    due_in = DurationValue()
    template = Name(load_default="")
    purpose = Name(load_default="")
    priority = Whole(load_default=0)


class StayTaskSchema(RuleSchema):
    """What happens to a deal that stays too long."""

    task = Name(required=True)
    to = Line(load_default="deal.owner")


class StaySchema(RuleSchema):
    """How long a deal may stay in a stage."""

    at_most = DurationValue(required=True)
    then = Nested(StayTaskSchema, required=True)
    and_after = DurationValue()
    tell = Line(load_default="")

    def made(self, form: Form) -> Form:
        """The limit, once a further wait has somebody to tell, and the reverse."""
        if not ("and_after" in form and form["tell"]):
            no_effect(form, ["and_after", "tell"], "somebody is told only with both `and_after` and `tell`",
                      "须同时有 `and_after` 与 `tell` 才会告知")  # fmt: skip
        return form


class StageSchema(RuleSchema):
    """One stage."""

    later = ("approvals",)
    id = Name(dotted=True, data_key="stage", required=True)
    title = Words()
    probability = Percent()
    playbook = Name(load_default="")
    needs = criteria()
    stay = Nested(StaySchema)
    closes = Choice("won", "lost", load_default="")

    def made(self, form: Form) -> Form:
        """The stage, once it has a probability or closes."""
        if "probability" not in form and not form["closes"]:
            raise ValidationError({"probability": [problem_at(form.source, "R032", key="probability")]})
        return form


class MovesSchema(RuleSchema):
    """Which moves are allowed."""

    forward = Choice("next_only", "any", load_default="next_only")
    backward = Choice("with_reason", "any", "never", load_default="with_reason")
    won_from = ListOf(Name(dotted=True), load_default=())
    reopen = Line(load_default="sales_manager")
    override = ListOf(Name(dotted=True), load_default=())


class IdleSchema(RuleSchema):
    """When an open deal is idle."""

    since = Choice("last_touch", "stage_entered", "created", load_default="last_touch")
    after = DurationValue(required=True)
    planned_activity_shields = YesNo(load_default=True)


class PipelineSchema(HeaderSchema):
    """`pipeline:`, the stages of a sale."""

    id = Name(data_key="pipeline", required=True)
    covers = Condition()
    stages = ListOf(Nested(StageSchema), at_least=1, required=True)
    moves = Nested(MovesSchema)
    idle = Nested(IdleSchema)


class NotifySchema(RuleSchema):
    """Telling somebody."""

    to = Line(load_default="deal.owner")
    template = Name(required=True)


class TaskActionSchema(RuleSchema):
    """`- task: …`."""

    task = Nested(TaskSchema, required=True)


class NotifyActionSchema(RuleSchema):
    """`- notify: …`."""

    notify = Nested(NotifySchema, required=True)


class SetActionSchema(RuleSchema):
    """`- set: {deal.priority: "high"}`."""

    set = MapOf(Name(dotted=True), Expression(), required=True)


class EnrolActionSchema(RuleSchema):
    """`- enrol: win-back`."""

    enrol = Name(required=True)


ACTIONS: dict[str, type[Schema]] = {"task": TaskActionSchema, "notify": NotifyActionSchema, "set": SetActionSchema,
                                    "enrol": EnrolActionSchema}  # fmt: skip


class AutomationSchema(HeaderSchema):
    """`automation:`, when this happens, do that."""

    actions_later: ClassVar[tuple[str, ...]] = ("assign", "tag", "request_approval", "recycle")
    id = Name(data_key="automation", required=True)
    on = event(required=True)
    when = Condition()
    then = ListOf(
        OneOf(ACTIONS, later=actions_later),
        at_least=1,
        required=True,
    )
