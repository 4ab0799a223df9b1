"""Schemas of `plan`, `programme`, `ladder` and `targets`: what turns results into money, levels and goals."""



from marshmallow import Schema, ValidationError

from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, InForceSchema, RuleSchema
from engine.rulefiles.schemas.company import ROUNDINGS
from engine.rulefiles.schemas.fields import (
    Choice, CsvFile, Currency, DurationValue, Expression, Line, MoneyValue, Name, Number, Percent, PeriodName, YesNo, about,
)  # fmt: skip
from engine.rulefiles.schemas.shapes import AnyShape, ListOf, Nested, OneOf, Words
from engine.rulefiles.schemas.workflow import condition, criteria, event

PERIODS = ("month", "quarter", "half", "year")


class CreditToSchema(RuleSchema):
    """Who is credited."""

    split = Line(metadata=about("Shares of a team fact: deal.team.", "按团队份额分配：deal.team。"))
    rest = Line(metadata=about("Who gets what the shares leave.", "剩余份额归谁。"))
    overlay = Line(metadata=about("The whole amount once more to: deal.owner.manager.", "全额重复计入：deal.owner.manager。"))

    def made(self, form: Form) -> Form:
        if ("split" in form) == ("overlay" in form) or ("rest" in form and "overlay" in form):
            raise ValidationError({"split": [problem_at(form.source, "R056")]})
        return form


class CreditSchema(RuleSchema):
    """One way to earn credit."""

    name = Name(dotted=True, data_key="credit", required=True, metadata=about("The credit's name: bookings.", "业绩名称：bookings。"))
    on = event(required=True)
    when = condition("Only when this holds.", "满足条件时才计入。")
    amount = Expression(metadata=about("How much; deal.amount when left out.", "金额；省略则为 deal.amount。"))
    counts = Expression(metadata=about("How many units it counts; one when left out.", "计几件；省略则为一件。"))
    to = AnyShape(Line(), Nested(CreditToSchema), required=True, metadata=about("Who: split, overlay, or `like <credit>`.", "归谁：split、overlay 或 like 某业绩。"))


class TierSchema(RuleSchema):
    """One tier: where it starts, and what it pays up to the next one."""

    start = Line(data_key="from", required=True, metadata=about("Where the tier starts; the first starts at 0.", "该档起点；第一档从 0 开始。"))
    rate = Percent(over_100=True, metadata=about("A share of the credited amount.", "按计入金额的比例。"))
    flat = MoneyValue(metadata=about("A fixed amount.", "固定金额。"))
    per_unit = MoneyValue(metadata=about("An amount for each unit counted.", "每一件的金额。"))

    def made(self, form: Form) -> Form:
        if len({"rate", "flat", "per_unit"} & set(form)) != 1:
            raise ValidationError({"rate": [problem_at(form.source, "R058")]})
        return form


class RatesSchema(RuleSchema):
    """How credited amounts become pay."""

    by = Line(load_default="attainment", metadata=about("attainment, amount, count, or a formula.", "attainment、amount、count 或公式。"))
    method = Choice("marginal", "whole", "interpolated", "per_block", "flat", required=True, metadata=about("How tiers apply.", "各档如何计算。"))
    deal_that_crosses = Choice("split", "rate_before", "rate_including", load_default="split", metadata=about("The deal that crosses a tier.", "跨档商机的处理。"))
    tiers = ListOf(Nested(TierSchema), at_least=1, required=True, metadata=about("The tiers, rising.", "由低到高的各档。"))
    block = Number(metadata=about("For per_block: the size of a block.", "per_block 时每块的大小。"))


class LimitSchema(RuleSchema):
    """Bounds on what one deal earns."""

    at_most = MoneyValue(metadata=about("At most.", "最多。"))
    at_least = MoneyValue(metadata=about("At least.", "最少。"))


class CapSchema(RuleSchema):
    """The most a component pays in a period."""

    at_most = MoneyValue(required=True, metadata=about("At most.", "最多。"))
    excess = Choice("lost", "carried_forward", load_default="lost", metadata=about("What becomes of the rest.", "超出部分的处理。"))


