"""A pipeline says when a deal lies idle, and the deal's page says since when it does."""

from pathlib import Path

from engine.app.deals import deal_view
from engine.app.users import add_user, user_named
from engine.core.events import Event
from tests.app_house import at, event, staffed, tell


def idle_since(path: Path, now: str, kind: str, *more: Event) -> list[str]:
    """The days since which the page calls D-1 idle, looked at on that day."""
    dw = staffed(path, at(now))
    tell(dw, event("deal.created", "D-1", "2026-03-02", owner="chen-wei", channel="direct", kind=kind), *more)
    assert add_user(dw, "guo", "long enough to be one", ("ops",)) == ()
    viewer = user_named(dw, "guo")
    assert viewer is not None
    return [fact.value.en for fact in deal_view(dw, "D-1", viewer).facts if fact.title.en == "Idle since"]


def test_a_deal_that_nobody_touched_is_idle_after_its_pipelines_time(tmp_path: Path) -> None:
    assert idle_since(tmp_path / "a.db", "2026-03-10", "renewal") == []
    (day,) = idle_since(tmp_path / "b.db", "2026-05-04", "renewal")
    assert "2026-03-02" < day < "2026-05-04"


def test_a_touch_makes_it_busy_again(tmp_path: Path) -> None:
    touched = event("activity.logged", "D-1", "2026-05-03", kind="call", outcome="connected")
    assert idle_since(tmp_path / "a.db", "2026-05-04", "new") != []
    assert idle_since(tmp_path / "b.db", "2026-05-04", "new", touched) == []
