"""Schemas of `plan`: what turns results into money."""

from marshmallow import Schema, ValidationError

from engine.core.incentives.sharing import REMAINDERS
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, InForceSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.company import ROUNDINGS
from engine.rulefiles.schemas.credits import CreditSchema
from engine.rulefiles.schemas.fields import (
    Choice,
    Currency,
    Day,
    DurationValue,
    Expression,
    Line,
    MoneyValue,
    Name,
    Number,
    Percent,
    Whole,
    YesNo,
)  # fmt: skip
from engine.rulefiles.schemas.payment import ExchangeSchema, PaysInSchema
from engine.rulefiles.schemas.plan_level import (
    PERIODS,
    PRORATED,
    PRORATIONS,
    DrawSchema,
    GuaranteeSchema,
    PlanCapSchema,
    RampSchema,
    plan_level_acts,
)
from engine.rulefiles.schemas.shapes import Condition, ListOf, Nested, OneOf, Words
from engine.rulefiles.schemas.together import TOGETHER, GrantClawbackSchema
from engine.rulefiles.schemas.workflow import event

RECEIPTS = ("payment.received", "invoice.issued", "credit_note.issued")
"""Money that moves: what an earning can be released in proportion to."""


class TierSchema(RuleSchema):
    """One tier: where it starts, and what it pays up to the next one."""

    start = Line(data_key="from", required=True)
    rate = Percent(over_100=True)
    flat = MoneyValue()
    per_unit = MoneyValue()

    def made(self, form: Form) -> Form:
        """The tier, once it pays exactly one thing."""
        if len({"rate", "flat", "per_unit"} & set(form)) != 1:
            raise ValidationError({"rate": [problem_at(form.source, "R058")]})
        return form


class RatesSchema(RuleSchema):
    """How credited amounts become pay."""

    by = Line(load_default="attainment")
    method = Choice("marginal", "whole", "interpolated", "per_block", "flat", required=True)
    deal_that_crosses = Choice("split", "rate_before", "rate_including", load_default="split")
    position_of = Name(dotted=True, load_default="")
    highest = Percent(over_100=True)
    tiers = ListOf(Nested(TierSchema), at_least=1, required=True)
    block = Number()

    def made(self, form: Form) -> Form:
        """The table, once its method uses all that it says."""
        pays = {key for tier in form["tiers"] for key in ("rate", "flat", "per_unit") if key in tier}
        method = form["method"]
        if method in ("whole", "flat"):
            no_effect(form, ["deal_that_crosses"], f"with `method: {method}` the tier reached rates everything",
                      f"`method: {method}` 下，全部金额按所达到的档计算")  # fmt: skip
        if "per_unit" not in pays:
            no_effect(form, ["block"], "no tier pays `per_unit`", "没有按 `per_unit` 计的档")
        if form["by"] != "attainment":
            no_effect(form, ["highest"], "only an attainment can be limited", "只有完成率可以设上限")
        if form["by"] not in ("attainment", "amount", "count"):
            no_effect(form, ["position_of"], "a formula rates each credit by itself", "公式对每笔业绩单独计档")
        if form["by"] == "attainment" or form["position_of"]:
            for tier in form["tiers"]:
                no_effect(tier, ["per_unit"], "a unit is counted where the table goes `by: count` of what is paid on",
                          "只有按所计业绩的 `by: count` 才有件数")  # fmt: skip
        if method == "interpolated":
            no_effect(form, ["deal_that_crosses"], "between two tiers every position has a value of its own",
                      "两档之间的每个位置各有其值")  # fmt: skip
            for tier in form["tiers"]:
                no_effect(tier, ["per_unit"], "between two tiers only `rate` or `flat` can be interpolated",
                          "只有 `rate` 或 `flat` 可在两档间插值")  # fmt: skip
        _one_kind(form["tiers"], method)
        return form


def _one_kind(tiers: list[Form], method: str) -> None:
    """R353 for the first tier that pays something else than its method can pay, or interpolate between two tiers."""
    if method not in ("flat", "interpolated"):
        return
    wanted = "rate" if method == "interpolated" and "rate" in tiers[0] else "flat"
    other = next((tier for tier in tiers if wanted not in tier), None)
    if other is not None:
        key = next(key for key in ("rate", "flat", "per_unit") if key in other)
        told = {"method": method, "wanted": wanted, "found": key}
        raise ValidationError({key: [problem_at(other.source.key(key), "R353", **told)]})


class LimitSchema(RuleSchema):
    """Bounds on what one deal earns."""

    at_most = MoneyValue()
    at_least = MoneyValue()


class CapSchema(RuleSchema):
    """The most a component pays in a period."""

    at_most = MoneyValue(required=True)
    excess = Choice("lost", "carried_forward", load_default="lost")


