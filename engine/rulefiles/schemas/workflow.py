"""Schema of `automation`, and what other kinds share with it: criteria, tasks, actions."""

from typing import Any, ClassVar

from marshmallow import Schema

from engine.core.events import DERIVED_TYPES, EVENT_TYPES, RULE_EVENTS
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import (
    Choice,
    DaysValue,
    DurationValue,
    Expression,
    Line,
    Name,
    Whole,
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


class TaskEndSchema(RuleSchema):
    """What ends an open task without anybody doing it."""

    when = Condition(required=True)
    status = Choice("done", "cancelled", data_key="as", load_default="cancelled")


class TaskSchema(RuleSchema):
    """What a rule asks a person to do."""

    channel = Choice(*TASK_CHANNELS, load_default="other")
    title = Words()
    to = Line(load_default="deal.owner")
    due_in = DurationValue()
    template = Name(load_default="")
    purpose = Name(load_default="")
    priority = Whole(load_default=0)
    in_time_of = Choice("company", "owner", load_default="company")
    due_on = Name(dotted=True, load_default="")
    ends = ListOf(Nested(TaskEndSchema), load_default=())
    due_before = DaysValue()
    due_after = DaysValue()

    def made(self, form: Form) -> Form:
        """The task, once there is a wait to count in somebody's time."""
        if "due_in" not in form:
            no_effect(form, ["in_time_of"], "there is no `due_in` to count", "没有可计算的 `due_in`")
        if "due_on" not in form.source:
            no_effect(
                form, ["due_before", "due_after"], "there is no `due_on` to count from", "没有可作起点的 `due_on`"
            )
        if {"due_before", "due_after"} <= form.keys():
            no_effect(form, ["due_after"], "`due_before` says when it is due", "到期日已由 `due_before` 决定")
        return form


class StepTaskSchema(TaskSchema):
    """What a step asks a person to do; it ends as its cadence says."""

    class Meta(TaskSchema.Meta):
        exclude = ("due_on", "due_before", "due_after", "ends")

    later: ClassVar[tuple[str, ...]] = ("due_on", "due_before", "due_after", "ends")


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


class AssignSchema(RuleSchema):
    """Whom an assignment rule finds."""

    by = Name(required=True)


class AssignActionSchema(RuleSchema):
    """`- assign: {by: inbound-leads}`."""

    assign = Nested(AssignSchema, required=True)


class RecycleActionSchema(RuleSchema):
    """`- recycle: deal` or `account`, back into the public pool that it belongs to."""

    recycle = Choice("deal", "account", required=True)


class RequestSchema(RuleSchema):
    """Asking those whom an approval rule names."""

    approval = Name(required=True)
    because = Line(load_default="")


class RequestActionSchema(RuleSchema):
    """`- request_approval: {approval: discount}`."""

    request_approval = Nested(RequestSchema, required=True)


class EnrolActionSchema(RuleSchema):
    """`- enrol: win-back`."""

    enrol = Name(required=True)


ACTIONS: dict[str, type[Schema]] = {
    "task": TaskActionSchema, "notify": NotifyActionSchema, "set": SetActionSchema, "assign": AssignActionSchema,
    "recycle": RecycleActionSchema, "request_approval": RequestActionSchema, "enrol": EnrolActionSchema,
}  # fmt: skip


class AutomationSchema(HeaderSchema):
    """`automation:`, when this happens, do that."""

    actions_later: ClassVar[tuple[str, ...]] = ("tag",)
    id = Name(data_key="automation", required=True)
    on = event(required=True)
    when = Condition()
    then = ListOf(
        OneOf(ACTIONS, later=actions_later),
        at_least=1,
        required=True,
    )
