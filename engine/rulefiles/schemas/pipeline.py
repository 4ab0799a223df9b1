"""Schema of `pipeline`: stages, the time in them, the moves between them, idleness."""

from typing import ClassVar

from marshmallow import ValidationError

from engine.rulefiles.located import Text, problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, DurationValue, Line, Name, Percent, YesNo
from engine.rulefiles.schemas.shapes import AnyShape, Condition, ListOf, Nested, OneOf, Words
from engine.rulefiles.schemas.workflow import ACTIONS, criteria

PROBABILITIES = ("follow_stage_unless_manual", "follow_stage", "set_if_empty", "manual")


def stages_named() -> AnyShape:
    """One stage, or a list of stages."""
    return AnyShape(Name(dotted=True), ListOf(Name(dotted=True), at_least=1), required=True)


class StayTaskSchema(RuleSchema):
    """What happens to a deal that stays too long."""

    task = Name(required=True)
    to = Line(load_default="deal.owner")


class LevelSchema(RuleSchema):
    """One level of a stage's time limit, counted from entering the stage."""

    after = DurationValue(required=True)
    task = Name(load_default="")
    to = Line(load_default="deal.owner")
    tell = Line(load_default="")
    move = Name(dotted=True, load_default="")
    because = Line(load_default="")

    def made(self, form: Form) -> Form:
        """The level, once it does something."""
        if not (form["task"] or form["tell"] or form["move"]):
            raise ValidationError({"after": [problem_at(form.source, "R360")]})
        if not form["task"]:
            no_effect(form, ["to"], "without a `task` nobody is asked", "没有 `task` 就不会交给任何人")
        if not form["move"]:
            no_effect(form, ["because"], "without a `move` there is nothing to give a reason for",
                      "没有 `move` 就不需要原因")  # fmt: skip
        return form


class StaySchema(RuleSchema):
    """How long a deal may stay in a stage: a limit with what follows, or levels."""

    at_most = DurationValue()
    then = Nested(StayTaskSchema)
    and_after = DurationValue()
    tell = Line(load_default="")
    levels = ListOf(Nested(LevelSchema), at_least=1)
    on_reentry = Choice("restart", "accumulate", load_default="restart")

    def made(self, form: Form) -> Form:
        """The limit, once a further wait has somebody to tell and the reverse; levels stand alone."""
        if "levels" in form:
            no_effect(form, ["at_most", "then", "and_after", "tell"], "with `levels` each level says what it does",
                      "写了 `levels` 后，由各级说明要做的事")  # fmt: skip
            return form
        missing = [key for key in ("at_most", "then") if key not in form]
        if missing:
            raise ValidationError({key: [problem_at(form.source, "R032", key=key)] for key in missing})
        if not ("and_after" in form and form["tell"]):
            no_effect(form, ["and_after", "tell"], "somebody is told only with both `and_after` and `tell`",
                      "须同时有 `and_after` 与 `tell` 才会告知")  # fmt: skip
        return form


class StageSchema(RuleSchema):
    """One stage."""

    id = Name(dotted=True, data_key="stage", required=True)
    title = Words()
    probability = Percent()
    playbook = Name(load_default="")
    requires = ListOf(Name(dotted=True), load_default=())
    needs = criteria()
    approvals = ListOf(Name(), load_default=())
    stay = Nested(StaySchema)
    closes = Choice("won", "lost", load_default="")

    def made(self, form: Form) -> Form:
        """The stage, once it has a probability or closes."""
        if "probability" not in form and not form["closes"]:
            raise ValidationError({"probability": [problem_at(form.source, "R032", key="probability")]})
        if form["closes"]:
            no_effect(form, ["stay"], "a deal that is closed stays for good", "商机关闭后不再计时")
        return form


class TransitionSchema(RuleSchema):
    """One drawn move."""

    from_stages = AnyShape(Name(dotted=True), ListOf(Name(dotted=True), at_least=1), required=True, data_key="from")
    to = stages_named()
    by = ListOf(Name(dotted=True), load_default=())
    needs_reason = YesNo(load_default=False)
    then = ListOf(OneOf(ACTIONS, later=("assign", "enrol", "tag", "recycle")), load_default=())


class MovesSchema(RuleSchema):
    """Which moves are allowed."""

    drawn_instead: ClassVar[tuple[str, ...]] = ("forward", "backward", "won_from")
    forward = Choice("next_only", "any", load_default="next_only")
    backward = Choice("with_reason", "any", "never", load_default="with_reason")
    won_from = ListOf(Name(dotted=True), load_default=())
    reopen = Line(load_default="sales_manager")
    override = ListOf(Name(dotted=True), load_default=())
    allowed = ListOf(Nested(TransitionSchema), at_least=1)

    def made(self, form: Form) -> Form:
        """The moves; where they are drawn one by one, no general rule stands beside them."""
        if "allowed" in form:
            no_effect(form, self.drawn_instead, "`allowed` draws every move", "`allowed` 已逐条列出所有移动")
        return form


class IdleSchema(RuleSchema):
    """When an open deal is idle."""

    since = Choice("last_touch", "stage_entered", "created", "last_change", load_default="last_touch")
    after = DurationValue(required=True)
    planned_activity_shields = YesNo(load_default=True)
    touches = ListOf(Name(dotted=True), load_default=())
    apply = Choice("at_once", "next_touch", load_default="at_once")

    def made(self, form: Form) -> Form:
        """The rule, once `touches` has something to act on."""
        if form["since"] != "last_touch":
            no_effect(form, ["touches"], "idle time does not count from a touch", "闲置时间不从跟进算起")
        return form


class PipelineSchema(HeaderSchema):
    """`pipeline:`, the stages of a sale."""

    id = Name(data_key="pipeline", required=True)
    covers = Condition()
    probability = Choice(*PROBABILITIES, load_default=PROBABILITIES[0])
    stages = ListOf(Nested(StageSchema), at_least=1, required=True)
    moves = Nested(MovesSchema)
    idle = Nested(IdleSchema)


def names(written: Text | tuple[str, ...]) -> tuple[str, ...]:
    """One name or several, as a tuple; `any` stands for all."""
    found = (written,) if isinstance(written, str) else written
    return () if "any" in found else tuple(str(name) for name in found)
