"""What rules wanted of somebody on a day and did not ask: with the reason, the facts, the rule's line; by who may see it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.app.access import NotThere, NotYours
from engine.app.dealwright import Dealwright
from engine.app.not_made import not_made
from tests.app.test_following import LEAD, edit, opened, user
from tests.app_house import RULES, STAFF, event, tell


def full(tmp_path: Path) -> Dealwright:
    """Three leads on one day, of which two make a task."""
    shutil.copytree(RULES, tmp_path / "rules")
    edit(tmp_path, "  migrate: pin", "  migrate: pin\n  daily_limit_per_person: 2")
    dw = opened(tmp_path, "2026-03-02 12:00")
    tell(dw, *STAFF)
    for number in range(3):
        tell(
            dw,
            event(
                "deal.created",
                f"D-{number}",
                "2026-03-02 10:00",
                owner="chen-wei",
                channel="direct",
                kind="new",
                name=f"Kiln {number}",
            ),
        )
    return dw


def test_a_full_day_says_so_with_the_limit_and_where_it_goes(tmp_path: Path) -> None:
    dw = full(tmp_path)
    ops = user(dw, "guo", "ops")
    found = not_made(dw, "chen-wei", date(2026, 3, 2), ops)
    assert (found.title.en, found.answer.en) == (
        "Chen Wei, 2 March", "Rules wanted this as well, and it was not asked: 1.")  # fmt: skip
    (line,) = found.reasons
    assert line.en.startswith("Kiln 2 · New lead follow-up, First call: the day was full; ")
    assert "2" in line.en and "2026-03-03" in line.en and f"({LEAD}:" in line.en
    assert line.zh.startswith("Kiln 2 · 新线索跟进，首次电话：当日已满；")
    assert not_made(dw, "chen-wei", date(2026, 3, 3), ops).reasons == ()
    assert not_made(dw, "li-na", date(2026, 3, 2), ops).answer.zh == "没有任何规则要求的事项被略去。"


def test_it_is_for_those_who_see_the_persons_tasks(tmp_path: Path) -> None:
    dw = full(tmp_path)
    own, peer = user(dw, "chen", "rep", "chen-wei"), user(dw, "li", "rep", "li-na")
    assert len(not_made(dw, "chen-wei", date(2026, 3, 2), own).reasons) == 1
    with pytest.raises(NotYours):
        not_made(dw, "chen-wei", date(2026, 3, 2), peer)
    with pytest.raises(NotThere):
        not_made(dw, "nobody", date(2026, 3, 2), own)