class ReleaseSchema(RuleSchema):
    """A share of an earning that becomes payable on an event."""

    share = Percent(required=True, metadata=about("The share.", "比例。"))
    on = event(required=True)
    pro_rata = YesNo(load_default=False, metadata=about("In proportion to what was paid so far.", "按已回款比例发放。"))


class ClawbackSchema(RuleSchema):
    """Taking back what an undone event earned."""

    on = event(required=True)
    within = DurationValue(metadata=about("Counted from the credited date; without limit when left out.", "自计入之日起多久内；省略则不限。"))
    share = Percent(required=True, metadata=about("How much is taken back.", "扣回比例。"))
    attainment = Choice("reversed", "kept", load_default="reversed", metadata=about("What becomes of the attainment.", "完成率是否冲回。"))
    through_tiers = Choice("from_top", "exact", load_default="from_top", metadata=about("From which tiers.", "从哪一档扣回。"))


class CommissionSchema(RuleSchema):
    """`- commission: …`, pays by a rate on credits."""

    id = Name(data_key="commission", required=True, metadata=about("The component's id.", "提成项编号。"))
    title = Words(metadata=about("The component's name.", "名称。"))
    of = Name(dotted=True, required=True, metadata=about("The credit that is paid on.", "按哪项业绩计算。"))
    measured_over = Choice(*PERIODS, metadata=about("Over which time credits add up; the plan's period when left out.", "业绩累计的期间；省略则同方案。"))
    quota = Line(load_default="", metadata=about("targets.<id>, or `quota` for quotas set by events.", "targets.编号，或 quota（由事件设定）。"))
    rates = Nested(RatesSchema, required=True, metadata=about("The rate table.", "费率表。"))
    gate = condition("Paid only when this holds.", "满足条件才发放。")
    gate_kind = Choice("from_first", "above_only", data_key="gate_pays", load_default="from_first", metadata=about("Once the gate holds: everything, or only what is above.", "条件满足后：全部发放或仅超出部分。"))
    per_deal = Nested(LimitSchema, metadata=about("Bounds per deal.", "单笔上下限。"))
    multiply = Expression(metadata=about("A factor.", "系数。"))
    cap = Nested(CapSchema, metadata=about("The most in a period.", "每期上限。"))
    release = ListOf(Nested(ReleaseSchema), load_default=(), metadata=about("When it becomes payable; at once when left out.", "何时可发放；省略则立即。"))
    clawback = Nested(ClawbackSchema, metadata=about("When it is taken back.", "何时扣回。"))
    in_force = Nested(InForceSchema, metadata=about("When the component applies; with the plan when left out.", "该项的有效期；省略则同方案。"))


class BonusSchema(RuleSchema):
    """`- bonus: …`, pays a fixed amount."""

    id = Name(data_key="bonus", required=True, metadata=about("The component's id.", "奖金项编号。"))
    title = Words(metadata=about("The component's name.", "名称。"))
    on = event()
    when = condition("Only when this holds.", "满足条件时才发放。")
    amount = Expression(metadata=about("How much for each event.", "每次的金额。"))
    target = Expression(metadata=about("How much once a period.", "每期一次的金额。"))
    to = Line(load_default="deal.owner", metadata=about("The payee.", "发给谁。"))
    budget = MoneyValue(metadata=about("The most for all together, first come.", "总预算，先到先得。"))
    multiply = Expression(metadata=about("A factor.", "系数。"))
    clawback = Nested(ClawbackSchema, metadata=about("When it is taken back.", "何时扣回。"))
    in_force = Nested(InForceSchema, metadata=about("When the component applies; with the plan when left out.", "该项的有效期；省略则同方案。"))

    def made(self, form: Form) -> Form:
        per_event = "on" in form and "amount" in form and "target" not in form
        per_period = "target" in form and "on" not in form and "amount" not in form
        if not (per_event or per_period):
            raise ValidationError({"amount": [problem_at(form.source, "R059")]})
        return form


