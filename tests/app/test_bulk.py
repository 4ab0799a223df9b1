"""One answer to several tasks: each its own event, told apart, once, and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.app.access import NotThere
from engine.app.bulk import answer_many, bulk_result, undo_many
from engine.app.dealwright import Dealwright
from engine.app.replaying import replay
from engine.app.tasks import answer, take_back, task_card
from engine.app.views.users import User
from engine.core.records import Enrolment, Task
from engine.core.rules.header import Title
from engine.store.audit import AuditTrail
from engine.store.event_log import EventLog
from engine.store.reading import all_records
from tests.app_house import STAFF, at, event, house, tell

CHEN = User("chen.wei", Title("Chen Wei"), "chen-wei", ("rep",))
LI = User("li.na", Title("Li Na"), "li-na", ("rep",))
BULK = "abcdefghijklmnop"


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    """Three new deals of Chen Wei's, one of Li Na's, each with a first call to make."""
    found = house(tmp_path / "a.db", at("2026-06-01 10:00"))
    tell(found, *STAFF)
    for number in "1234":
        owner = "li-na" if number == "4" else "chen-wei"
        tell(found, event("deal.created", f"D-{number}", "2026-06-01 09:30", name=f"D-{number}", owner=owner,
                          amount="100_000 CNY", channel="direct"))  # fmt: skip
    yield found
    found.database.close()


def later(dw: Dealwright, minutes: int) -> Dealwright:
    return replace(dw, now=lambda: dw.now() + timedelta(minutes=minutes))


def tasks(dw: Dealwright) -> dict[str, Task]:
    """The tasks by deal."""
    with dw.database.unit() as unit:
        return {task.deal: task for task in all_records(unit, Task)}


def work(dw: Dealwright) -> list[object]:
    """Tasks and enrolments, without who moved them."""
    with dw.database.unit() as unit:
        enrolments = [replace(one, moved_by="") for one in all_records(unit, Enrolment)]
        return [*all_records(unit, Task), *enrolments]


def logged(dw: Dealwright) -> int:
    with dw.database.unit() as unit:
        return EventLog(unit).head().seq


def ids(dw: Dealwright, *deals: str) -> list[str]:
    return [tasks(dw)[deal].id for deal in deals]


def test_each_task_is_its_own_event_and_pressing_twice_does_nothing(dw: Dealwright) -> None:
    chosen, before = ids(dw, "D-1", "D-2"), logged(dw)
    found = answer_many(dw, BULK, chosen, "task.completed", {"note": "Fair"}, CHEN)
    assert [(row.task, row.done, row.asked.en) for row in found.rows] == [(id, True, "Task completed") for id in chosen]
    assert {t.ended_by for t in tasks(dw).values() if t.status == "done"} == {f"bulk/{BULK}:{id}" for id in chosen}
    assert {t.note for t in tasks(dw).values() if t.status == "done"} == {"Fair"}
    assert logged(dw) == before + 2
    again = answer_many(later(dw, 1), BULK, chosen, "task.completed", {"note": "Fair"}, CHEN)
    assert (again.rows, logged(dw)) == (found.rows, before + 2)
    with dw.database.unit() as unit:
        assert AuditTrail(unit).head().seq == 0, "nothing was in conflict with what was there"


def test_what_cannot_be_is_said_task_by_task_and_the_others_are_done(dw: Dealwright) -> None:
    first, second, foreign = ids(dw, "D-1", "D-2", "D-4")
    answer(dw, first, "task.completed", CHEN, outcome="connected")
    found = answer_many(dw, BULK, [first, second, foreign, "task-404"], "task.skipped", {"reason": "Fair"}, CHEN)
    said = {row.task: [problem.code for problem in row.problems] for row in found.rows}
    assert said == {first: ["E052"], second: [], foreign: ["E050"], "task-404": ["E050"]}
    assert (found.whole, tasks(dw)["D-4"].status) == (False, "open")
    foreign_row = next(row for row in found.rows if row.task == foreign)
    assert (foreign_row.title.en, foreign_row.customer) == (foreign, ""), "nothing of another's task is told"


def test_a_skip_without_a_reason_is_refused_for_each(dw: Dealwright) -> None:
    chosen, before = ids(dw, "D-1", "D-2"), logged(dw)
    found = answer_many(dw, BULK, chosen, "task.skipped", {"reason": ""}, CHEN)
    assert [bool(row.problems) for row in found.rows] == [True, True] and logged(dw) == before


def test_all_of_it_is_taken_back_and_everything_is_as_before(dw: Dealwright) -> None:
    before, chosen = work(dw), ids(dw, "D-1", "D-2", "D-3")
    answer_many(dw, BULK, chosen, "task.completed", {}, CHEN)
    assert work(dw) != before
    found = undo_many(later(dw, 14), BULK, CHEN)
    assert work(dw) == before
    assert [(row.until, row.taken_back_at is not None) for row in found.rows] == [(None, True)] * 3
    assert "stands again at the step" in found.rows[0].notes.en and "回到步骤" in found.rows[0].notes.zh
    at_end = logged(dw)
    assert undo_many(later(dw, 14), BULK, CHEN).rows == found.rows and logged(dw) == at_end
    assert [row for row in replay(dw) if row[2]] == []


def test_after_the_time_nothing_is_offered_nor_taken_back(dw: Dealwright) -> None:
    answer_many(dw, BULK, ids(dw, "D-1"), "task.completed", {}, CHEN)
    assert bulk_result(later(dw, 14), BULK, CHEN).until == dw.now() + timedelta(minutes=15)
    assert bulk_result(later(dw, 15), BULK, CHEN).until is None
    undo_many(later(dw, 15), BULK, CHEN)
    assert tasks(dw)["D-1"].status == "done"


def test_a_snooze_of_several_is_taken_back_too(dw: Dealwright) -> None:
    before = work(dw)
    answer_many(dw, BULK, ids(dw, "D-1", "D-2"), "task.snoozed", {"until": at("2026-06-03"), "reason": "Fair"}, CHEN)
    assert tasks(dw)["D-1"].snoozed_until == at("2026-06-03")
    undo_many(dw, BULK, CHEN)
    assert work(dw) == before


def test_what_was_answered_anew_is_left_alone(dw: Dealwright) -> None:
    (id,) = ids(dw, "D-1")
    answer_many(dw, BULK, [id], "task.snoozed", {"until": at("2026-06-03")}, CHEN)
    answer(dw, id, "task.completed", CHEN, outcome="connected")
    assert undo_many(dw, BULK, CHEN).until is None and tasks(dw)["D-1"].status == "done"


def test_nobody_sees_or_undoes_what_another_did(dw: Dealwright) -> None:
    answer_many(dw, BULK, ids(dw, "D-1"), "task.completed", {}, CHEN)
    assert bulk_result(dw, BULK, LI).rows == () and undo_many(dw, BULK, LI).rows == ()
    assert tasks(dw)["D-1"].status == "done"
    for wrong in ("", "short", "a%" * 20, "x" * 65):
        with pytest.raises(NotThere):
            answer_many(dw, wrong, ids(dw, "D-2"), "task.completed", {}, CHEN)


def test_the_same_answer_given_anew_after_it_was_taken_back_counts(dw: Dealwright) -> None:
    (id,) = ids(dw, "D-1")
    answer(dw, id, "task.completed", CHEN, outcome="connected")
    card = task_card(dw, id, CHEN)
    assert card.undo_until == dw.now() + timedelta(minutes=15)
    for _ in range(2):
        take_back(dw, id, card.answered, CHEN)
        assert tasks(dw)["D-1"].status == "open"
    answer(dw, id, "task.completed", CHEN, outcome="connected")
    assert tasks(dw)["D-1"].status == "done"
    assert task_card(later(dw, 15), id, CHEN).undo_until is None


def test_another_persons_answer_is_not_there_to_take_back(dw: Dealwright) -> None:
    (id,) = ids(dw, "D-1")
    answer(dw, id, "task.completed", CHEN, outcome="connected")
    with pytest.raises(NotThere):
        take_back(dw, id, task_card(dw, id, CHEN).answered, LI)
