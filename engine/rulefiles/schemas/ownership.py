"""Schemas of `assignment` and `public_pool`."""

from marshmallow import ValidationError

from engine.core.rules.assignment import METHODS
from engine.core.rules.public_pool import SINCE
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, DurationValue, Line, Name, Whole, YesNo
from engine.rulefiles.schemas.shapes import AnyShape, Condition, ListOf, MapOf, Nested
from engine.rulefiles.schemas.workflow import CriterionSchema, event

ASSIGNED_AT = {
    "deal": ("deal.created", "deal.changed", "deal.stage_entered", "deal.recycled", "deal.reopened"),
    "account": ("account.created", "account.changed", "account.recycled"),
    "ticket": ("ticket.opened", "ticket.changed", "ticket.reopened"),
    "task": (),
}
"""By what a rule is for: the events at which it may be asked."""
_AT_FIRST = {
    "deal": ("deal.created", "deal.recycled"), "account": ("account.created", "account.recycled"),
    "ticket": ("ticket.opened",), "task": (),
}  # fmt: skip


class CapacitySchema(RuleSchema):
    """The most that one person gets."""

    open = Whole()
    per_day = Whole()
    per_month = Whole()
    spread = YesNo(load_default=False)

    def made(self, form: Form) -> Form:
        """The limits, once what is spread is there."""
        if "per_month" not in form:
            no_effect(form, ["spread"], "there is no `per_month` to spread", "没有可分摊的 `per_month`")
        return form


class MemberSchema(RuleSchema):
    """One of a row's people, with terms of their own."""

    person = Line(required=True)
    weight = Whole(load_default=1)
    takes = YesNo(load_default=True)
    capacity = Nested(CapacitySchema)

    def made(self, form: Form) -> Form:
        """The member, once the weight is something."""
        if not form["weight"]:
            no_effect(
                form, ["weight"], "a weight of 0 gets nothing; say `takes: no`", "权重为 0 不会分到；请写 `takes: no`"
            )
        return form


def some_people(**options: object) -> ListOf:
    """A list of persons, roles (`role:sdr`), teams (`team:north`) and facts that name somebody, or blocks with terms."""
    return ListOf(AnyShape(Line(), Nested(MemberSchema)), **options)  # type: ignore[arg-type]


class AssignmentRowSchema(RuleSchema):
    """One row: for what, how, and whom."""

    id = Name(data_key="row", load_default="")
    when = Condition()
    method = Choice(*METHODS, load_default="round_robin")
    people = some_people(load_default=())
    by = Name(dotted=True, load_default="")
    territories = MapOf(Name(dotted=True), some_people(at_least=1), load_default=())

    def made(self, form: Form) -> Form:
        """The row, once it names somebody, in the way its method asks for."""
        if form["method"] == "by_territory":
            missing = [key for key in ("by", "territories") if not form[key]]
        else:
            missing = [] if form["people"] else ["people"]
            no_effect(form, ["by", "territories"], "only `method: by_territory` looks at territories",
                      "只有 `method: by_territory` 才看区域")  # fmt: skip
        if missing:
            raise ValidationError({key: [problem_at(form.source, "R032", key=key)] for key in missing})
        return form


class AssignmentSchema(HeaderSchema):
    """`assignment:`, who gets what nobody has."""

    id = Name(data_key="assignment", required=True)
    of = Choice(*ASSIGNED_AT, load_default="deal")
    on = ListOf(event(*(name for names in ASSIGNED_AT.values() for name in names)), at_least=1, load_default=())
    rows = ListOf(Nested(AssignmentRowSchema), at_least=1, required=True)
    availability = Choice("only", "tiers", "ignored", load_default="only")
    capacity = Nested(CapacitySchema)
    on_none = Choice("queue", "manager", "least_bad", load_default="queue")

    def made(self, form: Form) -> Form:
        """The rule; one for tasks is asked by a task's `to`, and listens to nothing."""
        if form["of"] == "task":
            no_effect(
                form, ["on"], "a task asks this rule by `to: assignment:…`", "任务通过 `to: assignment:…` 调用此规则"
            )
        form["on"] = form["on"] or _AT_FIRST[form["of"]]
        wrong = next((name for name in form["on"] if name not in ASSIGNED_AT[form["of"]]), "")
        if wrong:
            said = {"found": wrong, "of": form["of"], "known": ", ".join(ASSIGNED_AT[form["of"]])}
            raise ValidationError({"on": [problem_at(form.at("on"), "R378", **said)]})
        return form


class RecycleSchema(RuleSchema):
    """When a deal goes back."""

    after = DurationValue(required=True)
    since = Choice(*SINCE, load_default="last_touch")


class ProtectSchema(RuleSchema):
    """What keeps a deal with its owner."""

    new_owner = DurationValue()
    conditions = ListOf(Nested(CriterionSchema), data_key="while", load_default=())


class ClaimSchema(RuleSchema):
    """Who may claim, and how much."""

    roles = ListOf(Name(dotted=True), load_default=())
    per_day = Whole()
    hold_at_most = Whole()
    not_again_for = DurationValue()


class PublicPoolSchema(HeaderSchema):
    """`public_pool:`, deals or customers that anybody may take (公海)."""

    id = Name(data_key="public_pool", required=True)
    of = Choice("deal", "account", load_default="deal")
    covers = Condition()
    recycle = ListOf(Nested(RecycleSchema), load_default=())
    remind_before = DurationValue(calendar=True)
    protect = Nested(ProtectSchema)
    claim = Nested(ClaimSchema)
    calendar = Name(load_default="")

    def made(self, form: Form) -> Form:
        """The pool; nothing is reminded of or protected from where nothing is recycled."""
        if not form["recycle"]:
            no_effect(form, ["remind_before", "protect"], "nothing is recycled without `recycle`",
                      "没有 `recycle` 就不会回收")  # fmt: skip
        for line in form["recycle"] if form["of"] == "account" else ():
            if line["since"] == "stage_entered":
                raise ValidationError({"recycle": [problem_at(line.at("since"), "R379")]})
        return form
