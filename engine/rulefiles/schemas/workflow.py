"""Schemas of `vocabulary`, `pipeline`, `cadence` and `automation`."""

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError

from engine.core.events import RULE_EVENTS
from engine.core.fact_types import FactKind
from engine.core.rules.policy import POLICY_KEYS
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema
from engine.rulefiles.schemas.fields import Choice, Currency, DurationValue, Expression, Line, Name, Percent, Whole, YesNo, about
from engine.rulefiles.schemas.shapes import Condition, ListOf, MapOf, Nested, OneOf, Words

SUBJECTS = ("deal", "account", "owner", "partner", "activity")
FACT_KINDS = tuple(kind.value for kind in (
    FactKind.MONEY, FactKind.PERCENT, FactKind.NUMBER, FactKind.DATE, FactKind.INSTANT, FactKind.BOOL, FactKind.TEXT,
    FactKind.CHOICE, FactKind.LIST, FactKind.PERSON))  # fmt: skip
TASK_CHANNELS = ("call", "email", "visit", "meeting", "message", "demo", "letter", "other")


def event(**options: Any) -> Choice:
    """`on:`, the name of an event."""
    return Choice(*RULE_EVENTS, metadata=about("The event that it listens to.", "所监听的事件。"), **options)


def condition(en: str, zh: str, **options: Any) -> Condition:
    """A condition with its meaning."""
    return Condition(metadata=about(en, zh), **options)


class FactSchema(RuleSchema):
    """A custom fact."""

    type = Choice(*FACT_KINDS, required=True, metadata=about("The kind of value.", "值的类型。"))
    of = ListOf(Name(dotted=True), at_least=1, metadata=about("The words of a choice or list.", "可选的值。"))
    currency = Currency(metadata=about("For money: always in this currency.", "金额固定为该币种。"))
    title = Words(metadata=about("The fact's name for people.", "该信息项的名称。"))

    def made(self, form: Form) -> Form:
        if form["type"] == "choice" and "of" not in form:
            raise ValidationError({"of": [problem_at(form.source, "R032", key="of")]})
        return form


class MeasureSchema(RuleSchema):
    """A number counted or added up over a subject's history."""

    count = Name(dotted=True, metadata=about("Counts records: activities, deals, payments…", "计数：activities、deals、payments 等。"))
    sum = Name(dotted=True, metadata=about("Adds up a field: payments.amount, credits.bookings.", "求和：payments.amount、credits.bookings 等。"))
    where = condition("Which records.", "哪些记录。")
    within = DurationValue(metadata=about("Only the days before the event.", "只看事件之前的这段时间。"))

    def made(self, form: Form) -> Form:
        if ("count" in form) == ("sum" in form):
            raise ValidationError({"count": [problem_at(form.source, "R055")]})
        return form


def facts_of(subject: str) -> MapOf:
    """The custom facts of one subject."""
    words = about(f"Custom facts of the {subject}.", f"{subject} 的自定义信息项。")
    return MapOf(Name(dotted=True), Nested(FactSchema), load_default=(), metadata=words)


class VocabularySchema(HeaderSchema):
    """`vocabulary:`, the company's own facts and measures."""

    id = Name(data_key="vocabulary", required=True, metadata=about("The vocabulary's id.", "词汇表编号。"))
    deal = facts_of("deal")
    account = facts_of("account")
    owner = facts_of("owner")
    partner = facts_of("partner")
    activity = facts_of("activity")
    measures = MapOf(
        Name(dotted=True),
        Nested(MeasureSchema),
        load_default=(),
        metadata=about("Measures by full name: deal.connected_calls.", "按全名定义的指标：deal.connected_calls。"),
    )


class CriterionSchema(RuleSchema):
    """One criterion with its own words."""

    when = condition("What must hold.", "必须满足的条件。", required=True)
    otherwise = Words(data_key="else", metadata=about("What to tell a person who does not meet it.", "不满足时的提示。"))


def criteria(en: str, zh: str) -> ListOf:
    """A list of criteria."""
    return ListOf(Nested(CriterionSchema), load_default=(), metadata=about(en, zh))


