"""Made-up tickets: a complaint of Lin's customer, answered late, and a question that is on hold."""

from datetime import timedelta

from engine.app.views.choices import Choice
from engine.app.views.tickets import ClockRow, Said, TicketPage, TicketRow, TicketView
from engine.core.problems import Place
from engine.core.rules.header import Title
from tests.webui.fake_people import PERSONS, belongs_to
from tests.webui.fake_work import NOW

KINDS = (Choice("question", Title("Question", "咨询")), Choice("complaint", Title("Complaint", "投诉")))
PRIORITIES = (Choice("normal", Title("Normal", "普通")), Choice("urgent", Title("Urgent", "紧急")))
STATUSES = tuple(
    Choice(code, Title(en, zh))
    for code, en, zh in (("open", "open", "待处理"), ("on_hold", "on hold", "挂起"), ("closed", "closed", "已关闭"))
)
FIRST, LAST = Title("first response", "首次响应"), Title("resolution", "解决")
SKIPPED = Title("2026-10-01 – 2026-10-07 not counted: National Day", "2026-10-01 – 2026-10-07 不计：国庆节")


def clocks() -> tuple[ClockRow, ...]:
    """The first response came late; the resolution is due tomorrow."""
    late, took = Title("1 h 05 min", "1 小时 5 分"), Title("5 h 05 min", "5 小时 5 分")
    return (
        ClockRow(FIRST, 1, "failed", NOW - timedelta(hours=3), NOW - timedelta(hours=2), took, late),
        ClockRow(LAST, 1, "due", NOW + timedelta(days=1), notes=SKIPPED),
    )


def row(id: str, title: str, kind: Choice, status: Choice, state: str) -> TicketRow:
    """A ticket of Lin's."""
    return TicketRow(
        id, title, kind, PRIORITIES[1], status, "A-1", "Huarui", "D-1001", "p-lin", PERSONS["p-lin"].shown,
        NOW - timedelta(days=1), Choice(state, Title(state, state)), clocks()[1],
    )  # fmt: skip


ROWS = {
    one.id: one
    for one in (
        row("TK-1", "Reads three degrees high", KINDS[1], STATUSES[0], "failed"),
        row("TK-2", "Which cable?", KINDS[0], STATUSES[1], "paused"),
    )
}
OWNERS = (Choice("p-lin", PERSONS["p-lin"].shown), Choice("p-chen", PERSONS["p-chen"].shown))


def page() -> TicketPage:
    """Both."""
    return TicketPage(tuple(ROWS.values()), 2, KINDS, PRIORITIES, STATUSES, OWNERS)


def view(id: str) -> TicketView:
    """One of them."""
    held = id == "TK-2"
    said = Said(NOW, Title("Ticket opened", "新建工单"), Title("by phone", "电话"), PERSONS["p-lin"].shown)
    return TicketView(
        ROWS[id], belongs_to("p-lin"), belongs_to("p-lin"), "Huarui meter", "Li Na", Title("Customer service, complaint", "客户服务标准，投诉"),
        Place("service/customer-service.yaml", 7), clocks(), (said,),
        ("resume", "reply") if held else ("reply", "heard", "hold", "resolve", "close", "change", "answer"),
        None if held else (1, 5), Title(), Title("10 min", "10 分"), KINDS, PRIORITIES, OWNERS, "web/1",
    )  # fmt: skip
