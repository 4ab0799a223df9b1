"""The touch that a completed task is, in the store: it lives on when its deal is decided anew, and a replay makes it again."""

from datetime import date
from pathlib import Path

from engine.app.dealwright import Dealwright
from engine.app.replaying import replay
from engine.core.records import Activity, Deal, Task
from engine.store.state import SqlState
from tests.app.test_following import opened, records
from tests.app_house import STAFF, at, event, tell


def called(dw: Dealwright, outcome: str = "connected") -> None:
    """A lead whose first call was made at eleven."""
    tell(dw, *STAFF)
    tell(dw, event("deal.created", "D-1", "2026-03-02 10:00", owner="chen-wei", channel="direct", kind="new"))
    (task,) = records(dw, Task)
    tell(dw, event("task.completed", task.id, "2026-03-02 11:00", outcome=outcome))


def test_it_lives_on_when_its_deal_is_decided_anew(tmp_path: Path) -> None:
    dw = opened(tmp_path, "2026-03-02 12:00")
    called(dw)
    before = records(dw, Activity)
    assert [(one.kind, one.outcome, one.by) for one in before] == [("call", "connected", "chen-wei")]
    tell(dw, event("deal.changed", "D-1", "2026-03-02 10:30", region="south"))
    (deal,) = records(dw, Deal)
    assert records(dw, Activity) == before
    assert (deal.facts["region"], deal.last_touch_at) == ("south", at("2026-03-02 11:00"))
    assert deal.last_by == before[0].id


def test_a_replay_makes_it_again(tmp_path: Path) -> None:
    dw = opened(tmp_path, "2026-03-02 12:00")
    called(dw, "replied")
    tell(dw, event("deal.changed", "D-1", "2026-03-02 10:30", region="south"))
    compared = {kind: (many, differ) for kind, many, differ in replay(dw)}
    assert (compared["activity"], sum(differ for _, differ in compared.values())) == ((1, 0), 0)


def test_it_goes_with_the_answer_that_is_taken_back_and_the_deal_is_as_untouched_as_before(tmp_path: Path) -> None:
    dw = opened(tmp_path, "2026-03-02 12:00")
    called(dw)
    (task,) = (one for one in records(dw, Task) if one.status == "done")
    tell(dw, event("activity.logged", "D-1", "2026-03-02 10:40", kind="email", outcome="replied", by="chen-wei"))
    tell(dw, event("task.reopened", task.id, "2026-03-02 11:05"))
    with dw.database.unit() as unit:
        assert [one.kind for one in SqlState(unit).activities("D-1")] == ["email"]
    (deal,) = records(dw, Deal)
    assert (deal.last_touch_at, deal.facts["last_touch_on"]) == (at("2026-03-02 10:40"), date(2026, 3, 2))
    tell(dw, event("deal.changed", "D-1", "2026-03-02 10:30", region="south"))
    (deal,) = records(dw, Deal)
    assert (deal.facts["region"], deal.last_touch_at) == ("south", at("2026-03-02 10:40"))
    assert [differ for _, _, differ in replay(dw) if differ] == []


def test_a_deal_that_nobody_touched_otherwise_was_never_touched(tmp_path: Path) -> None:
    dw = opened(tmp_path, "2026-03-02 12:00")
    called(dw)
    (task,) = (one for one in records(dw, Task) if one.status == "done")
    tell(dw, event("task.reopened", task.id, "2026-03-02 11:05"))
    (deal,) = records(dw, Deal)
    assert deal.last_touch_at is None and "last_touch_on" not in deal.facts
    assert [differ for _, _, differ in replay(dw) if differ] == []
