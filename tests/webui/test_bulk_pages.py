"""Several tasks at once on the real pages, without JavaScript; and one answer taken back on the task's page."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.app import users
from tests.app_house import STAFF, at, event, house, tell
from tests.webui.conftest import SECRET, started
from tests.webui.real_house import PASSWORD
from tests.webui.visiting import post, sign_in
from webui import Settings
from webui.house_desk import HouseDesk

pytestmark = pytest.mark.web

PICK = re.compile(r'name="(pick-[^"]+)"')
BULK = re.compile(r'name="bulk" value="([^"]+)"')


@pytest.fixture
def clients(tmp_path: Path) -> dict[str, FlaskClient]:
    """Chen Wei with three first calls to make, and Li Na with one."""
    dw = house(tmp_path / "a.db", at("2026-06-01 10:00"))
    tell(dw, *STAFF)
    for number in "1234":
        owner = "li-na" if number == "4" else "chen-wei"
        tell(dw, event("deal.created", f"D-{number}", "2026-06-01 09:30", name=f"Deal {number}", owner=owner,
                       amount="100_000 CNY", channel="direct"))  # fmt: skip
    for person in ("chen-wei", "li-na"):
        assert users.add_user(dw, person, PASSWORD, ("rep",), person, "en") == ()
    app = started(HouseDesk(dw), Settings(SECRET, plain_loopback=True, sign_in_limit="1000 per minute"))  # type: ignore[arg-type]
    return {person: sign_in(app, person, PASSWORD) for person in ("chen-wei", "li-na")}


def test_ticked_tasks_are_answered_shown_and_undone(clients: dict[str, FlaskClient]) -> None:
    client = clients["chen-wei"]
    page = client.get("/tasks").text
    picks, bulk = PICK.findall(page), BULK.findall(page)[0]
    assert len(picks) == 3
    answer = post(
        client, "/tasks/bulk", bulk=bulk, what="complete", reason="Met at the fair", **dict.fromkeys(picks[:2], "1")
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/tasks/bulk/{bulk}")
    said = client.get(f"/tasks/bulk/{bulk}").text
    assert "2 of 2 tasks done" in said and said.count("Task completed") == 2 and "until 10:15" in said
    assert len(PICK.findall(client.get("/tasks").text)) == 1
    assert post(client, f"/tasks/bulk/{bulk}/undo").status_code == 303
    said = client.get(f"/tasks/bulk/{bulk}").text
    assert said.count("<strong>undone</strong>") == 2 and "stands again at the step First call" in said
    assert "/undo" not in said
    assert len(PICK.findall(client.get("/tasks").text)) == 3


def test_what_is_not_theirs_or_lacks_a_reason_is_said_for_that_task(clients: dict[str, FlaskClient]) -> None:
    client = clients["chen-wei"]
    foreign = PICK.findall(clients["li-na"].get("/tasks").text)[0]
    page = client.get("/tasks").text
    mine, bulk = PICK.findall(page)[0], BULK.findall(page)[0]
    answer = post(client, "/tasks/bulk", bulk=bulk, what="skip", reason="", **{mine: "1", foreign: "1"})
    assert answer.status_code == 422 and "0 of 2 tasks done" in answer.text
    assert "There is no task" in answer.text and "needs “reason”" in answer.text
    assert "Deal 4" not in answer.text
    assert clients["li-na"].get(f"/tasks/bulk/{bulk}").status_code == 404


def test_nothing_ticked_leads_back_and_an_unknown_word_is_no_request(clients: dict[str, FlaskClient]) -> None:
    client = clients["chen-wei"]
    assert post(client, "/tasks/bulk", bulk="x" * 20, what="complete").headers["Location"] == "/tasks"
    assert post(client, "/tasks/bulk", bulk="x" * 20, what="burn", **{"pick-1": "1"}).status_code == 400
    assert post(client, "/tasks/bulk", bulk="short", what="complete", **{"pick-1": "1"}).status_code == 404


def test_one_answer_is_taken_back_on_the_page_of_the_task(clients: dict[str, FlaskClient]) -> None:
    client = clients["chen-wei"]
    task = PICK.findall(client.get("/tasks").text)[0].removeprefix("pick-")
    post(client, f"/tasks/{task}/complete", outcome="connected", then="list")
    page = client.get(f"/tasks/{task}").text
    answered = re.findall(r'name="answered" value="([^"]+)"', page)[0]
    assert f'action="/tasks/{task}/take-back"' in page
    answer = post(client, f"/tasks/{task}/take-back", answered=answered, then="task")
    assert answer.headers["Location"] == f"/tasks/{task}"
    page = client.get(f"/tasks/{task}").text
    assert "Taken back: First call" in page and "Complete with" in page and "take-back" not in page
