"""Made-up deals and tasks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from engine.app.views.absences import AbsencesView, AwayRow
from engine.app.views.choices import Choice
from engine.app.views.deals import (
    CriterionRow,
    DealEarning,
    DealFact,
    DealRow,
    DealView,
    EnrolmentRow,
    FactInput,
    NotFired,
    StageRow,
)
from engine.app.views.explaining import ConditionRow, FactRow
from engine.app.views.happenings import TimelineRow
from engine.app.views.pools import OwnerlessRow, OwnerlessView, PoolRow, PoolTerms, PoolView
from engine.app.views.queue import Changes, ContactCard, Way
from engine.app.views.tasks import ActivityRow, MessageView, NextStep, Snooze, TaskCard, TaskRow, Why
from engine.app.views.team import Aside, StuckDeal, TeamRow, TeamView
from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.core.rules.header import Title
from tests.webui.fake_people import PERSONS, belongs_to, pay

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)

STAGES = {
    "lead": Title("Lead", "线索"),
    "qualified": Title("Qualified", "已确认"),
    "proposal": Title("Proposal", "方案报价"),
    "negotiation": Title("Negotiation", "商务谈判"),
    "won": Title("Won", "赢单"),
    "lost": Title("Lost", "输单"),
}
CHANNELS = {
    "call": Title("Call", "电话"),
    "email": Title("E-mail", "邮件"),
    "visit": Title("Visit", "拜访"),
    "message": Title("Message", "消息"),
}
OUTCOMES = {
    "call": (
        ("connected", "Spoke to the customer", "已接通"),
        ("no_answer", "No answer", "无人接听"),
        ("meeting_booked", "Meeting booked", "已约会议"),
        ("not_interested", "Not interested", "无意向"),
    ),
    "visit": (("connected", "Met the customer", "已拜访"), ("no_answer", "Nobody there", "未见到人")),
    "email": (("done", "Sent", "已发送"), ("replied", "Customer replied", "客户已回复")),
    "message": (("done", "Sent", "已发送"),),
}
KINDS = tuple(Choice(code, title) for code, title in CHANNELS.items())
RESULTS = tuple(Choice(code, Title(en, zh)) for code, en, zh in OUTCOMES["call"])
TITLES = {
    "call": Title("First call", "首次电话"),
    "email": Title("Send the offer", "发送报价单"),
    "visit": Title("Visit the site and measure", "现场拜访并测量"),
    "message": Title("Ask for the decision", "询问采购决定"),
}
CUSTOMERS = (
    ("苏州恒达精密制造有限公司", "激光跟踪仪 × 2"),
    ("Hamburg Kran & Hebetechnik GmbH", "Laser tracker, annual service"),
    ("宁波海川船舶重工", "三坐标测量机"),
    ("西安航发叶片", "蓝光扫描系统"),
    ("Rotterdam Port Services B.V.", "Inspection arm"),
    ("成都轨道装备", "在线检测线一期"),
    ("青岛华宇模具", "便携式测量臂"),
    ("武汉光谷半导体设备", "影像测量仪 × 4"),
)
CADENCE = Place("cadences/new-lead.yaml", 14, 5)
PIPELINE = Place("pipelines/standard.yaml", 18, 9)


def at(days: int, hour: int = 6, minute: int = 0) -> datetime:
    """That many days from today, at an hour of UTC."""
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)


def deal_row(number: int, owner: str) -> DealRow:
    """The deal of that number."""
    account, name = CUSTOMERS[number % len(CUSTOMERS)]
    stage = ("lead", "qualified", "proposal", "negotiation", "won")[number % 5]
    money = Money((480_000 + 137_350 * number) * 100, "EUR" if "GmbH" in account or "B.V." in account else "CNY")
    return DealRow(
        f"D-{1000 + number}",
        name,
        account,
        PERSONS[owner].shown,
        STAGES[stage],
        "won" if stage == "won" else "open",
        money,
        date(2026, 12, 1) + timedelta(days=number * 3),
        3 + number % 19,
        TITLES["call"] if stage != "won" else None,
        at(number % 4) if stage != "won" else None,
    )


OWNERS = {f"D-{1000 + n}": ("p-lin", "p-lin", "p-chen", "p-zhao", "p-wang")[n % 5] for n in range(40)}
ROWS = {id: deal_row(int(id[2:]) - 1000, owner) for id, owner in OWNERS.items()}


def why(deal: DealRow) -> Why:
    """Why its task was made."""
    return Why(
        Title("New lead follow-up", "新线索跟进"),
        Title(f"The deal entered {deal.stage.en} 2 business days ago", f"商机进入“{deal.stage.zh}”满 2 个工作日"),
        CADENCE,
        "cadence:new-lead@5b1f77c2a9",
    )


def task(number: int, deal_id: str, days: int, hour: int, **changes: object) -> TaskRow:
    """An open task of the deal's owner."""
    deal, channel = ROWS[deal_id], tuple(CHANNELS)[number % 4]
    row = TaskRow(
        f"T-{number:03d}",
        TITLES[channel],
        OWNERS[deal_id],
        deal_id,
        deal.name,
        deal.account,
        deal.stage,
        Choice(channel, CHANNELS[channel]),
        at(days, hour),
        why(deal),
        deal.amount,
        outcomes=tuple(Choice(code, Title(en, zh)) for code, en, zh in OUTCOMES[channel]),
    )
    return replace(row, **changes)


