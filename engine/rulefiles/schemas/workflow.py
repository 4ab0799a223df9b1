"""Schemas of `cadence` and `automation`, and what other kinds share with them: criteria, tasks, actions."""

from typing import Any, ClassVar

from marshmallow import Schema

from engine.core.events import DERIVED_TYPES, EVENT_TYPES, RULE_EVENTS
from engine.core.rules.policy import LATER_KEYS, POLICY_KEYS
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import (
    Choice,
    DurationValue,
    Expression,
    Line,
    Name,
    Whole,
)
from engine.rulefiles.schemas.shapes import Condition, ListOf, MapOf, Nested, OneOf, Words

TASK_CHANNELS = ("call", "email", "visit", "meeting", "message", "demo", "letter", "other")


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

    def made(self, form: Form) -> Form:
        """The task, once there is a wait to count in somebody's time."""
        if "due_in" not in form:
            no_effect(form, ["in_time_of"], "there is no `due_in` to count", "没有可计算的 `due_in`")
        return form


class StepTaskSchema(TaskSchema):
    """What a step asks a person to do; it ends as its cadence says."""

    class Meta(TaskSchema.Meta):
        exclude = ("due_on", "ends")

    later: ClassVar[tuple[str, ...]] = ("due_on", "ends")


class StartSchema(RuleSchema):
    """What enrols a deal."""

    on = event(*OF_DEALS, required=True)
    when = Condition()


class StopSchema(StartSchema):
    """What ends an enrolment."""

    reason = Name(dotted=True, data_key="as", required=True)


class RepeatSchema(RuleSchema):
    """The step again after a wait."""

    repeat_after = DurationValue(required=True)
    at_most = Whole(load_default=1)


class StepSchema(RuleSchema):
    """One line of a cadence. A step without a task only waits, which `after` of the next step says better."""

    id = Name(data_key="step", required=True)
    after = DurationValue(required=True)
    when = Condition()
    task = Nested(StepTaskSchema, required=True, error_messages={"required": "R220"})
    on_outcome = MapOf(
        Name(dotted=True),
        Nested(RepeatSchema),
        load_default=(),
    )


PolicySchema: Any = type("PolicySchema", (RuleSchema,), {
    "__doc__": "How a cadence behaves when the world changes; see `core/rules/policy.py`.",
    "later": LATER_KEYS,
    **{key.name: Choice(*key.words, later=key.later) for key in POLICY_KEYS.values()},
})  # fmt: skip


class CadenceSchema(HeaderSchema):
    """`cadence:`, a follow-up sequence."""

    id = Name(data_key="cadence", required=True)
    start = Nested(StartSchema, required=True)
    stop = ListOf(Nested(StopSchema), load_default=())
    steps = ListOf(Nested(StepSchema), at_least=1, required=True)
    policy = Nested(PolicySchema)
    calendar = Name(load_default="")

    def made(self, form: Form) -> Form:
        """The cadence, once every word of its policy has something to act on."""
        if "policy" in form:
            _acts(form["policy"], form["steps"])
        return form


def _acts(policy: Form, steps: tuple[Form, ...]) -> None:
    """Raises R043 for a word of the policy that these steps never call for."""
    waits = policy.get("anchor", "previous_actual") == "previous_actual" or any(step["on_outcome"] for step in steps)
    if not waits and policy.get("on_overdue") != "wait":
        no_effect(policy, ["on_overdue"], "with this `anchor` the next step does not wait for the task",
                  "在此 `anchor` 下，下一步不等待该任务")  # fmt: skip
    if policy.get("first_step") == "immediate" and steps[0]["after"].count:
        no_effect(
            policy, ["first_step"], "the first step waits: its `after` is not 0", "第一步需要等待：其 `after` 不为 0"
        )


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
    """`- recycle: deal`, back into the public pool that it belongs to."""

    recycle = Choice("deal", required=True)


class RequestSchema(RuleSchema):
    """Asking those whom an approval rule names."""

    approval = Name(required=True)
    because = Line(load_default="")


class RequestActionSchema(RuleSchema):
    """`- request_approval: {approval: discount}`."""

    request_approval = Nested(RequestSchema, required=True)


ACTIONS: dict[str, type[Schema]] = {
    "task": TaskActionSchema, "notify": NotifyActionSchema, "set": SetActionSchema, "assign": AssignActionSchema,
    "recycle": RecycleActionSchema, "request_approval": RequestActionSchema,
}  # fmt: skip


class AutomationSchema(HeaderSchema):
    """`automation:`, when this happens, do that."""

    actions_later: ClassVar[tuple[str, ...]] = ("enrol", "tag")
    id = Name(data_key="automation", required=True)
    on = event(required=True)
    when = Condition()
    then = ListOf(
        OneOf(ACTIONS, later=actions_later),
        at_least=1,
        required=True,
    )