class TaskSchema(RuleSchema):
    """What a rule asks a person to do."""

    channel = Choice(*TASK_CHANNELS, load_default="other", metadata=about("How: by phone, by mail, in person…", "方式：电话、邮件、拜访等。"))
    title = Words(metadata=about("What to do.", "要做的事。"))
    to = Line(load_default="deal.owner", metadata=about("Who: deal.owner, deal.owner.manager, role:<role>, or a person's id.", "由谁：deal.owner、deal.owner.manager、role:岗位，或人员编号。"))
    due_in = DurationValue(metadata=about("How long it may take; at once when left out.", "期限；省略则立即到期。"))
    template = Name(load_default="", metadata=about("The words to start from.", "所用的模板。"))
    purpose = Name(load_default="", metadata=about("Two rules with one purpose make one task.", "目的相同的任务合并为一个。"))
    priority = Whole(load_default=0, metadata=about("Higher comes first.", "数字大者优先。"))


class StayTaskSchema(RuleSchema):
    """What happens to a deal that stays too long."""

    task = Name(required=True, metadata=about("The purpose of the task that is made.", "所建任务的目的。"))
    to = Line(load_default="deal.owner", metadata=about("Who.", "由谁。"))


class StaySchema(RuleSchema):
    """How long a deal may stay in a stage."""

    at_most = DurationValue(required=True, metadata=about("The longest stay.", "最长停留时间。"))
    then = Nested(StayTaskSchema, required=True, metadata=about("The task that is made then.", "届时建立的任务。"))
    and_after = DurationValue(metadata=about("How much longer until somebody is told.", "再过多久告知他人。"))
    tell = Line(load_default="", metadata=about("Who is told.", "告知谁。"))


class StageSchema(RuleSchema):
    """One stage."""

    later = ("approvals",)
    id = Name(dotted=True, data_key="stage", required=True, metadata=about("The stage's id.", "阶段编号。"))
    title = Words(metadata=about("The stage's name.", "阶段名称。"))
    probability = Percent(metadata=about("How likely a deal in this stage is won.", "该阶段的赢单概率。"))
    playbook = Name(load_default="", metadata=about("An article of the knowledge base.", "知识库中的文章。"))
    needs = criteria("What a deal needs to enter the stage.", "进入该阶段的条件。")
    stay = Nested(StaySchema, metadata=about("How long a deal may stay.", "最长停留时间及处理。"))
    closes = Choice("won", "lost", load_default="", metadata=about("The stage closes the deal.", "该阶段关闭商机：赢单或输单。"))

    def made(self, form: Form) -> Form:
        if "probability" not in form and not form["closes"]:
            raise ValidationError({"probability": [problem_at(form.source, "R032", key="probability")]})
        return form


class MovesSchema(RuleSchema):
    """Which moves are allowed."""

    forward = Choice("next_only", "any", load_default="next_only", metadata=about("Forward moves.", "前进。"))
    backward = Choice("with_reason", "any", "never", load_default="with_reason", metadata=about("Backward moves.", "后退。"))
    won_from = ListOf(Name(dotted=True), load_default=(), metadata=about("The stages from which a deal may be won.", "可以赢单的阶段。"))
    reopen = Line(load_default="sales_manager", metadata=about("The role that may reopen: a role, anyone or nobody.", "谁可重新打开：岗位、anyone 或 nobody。"))
    override = ListOf(Name(dotted=True), load_default=(), metadata=about("The roles that may pass a gate with a reason.", "可凭理由越过条件的岗位。"))


class IdleSchema(RuleSchema):
    """When an open deal is idle."""

    since = Choice("last_touch", "stage_entered", "created", load_default="last_touch", metadata=about("What the time counts from.", "从何时起算。"))
    after = DurationValue(required=True, metadata=about("How long.", "多久。"))
    planned_activity_shields = YesNo(load_default=True, metadata=about("Whether a planned activity protects the deal.", "有计划中的活动是否不算闲置。"))


class PipelineSchema(HeaderSchema):
    """`pipeline:`, the stages of a sale."""

    id = Name(data_key="pipeline", required=True, metadata=about("The pipeline's id.", "销售流程编号。"))
    covers = condition("The deals that go through it; all when left out.", "适用的商机；省略则为全部。")
    stages = ListOf(Nested(StageSchema), at_least=1, required=True, metadata=about("The stages in order.", "按顺序排列的阶段。"))
    moves = Nested(MovesSchema, metadata=about("Which moves are allowed.", "允许的移动。"))
    idle = Nested(IdleSchema, metadata=about("When an open deal is idle.", "何时算闲置。"))