def tasks() -> dict[str, TaskRow]:
    """Everybody's tasks by id: some late, some of today, some later, some done."""
    dues = ((-2, 8), (-1, 2), (0, 1), (0, 4), (0, 6), (0, 9), (1, 3), (3, 6), (4, 7), (9, 2), (12, 6))
    mine = [id for id, owner in OWNERS.items() if owner == "p-lin"]
    rows = [task(n, mine[n % len(mine)], days, hour) for n, (days, hour) in enumerate(dues)]
    rows += [
        task(20 + n, mine[n], 0, 1, status="done", outcome="connected", ended_at=at(0, 0, 40 + n)) for n in range(2)
    ]
    others = [id for id, owner in OWNERS.items() if owner != "p-lin"]
    rows += [task(100 + n, id, n % 5 - 1, 5) for n, id in enumerate(others[:16])]
    return {row.id: row for row in rows}


SNOOZES = (
    Snooze("next_working_day", Title("Next working day", "下个工作日"), at(1, 1)),
    Snooze("three_days", Title("3 days", "3 天后"), at(3, 1)),
    Snooze("next_week", Title("Next week", "下周一"), at(7, 1)),
)
LIN, WANG = PERSONS["p-lin"].shown, PERSONS["p-wang"].shown
RECENT = (
    ActivityRow(at(-3, 3), CHANNELS["call"], Title("No answer", "无人接听"), LIN, ""),
    ActivityRow(at(-6, 7), CHANNELS["email"], Title("Sent", "已发送"), LIN, "发送了产品目录 2026 与两份案例"),
    ActivityRow(at(-9, 2), CHANNELS["visit"], Title("Met", "见面"), WANG, "展会展位 B12，客户关心交期"),
)


CONTACT = ContactCard(
    Title("Zhou Jianguo", "周建国"), "采购经理",
    (Way(Choice("call", CHANNELS["call"]), "138-0000-1234", "tel:138-0000-1234", False),
     Way(Choice("email", CHANNELS["email"]), "zhou@example.com", "mailto:zhou@example.com", True)),
    (Choice("email", CHANNELS["email"]),),
)  # fmt: skip
MESSAGE = MessageView(
    Title("Introduction", "公司介绍"), "zh", "北辰仪器致华锐", "周建国您好：\n\n我是北辰仪器的林晓。", (), "", Place("templates/intro.yaml", 5),
    "email",
)  # fmt: skip


def card(row: TaskRow, order: tuple[str, ...], done: int) -> TaskCard:
    """The card of a task among the open ones of its owner, in queue order."""
    place = order.index(row.id) if row.id in order else -1
    return TaskCard(
        row,
        belongs_to(row.owner),
        CONTACT,
        (why(ROWS[row.deal]),),
        RECENT,
        SNOOZES,
        KINDS,
        RESULTS,
        done + place + 1,
        done + len(order),
        order[place - 1] if place > 0 else "",
        order[place + 1] if 0 <= place < len(order) - 1 else "",
        NextStep(Title("New lead follow-up", "新线索跟进"), Title("Introductory e-mail", "介绍邮件"), at(1)),
        MESSAGE if row.channel.code == "email" else None,
        Changes(RECENT[0].at, True, TIMELINE[:1]),
        colleagues=(Choice("p-zhao", PERSONS["p-zhao"].shown),),
        lent_by=PERSONS["p-zhao"].shown if row.id == "T-000" else None,
        back_at=at(2),
    )


