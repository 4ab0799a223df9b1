"""An edited rule folder changes nothing until it is released, and nothing behind a close."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from engine.app.dealwright import Dealwright, open_dealwright
from engine.app.releasing import release
from engine.core.rules.rulebook import in_force
from tests.app.test_pay import pay_month
from tests.app_house import RULES, STAFF, sale, tell

PLAN = "plans/account-executive-2026.yaml"


def opened(tmp_path: Path) -> Dealwright:
    """The house as the next command opens it."""
    rules = tmp_path / "rules"
    if not rules.exists():
        shutil.copytree(RULES, rules)
    return open_dealwright(f"sqlite:///{tmp_path / 'a.db'}", rules, lambda: datetime(2026, 6, 1, tzinfo=UTC))


def edit(tmp_path: Path, was: str, now: str) -> None:
    """One change in the plan's file."""
    path = tmp_path / "rules" / PLAN
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now), "utf-8")


def first_rate(dw: Dealwright) -> str:
    """The rate of the first tier of the account executives' plan of 2026."""
    plan = next(
        p for p in in_force(dw.rulebook.plans, datetime(2026, 3, 1).date()) if p.header.id == "account-executive"
    )
    return str(plan.components[0].rates.tiers[0].rate)


def test_an_edited_folder_applies_only_once_it_is_released(tmp_path: Path):
    assert first_rate(opened(tmp_path)) == "3/100"
    edit(tmp_path, "{from: 0%, rate: 3%}", "{from: 0%, rate: 4%}")
    dw = opened(tmp_path)
    assert first_rate(dw) == "3/100"
    assert "E119" in {problem.code for problem in dw.warnings}
    assert release(dw, "more for small deals", "guo-hua", "he-ping").problems == ()
    again = opened(tmp_path)
    assert first_rate(again) == "1/25"
    assert "E119" not in {problem.code for problem in again.warnings}


def test_a_version_that_decided_a_closed_period_cannot_be_released_with_another_text(tmp_path: Path):
    dw = opened(tmp_path)
    tell(dw, *STAFF, *sale("D-1", "2026-03-16"))
    pay_month(dw, "2026-03")
    edit(tmp_path, "{from: 0%, rate: 3%}", "{from: 0%, rate: 4%}")
    edited = opened(tmp_path)
    assert {problem.code for problem in release(edited, "more", "guo-hua", "he-ping").problems} == {"E113"}
    assert first_rate(opened(tmp_path)) == "3/100"


def test_nobody_approves_their_own_rules(tmp_path: Path):
    dw = opened(tmp_path)
    edit(tmp_path, "{from: 0%, rate: 3%}", "{from: 0%, rate: 4%}")
    assert [problem.code for problem in release(opened(tmp_path), "more", "guo-hua", "guo-hua").problems] == ["E114"]
    assert first_rate(dw) == "3/100"
