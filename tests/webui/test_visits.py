"""A visit that is called off on the screen, and planned anew."""

import pytest

from engine.app.views.tasks import TaskCard
from engine.app.views.users import User
from engine.core.rules.header import Title
from tests.app_house import event, sale, tell
from tests.webui.real_house import RealHouse, tasks_of
from tests.webui.visiting import post
from webui.house_desk import HouseDesk

pytestmark = pytest.mark.web


def visit_of(house: RealHouse, deal: str, won: str, looked: str, channel: str) -> TaskCard:
    """The open after-sale task of that channel of a sale of the representative's, on that day."""
    person = house.persons["rep"]
    tell(house.dw, *sale(deal, won, owner=person), event("clock.ticked", deal, looked))
    desk, rep = HouseDesk(house.dw), User(person, Title(person, person), person, ("rep",))
    cards = [desk.task(id, rep) for id in tasks_of(desk, person)]
    return next(card for card in cards if (card.task.deal, card.task.channel.code) == (deal, channel))


def test_a_visit_is_called_off_and_planned_anew_in_one_step(house: RealHouse) -> None:
    card = visit_of(house, "D-visit-30", "2026-10-20", "2026-11-19 12:00", "visit")
    client, desk = house.client("rep"), HouseDesk(house.dw)
    rep = User(house.persons["rep"], Title("", ""), house.persons["rep"], ("rep",))
    assert card.task.again == Title("10 days", "10 天")
    page = client.get(f"/tasks/{card.task.id}").get_data(as_text=True)
    assert 'name="reschedule"' in page and "10 天后改约" in page
    answer = post(client, f"/tasks/{card.task.id}/skip", then="task", reason="停产检修", reschedule="yes")
    assert answer.status_code in (200, 303)
    assert desk.task(card.task.id, rep).task.status == "skipped"
    cards = [desk.task(id, rep) for id in tasks_of(desk, rep.person)]
    (again,) = [one for one in cards if one.task.deal == card.task.deal and one.task.channel.code == "visit"]
    assert (again.task.title, again.task.due_at.date().isoformat()) == (card.task.title, "2026-12-03")
    assert "停产检修" in client.get(f"/tasks/{again.task.id}").get_data(as_text=True)


def test_a_task_that_is_not_planned_anew_does_not_offer_it_and_refuses_it(house: RealHouse) -> None:
    card = visit_of(house, "D-visit-7", "2026-11-10", "2026-11-17 12:00", "call")
    client = house.client("rep")
    assert card.task.again is None
    assert 'name="reschedule"' not in client.get(f"/tasks/{card.task.id}").get_data(as_text=True)
    answer = post(client, f"/tasks/{card.task.id}/skip", then="task", reason="停产检修", reschedule="yes")
    assert answer.status_code == 422 and "E255" in answer.get_data(as_text=True)