COMPONENTS: dict[str, type[Schema]] = {"commission": CommissionSchema, "bonus": BonusSchema}


class PlanSchema(HeaderSchema):
    """`plan:`, an incentive plan."""

    later = ("draw", "ramp", "cap", "guarantee")
    id = Name(data_key="plan", required=True, metadata=about("The plan's id.", "激励方案编号。"))
    pays = condition("Who is on it, asked of the person as owner.*; everybody when left out.", "适用人员（以 owner.* 描述）；省略则为所有人。")
    currency = Currency(metadata=about("The currency it pays in; the company's when left out.", "发放币种；省略则用公司的。"))
    period = Choice(*PERIODS, required=True, metadata=about("How often it pays.", "结算周期。"))
    credits = ListOf(Nested(CreditSchema), load_default=(), metadata=about("What is credited to whom.", "业绩如何归属。"))
    components = ListOf(
        OneOf(COMPONENTS, later=("pool",)), at_least=1, required=True, metadata=about("What turns credits into money.", "各提成与奖金项。")
    )
    proration = Choice("calendar_days", "working_days", "months", "none", load_default="none", metadata=about("For part of a period.", "不足一期时的折算。"))
    rounding = Choice(*ROUNDINGS, metadata=about("As in company; the company's when left out.", "舍入方式；省略则用公司的。"))


class AgreementSchema(RuleSchema):
    """The partner's agreement."""

    later = ("renews",)
    needed = YesNo(required=True, metadata=about("Whether a signed agreement is needed.", "是否必须签约。"))
    lasts = DurationValue(metadata=about("How long it lasts.", "有效期。"))
    remind_before = DurationValue(metadata=about("How long before its end people are reminded.", "到期前多久提醒。"))


class PartnerTierSchema(RuleSchema):
    """A level in the programme."""

    id = Name(dotted=True, data_key="partner_tier", required=True, metadata=about("The partner tier's id.", "伙伴等级编号。"))
    title = Words(metadata=about("Its name.", "名称。"))
    margin = Percent(metadata=about("The discount it gives.", "该等级的折扣。"))
    needs = criteria("What a partner must show to hold it.", "保持该等级的条件。")


class PartnerTiersSchema(RuleSchema):
    """The levels, lowest first."""

    later = ("review", "demote")
    tiers = ListOf(Nested(PartnerTierSchema), at_least=1, required=True, metadata=about("The levels, lowest first.", "由低到高的等级。"))


class ConflictSchema(RuleSchema):
    """Two claims on one customer."""

    same = ListOf(Name(dotted=True), at_least=1, required=True, metadata=about("The facts that make two claims one conflict.", "哪些信息相同即为冲突。"))
    verdict = Choice("first_wins", load_default="first_wins", metadata=about("Who wins.", "冲突时归谁。"))


class RegistrationSchema(RuleSchema):
    """Deal registration."""

    protects = DurationValue(required=True, metadata=about("How long a granted registration protects.", "报备保护期。"))
    decide_within = DurationValue(metadata=about("How soon it must be decided.", "多久内答复。"))
    refuse_when = criteria("When it is refused, with the words.", "何时拒绝及说明。")
    conflict = Nested(ConflictSchema, required=True, metadata=about("What a conflict is and who wins.", "何为冲突，归谁。"))


class ReferralSchema(RuleSchema):
    """`- referral: …`, paid for an introduction."""

    id = Name(data_key="referral", required=True, metadata=about("The fee's id.", "推荐费编号。"))
    on = event(required=True)
    when = condition("Only when this holds.", "满足条件时才发放。")
    amount = Expression(required=True, metadata=about("How much.", "金额。"))
    at_most = MoneyValue(metadata=about("At most.", "最多。"))


