"""What a deal's page says of its lines, and of what is credited to the house."""

from dataclasses import replace
from pathlib import Path

from engine.app.deals import deal_view
from engine.app.dealwright import matcher_for
from engine.app.views.users import User
from engine.core.rules.header import Title
from engine.rulefiles.loading import load_texts, read_folder
from tests.app_house import RULES, event, sale, staffed, tell

FINANCE = User("he-ping", Title("He Ping", "何平"), "he-ping", ("finance",))


def test_a_deals_page_shows_its_lines(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db")
    line = event(
        "deal.line_set", "D-1", "2026-03-02", line="1", product_line="hardware", quantity=2, amount="30_000 CNY"
    )
    tell(dw, *sale("D-1", "2026-03-16"), line)
    found = deal_view(dw, "D-1", FINANCE).facts
    shown = [
        (fact.title.en, fact.value.en, fact.title.zh, fact.value.zh) for fact in found if fact.title.en == "Line 1"
    ]
    assert shown == [
        (
            "Line 1",
            "Product line: hardware; Quantity: 2; Amount of the line: 30,000.00 CNY",
            "明细 1",
            "产品线：hardware；数量：2；明细金额：30,000.00 CNY",
        )
    ]


def test_the_page_says_that_the_house_is_paid_to_nobody(tmp_path: Path) -> None:
    texts = dict(read_folder(RULES)[0])
    plan = "plans/account-executive-2026.yaml"
    texts[plan] = texts[plan].replace("to: {split: deal.team, rest: deal.owner}", "to: house")
    rulebook = load_texts(texts).rulebook
    assert rulebook is not None
    dw = replace(staffed(tmp_path / "a.db"), rulebook=rulebook, matcher=matcher_for(rulebook))
    tell(dw, *sale("D-1", "2026-03-16"))
    told = [row.detail for row in deal_view(dw, "D-1", FINANCE).timeline]
    assert any("credited to the house, paid to nobody" in words.en and "公司业绩，不发放" in words.zh for words in told)
