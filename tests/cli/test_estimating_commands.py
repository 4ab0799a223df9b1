"""estimate, and why-not about pay: answered to those who may see the pay, and alike to everybody else."""

from tests.app_house import sale, tell
from tests.cli.conftest import House
from tests.cli.test_explaining_commands import ids_of


def audit_of(house: House) -> list[str]:
    """Whose pay was looked at."""
    return ids_of(house, "audit where action = 'pay.viewed'", "subject")


def with_open_deal(house: House) -> House:
    """The house with a deal of Chen Wei that is not won yet."""
    from tests.app_house import house as open_house

    dw = open_house(house.database)
    tell(dw, *sale("D-2", "2026-03-30", "150_000 CNY")[:-2])
    dw.database.close()
    return house


def test_an_open_deal_is_estimated_with_its_arithmetic_and_what_keeps_it_from_being_won(house: House) -> None:
    found = with_open_deal(house).json("estimate", "D-2", "--as", "chen")
    assert found["on"] == "2026-04-02"
    (own,) = found["payees"]
    assert (own["payee"], own["earned"], own["held"]) == ("chen-wei", ["6,812.50 CNY"], ["2,906.25 CNY"])
    commission = own["components"][0]
    assert commission["arithmetic"] == "106,250.00 × 3% + 43,750.00 × 6% = 5,812.50 CNY"
    assert [step["step"] for step in commission["steps"]][-1] == "payable"
    assert (commission["standing"]["tier_before"], commission["standing"]["tier_after"]) == ("3%", "6%")
    assert found["could_be_won_now"] is False
    assert [row["words"]["en"] for row in found["hindrance"]["missing"]] == ["Attach the signed contract"]
    chinese = house.run("estimate", "D-2", "--as", "chen", "--language", "zh").output
    assert "可获得 6,812.50 CNY" in chinese and "目前还不能赢单" in chinese


def test_another_amount_and_another_day(house: House) -> None:
    found = with_open_deal(house).json("estimate", "D-2", "--amount", "10_000", "--on", "month_end", "--as", "chen")
    assert (found["amount"], found["on"]) == ("10,000.00 CNY", "2026-04-30")
    assert found["payees"][0]["components"][0]["earned"] == "300.00 CNY"


def test_nobody_sees_by_an_estimate_what_they_may_not_see_as_pay(house: House) -> None:
    with_open_deal(house)
    managers = house.json("estimate", "D-2", "--as", "wu")
    assert [one["payee"] for one in managers["payees"]] == ["wu-fang"]
    assert "chen-wei" not in str(managers)
    assert house.json("estimate", "D-2", "--as", "li", ok=1) == {"unknown": "D-2", "problems": []}
    assert house.json("estimate", "--payee", "chen-wei", "--as", "li", ok=1)["unknown"] == "chen-wei"
    assert (
        house.json("why-not", "pay", "chen-wei", "bookings-commission", "9%", "--as", "wu", ok=1)["unknown"]
        == "chen-wei"
    )
    assert audit_of(house) == []
    everybody = house.json("estimate", "D-2", "--as", "he")
    assert [one["payee"] for one in everybody["payees"]] == ["chen-wei", "wu-fang"]
    assert sorted(audit_of(house)) == ["chen-wei", "wu-fang"]


def test_questions_that_make_no_sense_are_refused(house: House) -> None:
    with_open_deal(house)
    assert house.codes("estimate", "D-1", "--as", "chen", ok=4) == ["E150"]
    assert house.codes("estimate", "D-2", "--on", "2026-03-01", "--as", "chen", ok=4) == ["E151"]
    assert house.codes("estimate", "D-2", "--on", "soon", "--as", "chen", ok=4) == ["E152"]
    assert house.codes("estimate", "D-2", "--amount", "-5", "--as", "chen", ok=4) == ["E154"]
    assert house.codes("why-not", "pay", "chen-wei", "bookings-commission", "much", "--as", "chen", ok=4) == ["E153"]
    house.run("why-not", "D-1", "x", "y", "--as", "chen", ok=2)
    house.run("why-not", "pay", "chen-wei", "bookings-commission", "9%", "more", "--as", "chen", ok=2)


def test_the_next_amount(house: House) -> None:
    found = house.json("estimate", "--amount", "110_000", "--as", "chen")
    (bookings,) = found["measures"]
    assert (bookings["measure"], bookings["like"]) == ("bookings", "D-1")
    assert bookings["components"][0]["arithmetic"] == "106,250.00 × 3% + 3,750.00 × 6% = 3,412.50 CNY"
    assert "The next 100,000.00 CNY of bookings would pay" in house.run("estimate", "--as", "chen").output


def test_why_not_a_rate(house: House) -> None:
    on = ("--on", "today", "--as", "chen")
    said = house.run("why-not", "pay", "chen-wei", "bookings-commission", "9%", *on).output
    assert "nothing of bookings is credited to Chen Wei in 2026-Q2" in said
    said = house.run("why-not", "pay", "chen-wei", "team-commission", "1%", *on, "--language", "zh").output
    assert "不适用于陈伟" in said and "✗ owner.role" in said
    house.run("why-not", "pay", "chen-wei", "no-such", "1%", *on)
