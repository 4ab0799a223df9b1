"""Which facts there are and what kind of value each has: the table that rules and imported data are checked against.

Built-in facts need no declaration. A vocabulary file adds custom facts and measures at load, so whoever checks takes
a plain mapping of name -> FactType.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from engine.core.tickets import KINDS, PRIORITIES, STATUSES


class FactKind(Enum):
    """The kinds of value. `person`, `account`, `deal`, `partner` are ids of such things; `list` holds texts or ids."""

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"
    INSTANT = "instant"
    PERIOD = "period"
    DURATION = "duration"
    BOOL = "bool"
    TEXT = "text"
    CHOICE = "choice"
    CURRENCY = "currency"
    LIST = "list"
    PERSON = "person"
    ACCOUNT = "account"
    DEAL = "deal"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact's value may be.

    `choices` are the allowed words of a choice; empty means any word (stages differ by pipeline). `currency` is set
    when the money is always in one currency. `element` is the kind of a list's members. `title` is {en, zh}.
    """

    kind: FactKind
    choices: tuple[str, ...] = ()
    currency: str | None = None
    title: Mapping[str, str] = field(default_factory=dict, compare=False)
    element: FactKind = FactKind.TEXT
    element_choices: tuple[str, ...] = ()


_K = FactKind


def _fact(kind: FactKind, en: str, zh: str, *choices: str, element: FactKind = FactKind.TEXT) -> FactType:
    """A built-in fact's type, in one line of the tables below."""
    return FactType(kind, choices, title=MappingProxyType({"en": en, "zh": zh}), element=element)


_DEAL = {
    "id": _fact(_K.DEAL, "Deal", "商机编号"),
    "kind": _fact(_K.CHOICE, "Kind of deal", "商机类型", "new", "expansion", "renewal"),
    "name": _fact(_K.TEXT, "Deal name", "商机名称"),
    "amount": _fact(_K.MONEY, "Amount", "金额"),
    "currency": _fact(_K.CURRENCY, "Currency", "币种"),
    "margin": _fact(_K.MONEY, "Margin", "毛利"),
    "list_price": _fact(_K.MONEY, "List price", "标价"),
    "discount": _fact(_K.PERCENT, "Discount", "折扣"),
    "stage": _fact(_K.CHOICE, "Stage", "阶段"),
    "previous_stage": _fact(_K.CHOICE, "Previous stage", "上一阶段"),
    "pipeline": _fact(_K.CHOICE, "Pipeline", "销售流程"),
    "source": _fact(_K.CHOICE, "Source", "来源"),
    "channel": _fact(_K.CHOICE, "Channel", "渠道"),
    "region": _fact(_K.CHOICE, "Region", "区域"),
    "owner": _fact(_K.PERSON, "Owner", "负责人"),
    "owner_at_win": _fact(_K.PERSON, "Owner at the win", "赢单时的负责人"),
    "previous_owner": _fact(_K.PERSON, "Owner before", "前任负责人"),
    "reassigned_on": _fact(_K.DATE, "Reassigned on", "转交日期"),
    "account": _fact(_K.ACCOUNT, "Account", "客户"),
    "contact": _fact(_K.TEXT, "Contact", "联系人"),
    "partner": _fact(_K.PARTNER, "Partner", "合作伙伴"),
    "referred_by": _fact(_K.PARTNER, "Referred by", "推荐伙伴"),
    "registration": _fact(_K.TEXT, "Deal registration", "报备编号"),
    "probability": _fact(_K.PERCENT, "Probability", "赢单概率"),
    "created_on": _fact(_K.DATE, "Created on", "创建日期"),
    "won_on": _fact(_K.DATE, "Won on", "赢单日期"),
    "close_on": _fact(_K.DATE, "Expected to close on", "预计成交日期"),
    "closed": _fact(_K.BOOL, "Closed", "已关闭"),
    "contract_signed": _fact(_K.BOOL, "Contract signed", "合同已签"),
    "loss_reason": _fact(_K.TEXT, "Reason for loss", "输单原因"),
    "last_touch_on": _fact(_K.DATE, "Last touch on", "最近联系日期"),
    "entered_stage_on": _fact(_K.DATE, "Entered its stage on", "进入阶段日期"),
    "team": _fact(_K.LIST, "Deal team", "商机团队", element=_K.PERSON),
    "idle": _fact(_K.BOOL, "Idle", "闲置"),
    "idle_days": _fact(_K.NUMBER, "Days idle", "闲置天数"),
}