class ProgrammeSchema(HeaderSchema):
    """`programme:`, what channel partners join."""

    later = ("training",)
    id = Name(data_key="programme", required=True, metadata=about("The programme's id.", "伙伴计划编号。"))
    channels = ListOf(Name(dotted=True), at_least=1, required=True, metadata=about("The channels it covers.", "适用的渠道。"))
    agreement = Nested(AgreementSchema, metadata=about("The agreement.", "协议。"))
    partner_tiers = Nested(PartnerTiersSchema, metadata=about("The partner tiers.", "伙伴等级。"))
    registration = Nested(RegistrationSchema, metadata=about("Deal registration.", "商机报备。"))
    incentives = ListOf(
        OneOf({"referral": ReferralSchema}, later=("rebate", "mdf")), load_default=(), metadata=about("What partners earn.", "伙伴的激励。")
    )
    currency = Currency(metadata=about("The currency it pays in; the company's when left out.", "发放币种；省略则用公司的。"))


class LevelSchema(RuleSchema):
    """One level of a ladder."""

    id = Name(dotted=True, data_key="level", required=True, metadata=about("The level's id.", "职级编号。"))
    title = Words(metadata=about("Its name.", "名称。"))
    promote_when = criteria("What must hold to move up from this level.", "从该职级晋升的条件。")
    demote_when = criteria("What leads down from this level.", "从该职级降级的条件。")
    approval = Name(dotted=True, load_default="", metadata=about("The role that must agree.", "需由哪个岗位批准。"))


class LadderSchema(HeaderSchema):
    """`ladder:`, the levels of a role."""

    id = Name(data_key="ladder", required=True, metadata=about("The ladder's id.", "晋升阶梯编号。"))
    role = Name(dotted=True, required=True, metadata=about("Whose levels.", "适用岗位。"))
    levels = ListOf(Nested(LevelSchema), at_least=1, required=True, metadata=about("The levels, lowest first.", "由低到高的职级。"))


class PeopleSchema(RuleSchema):
    """`people: {table: people-2026.csv}`."""

    table = CsvFile(required=True, metadata=about("A CSV file beside this one: person,share.", "同一文件夹中的 CSV 文件：person,share。"))


class SplitSchema(RuleSchema):
    """How a goal is divided."""

    quarters = AnyShape(Choice("even"), ListOf(Percent()), load_default="even", metadata=about("Four shares, or even.", "四个季度的占比，或 even。"))
    months = AnyShape(Choice("even"), ListOf(Percent()), load_default="even", metadata=about("Twelve shares, or even.", "十二个月的占比，或 even。"))
    weeks = Choice("by_working_days", "even", load_default="by_working_days", metadata=about("How weeks share a month.", "周目标如何分配。"))
    people = Nested(PeopleSchema, metadata=about("Each person's share; shares total 100 %.", "个人占比，合计 100%。"))


def smart(code: str) -> dict[str, str]:
    """A key without which a target is refused by name."""
    return {"required": code}


class TargetsSchema(HeaderSchema):
    """`targets:`, a goal and its decomposition. What makes it SMART must be there."""

    id = Name(data_key="targets", required=True, metadata=about("The target's id.", "目标编号。"))
    measure = Name(dotted=True, required=True, error_messages=smart("R250"), metadata=about("What is measured: a credit or measure.", "衡量什么：业绩或指标。"))
    period = PeriodName(required=True, error_messages=smart("R251"), metadata=about("The period.", "期间。"))
    goal = MoneyValue(required=True, error_messages=smart("R254"), metadata=about("The amount.", "目标金额。"))
    owner = Name(required=True, error_messages=smart("R252"), metadata=about("Who answers for it.", "责任人或部门。"))
    parent = Name(required=True, error_messages=smart("R253"), metadata=about("The target that this one serves, or none.", "所支撑的上级目标，或 none。"))
    stretch_limit = Percent(over_100=True, metadata=about("Warn beyond this growth over last year's target.", "超过上年目标多少即提示。"))
    split = Nested(SplitSchema, metadata=about("How it is divided.", "如何分解。"))
