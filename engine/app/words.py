"""Words for codes, in both languages: channels, kinds of touch, outcomes, event types, statuses.

A code of a rule file that is not here is shown as it is written there.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from engine.app.views.choices import Choice
from engine.core.durations import Duration
from engine.core.numerals import Unreadable
from engine.core.rules.header import Title

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "call": ("Call", "电话"), "email": ("E-mail", "邮件"), "message": ("Message", "消息"), "visit": ("Visit", "拜访"),
    "wecom": ("WeCom", "企业微信"), "todo": ("To do", "待办"), "mail": ("Letter", "信函"), "meeting": ("Meeting", "会议"),
    "done": ("Done", "已完成"), "connected": ("Spoke to the customer", "已接通"), "no_answer": ("No answer", "无人接听"),
    "replied": ("Customer replied", "客户已回复"), "meeting_booked": ("Meeting booked", "已约会议"),
    "not_interested": ("Not interested", "无意向"), "skipped": ("Skipped", "已跳过"), "open": ("Open", "进行中"),
    "won": ("Won", "赢单"), "lost": ("Lost", "输单"), "cancelled": ("Cancelled", "已取消"),
    "deal.created": ("Deal created", "新建商机"), "deal.changed": ("Deal changed", "更新商机"),
    "deal.line_set": ("Deal line set", "登记商机明细"), "deal.line_removed": ("Deal line removed", "删除商机明细"),
    "deal.stage_asked": ("Stage move asked for", "申请推进阶段"), "deal.won": ("Deal won", "赢单"), "deal.lost": ("Deal lost", "输单"),
    "deal.reopened": ("Deal reopened", "重新打开"), "deal.cancelled": ("Deal cancelled", "取消"),
    "deal.reassigned": ("Deal reassigned", "转交"), "deal.claimed": ("Deal claimed", "领取商机"),
    "deal.returned": ("Deal returned to the pool", "退回公海"), "deal.assigned": ("Deal assigned", "分配商机"),
    "account.claimed": ("Customer claimed", "领取客户"), "account.returned": ("Customer returned to the pool", "客户退回公海"),
    "account.created": ("New customer", "新客户"), "account.assigned": ("Customer assigned", "分配客户"),
    "account.recycled": ("Customer back in the pool", "客户回收"),
    "deal.recycled": ("Deal back in the pool", "商机回收"), "person.out_of_office": ("Out of office", "外出"),
    "person.back": ("Back at work", "返岗"), "from_at": ("From", "起"), "until_at": ("Until", "止"), "stand_in": ("Stand-in", "代理人"),
    "activity.logged": ("Touch logged", "记录跟进"),
    "payment.received": ("Payment received", "收到回款"), "invoice.issued": ("Invoice issued", "开具发票"),
    "credit_note.issued": ("Credit note issued", "开具红字发票"), "account.changed": ("Account changed", "更新客户"),
    "account.merged": ("Account merged", "合并客户"), "account.unmerged": ("Merge of accounts undone", "撤销客户合并"),
    "contact.changed": ("Contact changed", "更新联系人"), "contact.removed": ("Contact removed", "删除联系人"),
    "contact.opted_out": ("Contact opted out", "联系人退订"), "contact.opted_in": ("Contact opted in", "联系人重新同意"),
    "person.joined": ("Person joined", "入职"), "person.changed": ("Person changed", "人员变动"), "person.left": ("Person left", "离职"),
    "leave.taken": ("Leave taken", "请假"), "quota.set": ("Quota set", "设定指标"),
    "score.given": ("Score given", "考核评分"), "partner.joined": ("Partner joined", "伙伴加入"),
    "agreement.signed": ("Agreement signed", "签订协议"), "registration.requested": ("Registration requested", "申请报备"),
    "task.completed": ("Task completed", "完成任务"), "task.snoozed": ("Task put off", "顺延任务"),
    "task.skipped": ("Task skipped", "跳过任务"), "task.reopened": ("Answer taken back", "撤销处理"),
    "clock.ticked": ("Time passed", "到期"),
    "approval.requested": ("Approval asked for", "申请审批"), "approval.granted": ("Agreed", "同意审批"),
    "approval.refused": ("Refused", "拒绝审批"), "approval.recalled": ("Request taken back", "撤回申请"),
    "approval.delegated": ("Decision handed on", "委托审批"), "deal.went_idle": ("Deal went idle", "商机闲置"),
    "approval": ("Approval", "审批"), "not_needed": ("not needed", "无需审批"), "missing": ("not asked yet", "尚未申请"),
    "pending": ("waits", "等待审批"), "granted": ("granted", "已批准"), "refused": ("refused", "已拒绝"),
    "recalled": ("taken back", "已撤回"), "void": ("void", "已失效"), "to": ("To", "交给"),
    "deal.stage_entered": ("Stage entered", "进入阶段"), "deal.closed": ("Deal closed", "商机关闭"),
    "company": ("Company", "公司"), "calendar": ("Calendar", "日历"), "vocabulary": ("Vocabulary", "词汇表"),
    "pipeline": ("Pipeline", "销售流程"), "cadence": ("Cadence", "跟进节奏"), "automation": ("Automation", "自动化"),
    "assignment": ("Assignment rule", "分配规则"), "public_pool": ("Public pool", "公海"), "task_policy": ("Task policy", "任务政策"),
    "task.delegated": ("Task given to somebody else", "转交任务"),
    "plan": ("Incentive plan", "激励方案"), "programme": ("Partner programme", "伙伴计划"), "ladder": ("Ladder", "晋升阶梯"),
    "targets": ("Targets", "目标"), "scorecard": ("Scorecard", "绩效考核"), "profile": ("File profile", "文件配置"),
    "direct": ("Direct sale", "直销"), "trade_show": ("Trade show", "展会"), "association": ("Association", "行业协会"),
    "partner": ("Partner", "渠道伙伴"), "online_store": ("Online store", "官方商城"), "marketplace": ("Marketplace", "电商平台"),
    "social": ("Social media", "社交媒体"), "referral": ("Referral", "转介绍"), "other": ("Other", "其他"),
    "new": ("New business", "新签"), "expansion": ("Expansion", "增购"), "renewal": ("Renewal", "续约"),
    "reason": ("Reason", "原因"), "until": ("Until", "推迟到"), "note": ("Note", "备注"), "by": ("By", "经手人"),
    "override": ("Gate passed all the same", "特批"), "duration_minutes": ("Minutes", "时长（分钟）"),
    "completed": ("every step done", "已走完"), "converted": ("converted", "已转化"),
    "removed_by_user": ("taken out by hand", "已手动移出"), "rule_exit": ("ended by rule", "按规则结束"),
    "chained": ("went over to another cadence", "转入其他节奏"), "bounced": ("message came back", "消息被退回"),
    "opted_out": ("opted out", "已退订"), "deal_won": ("deal won", "赢单"), "deal_lost": ("deal lost", "输单"),
    "deal_cancelled": ("deal cancelled", "商机取消"), "contact_removed": ("contact removed", "联系人已删除"),
    "owner_gone": ("owner gone", "负责人离职"), "reset_by_rule_change": ("reset by a changed rule", "因规则变更重置"),
    "out_of_office": ("out of office", "外出"), "complaint": ("complaint", "投诉"), "all": ("every channel", "所有渠道"),
    "clicked": ("Link opened", "已点击链接"), "opened": ("Message opened", "已打开"), "not_now": ("Not now", "暂不考虑"),
    "enrolment.asked": ("Put into a cadence", "加入跟进"), "enrolment.paused": ("Cadence paused", "暂停跟进"),
    "enrolment.resumed": ("Cadence resumed", "恢复跟进"), "enrolment.removed": ("Taken out of a cadence", "移出跟进"),
    "ticket.opened": ("Ticket opened", "新建工单"), "ticket.changed": ("Ticket changed", "更新工单"),
    "ticket.replied": ("Reply", "回复"), "ticket.held": ("Put on hold", "挂起"), "ticket.resumed": ("Taken off hold", "恢复处理"),
    "ticket.resolved": ("Resolved", "已解决"), "ticket.reopened": ("Reopened", "重新打开"), "ticket.closed": ("Closed", "已关闭"),
    "ticket.settled": ("Ticket settled", "工单已了结"), "satisfaction.answered": ("Customer's answer", "客户评价"),
    "service_level": ("Service level", "服务标准"), "customer": ("the customer", "客户"), "agent": ("us", "我方"),
    "question": ("Question", "咨询"), "fault": ("Fault", "故障"), "return": ("Return", "退换货"),
    "low": ("Low", "低"), "normal": ("Normal", "普通"), "high": ("High", "高"), "urgent": ("Urgent", "紧急"),
    "template": ("Message template", "消息模板"), "return_on": ("Back on", "返回日期"), "demo": ("Demonstration", "产品演示"),
    "letter": ("Letter", "信函"),
    "closed": ("the deal closed", "商机关闭"), "qualified": ("qualified", "已确认"),
    "moved_on": ("moved on", "已推进"), "superseded": ("begun anew", "重新开始"),
    "recycled": ("back in the public pool", "已退回公海"),
    "person": ("the person", "人员"), "account": ("the customer", "客户"), "deal": ("the deal", "商机"), "task": ("the task", "任务"),
})  # fmt: skip

MEASURED: Mapping[str, tuple[str, str]] = MappingProxyType({
    "activities": ("activities", "跟进"), "payments": ("payments", "回款"), "invoices": ("invoices", "发票"),
    "deals": ("deals", "商机"), "credits": ("credits", "业绩"),
})  # fmt: skip
"""What measures count or add up, as (en, zh)."""

ACCOUNTS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "expense": ("the company's cost", "公司成本"), "held": ("held back", "暂扣"), "payable": ("payable", "应付"),
    "paid": ("paid", "已付"),
})  # fmt: skip
"""The ledger's accounts, as (en, zh)."""