_ACCOUNT = {
    "id": _fact(_K.ACCOUNT, "Account", "客户编号"),
    "name": _fact(_K.TEXT, "Account name", "客户名称"),
    "industry": _fact(_K.CHOICE, "Industry", "行业"),
    "region": _fact(_K.CHOICE, "Region", "区域"),
    "is_new": _fact(_K.BOOL, "New account", "新客户"),
    "owner": _fact(_K.PERSON, "Account owner", "客户负责人"),
    "previous_owner": _fact(_K.PERSON, "Account owner before", "客户前任负责人"),
    "transferred_on": _fact(_K.DATE, "Account transferred on", "客户转移日期"),
    "created_on": _fact(_K.DATE, "Created on", "建档日期"),
    "open_tickets": _fact(_K.NUMBER, "Open tickets", "未结工单数"),
    "open_complaints": _fact(_K.NUMBER, "Open complaints", "未结投诉数"),
    "csat": _fact(_K.PERCENT, "Satisfied customers' answers", "客户满意率"),
}

_TICKET = {
    "id": _fact(_K.TEXT, "Ticket", "工单编号"),
    "kind": _fact(_K.CHOICE, "Kind of ticket", "工单类型", *KINDS),
    "priority": _fact(_K.CHOICE, "Priority", "优先级", *PRIORITIES),
    "status": _fact(_K.CHOICE, "Status of the ticket", "工单状态", *STATUSES),
    "topic": _fact(_K.TEXT, "What the ticket is about", "工单主题"),
    "owner": _fact(_K.PERSON, "Owner of the ticket", "工单负责人"),
    "account": _fact(_K.ACCOUNT, "Account of the ticket", "工单所属客户"),
    "contact": _fact(_K.TEXT, "Contact of the ticket", "工单联系人"),
    "deal": _fact(_K.DEAL, "Deal of the ticket", "工单相关商机"),
    "opened_on": _fact(_K.DATE, "Opened on", "工单创建日期"),
    "by": _fact(_K.CHOICE, "Whose word", "发言方", "customer", "agent"),
    "score": _fact(_K.NUMBER, "Customer's score", "客户评分"),
}

_CONTACT = {
    "id": _fact(_K.TEXT, "Contact", "联系人编号"),
    "account": _fact(_K.ACCOUNT, "Contact's account", "联系人所属客户"),
    "name": _fact(_K.TEXT, "Contact's name", "联系人姓名"),
    "name_zh": _fact(_K.TEXT, "Contact's name in Chinese", "联系人中文名"),
    "job_title": _fact(_K.TEXT, "Job title", "职务"),
    "phone": _fact(_K.TEXT, "Phone", "联系电话"),
    "email": _fact(_K.TEXT, "E-mail address", "电子邮箱"),
    "wecom": _fact(_K.TEXT, "WeCom", "企业微信"),
    "language": _fact(_K.CHOICE, "Language", "语言"),
    "time_zone": _fact(_K.TEXT, "Time zone", "时区"),
}

_PERSON = {
    "id": _fact(_K.PERSON, "Person", "员工编号"),
    "name": _fact(_K.TEXT, "Name", "姓名"),
    "role": _fact(_K.CHOICE, "Role", "岗位"),
    "level": _fact(_K.CHOICE, "Level", "职级"),
    "team": _fact(_K.CHOICE, "Team", "团队"),
    "manager": _fact(_K.PERSON, "Manager", "上级"),
    "joined_on": _fact(_K.DATE, "Joined on", "入职日期"),
    "left_on": _fact(_K.DATE, "Left on", "离职日期"),
    "csat": _fact(_K.PERCENT, "Satisfied customers of the period", "本期客户满意率"),
    "csat_answers": _fact(_K.NUMBER, "Customers' answers of the period", "本期客户评价数"),
    "region": _fact(_K.CHOICE, "Region", "区域"),
}

_ACTOR = {
    "id": _fact(_K.PERSON, "Actor", "操作人"),
    "role": _fact(_K.CHOICE, "Actor's role", "操作人岗位"),
}

_ACTIVITY = {
    "id": _fact(_K.TEXT, "Activity", "活动编号"),
    "kind": _fact(_K.CHOICE, "Kind of activity", "活动类型"),
    "outcome": _fact(_K.CHOICE, "Outcome", "结果"),
    "channel": _fact(_K.CHOICE, "Channel", "方式"),
    "duration_minutes": _fact(_K.NUMBER, "Minutes", "时长（分钟）"),
    "on": _fact(_K.DATE, "Done on", "活动日期"),
    "by": _fact(_K.PERSON, "Done by", "活动人"),
    "return_on": _fact(_K.DATE, "Back on", "返回日期"),
}

_PAYMENT = {
    "id": _fact(_K.TEXT, "Payment", "回款编号"),
    "amount": _fact(_K.MONEY, "Amount paid", "回款金额"),
    "on": _fact(_K.DATE, "Paid on", "回款日期"),
    "instalment": _fact(_K.NUMBER, "Instalment", "回款期次"),
}

_INVOICE = {
    "id": _fact(_K.TEXT, "Invoice", "发票编号"),
    "amount": _fact(_K.MONEY, "Amount invoiced", "开票金额"),
    "on": _fact(_K.DATE, "Invoiced on", "开票日期"),
}

