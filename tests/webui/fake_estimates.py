"""Made-up estimates: like the use case would give them, but with everybody's amounts, whoever asks."""

from datetime import date

from engine.app.views.deals import DealRow
from engine.app.views.estimates import (
    DayChoice,
    DealEstimate,
    EstimateRow,
    Hindrance,
    NextMeasure,
    NextView,
    OtherLine,
    PayeeEstimate,
    PlaceRow,
)
from engine.app.views.explaining import ConditionRow, SliceRow, StepRow
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Title
from tests.webui.fake_pay import COMMISSION, PLAN_PLACE, name_of
from tests.webui.fake_people import belongs_to, pay
from tests.webui.fake_work import NOW

DAYS = (
    DayChoice(NOW.date(), Title("Today", "今天")),
    DayChoice(date(2026, 11, 30), Title("End of this month", "本月末")),
)
GATE = ConditionRow("deal.contract_signed", Place("pipelines/standard.yaml", 40), False)


def row(payee: str) -> EstimateRow:
    """A component's part for a payee."""
    words = Title("Rate: each slice at its own tier's rate", "费率：各段按所在档位计算")
    return EstimateRow(
        "bookings-commission",
        COMMISSION,
        PLAN_PLACE,
        pay(payee, 4),
        pay(payee, 5),
        "≈ 8.33%",
        "60,000.00 × 8% + 40,000.00 × 12% = 9,600.00 CNY",
        (SliceRow("≈ 87.5%", "100%", Money(6_000_000, "CNY"), "8%", "4,800.00 CNY"),),
        (StepRow("rate", Title("Rate", "费率"), words, "9,600.00 CNY"),),
        PlaceRow("2026-Q4", "87.5%", "103%", "8%", "12%"),
        (OtherLine("line-x", Title("An earlier deal", "较早的商机"), pay(payee, 6)),),
        (Title("Cap: within the cap", "封顶：未超过封顶"),),
        Title("40,000.00 CNY more reach 100%, where 12% begins", "再计入 40,000.00 CNY 即达 100%，进入 12% 一档"),
    )


def of_deal(deal: DealRow, owner: str, payees: tuple[str, ...]) -> DealEstimate:
    """The estimate of a deal for all of them."""
    found = tuple(
        PayeeEstimate(payee, name_of(payee), (pay(payee, 4),), (pay(payee, 5),), (row(payee),)) for payee in payees
    )
    gate = Hindrance(
        Title("A criterion is missing.", "缺少条件。"), (GATE,), (Title("Attach the contract", "附上合同"),)
    )
    return DealEstimate(deal.id, deal.name, belongs_to(owner), deal.amount, NOW.date(), DAYS, found, gate)


def of_next(payee: str, payees: tuple[str, ...]) -> NextView:
    """The estimator of a payee."""
    measure = NextMeasure("bookings", Money(10_000_000, "CNY"), "Kiln", pay(payee, 4), (row(payee),))
    named = tuple((id, name_of(id)) for id in payees)
    return NextView(
        payee,
        name_of(payee),
        belongs_to(payee),
        "100000",
        NOW.date(),
        DAYS,
        (measure,),
        (("c", COMMISSION),),
        (),
        named,
    )
