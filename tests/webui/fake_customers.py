"""A made-up customer of Lin's."""

from datetime import date

from engine.app.views.customers import (
    ClaimRow,
    ContactRow,
    CustomerFilter,
    CustomerPage,
    CustomerRow,
    CustomerView,
    FollowUp,
    Happened,
    MergedRow,
)
from engine.app.views.deals import DealFact, EnrolmentRow, HeldRow, TimelineRow
from engine.core.problems import Place
from engine.core.rules.header import Title
from tests.webui import fake_work
from tests.webui.fake_people import PERSONS, belongs_to
from tests.webui.fake_work import CADENCE, at

ROW = CustomerRow("A-1", "苏州恒达精密制造有限公司", PERSONS["p-lin"].shown, 1, 0, ("A-7",))
FOLLOWED = EnrolmentRow(
    Title("New lead follow-up", "新线索跟进"), at(-3), Title("Second call", "第二次电话"), at(1), "", CADENCE
)
CALLED = TimelineRow(
    at(-1), "activity.logged", Title("Touch logged", "记录跟进"), Title("Call", "电话"), PERSONS["p-lin"].shown
)
TOLD = TimelineRow(at(-9), "account.changed", Title("Account changed", "更新客户"), Title(), PERSONS["p-lin"].shown)

CUSTOMERS = {
    "A-1": CustomerView(
        ROW, belongs_to("p-lin"), (DealFact(Title("Industry", "行业"), Title("Machines", "机械")),),
        (ContactRow("王敏", (DealFact(Title("Phone", "电话"), Title("0512", "0512")),), (Title("E-mail", "邮件"),)),),
        (fake_work.ROWS["D-1001"],), 2, (fake_work.tasks()["T-000"],), (FollowUp("D-1001", "Laser tracker", FOLLOWED),),
        (ClaimRow(Title("Kunlun", "昆仑"), Title("Hardware", "硬件"), Title("granted", "已批准"), date(2026, 11, 2), None),),
        (MergedRow("A-7", "苏州恒达", date(2026, 11, 3)),),
        (Happened(CALLED, "Laser tracker", "D-1001"), Happened(TOLD)), "41", belongs_to("p-lin"),
        HeldRow(Title("Customers", "客户公海"), at(20), Title("not touched since 2026-11-20", "自 2026-11-20 起未联系"),
                Place("pools/customers.yaml", 9)),
    )
}  # fmt: skip


def page(asked: CustomerFilter) -> CustomerPage:
    """The customers whose name has that text."""
    rows = tuple(one.row for one in CUSTOMERS.values() if asked.text in one.row.name)
    return CustomerPage(rows, "A-1" if not asked.text else "", len(rows))
