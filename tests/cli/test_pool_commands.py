"""pool, claim, give-back, ownerless: what lies there, who gets it, and why not."""

from engine.core.events import Event
from tests.app_house import event, tell
from tests.app_house import house as open_house
from tests.cli.conftest import House


def with_leads(house: House, *deals: str, **body: object) -> House:
    """The house with leads from the website that nobody has."""
    dw = open_house(house.database)
    told: list[Event] = [event("deal.created", deal, "2026-04-01", source="website_form", **body) for deal in deals]
    tell(dw, *told)
    dw.database.close()
    return house


def test_a_lead_is_seen_claimed_and_given_back(house: House) -> None:
    with_leads(house, "W-1", "W-2")
    seen = house.json("pool", "--as", "chen")
    assert [row["id"] for row in seen["rows"]] == ["W-1", "W-2"] and seen["total"] == 2
    assert seen["pools"][1:] == [{"pool": "website-leads", "claimed": 0, "left": 3, "held": 0, "room": 40}]
    assert house.json("claim", "W-1", "--as", "chen")["status"] == "recorded"
    assert house.json("pool", "--as", "chen")["pools"][1] | {"pool": ""} == {
        "pool": "", "claimed": 1, "left": 2, "held": 1, "room": 39,
    }  # fmt: skip
    assert house.json("give-back", "W-1", "--reason", "no time", "--as", "chen")["status"] == "recorded"
    again = house.json("claim", "W-1", "--as", "chen", ok=4)
    assert [problem["code"] for problem in again["problems"]] == ["E185"]
    assert "今日还可领取 2 个" in house.run("pool", "--as", "chen", "--language", "zh").output


def test_the_second_is_told_who_has_it_and_what_is_not_there_is_not_told_of(house: House) -> None:
    with_leads(house, "W-1")
    house.run("claim", "W-1", "--as", "chen")
    assert "chen-wei has the deal W-1." in house.run("claim", "W-1", "--as", "li", "--language", "en", ok=4).output
    for deal in ("D-1", "nothing"):
        assert [p["code"] for p in house.json("claim", deal, "--as", "li", ok=4)["problems"]] == ["E180"]
    assert [p["code"] for p in house.json("claim", "W-1", "--as", "guo", ok=4)["problems"]] == ["E109"]


def test_what_nobody_has_is_listed_with_the_reason(house: House) -> None:
    assert house.json("ownerless", "--as", "guo") == {"ownerless": [], "problems": []}
    with_leads(house, "N-1")
    dw = open_house(house.database)
    tell(dw, event("deal.created", "N-2", "2026-04-01"))
    dw.database.close()
    found = house.json("ownerless", "--as", "guo", "--language", "zh", ok=1)["ownerless"]
    assert found == [{"kind": "deal", "id": "N-2", "why": "没有适用的分配规则"}]