def duration(text: str) -> Title:
    """A duration as a rule spells it, in both languages: `10 business days`, `10 个工作日`."""
    try:
        return Title(text, Duration.parse(text).zh)
    except Unreadable:
        return Title(text, text)


def day_title(on: date, today: date) -> Title:
    """A day as said in a sentence: `12 June`, `6月12日`; with the year when it is another one than today's."""
    en, zh = f"{on.day} {on:%B}", f"{on.month}月{on.day}日"
    return Title(en, zh) if on.year == today.year else Title(f"{en} {on.year}", f"{on.year}年{zh}")


def word(code: str) -> Title:
    """The code's words; an unknown code is its own word."""
    en, zh = _WORDS.get(code, (code, code))
    return Title(en, zh)


def choices(codes: Iterable[str]) -> tuple[Choice, ...]:
    """The codes as choices with their words."""
    return tuple(Choice(code, word(code)) for code in codes)


KINDS = ("call", "visit", "email", "message", "meeting")
"""Kinds of touch that a person may log."""

RESULTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "call": ("connected", "no_answer", "replied", "meeting_booked", "not_interested"),
    "visit": ("connected", "meeting_booked", "no_answer", "not_interested"),
    "email": ("done", "replied"), "message": ("done", "replied"), "wecom": ("done", "replied"), "mail": ("done",),
})  # fmt: skip
"""What may come of a task by its channel where no vocabulary declares it; anything else is simply done."""
