"""Absences told on the screen move work, for oneself and one's people only; a task is given to whom its policy allows."""

from pathlib import Path

import pytest

from engine.app.absences import absences_view, tell_away, tell_back
from engine.app.access import NotYours
from engine.app.dealwright import Dealwright
from engine.app.recording import Recorded
from engine.app.tasks import answer, task_card
from engine.app.ticking import tick
from engine.app.users import add_user, user_named
from engine.app.views.users import User
from engine.core.records import Task
from engine.store.reading import all_records
from tests.app_house import at, event, staffed, tell


def user(dw: Dealwright, name: str, role: str, person: str) -> User:
    add_user(dw, name, "a good password", [role], person=person)
    found = user_named(dw, name)
    assert found is not None
    return found


def one_call(tmp_path: Path) -> tuple[Dealwright, Task]:
    dw = staffed(tmp_path / "a.db", at("2026-03-02 10:00"))
    tell(dw, event("deal.created", "D-1", "2026-03-02 10:00", owner="chen-wei", amount="50_000 CNY", channel="direct",
                   account="A-1", product_line="hardware"))  # fmt: skip
    return dw, the_task(dw)


def the_task(dw: Dealwright) -> Task:
    with dw.database.unit() as unit:
        (task,) = (one for one in all_records(unit, Task) if one.status == "open")
    return task


def test_an_absence_moves_work_to_whoever_stands_in_and_back(tmp_path: Path) -> None:
    dw, task = one_call(tmp_path)
    chen = user(dw, "chen", "rep", "chen-wei")
    told = tell_away(dw, "chen-wei", chen, until_at=at("2026-03-03 09:00"), stand_in="li-na", reason="fair")
    assert isinstance(told, Recorded) and told.status == "recorded"
    assert (the_task(dw).owner, the_task(dw).lent_by) == ("li-na", "chen-wei")
    (row,) = absences_view(dw, chen).rows
    assert (row.person, row.stand_in and row.stand_in.en, row.reason) == ("chen-wei", "Li Na", "fair")
    again = tell_away(dw, "chen-wei", chen, until_at=at("2026-03-03 09:00"), stand_in="li-na", reason="fair")
    assert isinstance(again, Recorded) and again.status == "repeated"
    tell_back(dw, "chen-wei", chen)
    assert (the_task(dw).owner, absences_view(dw, chen).rows) == ("chen-wei", ())
    assert tick(dw, at("2026-03-02 18:00")).deals == 0 and the_task(dw).id == task.id


def test_nobody_speaks_for_people_who_are_not_theirs(tmp_path: Path) -> None:
    dw, _ = one_call(tmp_path)
    li = user(dw, "li", "rep", "li-na")
    assert [choice.code for choice in absences_view(dw, li).people] == ["li-na"]
    for person in ("chen-wei", "nobody"):
        with pytest.raises(NotYours):
            tell_away(dw, person, li)
        with pytest.raises(NotYours):
            tell_back(dw, person, li)
    wu = user(dw, "wu", "manager", "wu-fang")
    assert {"wu-fang", "chen-wei", "li-na"} <= {choice.code for choice in absences_view(dw, wu).people}


def test_a_task_is_offered_to_the_team_and_given_there_only(tmp_path: Path) -> None:
    dw, task = one_call(tmp_path)
    chen = user(dw, "chen", "rep", "chen-wei")
    offered = {choice.code for choice in task_card(dw, task.id, chen).colleagues}
    assert "li-na" in offered and "wu-fang" in offered and "chen-wei" not in offered
    given = answer(dw, task.id, "task.delegated", chen, to="li-na", reason="knows them")
    assert isinstance(given, Recorded) and the_task(dw).owner == "li-na"
    with pytest.raises(NotYours):
        answer(dw, task.id, "task.delegated", chen, to="wu-fang")
