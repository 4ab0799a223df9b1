"""Schemas of `plan`, `programme` and `ladder`: what turns results into money and levels."""

from marshmallow import Schema, ValidationError

from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, InForceSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.company import ROUNDINGS
from engine.rulefiles.schemas.fields import (
    Choice,
    Currency,
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
from engine.rulefiles.schemas.shapes import AnyShape, Condition, ListOf, Nested, OneOf, Words
from engine.rulefiles.schemas.together import PERIODS, TOGETHER, GrantClawbackSchema
from engine.rulefiles.schemas.workflow import criteria, event

RECEIPTS = ("payment.received", "invoice.issued", "credit_note.issued")
"""Money that moves: what an earning can be released in proportion to."""


class CreditToSchema(RuleSchema):
    """Who is credited."""

    split = Line()
    rest = Line()
    overlay = Line()

    def made(self, form: Form) -> Form:
        """The recipients, once they are told in one way."""
        if ("split" in form) == ("overlay" in form) or ("rest" in form and "overlay" in form):
            raise ValidationError({"split": [problem_at(form.source, "R056")]})
        return form


class CreditSchema(RuleSchema):
    """One way to earn credit."""

    name = Name(dotted=True, data_key="credit", required=True)
    on = event(required=True)
    when = Condition()
    amount = Expression()
    counts = Expression()
    to = AnyShape(Line(), Nested(CreditToSchema), required=True)


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
    tiers = ListOf(Nested(TierSchema), at_least=1, required=True)
    block = Number()

    def made(self, form: Form) -> Form:
        """The table, once its method uses all that it says."""
        pays = {key for tier in form["tiers"] for key in ("rate", "flat", "per_unit") if key in tier}
        method = form["method"]
        if method in ("whole", "flat") or (method == "interpolated" and "rate" in form["tiers"][0]):
            no_effect(form, ["deal_that_crosses"], f"with `method: {method}` the tier reached rates everything",
                      f"`method: {method}` 下，全部金额按所达到的档计算")  # fmt: skip
        if "per_unit" not in pays:
            no_effect(form, ["block"], "no tier pays `per_unit`", "没有按 `per_unit` 计的档")
        if method == "interpolated":
            for tier in form["tiers"]:
                no_effect(tier, ["per_unit"], "between two tiers only `rate` or `flat` can be interpolated",
                          "只有 `rate` 或 `flat` 可在两档间插值")  # fmt: skip
        return form


class LimitSchema(RuleSchema):
    """Bounds on what one deal earns."""

    at_most = MoneyValue()
    at_least = MoneyValue()


class CapSchema(RuleSchema):
    """The most a component pays in a period."""

    at_most = MoneyValue(required=True)
    excess = Choice("lost", "carried_forward", load_default="lost")


class ReleaseSchema(RuleSchema):
    """A share of an earning that becomes payable on an event."""

    share = Percent(required=True)
    on = event("deal.won", *RECEIPTS, required=True)
    pro_rata = YesNo(load_default=False)

    def made(self, form: Form) -> Form:
        """The share, once what it is in proportion to is money that moves."""
        if form["on"] not in RECEIPTS:
            no_effect(form, ["pro_rata"], f"`{form['on']}` brings no money to be in proportion to",
                      f"`{form['on']}` 没有可按比例计算的款项")  # fmt: skip
        return form


class ClawbackSchema(GrantClawbackSchema):
    """Taking back what an undone event earned. A win that is reopened is void, whatever is said here."""

    attainment = Choice("reversed", "kept", load_default="reversed")
    through_tiers = Choice("from_top", "exact", load_default="from_top")


class CommissionSchema(RuleSchema):
    """`- commission: …`, pays by a rate on credits."""

    id = Name(data_key="commission", required=True)
    title = Words()
    of = Name(dotted=True, required=True)
    measured_over = Choice(*PERIODS)
    quota = Line(load_default="")
    rates = Nested(RatesSchema, required=True)
    gate = Condition()
    gate_kind = Choice("from_first", "above_only", data_key="gate_pays", load_default="from_first")
    per_deal = Nested(LimitSchema)
    multiply = Expression()
    cap = Nested(CapSchema)
    release = ListOf(Nested(ReleaseSchema), load_default=())
    clawback = Nested(ClawbackSchema)
    in_force = Nested(InForceSchema)

    def made(self, form: Form) -> Form:
        """The commission, once what a gate pays has a gate."""
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

    def made(self, form: Form) -> Form:
        """The bonus, once it is for events or for periods."""
        per_event = "on" in form and "amount" in form and "target" not in form
        per_period = "target" in form and "on" not in form and "amount" not in form
        if not (per_event or per_period):
            raise ValidationError({"amount": [problem_at(form.source, "R059")]})
        if per_period:
            bounds = ["budget", "budget_per_person", "count_at_most"]
            no_effect(form, ["when", "to", *bounds, "clawback"], "a `target` is paid to everybody on the plan, once a period",
                      "`target` 按期发给方案中的每个人")  # fmt: skip
        return form


COMPONENTS: dict[str, type[Schema]] = {"commission": CommissionSchema, "bonus": BonusSchema, **TOGETHER}


class PlanSchema(HeaderSchema):
    """`plan:`, an incentive plan."""

    later = ("draw", "ramp", "cap", "guarantee")
    id = Name(data_key="plan", required=True)
    pays = Condition()
    currency = Currency()
    period = Choice(*PERIODS, required=True)
    credits = ListOf(Nested(CreditSchema), load_default=())
    components = ListOf(OneOf(COMPONENTS), at_least=1, required=True)
    proration = Choice("calendar_days", "working_days", "months", "none", load_default="none")
    rounding = Choice(*ROUNDINGS)

    def made(self, form: Form) -> Form:
        """The plan, once there is something to prorate."""
        prorated = (kind == "pool" or "target" in component for kind, component in form["components"])
        if form["proration"] != "none" and not any(prorated):
            no_effect(form, ["proration"], "only a bonus with a `target` or a pool is prorated",
                      "只有带 `target` 的奖金或奖金池才折算")  # fmt: skip
        return form


class AgreementSchema(RuleSchema):
    """The partner's agreement."""

    later = ("lasts", "remind_before", "renews")
    needed = YesNo(required=True)


class PartnerTierSchema(RuleSchema):
    """A level in the programme."""

    later = ("margin",)
    id = Name(dotted=True, data_key="partner_tier", required=True)
    title = Words()
    needs = criteria()


class PartnerTiersSchema(RuleSchema):
    """The levels, lowest first."""

    later = ("review", "demote")
    tiers = ListOf(Nested(PartnerTierSchema), at_least=1, required=True)


class ConflictSchema(RuleSchema):
    """Two claims on one customer."""

    same = ListOf(Name(dotted=True), at_least=1, required=True)
    verdict = Choice("first_wins", load_default="first_wins")


class RegistrationSchema(RuleSchema):
    """Deal registration."""

    later = ("decide_within",)
    protects = DurationValue(calendar=True, required=True)
    refuse_when = criteria()
    conflict = Nested(ConflictSchema, required=True)


class ReferralSchema(RuleSchema):
    """`- referral: …`, paid for an introduction."""

    id = Name(data_key="referral", required=True)
    on = event(required=True)
    when = Condition()
    amount = Expression(required=True)
    at_most = MoneyValue()


class ProgrammeSchema(HeaderSchema):
    """`programme:`, what channel partners join."""

    later = ("training",)
    id = Name(data_key="programme", required=True)
    channels = ListOf(Name(dotted=True), at_least=1, required=True)
    agreement = Nested(AgreementSchema)
    partner_tiers = Nested(PartnerTiersSchema)
    registration = Nested(RegistrationSchema)
    incentives = ListOf(OneOf({"referral": ReferralSchema}, later=("rebate", "mdf")), load_default=())
    currency = Currency()


class LevelSchema(RuleSchema):
    """One level of a ladder."""

    id = Name(dotted=True, data_key="level", required=True)
    title = Words()
    promote_when = criteria()
    demote_when = criteria()
    approval = Name(dotted=True, load_default="")


class LadderSchema(HeaderSchema):
    """`ladder:`, the levels of a role."""

    id = Name(data_key="ladder", required=True)
    role = Name(dotted=True, required=True)
    levels = ListOf(Nested(LevelSchema), at_least=1, required=True)
