"""A manager's team in numbers, what is stuck, and the queue of one person: over a house of the sample rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.app import queue, recording, team
from engine.app.access import NotThere
from engine.app.dealwright import Dealwright
from engine.app.tasks import my_tasks, task_card
from engine.app.ticking import tick
from engine.app.views.users import User
from engine.core.events import Event
from engine.core.money import Money
from engine.core.rules.header import Title
from tests.app_house import at, event, sale, staffed, tell

NOW = at("2026-06-01 12:00")
WU = User("wu.fang", Title("Wu Fang"), "wu-fang", ("manager",))
OPS = User("guo.hua", Title("Guo Hua"), "guo-hua", ("ops",))


def created(id: str, owner: str, on: str) -> Event:
    """A new deal."""
    return event("deal.created", id, on, name=id, owner=owner, amount="100_000 CNY", channel="direct")


@pytest.fixture
def dw(tmp_path: Path) -> Dealwright:
    """Chen Wei and Li Na report to Wu Fang; Chen Wei has a deal of April, Li Na one of today."""
    dw = staffed(tmp_path / "a.db", NOW)
    tell(dw, created("D-1", "chen-wei", "2026-04-07"), created("D-2", "li-na", "2026-06-01"))
    tick(dw, NOW)
    return dw


def by_person(dw: Dealwright, viewer: User = WU) -> dict[str, team.TeamRow]:
    """The rows by person."""
    return {row.person: row for row in team.team_view(dw, viewer).rows}


def test_a_manager_sees_those_below_and_nobody_else(dw: Dealwright) -> None:
    assert {"chen-wei", "li-na"} <= by_person(dw).keys()
    assert "wu-fang" not in by_person(dw) and "guo-hua" not in by_person(dw)
    assert by_person(dw).keys() < by_person(dw, OPS).keys()
    other = replace(WU, person="thomas-brandt")
    assert not {"chen-wei", "li-na"} & by_person(dw, other).keys()


def test_the_numbers_are_those_of_each_persons_list(dw: Dealwright) -> None:
    for id, row in by_person(dw, OPS).items():
        own = User(id, Title(id), id, ("rep",))
        groups = {group.id: group.total for group in my_tasks(dw, own).groups}
        assert (row.overdue, row.today) == (groups["overdue"], groups["today"])
        assert row.open == sum(groups[name] for name in ("overdue", "today", "this_week", "later"))
    assert by_person(dw)["chen-wei"].overdue > 0


def test_a_manager_opens_the_list_of_one_of_them_only(dw: Dealwright) -> None:
    found = team.tasks_of_person(dw, "chen-wei", WU)
    assert found.open == by_person(dw)["chen-wei"].open and "wu-fang" in found.belongs.managers
    for person in ("guo-hua", "wu-fang", "nobody"):
        with pytest.raises(NotThere):
            team.tasks_of_person(dw, person, WU)


def test_a_deal_without_a_touch_is_stuck_until_somebody_touches_it(dw: Dealwright) -> None:
    view = team.team_view(dw, WU)
    assert [(one.deal, one.late, one.idle) for one in view.stuck if one.deal == "D-1"] == [("D-1", False, True)]
    assert "D-2" not in {one.deal for one in view.stuck} and view.all_looked_at
    assert by_person(dw)["chen-wei"].stuck == 1
    tell(dw, event("activity.logged", "D-1", "2026-06-01 10:00", kind="call", outcome="connected", by="chen-wei"))
    assert "D-1" not in {one.deal for one in team.team_view(dw, WU).stuck}


def test_a_stage_limit_that_has_passed_is_said_with_its_line(dw: Dealwright) -> None:
    tell(dw, *sale("D-3", "2026-04-30", owner="li-na")[:5])
    tick(dw, NOW)
    (one,) = (one for one in team.team_view(dw, WU).stuck if one.deal == "D-3")
    assert one.late and one.place.file == "pipelines/standard.yaml" and one.stage.en == "Proposal"


def test_who_left_is_there_while_work_is_left(dw: Dealwright) -> None:
    tell(dw, event("person.left", "chen-wei", "2026-05-29"))
    row = by_person(dw)["chen-wei"]
    view = team.team_view(dw, WU)
    assert row.state == "gone" and view.of_leavers == row.open > 0
    assert by_person(dw)["li-na"].state == "at_work"


def test_an_event_of_theirs_that_waits_is_shown_to_their_manager_alone(dw: Dealwright) -> None:
    stray = Event("activity.logged", "D-1", "crm", "odd", NOW, NOW.date(), "", {"kind": "call", "by": "nobody-known"})
    pay = Event("payment.received", "D-9", "crm", "pay", NOW, NOW.date(), "", {"amount": Money(100, "CNY")})
    assert [recording.record(dw, one).status for one in (stray, pay)] == ["quarantined"] * 2
    own = [one.event for one in team.team_view(dw, WU).aside]
    everybodys = [one.event for one in team.team_view(dw, OPS).aside]
    assert "crm/pay" in everybodys and "crm/pay" not in own
    assert own == ["crm/odd"]


def test_the_queue_begins_with_what_is_due_and_ends_with_what_comes(dw: Dealwright) -> None:
    chen = User("chen.wei", Title("Chen Wei"), "chen-wei", ("rep",))
    first = queue.first_due(dw, chen)
    assert first == next(row.id for group in my_tasks(dw, chen).groups[:2] for row in group.rows)
    early = replace(dw, now=lambda: datetime(2026, 4, 6, 0, 0, tzinfo=UTC))
    assert queue.first_due(early, chen) == ""
    end = queue.queue_end(early, chen)
    assert (end.next, end.later) == (first, my_tasks(early, chen).open) and end.due_at and end.due_at > early.now()
    assert queue.queue_end(replace(dw, now=lambda: NOW + timedelta(days=900)), chen).next == ""


def test_a_card_says_what_changed_since_the_last_touch(dw: Dealwright) -> None:
    chen = User("chen.wei", Title("Chen Wei"), "chen-wei", ("rep",))
    first = queue.first_due(dw, chen)
    before = task_card(dw, first, chen).changes
    assert before and not before.touched
    tell(dw, event("activity.logged", "D-1", "2026-05-20 10:00", kind="call", outcome="no_answer", by="chen-wei"))
    assert task_card(dw, first, chen).changes == replace(before, since=at("2026-05-20 10:00"), touched=True, rows=())
    tell(dw, event("deal.changed", "D-1", "2026-05-21 10:00", amount="120_000 CNY"))
    tell(dw, event("contact.changed", "C-1", "2026-05-21 11:00", name="Zhou", phone="138", email="z@example.com"))
    tell(dw, event("deal.changed", "D-1", "2026-05-21 12:00", "link", contact="C-1"))
    tell(dw, event("contact.opted_out", "C-1", "2026-05-22 10:00", channel="email"))
    card = task_card(dw, first, chen)
    assert card.changes and [row.kind for row in card.changes.rows] == [
        "contact.opted_out", "deal.changed", "contact.changed", "deal.changed",
    ]  # fmt: skip
    assert card.contact and card.contact.name.en == "Zhou"
    assert [(way.link, way.closed) for way in card.contact.ways] == [("tel:138", False), ("mailto:z@example.com", True)]
