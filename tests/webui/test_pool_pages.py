"""The pool and what nobody has, as pages: what is left, claiming, giving back, handing to somebody."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.webui.fake_desk import FakeDesk
from tests.webui.test_pages import HX
from tests.webui.visiting import post

pytestmark = pytest.mark.web
Visit = Callable[[str], FlaskClient]


@pytest.mark.parametrize(("address", "block", "name"), [("/pool", "pool", "lin"), ("/unassigned", "ownerless", "sun")])
def test_one_template_gives_the_page_and_its_fragment(signed_in: Visit, address: str, block: str, name: str) -> None:
    client = signed_in(name)
    page, part = client.get(address).text, client.get(address, headers=HX).text
    assert "<html" in page and "<html" not in part
    assert f'<section id="{block}"' in part and 'id="nav"' in part


def test_the_pool_says_what_is_left_and_who_may_not_yet(signed_in: Visit) -> None:
    page = signed_in("lin").get("/pool").text
    assert "今日还可领取 2 个" in page and "还可持有 33 个，已持有 7 个" in page
    assert "无人跟进，自动回收" in page and "pools/leads.yaml:3" in page
    assert page.count('action="/pool/deal/D-900') == 2 and 'action="/pool/deal/D-9003/claim"' not in page
    assert "不早于" in page


def test_operations_see_the_pool_and_claim_nothing(signed_in: Visit) -> None:
    assert 'action="/pool/' not in signed_in("sun").get("/pool").text


def test_a_claim_leads_to_the_deal_and_a_refusal_stays_with_who_has_it(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("lin")
    answer = post(client, "/pool/deal/D-9001/claim")
    assert answer.status_code == 303 and answer.location.endswith("/deals/D-9001")
    assert ("claim", "deal", "D-9001") in desk.made
    refused = post(client, "/pool/deal/D-9002/claim")
    assert refused.status_code == 422 and "商机 D-9002 已由 p-chen 领取。" in refused.text


def test_what_nobody_has_is_handed_to_somebody(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("sun")
    page = client.get("/unassigned").text
    assert "未分给 p-lin：未关闭商机 2/2" in page and page.count('action="/unassigned/') == 3
    for kind, id in (("deal", "D-9101"), ("account", "A-9101"), ("ticket", "T-0101")):
        assert post(client, f"/unassigned/{kind}/{id}", person="p-lin").status_code == 303
        assert ("hand_to", kind, id, "p-lin") in desk.made
    assert post(client, "/unassigned/task/T-9101", person="p-lin").status_code == 404


def test_a_customer_is_claimed_and_given_back_like_a_deal(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("lin")
    assert "退回：no need" in client.get("/pool").text
    answer = post(client, "/pool/account/A-9001/claim")
    assert answer.status_code == 303 and answer.location.endswith("/customers/A-9001")
    assert post(client, "/pool/ticket/A-9001/claim").status_code == 404


def test_whoever_has_a_customer_sees_when_it_goes_back_and_may_give_it_back(signed_in: Visit) -> None:
    client = signed_in("lin")
    page = client.get("/customers/A-1").text
    assert "客户公海" in page and "自 2026-11-20 起未联系" in page and 'action="/customers/A-1/return"' in page
    refused = post(client, "/customers/A-1/return", reason="x")
    assert refused.status_code == 422 and "客户 A-1 不属于任何公海。" in refused.text
