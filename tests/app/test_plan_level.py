"""What the plan as a whole does to pay, from the rule file to the ledger and the payee's page."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.earnings import line_page, my_earnings
from engine.app.explaining import as_lines, explain
from engine.app.views.earnings import EarningsView
from engine.app.views.users import User
from engine.core.events import Event
from engine.core.incentives.explain import explain_line
from engine.core.money import Money
from engine.core.rules.header import Title
from engine.rulefiles.loading import load_texts, read_folder
from engine.store.runs import RunBook
from tests.app.test_pay import pay_month, run_for, standing
from tests.app_house import RULES, event, sale, staffed, tell

PLAN = "plans/account-executive-2026.yaml"
CHEN = User("chen", Title("Chen Wei", "陈伟"), "chen-wei", ("rep",))


def house_with(path: Path, terms: str) -> Dealwright:
    """The sample's house, whose plan says something of the whole."""
    texts = dict(read_folder(RULES)[0])
    assert texts[PLAN].count("proration: none") == 1
    texts[PLAN] = texts[PLAN].replace("proration: none", terms)
    rulebook = load_texts(texts).rulebook
    assert rulebook is not None
    dw = staffed(path)
    tell(dw, _quota("2026-Q1"), _quota("2026-Q2"))
    return replace(dw, rulebook=rulebook, matcher=matcher_for(rulebook))


def _quota(period: str) -> Event:
    return event(
        "quota.set", "chen-wei", "2026-01-02", f"q-{period}", measure="bookings", period=period, amount="1_000_000 CNY"
    )


def page(dw: Dealwright, period: str) -> EarningsView:
    """Chen Wei's own page."""
    return my_earnings(dw, "", period, CHEN)


def test_the_page_tells_the_balance_of_a_draw_month_by_month(tmp_path: Path):
    dw = house_with(tmp_path / "a.db", "draw: {amount: 2_000 CNY, per: month, kind: recoverable}")
    tell(dw, *sale("D-1", "2026-01-26", "20_000 CNY"))
    for month in ("2026-01", "2026-02"):
        pay_month(dw, month)
    tell(dw, *sale("D-2", "2026-03-26", "90_000 CNY"))
    pay_month(dw, "2026-03")
    # 600, nothing and 3,700 (with 1,000 for a new customer): 1,400 and 2,000 are advanced, 1,700 come back.
    balances = [page(dw, month).whole.draw_balance for month in ("2026-01", "2026-02", "2026-03")]
    assert balances == [Money.parse(f"{amount} CNY") for amount in ("1_400", "3_400", "1_700")]
    assert standing(dw, "chen-wei").earned == Money.parse("6_000 CNY")
    view = page(dw, "2026-03")
    assert [row.title.en for row in view.components if row.id == "draw"] == ["Draw"]
    assert view.whole.withheld == ()


def test_what_a_run_is_said_to_pay_is_less_by_what_it_takes_back(tmp_path: Path):
    dw = house_with(tmp_path / "a.db", "draw: {amount: 2_000 CNY, per: month, kind: recoverable}")
    pay_month(dw, "2026-02")
    tell(dw, *sale("D-2", "2026-03-26", "90_000 CNY"))
    told = run_for(dw, "2026-03")
    with dw.database.unit() as unit:
        run = next(run for run in RunBook(unit).all() if run.id == told.id)
    moved = dict(run.totals)
    assert moved["payable>held"].minor > 0
    assert told.totals == (moved["held>payable"] - moved["payable>held"],)


def test_a_line_of_a_draw_is_kept_and_explained_like_any_other(tmp_path: Path):
    dw = house_with(tmp_path / "a.db", "draw: {amount: 2_000 CNY, per: month, kind: recoverable}")
    pay_month(dw, "2026-01")
    with dw.database.unit() as unit:
        (line,) = RunBook(unit).posted_lines("chen-wei")
    told = as_lines(explain(dw, line.key, CHEN), "en")
    assert any("2,000.00 CNY advanced; owed back 0.00 CNY before, 2,000.00 CNY after" in text for text in told)
    assert any(text.startswith("应付：应得 2,000.00 CNY") for text in explain_line(line, "zh"))
    shown = line_page(dw, line.key, CHEN)
    assert (shown.line.title.zh, shown.line.amount, shown.line.status) == ("预支", line.earned, "payable")


def test_the_page_tells_what_the_cap_withheld_also_of_lines_of_which_nothing_is_left(tmp_path: Path):
    dw = house_with(tmp_path / "a.db", "cap: {at_most: 1_000 CNY, per: quarter, excess: lost}")
    tell(dw, *sale("D-1", "2026-01-26", "40_000 CNY"), *sale("D-2", "2026-01-27", "10_000 CNY"))
    pay_month(dw, "2026-01")
    assert page(dw, "2026-01").whole.withheld == (Money.parse("500 CNY"),)
    assert standing(dw, "chen-wei").earned == Money.parse("1_000 CNY")
    assert page(dw, "2026-02").whole.withheld == ()


@pytest.mark.parametrize(
    ("terms", "quota"), [("proration: months", "666_666.67"), ("ramp: {months: [50%]}\nproration: none", "1_000_000")]
)
def test_the_page_tells_the_prorated_quota_and_of_which_whole_it_is_a_part(tmp_path: Path, terms: str, quota: str):
    dw = house_with(tmp_path / "a.db", terms)
    days = {"from_on": date(2026, 1, 1), "until_on": date(2026, 2, 1)}
    tell(dw, event("leave.taken", "chen-wei", "2026-01-02", "leave", **days))
    tell(dw, *sale("D-1", "2026-03-26", "40_000 CNY"))
    pay_month(dw, "2026-03")
    row = next(row for row in page(dw, "2026-03").components if row.id == "bookings-commission")
    assert row.quota == Money.parse(f"{quota} CNY")
    assert ("1,000,000.00 CNY" in row.prorated.en) is (terms == "proration: months")


def test_leave_cannot_end_before_it_begins(tmp_path: Path):
    from engine.app.recording import record

    dw = staffed(tmp_path / "a.db")
    days = {"from_on": date(2026, 2, 1), "until_on": date(2026, 1, 1)}
    found = record(dw, event("leave.taken", "chen-wei", "2026-01-02", "leave", **days))
    assert (found.status, found.refused.code if found.refused else "") == ("refused", "E136")
