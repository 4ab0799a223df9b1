"""A task's history: in time order, each thing with its rule or person, its facts and its dates with their weekdays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from engine.app.access import NotThere
from engine.app.bulk import answer_many
from engine.app.dealwright import Dealwright
from engine.app.recording import record
from engine.app.task_history import task_history
from engine.app.tasks import answer, take_back, task_card
from engine.app.views.history import HistoryRow
from engine.app.views.users import User
from engine.core.records import Task
from engine.core.rules.header import Title
from engine.store.reading import all_records
from tests.app_house import STAFF, at, event, house, tell

CHEN = User("chen.wei", Title("Chen Wei"), "chen-wei", ("rep",))
LI = User("li.na", Title("Li Na"), "li-na", ("rep",))


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    """A deal of Chen Wei's made on the last working afternoon before National Day."""
    found = house(tmp_path / "a.db", at("2026-09-30 17:00"))
    tell(found, *STAFF)
    tell(found, event("deal.created", "D-1", "2026-09-30 17:00", name="Kiln", owner="chen-wei", amount="100_000 CNY",
                      channel="direct"))  # fmt: skip
    yield found
    found.database.close()


def on(dw: Dealwright, when: str) -> Dealwright:
    moment: datetime = at(when)
    return replace(dw, now=lambda: moment)


def task_id(dw: Dealwright) -> str:
    with dw.database.unit() as unit:
        return next(task.id for task in all_records(unit, Task))


def history(dw: Dealwright) -> tuple[HistoryRow, ...]:
    return task_history(dw, task_id(dw), CHEN)


def test_it_was_made_by_a_rule_whose_dates_say_what_the_calendar_did(dw: Dealwright) -> None:
    (made,) = history(dw)
    assert (made.what.en, made.at, made.by.en, made.rule.en) == (
        "Made",
        at("2026-09-30 17:00"),
        "",
        "New lead follow-up",
    )
    assert made.place is not None and made.place.file == "cadences/new-lead.yaml" and made.place.line > 0
    assert made.detail.en == "due 2026-10-08 Thursday 12:00; for Chen Wei"
    assert made.detail.zh == "截止 2026-10-08 星期四 12:00；交给陈伟"
    assert "National Day" in made.notes.en and "国庆" in made.notes.zh


def test_each_answer_is_told_with_its_person_and_words_in_order(dw: Dealwright) -> None:
    id = task_id(dw)
    answer(on(dw, "2026-10-08 09:00"), id, "task.snoozed", CHEN, until=at("2026-10-09"), reason="In a meeting")
    answer(on(dw, "2026-10-09 10:00"), id, "task.completed", CHEN, outcome="connected", note="Wants a quote")
    done = on(dw, "2026-10-09 10:05")
    take_back(done, id, task_card(done, id, CHEN).answered, CHEN)
    answer_many(on(dw, "2026-10-09 10:10"), "x" * 20, [id], "task.skipped", {"reason": "Duplicate"}, CHEN)
    rows = history(dw)[1:]
    assert [(row.what.en, row.detail.en, row.by.zh, row.together) for row in rows] == [
        ("Put off", "until 2026-10-09 Friday 09:00; “In a meeting”", "陈伟", False),
        ("Done", "Spoke to the customer; “Wants a quote”", "陈伟", False),
        ("Open again", "", "陈伟", False),
        ("Skipped", "“Duplicate”", "陈伟", True),
    ]
    assert "stands again at the step First call" in rows[2].notes.en


def test_what_was_refused_is_told_too(dw: Dealwright) -> None:
    id = task_id(dw)
    answer(on(dw, "2026-10-08 09:00"), id, "task.completed", CHEN, outcome="connected")
    answer(on(dw, "2026-10-08 09:30"), id, "task.completed", CHEN, outcome="no_answer")
    refused = history(dw)[-1]
    assert refused.refused and "was closed otherwise" in refused.detail.en and "已以其他方式结束" in refused.detail.zh


def test_a_new_owner_and_what_called_it_off_are_told_by_their_rule(dw: Dealwright) -> None:
    record(dw, event("deal.reassigned", "D-1", "2026-10-08 09:00", owner="li-na"))
    record(dw, event("deal.lost", "D-1", "2026-10-08 09:30", loss_reason="price"))
    rows = task_history(dw, task_id(dw), LI)
    assert [row.what.en for row in rows] == ["Made", "Handed over", "Called off"]
    assert rows[1].detail.en == "Chen Wei → Li Na"
    assert rows[2].rule.en == "New lead follow-up" and rows[2].place is not None


def test_nobody_reads_the_history_of_anothers_task(dw: Dealwright) -> None:
    for id, viewer in ((task_id(dw), LI), ("task-404", CHEN)):
        with pytest.raises(NotThere):
            task_history(dw, id, viewer)