def _condition(text: str, met: bool | None, name: str, title: Title, value: Title, line: int) -> ConditionRow:
    return ConditionRow(text, Place(PIPELINE.file, line, 9), met, (FactRow(name, title, value),))


def stages_of(deal: DealRow) -> tuple[StageRow, ...]:
    """The track with the gate of the next stage: one criterion met, one missing, one not set."""
    order = tuple(STAGES)[:5]
    now = next(place for place, id in enumerate(order) if STAGES[id] == deal.stage)
    criteria = (
        CriterionRow(
            Title("Speak to the customer once", "至少一次有效通话"),
            _condition(
                "deal.connected_calls >= 1",
                True,
                "deal.connected_calls",
                Title("Connected calls", "有效通话"),
                Title("3", "3"),
                20,
            ),
        ),
        CriterionRow(
            Title("Record the customer's budget", "请先填写客户预算"),
            _condition(
                "deal.budget is set", None, "deal.budget", Title("Budget", "预算"), Title("not set", "未填写"), 18
            ),
        ),
        CriterionRow(
            Title("Discount of at most 10 %, or an approval", "折扣不超过 10%，否则需审批"),
            _condition(
                "deal.discount <= 10%", False, "deal.discount", Title("Discount", "折扣"), Title("12%", "12%"), 22
            ),
        ),
    )
    inputs = (
        FactInput("budget", Title("Budget", "预算"), "money"),
        FactInput("discount", Title("Discount", "折扣"), "percent", value="12%"),
    )
    states = {-1: "passed", 0: "current", 1: "next"}
    return tuple(
        StageRow(
            id,
            STAGES[id],
            states.get(max(place - now, -1), "later"),
            ("10%", "25%", "50%", "75%", "100%")[place],
            PIPELINE,
            criteria if place == now + 1 else (),
            override=place == now + 1,
            needs_reason=place < now,
            inputs=inputs if place == now + 1 else (),
            why_not=Title("Only the next stage can be entered", "只能进入下一阶段") if place > now + 1 else Title(),
        )
        for place, id in enumerate(order)
    )


def deal_view(id: str, rows: dict[str, TaskRow]) -> DealView:
    """One deal; its earnings hold lines of everybody, so that the page must keep foreign ones back itself."""
    row, owner = ROWS[id], OWNERS[id]
    earnings = tuple(
        DealEarning(
            f"2026-Q4/{payee}/{id}",
            payee,
            PERSONS[payee].shown,
            Title("Bookings commission", "签约提成"),
            date(2026, 11, 3),
            pay(payee, 7),
            "held",
        )
        for payee in ("p-lin", "p-chen", "p-zhao", "p-wang")
    )
    return DealView(
        row,
        belongs_to(owner),
        Title("Standard sale", "标准销售"),
        stages_of(row),
        (
            DealFact(Title("Source", "来源"), Title("Trade show", "展会")),
            DealFact(Title("Product line", "产品线"), Title("Hardware", "硬件")),
        ),
        ((PERSONS[owner].shown, "70%"), (PERSONS["p-chen"].shown, "30%")),
        TIMELINE,
        RECENT,
        tuple(each for each in rows.values() if each.deal == id and each.status == "open"),
        (
            EnrolmentRow(
                Title("New lead follow-up", "新线索跟进"),
                at(-6),
                Title("Second call", "第二次电话"),
                at(1),
                "",
                CADENCE,
                id="new-lead",
            ),
            EnrolmentRow(
                Title("Deal taken up again", "重启商机跟进"),
                at(-2),
                Title("Ask what has changed", "了解有何变化"),
                at(3),
                "",
                CADENCE,
                id="taken-up-again",
                state="paused",
                paused_for=Title("out of office", "外出"),
            ),
        ),
        earnings,
        (NOT_FIRED,),
        KINDS,
        RESULTS,
        cadences=(Choice("after-sale", Title("After-sale visits", "售后定期回访")),),
        contact=(DealFact(Title("Contact's name", "联系人姓名"), Title("Li Na", "李娜")),),
    )


