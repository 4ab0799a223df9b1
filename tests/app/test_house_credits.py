"""The house's credits: by plan, measure and currency, of a period's days, with the deals; what was undone counts in no sum."""

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.app.access import NotThere
from engine.app.dealwright import Dealwright, matcher_for
from engine.app.house_credits import as_texts, house_credits, house_file
from engine.app.views.users import User
from engine.core.rules.header import Title
from engine.rulefiles.loading import load_rules
from tests.app_house import RULES, event, sale, staffed, tell

FINANCE = User("he", Title("He"), "he-ping", ("finance",))


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    """A plan that credits each deal to the house; two deals in March, one of them cancelled, one in April."""
    folder = shutil.copytree(RULES, tmp_path / "rules")
    file = folder / "plans/account-executive-2026.yaml"
    text = file.read_text(encoding="utf-8")
    assert "to: {split: deal.team, rest: deal.owner}" in text
    file.write_text(text.replace("to: {split: deal.team, rest: deal.owner}", "to: house"), encoding="utf-8")
    rulebook = load_rules(folder).rulebook
    assert rulebook
    made = replace(staffed(tmp_path / "a.db"), rulebook=rulebook, matcher=matcher_for(rulebook))
    tell(
        made,
        *sale("D-1", "2026-03-16"),
        *sale("D-2", "2026-03-31", "40_000 CNY"),
        *sale("D-3", "2026-04-01", "5_000 CNY"),
    )
    tell(made, event("deal.cancelled", "D-2", "2026-04-10", reason="withdrew"))
    yield made
    made.database.close()


def test_a_period_has_its_own_days_and_undone_credits_count_in_no_sum(dw: Dealwright) -> None:
    march = house_credits(dw, "2026-03", FINANCE)
    assert [(one.plan.en, one.measure, str(one.amount), one.deals) for one in march.sums] == [
        ("Account executive 2026", "bookings", "60,000.00 CNY", 1)
    ]
    assert [(row.deal, str(row.undone_on or "")) for row in march.rows] == [("D-1", ""), ("D-2", "2026-04-10")]
    assert (march.rows[0].share, march.rows[0].place.file) == ("100%", "plans/account-executive-2026.yaml")
    quarter = house_credits(dw, "2026-Q2", FINANCE)
    assert [str(one.amount) for one in quarter.sums] == ["5,000.00 CNY"]
    assert house_credits(dw, "2026-02", FINANCE).rows == ()
    assert any("5,000.00 CNY" in line for line in as_texts(quarter, "zh"))


@pytest.mark.parametrize("roles", [("rep",), ("manager",), ("admin",)])
def test_only_finance_and_operations_read_it(dw: Dealwright, roles: tuple[str, ...]) -> None:
    with pytest.raises(NotThere):
        house_credits(dw, "2026-03", replace(FINANCE, roles=roles))
    assert house_credits(dw, "2026-03", replace(FINANCE, roles=("ops",))).rows


def test_there_is_no_such_period(dw: Dealwright) -> None:
    with pytest.raises(NotThere):
        house_credits(dw, "2026-13", FINANCE)


def test_the_file_has_a_row_for_each_credit_in_both_languages(dw: Dealwright) -> None:
    made = house_file(dw, "2026-03", "en", FINANCE)
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert made.name == "house-credits_2026-03.csv"
    assert [(row["Deal"], row["Credited"], row["Currency"], row["Undone on"]) for row in rows] == [
        ("D-1", "60000.00", "CNY", ""), ("D-2", "40000.00", "CNY", "2026-04-10"),
    ]  # fmt: skip
    assert all(None not in row and None not in row.values() for row in rows), "as many cells as titles"
    chinese = house_file(dw, "2026-03", "zh", FINANCE)
    assert chinese.name == "公司业绩_2026-03.csv" and "客户经理 2026" in chinese.content.decode("utf-8-sig")
