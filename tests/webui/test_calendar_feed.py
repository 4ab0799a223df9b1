"""The calendar address on the pages: shown once, read without signing in, not modified, ended, and not tried without end."""

import re

import pytest
from flask.testing import FlaskClient

from tests.webui.real_house import RealHouse
from tests.webui.visiting import post

pytestmark = pytest.mark.web

ADDRESS = re.compile(r'value="http://localhost(/calendar/[^"]+\.ics)"')


def addresses(client: FlaskClient) -> list[str]:
    """New ones."""
    return ADDRESS.findall(post(client, "/calendar", zone="Asia/Shanghai").text)


def test_the_address_is_shown_once_and_read_by_whoever_has_it(house: RealHouse) -> None:
    client, anybody = house.client("rep"), house.app.test_client()
    todos, events = addresses(client)
    assert ADDRESS.findall(client.get("/calendar").text) == []
    answer = anybody.get(todos)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert answer.text.startswith("BEGIN:VCALENDAR") and "BEGIN:VTODO" in answer.text
    assert "BEGIN:VEVENT" in anybody.get(events).text
    assert "http://localhost/tasks/task-" in answer.text.replace("\r\n ", "")
    assert not any(text in answer.text for texts in house.amounts.values() for text in texts)


def test_what_has_not_changed_is_not_sent_again(house: RealHouse) -> None:
    todos = addresses(house.client("rep"))[0]
    anybody = house.app.test_client()
    first = anybody.get(todos)
    again = anybody.get(todos, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert anybody.get(todos, headers={"If-None-Match": '"other"'}).status_code == 200
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_a_new_address_and_an_end_make_the_old_one_unknown(house: RealHouse) -> None:
    client, anybody = house.client("rep"), house.app.test_client()
    first, second = addresses(client)[0], addresses(client)[0]
    assert (anybody.get(first).status_code, anybody.get(second).status_code) == (404, 200)
    assert post(client, "/calendar/revoke").status_code == 303
    assert anybody.get(second).status_code == 404
    assert anybody.get(second).text == anybody.get("/calendar/x/todos.ics").text


def test_addresses_cannot_be_tried_without_end(strict_app: object) -> None:
    client = strict_app.test_client()  # type: ignore[attr-defined]
    assert {client.get(f"/calendar/{n}/todos.ics").status_code for n in range(30)} == {404}
    assert client.get("/calendar/31/todos.ics").status_code == 429