class StartSchema(RuleSchema):
    """What enrols a deal."""

    on = event(required=True)
    when = condition("Which of them; all when left out.", "满足何种条件；省略则全部。")


class StopSchema(StartSchema):
    """What ends an enrolment."""

    reason = Name(dotted=True, data_key="as", required=True, metadata=about("The exit's name.", "结束原因的名称。"))


class RepeatSchema(RuleSchema):
    """The step again after a wait."""

    repeat_after = DurationValue(required=True, metadata=about("The wait.", "等待多久再做一次。"))
    at_most = Whole(load_default=1, metadata=about("How many times more.", "最多再做几次。"))


class StepSchema(RuleSchema):
    """One line of a cadence. A step without a task only waits, which `after` of the next step says better."""

    id = Name(data_key="step", required=True, metadata=about("The step's id.", "步骤编号。"))
    after = DurationValue(required=True, metadata=about("How long after the anchor of the policy.", "从策略的起算点起多久。"))
    when = condition("Otherwise the step is skipped.", "不满足则跳过这一步。")
    task = Nested(TaskSchema, required=True, error_messages={"required": "R220"}, metadata=about("What to do.", "要做的事。"))
    on_outcome = MapOf(
        Name(dotted=True),
        Nested(RepeatSchema),
        load_default=(),
        metadata=about("What an outcome leads to.", "各结果之后怎么办。"),
    )


PolicySchema: Any = type("PolicySchema", (RuleSchema,), {
    "__doc__": "How a cadence behaves when the world changes; see `core/rules/policy.py`.",
    **{key.name: (Choice(*key.words, metadata=about(key.en, key.zh)) if key.words else Whole(metadata=about(key.en, key.zh)))
       for key in POLICY_KEYS.values()},
})  # fmt: skip


class CadenceSchema(HeaderSchema):
    """`cadence:`, a follow-up sequence."""

    id = Name(data_key="cadence", required=True, metadata=about("The cadence's id.", "跟进节奏编号。"))
    start = Nested(StartSchema, required=True, metadata=about("What enrols a deal.", "什么情况下开始。"))
    stop = ListOf(Nested(StopSchema), load_default=(), metadata=about("What ends it.", "什么情况下结束。"))
    steps = ListOf(Nested(StepSchema), at_least=1, required=True, metadata=about("The steps in order.", "按顺序排列的步骤。"))
    policy = Nested(PolicySchema, metadata=about("What happens when the world changes.", "情况变化时的处理。"))
    calendar = Name(load_default="", metadata=about("The calendar it counts in; the company's when left out.", "所用日历；省略则用公司的。"))


class NotifySchema(RuleSchema):
    """Telling somebody."""

    to = Line(load_default="deal.owner", metadata=about("Who.", "通知谁。"))
    template = Name(required=True, metadata=about("The words.", "所用的模板。"))


class TaskActionSchema(RuleSchema):
    """`- task: …`."""

    task = Nested(TaskSchema, required=True, metadata=about("Makes a task.", "建立任务。"))


class NotifyActionSchema(RuleSchema):
    """`- notify: …`."""

    notify = Nested(NotifySchema, required=True, metadata=about("Tells somebody.", "通知某人。"))


class SetActionSchema(RuleSchema):
    """`- set: {deal.priority: "high"}`."""

    set = MapOf(Name(dotted=True), Expression(), required=True, metadata=about("Sets declared facts of the deal.", "设置商机的自定义信息项。"))


ACTIONS: dict[str, type[Schema]] = {"task": TaskActionSchema, "notify": NotifyActionSchema, "set": SetActionSchema}


class AutomationSchema(HeaderSchema):
    """`automation:`, when this happens, do that."""

    actions_later: ClassVar[tuple[str, ...]] = ("assign", "enrol", "tag", "request_approval", "recycle")
    id = Name(data_key="automation", required=True, metadata=about("The automation's id.", "自动化编号。"))
    on = event(required=True)
    when = condition("Only when this holds; always when left out.", "满足条件时才执行；省略则总是执行。")
    then = ListOf(
        OneOf(ACTIONS, later=actions_later),
        at_least=1,
        required=True,
        metadata=about("What to do, in order.", "依次执行的动作。"),
    )


