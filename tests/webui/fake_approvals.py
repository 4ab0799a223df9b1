"""Made-up approvals and a board."""

from engine.app.views.approvals import ApprovalList, ApprovalNeed, ApprovalRow, OverrideRow, SeatRow
from engine.app.views.board import Board, BoardCard, BoardColumn
from engine.app.views.choices import Choice
from engine.app.views.deals import DealFact
from engine.app.views.users import User
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Title
from tests.webui.fake_people import PERSONS, belongs_to
from tests.webui.fake_work import ROWS as DEALS
from tests.webui.fake_work import STAGES, at

RULE = Place("approvals/discount.yaml", 8, 5)
DISCOUNT = Title("Discount", "折扣")
LIN, WANG, ZHAO = PERSONS["p-lin"].shown, PERSONS["p-wang"].shown, PERSONS["p-zhao"].shown


def row(id: str, deal: str, state: str, **more: object) -> ApprovalRow:
    """A request of Lin that waits for Wang, or was answered by him."""
    answer = {"pending": "", "granted": "granted", "refused": "refused"}[state]
    owner = belongs_to("p-lin")
    seats = (SeatRow(WANG, 0, answer, at(-1, 5) if answer else None, "利润太低" if answer == "refused" else "",
                     Title("p-lin asked for it themselves: it goes to p-wang", "p-lin 是申请人，转给 p-wang")),)  # fmt: skip
    return ApprovalRow(
        id, "discount", DISCOUNT, Title("15 % to below 25 %", "15% 至 25% 以下"), deal, DEALS[deal].name, DEALS[deal].account,
        LIN, at(-2, 3), state, (DealFact(Title("Discount", "折扣"), Title("18%", "18%")),), seats, at(0, 3),
        STAGES["negotiation"], "三台一起下单", at(-1, 5) if answer else None, Title("利润太低", "利润太低"), RULE,
        owner.__class__(owner.people | {"p-wang"}, owner.managers), owner, **more,  # type: ignore[arg-type]
    )  # fmt: skip


ROWS = {"AP-1": row("AP-1", "D-1001", "pending"), "AP-2": row("AP-2", "D-1005", "refused"),
        "AP-3": row("AP-3", "D-1006", "granted")}  # fmt: skip
NEED = ApprovalNeed("discount", DISCOUNT, "pending", (WANG,), RULE)


def listing(viewer: User) -> ApprovalList:
    """Everything, whoever looks: what is whose is the pages' work."""
    from dataclasses import replace

    waiting = replace(ROWS["AP-1"], mine=viewer.person == "p-wang", recallable=viewer.person == "p-lin")
    override = OverrideRow(at(-3, 2), "D-1005", DEALS["D-1005"].name, WANG, STAGES["proposal"], "老客户",
                           (Title("Name the person who decides", "请填写决策人"),))  # fmt: skip
    people = (Choice("p-zhao", ZHAO),)
    parts = {"mine": (), "asked": (), "others": ()}
    parts["mine" if waiting.mine else "asked" if waiting.recallable else "others"] = (waiting,)  # type: ignore[assignment]
    return ApprovalList(**parts, decided=(ROWS["AP-2"], ROWS["AP-3"]), overrides=(override,), people=people)


def board(viewer: User) -> Board:
    """Four columns with a few cards; one deal lies idle, one waits, one has a late task."""
    ids = tuple(STAGES)[:4]
    columns = []
    for place, id in enumerate(ids):
        found = [deal for deal in DEALS.values() if deal.stage == STAGES[id]][:3]
        following = ids[place + 1] if place < 3 else "won"
        cards = tuple(
            BoardCard(deal, number == 0, number == 1, number == 2, following, STAGES[following])
            for number, deal in enumerate(found)
        )
        columns.append(BoardColumn(id, STAGES[id], 8, (Money(123_456_700, "CNY"), Money(9_900_000, "EUR")), cards, 5))
    pipelines = (Choice("standard", Title("Standard sale", "标准销售")), Choice("renewal", Title("Renewal", "续约")))
    owners = (Choice("p-lin", LIN), Choice("p-zhao", ZHAO))
    return Board("standard", pipelines, tuple(columns), "", owners, "manager" in viewer.roles)
