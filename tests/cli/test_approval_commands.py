"""approvals and decide: what waits for whom, and what they say to it."""

import pytest

from engine.app.asking import ask
from engine.app.dealwright import Dealwright
from engine.app.recording import Recorded
from engine.app.views.users import User
from engine.core.rules.header import Title
from tests import app_house
from tests.app_house import event, tell
from tests.cli.conftest import NOW, House

CHEN = User("chen", Title("Chen Wei", "陈伟"), "chen-wei", ("rep",))


@pytest.fixture
def asked(house: House) -> House:
    """Chen Wei has asked to go on with D-2 without a visit."""
    dw = opened(house)
    tell(dw, event("deal.created", "D-2", "2026-04-01", owner="chen-wei", amount="300_000 CNY", channel="direct"))
    done = ask(dw, "approval.requested", "D-2", {"approval": "no-visit", "reason": "a tender"}, CHEN)
    assert isinstance(done, Recorded) and done.status == "recorded"
    dw.database.close()
    return house


def opened(folder: House) -> Dealwright:
    return app_house.house(folder.database, NOW)


def test_each_sees_what_is_theirs(asked: House) -> None:
    (mine,) = asked.json("approvals", "--as", "wu")["mine"]
    assert (mine["deal"], mine["reason"], mine["seats"][0]["answer"]) == ("D-2", "a tender", "waits")
    assert [row["id"] for row in asked.json("approvals", "--as", "chen")["asked"]] == [mine["id"]]
    assert asked.json("approvals", "--as", "li")["others"] == []
    assert "未拜访先谈判" in asked.run("approvals", "--as", "wu", "--language", "zh").output
    assert "Nothing waits." in asked.run("approvals", "--as", "li").output


def test_who_is_asked_decides_and_nobody_else(asked: House) -> None:
    id = asked.json("approvals", "--as", "wu")["mine"][0]["id"]
    assert asked.codes("decide", id[:10], "granted", "--as", "chen", ok=4) == ["E205"]
    asked.json("decide", id, "granted", "--as", "li", ok=1)
    asked.json("decide", "nothing", "granted", "--as", "wu", ok=1)
    assert asked.codes("decide", id, "refused", "--as", "wu", ok=4) == ["I025"]
    assert asked.json("decide", id[:10], "granted", "--as", "wu")["state"] == "granted"
    assert asked.codes("decide", id, "granted", "--as", "wu", "--reason", "again", ok=4) == ["E204"]
    assert asked.json("approvals", "--as", "wu")["decided"][0]["state"] == "granted"


def test_why_not_names_who_must_agree(asked: House) -> None:
    found = asked.json("why-not", "D-2", "negotiation", "--as", "chen")
    texts = [row["text"] for row in found["conditions"]]
    assert "From lead the next stage is qualified; negotiation skips it." in texts
