"""Tickets as pages: what is promised and how it stands, what may be done, and that a complaint is said where one sells."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.webui.fake_desk import FakeDesk
from tests.webui.test_pages import HX
from tests.webui.visiting import post

pytestmark = pytest.mark.web
Visit = Callable[[str], FlaskClient]


@pytest.mark.parametrize(("address", "block"), [("/tickets", "tickets"), ("/tickets/TK-1", "ticket")])
def test_one_template_gives_the_page_and_its_fragment(signed_in: Visit, address: str, block: str) -> None:
    client = signed_in("lin")
    page, part = client.get(address).text, client.get(address, headers=HX).text
    assert "<html" in page and "<html" not in part
    assert f'<section id="{block}"' in part and 'id="nav"' in part


def test_the_list_says_what_was_missed_and_what_is_due(signed_in: Visit) -> None:
    page = signed_in("lin").get("/tickets").text
    assert "Reads three degrees high" in page and "已超时" in page and "暂停计时" in page


def test_a_ticket_shows_its_clocks_with_the_calendars_reason(signed_in: Visit) -> None:
    page = signed_in("lin").get("/tickets/TK-1").text
    assert "晚 1 小时 5 分" in page and "国庆节" in page and "service/customer-service.yaml:7" in page
    assert "客户最长等待后续回复：10 分" in page


def test_only_what_may_be_done_is_offered(signed_in: Visit) -> None:
    client = signed_in("lin")
    page, held = client.get("/tickets/TK-1").text, client.get("/tickets/TK-2").text
    assert 'action="/tickets/TK-1/hold"' in page and 'action="/tickets/TK-1/resume"' not in page
    assert 'action="/tickets/TK-2/resume"' in held and 'action="/tickets/TK-2/answer"' not in held


def test_a_reply_is_recorded_and_a_refusal_stays(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("lin")
    answer = post(client, "/tickets/TK-1/reply", note="Sent", seen="web/1")
    assert answer.status_code == 303 and answer.location.endswith("/tickets/TK-1")
    assert ("ticket", "TK-1", "reply", {"note": "Sent"}, "web/1") in desk.made
    refused = post(client, "/tickets/TK-1/reopen", reason="again")
    assert refused.status_code == 422 and "E241" in refused.text


def test_a_ticket_is_opened_from_a_deal_that_one_sees(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("lin")
    assert 'href="/tickets?deal=D-1001"' in client.get("/deals/D-1001").text
    assert 'value="D-1001"' in client.get("/tickets?deal=D-1001").text
    fields = {"deal": "D-1001", "kind": "complaint", "priority": "urgent", "topic": "Noise"}
    answer = post(client, "/tickets", **fields)
    assert answer.status_code == 303 and answer.location.endswith("/tickets/TK-1")
    assert ("open_ticket", fields) in desk.made
    assert post(signed_in("zhao"), "/tickets", **fields).status_code == 404


def test_a_complaint_is_said_on_the_deal_and_in_the_queue(signed_in: Visit) -> None:
    client = signed_in("lin")
    for address in ("/deals/D-1001", "/tasks/queue?task=T-000"):
        page = client.get(address).text
        assert "客户投诉中：" in page and 'href="/tickets/TK-1"' in page
