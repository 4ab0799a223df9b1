"""Contacts: folded from what was told, whatever the order of delivery."""

from datetime import UTC, date, datetime
from itertools import permutations

from engine.core.contacts import Contact, ContactTold, folded, zone_of

DAY = date(2026, 3, 2)


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC)


TOLD = (
    ContactTold(at(1), DAY, "a/1", "changed", {"name": "Li Na", "email": "li@x.example", "time_zone": "Europe/Berlin"}),
    ContactTold(at(2), DAY, "a/2", "opted_out", {"channel": "email", "reason": "too many"}),
    ContactTold(at(3), DAY, "a/3", "changed", {"email": "na@x.example"}),
    ContactTold(at(4), DAY, "a/4", "opted_out", {"channel": "call"}),
    ContactTold(at(5), DAY, "a/5", "opted_in", {"channel": "email"}),
)


def test_the_order_of_delivery_does_not_matter() -> None:
    found = {repr(folded(Contact("C-1", DAY, told=order))) for order in permutations(TOLD)}
    assert len(found) == 1
    contact = folded(Contact("C-1", DAY, told=TOLD))
    assert contact.facts["email"] == "na@x.example"
    assert [out.channel for out in contact.opted_out] == ["call"]
    assert contact.changed_at("email") == at(3)
    assert contact.at(at(2))["email"] == "li@x.example"


def test_every_channel_is_closed_by_one_word_and_opened_by_it() -> None:
    closed = folded(Contact("C-1", DAY, told=(*TOLD, ContactTold(at(6), DAY, "a/6", "opted_out", {"channel": "all"}))))
    assert closed.refuses("wecom")
    opened = folded(
        Contact("C-1", DAY, told=(*closed.told, ContactTold(at(7), DAY, "a/7", "opted_in", {"channel": "all"})))
    )
    assert opened.refuses("call") is None


def test_a_removed_contact_is_there_again_once_something_is_told_of_it() -> None:
    gone = folded(Contact("C-1", DAY, told=(*TOLD, ContactTold(at(6), DAY, "a/6", "removed", {"reason": "left"}))))
    assert (gone.removed_at, gone.removed_for) == (at(6), "left")
    back = folded(
        Contact("C-1", DAY, told=(*gone.told, ContactTold(at(7), DAY, "a/7", "changed", {"job_title": "CFO"})))
    )
    assert back.removed_at is None


def test_the_first_zone_that_there_is() -> None:
    contact = folded(Contact("C-1", DAY, told=TOLD))
    assert [part if isinstance(part, str) else part.key for part in zone_of(contact, "Asia/Shanghai")] == [
        "Europe/Berlin",
        "",
    ]
    wrong = folded(Contact("C-1", DAY, told=(ContactTold(at(1), DAY, "a/1", "changed", {"time_zone": "UTC2"}),)))
    assert [part if isinstance(part, str) else part.key for part in zone_of(wrong, "", "Asia/Shanghai")] == [
        "Asia/Shanghai",
        "UTC2",
    ]
    assert zone_of(None, "", "Asia/Shanghai")[0].key == "Asia/Shanghai"
