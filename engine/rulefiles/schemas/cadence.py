"""Schema of `cadence`."""

from typing import Any

from marshmallow import ValidationError

from engine.core.durations import Duration
from engine.core.numerals import Unreadable
from engine.core.rules.policy import LIMITS, POLICY_KEYS, REENROL_AFTER
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, DurationValue, Expression, Hours, Name, Whole, YesNo, Zone
from engine.rulefiles.schemas.shapes import Condition, ListOf, MapOf, Nested
from engine.rulefiles.schemas.workflow import OF_DEALS, StepTaskSchema, event

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class StartSchema(RuleSchema):
    """What enrols a deal."""

    on = event(*OF_DEALS, required=True)
    when = Condition()
    priority = Expression()


class HeardSchema(RuleSchema):
    """An event, of the deal, of its contact or of its account, and the condition."""

    on = event(required=True)
    when = Condition()


class StopSchema(HeardSchema):
    """What ends an enrolment."""

    reason = Name(dotted=True, data_key="as", required=True)


class UntilSchema(RuleSchema):
    """What ends a pause by itself: an event, a time, or a day."""

    on = event()
    when = Condition()
    after = DurationValue()
    day = Expression()

    def made(self, form: Form) -> Form:
        """The end, once it is exactly one of the three."""
        _one_of(form, ("on", "after", "day"))
        if "on" not in form:
            no_effect(form, ["when"], "only an event has a condition", "只有事件才有条件")
        return form


class PauseSchema(HeardSchema):
    """What lays an enrolment to rest."""

    at_start = Condition()
    until = Nested(UntilSchema)
    reason = Name(dotted=True, data_key="as", load_default="")


class BranchSchema(HeardSchema):
    """What moves an enrolment to another step."""

    go_to = Name(required=True)


class OutcomeSchema(RuleSchema):
    """What an outcome leads to: the step again, another step, the end, or another cadence."""

    repeat_after = DurationValue()
    at_most = Whole(load_default=1)
    go_to = Name(load_default="")
    end = Name(dotted=True, load_default="")
    enrol = Name(load_default="")

    def made(self, form: Form) -> Form:
        """The outcome, once it leads to exactly one thing."""
        _one_of(form, ("repeat_after", "go_to", "end", "enrol"))
        if "repeat_after" not in form:
            no_effect(form, ["at_most"], "nothing is repeated", "没有需要重复的步骤")
        return form


class WindowSchema(RuleSchema):
    """At which hours of which weekdays."""

    hours = ListOf(Hours(), at_least=1, required=True)
    weekdays = ListOf(Choice(*WEEKDAYS), load_default=())


class WaitForSchema(HeardSchema):
    """An answer that a step waits for."""

    within = DurationValue(required=True)
    met = Name(load_default="")
    not_met = Name(load_default="")
    at_once = YesNo(load_default=True)


class AboveZero(Whole):
    """A whole number above zero."""

    def read(self, text: Any) -> object:
        """The number. R381 for zero."""
        number = super().read(text)
        if number == 0:
            raise Unreadable("R381")
        return number


MOST_TIMES = 366
"""How often one line of a cadence may come: each time is a step of its own."""


class RepeatSchema(RuleSchema):
    """A step that comes again and again: so often, after so long each time or spread evenly over a time."""

    every = DurationValue()
    over = DurationValue()
    times = AboveZero(required=True)
    until = Expression()

    def made(self, form: Form) -> Form:
        """The plan, once it says how far apart the times are. R421 where they do not come out evenly, R428 where there are
        too many or nothing lies between them."""
        _one_of(form, ("every", "over"))
        apart = form.get("every") or form["over"]
        if form["times"] > MOST_TIMES or not apart.count:
            said = {"found": f"{form['times']} × {apart}", "most": str(MOST_TIMES)}
            raise ValidationError({"times": [problem_at(form.at("times"), "R428", **said)]})
        over = form.get("over")
        if over is not None:
            form["every"] = evenly(over, form["times"])
            if form["every"] is None:
                said = {"over": str(over), "times": str(form["times"])}
                raise ValidationError({"over": [problem_at(form.source, "R421", **said)]})
        return form