_CREDIT_NOTE = {
    "id": _fact(_K.TEXT, "Credit note", "红字发票编号"),
    "amount": _fact(_K.MONEY, "Amount credited back", "冲红金额"),
    "on": _fact(_K.DATE, "Credited back on", "冲红日期"),
    "reason": _fact(_K.TEXT, "Reason", "冲红原因"),
}

_PARTNER = {
    "id": _fact(_K.PARTNER, "Partner", "伙伴编号"),
    "name": _fact(_K.TEXT, "Partner name", "伙伴名称"),
    "partner_tier": _fact(_K.CHOICE, "Partner tier", "伙伴等级"),
    "channel": _fact(_K.CHOICE, "Channel", "渠道"),
    "region": _fact(_K.CHOICE, "Region", "区域"),
    "joined_on": _fact(_K.DATE, "Joined on", "加入日期"),
    "certified_people": _fact(_K.NUMBER, "Certified people", "认证人数"),
    "revenue_12m": _fact(_K.MONEY, "Revenue of 12 months", "近12个月业绩"),
    "revenue": _fact(_K.MONEY, "Revenue of the period", "本期业绩"),
}

_REGISTRATION = {
    "id": _fact(_K.TEXT, "Deal registration", "报备编号"),
    "account": _fact(_K.ACCOUNT, "Account", "报备客户"),
    "product_line": _fact(_K.CHOICE, "Product line", "产品线"),
    "conflict": _fact(_K.BOOL, "Conflicts with another", "报备冲突"),
    "requested_on": _fact(_K.DATE, "Requested on", "报备日期"),
}

_AGREEMENT = {
    "from": _fact(_K.DATE, "Agreement from", "协议开始日期"),
    "until": _fact(_K.DATE, "Agreement until", "协议结束日期"),
}

_LINE = {
    "id": _fact(_K.TEXT, "Line", "明细编号"),
    "product": _fact(_K.CHOICE, "Product", "产品"),
    "product_line": _fact(_K.CHOICE, "Product line", "产品线"),
    "quantity": _fact(_K.NUMBER, "Quantity", "数量"),
    "amount": _fact(_K.MONEY, "Amount of the line", "明细金额"),
    "margin": _fact(_K.MONEY, "Margin of the line", "明细毛利"),
}

_TASK = {
    "id": _fact(_K.TEXT, "Task", "任务编号"),
    "purpose": _fact(_K.CHOICE, "Purpose", "任务目的"),
    "outcome": _fact(_K.CHOICE, "Outcome", "任务结果"),
    "channel": _fact(_K.CHOICE, "Channel", "方式"),
    "due_on": _fact(_K.DATE, "Due on", "截止日期"),
}

_EVENT = {
    "type": _fact(_K.CHOICE, "Event", "事件类型"),
    "on": _fact(_K.DATE, "Event date", "事件日期"),
    "at": _fact(_K.INSTANT, "Event time", "事件时间"),
    "actor": _fact(_K.PERSON, "Actor", "操作人"),
    "source": _fact(_K.CHOICE, "Source", "事件来源"),
}

_SCORECARD = {
    "score": _fact(_K.NUMBER, "Score", "考核得分"),
    "grade": _fact(_K.CHOICE, "Grade", "考核等级"),
    "multiplier": _fact(_K.NUMBER, "Multiplier", "绩效系数"),
}

_SUBJECTS: tuple[tuple[str, Mapping[str, FactType]], ...] = (
    ("deal", _DEAL),
    ("account", _ACCOUNT),
    ("contact", _CONTACT),
    ("owner", _PERSON),
    ("person", _PERSON),
    ("actor", _ACTOR),
    ("activity", _ACTIVITY),
    ("payment", _PAYMENT),
    ("invoice", _INVOICE),
    ("credit_note", _CREDIT_NOTE),
    ("partner", _PARTNER),
    ("registration", _REGISTRATION),
    ("agreement", _AGREEMENT),
    ("line", _LINE),
    ("task", _TASK),
    ("ticket", _TICKET),
    ("event", _EVENT),
    ("scorecard", _SCORECARD),
)

_THEMSELVES = {
    "deal": _fact(_K.DEAL, "Deal", "商机"),
    "account": _fact(_K.ACCOUNT, "Account", "客户"),
    "contact": _fact(_K.TEXT, "Contact", "联系人"),
    "owner": _fact(_K.PERSON, "Owner", "负责人"),
    "person": _fact(_K.PERSON, "Person", "员工"),
    "actor": _fact(_K.PERSON, "Actor", "操作人"),
    "partner": _fact(_K.PARTNER, "Partner", "合作伙伴"),
    "ticket": _fact(_K.TEXT, "Ticket", "工单"),
}

BUILT_IN_FACTS: Mapping[str, FactType] = MappingProxyType(
    {f"{subject}.{name}": fact for subject, facts in _SUBJECTS for name, fact in facts.items()} | _THEMSELVES
)
"""Every fact that needs no declaration. `partner` alone is the id of the partner: `deal.referred_by = partner`."""