TIMELINE = (
    TimelineRow(
        at(0, 0, 40),
        "task.completed",
        Title("Task completed", "完成任务"),
        Title("First call: spoke to the customer", "首次电话：已接通"),
        LIN,
        "T-020",
    ),
    TimelineRow(at(-3, 3), "activity.logged", Title("Call", "电话"), Title("No answer", "无人接听"), LIN),
    TimelineRow(at(-6, 2), "deal.stage_entered", Title("Stage entered", "进入阶段"), Title("Qualified", "已确认"), LIN),
    TimelineRow(
        at(-9, 2), "deal.created", Title("Deal created", "新建商机"), Title("from the trade show", "来自展会"), WANG
    ),
)
NOT_FIRED = NotFired(
    "automation",
    Title("Big deal: join the next meeting", "大单：主管参加下次拜访"),
    ConditionRow(
        "deal.amount >= 1_000_000 CNY",
        Place("automations/big-deal-alert.yaml", 4, 7),
        False,
        (FactRow("deal.amount", Title("Amount", "金额"), Title("¥617,350.00", "¥617,350.00")),),
    ),
)


_SEA, _AT = Title("Public pool", "公海"), Place("pools/leads.yaml", 3)


def _pooled(id: str, name: str, barred_until: datetime | None = None) -> PoolRow:
    why = Title("nobody worked on it", "无人跟进，自动回收")
    return PoolRow(
        "deal", id, name, "Huarui", _SEA, STAGES["lead"], None, NOW, why, _AT, PERSONS["p-chen"].shown, barred_until
    )


POOL = PoolView(
    (PoolTerms("leads", _SEA, _AT, 1, 2, 7, 33),),
    (
        _pooled("D-9001", "Pump"),
        _pooled("D-9002", "Valve"),
        _pooled("D-9003", "Meter", NOW + timedelta(days=7)),
        PoolRow(
            "account",
            "A-9001",
            "Nordstahl",
            "",
            Title("Customers", "客户公海"),
            Title(),
            None,
            NOW,
            Title("given back: no need", "退回：no need"),
            Place("pools/customers.yaml", 3),
            Title(),
            None,
        ),
    ),
    4,
    (Choice("leads", _SEA),),
)
OWNERLESS = OwnerlessView(
    (
        OwnerlessRow("deal", "D-9101", Title("Filter", "Filter"), "Huarui", NOW, Title("not p-lin: has 2/2 open deals",
            "未分给 p-lin：未关闭商机 2/2"), _AT),
        OwnerlessRow("account", "A-9101", Title("Nordstahl", "Nordstahl"), "", NOW, Title("p-lin is on leave", "p-lin 休假"), _AT),
        OwnerlessRow("ticket", "T-0101", Title("No signal", "无信号"), "Huarui", NOW, Title("nobody", "无人"), _AT),
        OwnerlessRow("task", "T-9101", Title("Call back", "回电"), "", NOW, Title("nobody", "无人"), _AT),
    ),
    (Choice("p-lin", PERSONS["p-lin"].shown),),
)  # fmt: skip
TEAM = TeamView(
    (TeamRow("p-lin", PERSONS["p-lin"].shown, "at_work", None, 11, 2, 4, 0, 1),
     TeamRow("p-chen", PERSONS["p-chen"].shown, "out", date(2026, 11, 30), 7, 0, 1, 1, 0),
     TeamRow("p-old", Title("Gu Lao", "顾老"), "gone", None, 3, 3, 0, 0, 0)),
    (StuckDeal("D-1001", "Pump", "Huarui", PERSONS["p-lin"].shown, STAGES["lead"], at(-20), None, True, False, None, CADENCE),),
    1, True,
    (Aside("crm/pay-77", Title("Payment received", "收到回款"), "D-1001", PERSONS["p-lin"].shown,
           Problem("E001", Place("crm/pay-77"), {"event": "crm/pay-77", "kind": "deal", "id": "D-1999"}), NOW),),
    2,
)  # fmt: skip


ABSENCES = AbsencesView(
    (
        AwayRow("p-lin", PERSONS["p-lin"].shown, "out", at(-1), at(2), PERSONS["p-zhao"].shown, "Trade show"),
        AwayRow("p-lin", PERSONS["p-lin"].shown, "on_leave", at(10), at(14)),
    ),
    (Choice("p-lin", PERSONS["p-lin"].shown), Choice("p-chen", PERSONS["p-chen"].shown)),
    (Choice("p-chen", PERSONS["p-chen"].shown), Choice("p-zhao", PERSONS["p-zhao"].shown)),
)