class ReleaseSchema(RuleSchema):
    """A share of an earning that becomes payable on an event, or on a day."""

    share = Percent(required=True)
    on = event("deal.won", *RECEIPTS, load_default="")
    after = DurationValue(calendar=True)
    on_day = Day()
    pro_rata = YesNo(load_default=False)

    def made(self, form: Form) -> Form:
        """The share, once it is released in one way, and what it is in proportion to is money that moves."""
        if bool(form["on"]) == ("on_day" in form):
            raise ValidationError({"on": [problem_at(form.source, "R350")]})
        if not form["on"]:
            no_effect(form, ["after", "pro_rata"], "a day comes at once for all of it", "到日即全部发放")
        elif form["on"] not in RECEIPTS:
            no_effect(form, ["pro_rata"], f"`{form['on']}` brings no money to be in proportion to",
                      f"`{form['on']}` 没有可按比例计算的款项")  # fmt: skip
        return form


class ClawbackSchema(GrantClawbackSchema):
    """Taking back what an undone event earned. A win that is reopened is void, whatever is said here."""

    attainment = Choice("reversed", "kept", load_default="reversed")
    through_tiers = Choice("from_top", "exact", load_default="from_top")
    tapers = YesNo(load_default=False)
    of = Choice("earned", "paid", load_default="earned")
    settled = Choice("netted", "receivable", load_default="netted")

    def made(self, form: Form) -> Form:
        """The clawback, once it has a time over which its share falls."""
        if form["tapers"] and "within" not in form:
            raise ValidationError({"tapers": [problem_at(form.source, "R351")]})
        return form


class CommissionSchema(RuleSchema):
    """`- commission: …`, pays by a rate on credits."""

    id = Name(data_key="commission", required=True)
    title = Words()
    of = Name(dotted=True, required=True)
    measured_over = Choice(*PERIODS, "plan")
    quota = Line(load_default="")
    rates = Nested(RatesSchema)
    rate = Expression()
    gate = Condition()
    gate_kind = Choice("from_first", "above_only", data_key="gate_pays", load_default="from_first")
    per_deal = Nested(LimitSchema)
    multiply = Expression()
    cap = Nested(CapSchema)
    release = ListOf(Nested(ReleaseSchema), load_default=())
    clawback = Nested(ClawbackSchema)
    in_force = Nested(InForceSchema)
    scorecard = Name(load_default="")

    def made(self, form: Form) -> Form:
        """The commission, once it has one way to pay, and what a gate pays has a gate."""
        if ("rates" in form) == ("rate" in form):
            raise ValidationError({"rates": [problem_at(form.source, "R304")]})
        if "gate" not in form:
            no_effect(form, ["gate_pays"], "there is no `gate`", "没有 `gate`")
        return form


class BonusSchema(RuleSchema):
    """`- bonus: …`, pays a fixed amount."""

    id = Name(data_key="bonus", required=True)
    title = Words()
    on = event()
    when = Condition()
    amount = Expression()
    target = Expression()
    to = Line(load_default="deal.owner")
    budget = MoneyValue()
    budget_per_person = MoneyValue()
    count_at_most = Whole()
    multiply = Expression()
    clawback = Nested(GrantClawbackSchema)
    in_force = Nested(InForceSchema)
    scorecard = Name(load_default="")

    def made(self, form: Form) -> Form:
        """The bonus, once it is for events or for periods."""
        per_event = "on" in form and "amount" in form and "target" not in form
        per_period = "target" in form and "on" not in form and "amount" not in form
        if not (per_event or per_period):
            raise ValidationError({"amount": [problem_at(form.source, "R059")]})
        if per_period:
            bounds = ("budget", "budget_per_person", "count_at_most")
            no_effect(form, ["when", "to", *bounds, "clawback"], "a `target` is paid to everybody on the plan, once a period",
                      "`target` 按期发给方案中的每个人")  # fmt: skip
        return form


COMPONENTS: dict[str, type[Schema]] = {"commission": CommissionSchema, "bonus": BonusSchema, **TOGETHER}


class PlanSchema(HeaderSchema):
    """`plan:`, an incentive plan."""

    id = Name(data_key="plan", required=True)
    pays = Condition()
    currency = Currency()
    period = Choice(*PERIODS, required=True)
    credits = ListOf(Nested(CreditSchema), load_default=())
    components = ListOf(OneOf(COMPONENTS), at_least=1, required=True)
    cap, draw, guarantee = Nested(PlanCapSchema), Nested(DrawSchema), Nested(GuaranteeSchema)
    ramp = Nested(RampSchema)
    proration = Choice(*PRORATIONS, load_default="none")
    prorates = ListOf(Choice(*PRORATED), at_least=1)
    quota_rounding = MoneyValue()
    rounding = Choice(*ROUNDINGS)
    credits_where_several = Choice("all", "first", "most_specific", load_default="all")
    remainder = Choice(*REMAINDERS, load_default="last_by_id")
    exchange = Nested(ExchangeSchema)
    pays_in = Nested(PaysInSchema)

    def made(self, form: Form) -> Form:
        """The plan, once there is something to choose from and to divide, and all that it says of the whole can act."""
        if len(form["credits"]) < 2:
            no_effect(
                form,
                ["credits_where_several"],
                "the plan has not two credits to choose from",
                "方案没有两条业绩规则可供选择",
            )
        if not any(isinstance(credit["to"], str) or "split" in credit["to"] for credit in form["credits"]):
            no_effect(form, ["remainder"], "no credit is divided by `split`", "没有业绩按 `split` 分配")
        return plan_level_acts(form)