def evenly(over: Duration, times: int) -> Duration | None:
    """That time in so many equal parts, in whole units of it or of the unit below; None where it does not divide."""
    for unit, count in ((over.unit, over.count), (over.unit.base[0], over.count * over.unit.base[1])):
        if count and count % times == 0:
            return Duration(count // times, unit)
    return None


class StepSchema(RuleSchema):
    """One line of a cadence: a task, a wait, an answer that is waited for, or another cadence."""

    id = Name(data_key="step", required=True)
    after = DurationValue()
    wait = DurationValue()
    when = Condition()
    skip_when = Condition()
    task = Nested(StepTaskSchema)
    wait_for = Nested(WaitForSchema)
    enrol = Name(load_default="")
    on_outcome = MapOf(Name(dotted=True), Nested(OutcomeSchema), load_default=())
    window = Nested(WindowSchema)
    then = Name(load_default="")
    repeat = Nested(RepeatSchema)
    reschedule = DurationValue()

    def made(self, form: Form) -> Form:
        """The step, once it does exactly one thing and says when."""
        if not any(form.get(key) for key in ("task", "wait", "wait_for", "enrol")):
            raise ValidationError({"task": [problem_at(form.source, "R220")]})
        _one_of(form, ("task", "wait", "wait_for", "enrol"))
        if "wait" in form or "wait_for" in form:
            no_effect(form, ["after"], "how long it waits is said already", "等待时间已另行写明")
        elif "after" not in form and "repeat" not in form:
            raise ValidationError({"after": [problem_at(form.source, "R032", key="after")]})
        if "task" not in form:
            no_effect(
                form, ["on_outcome", "repeat", "reschedule"], "without a task there is no outcome", "没有任务就没有结果"
            )
        if "wait" in form:
            no_effect(form, ["when", "skip_when", "window"], "a wait makes nothing", "等待不产生任何任务")
        return form


def _one_of(form: Form, keys: tuple[str, ...]) -> None:
    """Raises R380 unless exactly one of the keys is written in the block."""
    written = [key for key in keys if key in form.source]
    if len(written) != 1:
        found = ", ".join(written) or "–"
        raise ValidationError({keys[0]: [problem_at(form.source, "R380", known=", ".join(keys), found=found)]})


PolicySchema: Any = type("PolicySchema", (RuleSchema,), {
    "__doc__": "How a cadence behaves when the world changes; see `core/rules/policy.py`.",
    **{key.name: Choice(*key.words, later=key.later) for key in POLICY_KEYS.values()},
    **{name: AboveZero() for name in LIMITS},
    REENROL_AFTER: DurationValue(),
})  # fmt: skip


class CadenceSchema(HeaderSchema):
    """`cadence:`, a follow-up sequence."""

    id = Name(data_key="cadence", required=True)
    start = Nested(StartSchema, required=True)
    stop = ListOf(Nested(StopSchema), load_default=())
    pause = ListOf(Nested(PauseSchema), load_default=())
    branches = ListOf(Nested(BranchSchema), load_default=())
    steps = ListOf(Nested(StepSchema), at_least=1, required=True)
    window = Nested(WindowSchema)
    time_zone = Zone(load_default="")
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
    first = steps[0].get("after")
    if policy.get("first_step") == "immediate" and (first is None or first.count):
        no_effect(
            policy, ["first_step"], "the first step waits: its `after` is not 0", "第一步需要等待：其 `after` 不为 0"
        )
    if policy.get("reenrol") in ("never", "always"):
        no_effect(policy, [REENROL_AFTER], "only `after_exit` waits for anything", "只有 `after_exit` 才需要等待")
