"""The calendar feed: whose tasks, in which language, for how long, and what ends the address."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Todo

from engine.app.calendar_feeds import feed_of, feed_view, renew_feed, revoke_feed
from engine.app.dealwright import Dealwright
from engine.app.tasks import answer, take_back, task_card
from engine.app.users import add_user, user_named
from engine.app.views.feeds import FeedView
from engine.app.views.users import User
from engine.store.database import Unit
from engine.store.feeds import FeedBook
from engine.store.users import UserBook
from tests.app_house import STAFF, at, event, house, tell

PASSWORD = "a password of the tests"


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    """Chen Wei reads Chinese and Li Na English; each has deals of 123,456 CNY and first calls to make."""
    found = house(tmp_path / "a.db", at("2026-06-01 10:00"))
    tell(found, *STAFF)
    for number, owner in (("1", "chen-wei"), ("2", "chen-wei"), ("3", "li-na")):
        tell(found, event("deal.created", f"D-{number}", "2026-06-01 09:30", name=f"Deal {number}", owner=owner,
                          amount="123_456 CNY", channel="direct"))  # fmt: skip
    assert add_user(found, "chen", PASSWORD, ("rep",), "chen-wei", "zh") == ()
    assert add_user(found, "li", PASSWORD, ("rep",), "li-na", "en") == ()
    yield found
    found.database.close()


def user(dw: Dealwright, name: str) -> User:
    found = user_named(dw, name)
    assert found is not None
    return found


def address(dw: Dealwright, name: str = "chen", zone: str = "") -> str:
    made = renew_feed(dw, user(dw, name), zone)
    assert isinstance(made, FeedView)
    return made.token


def file(dw: Dealwright, token: str, kind: str = "todos") -> bytes | None:
    return feed_of(dw, token, kind, lambda id: f"https://x.test/tasks/{id}")


def todos(dw: Dealwright, token: str) -> list[Todo]:
    data = file(dw, token)
    assert data is not None
    return list(Calendar.from_ical(data).walk("VTODO"))


def later(dw: Dealwright, **how: int) -> Dealwright:
    return replace(dw, now=lambda: dw.now() + timedelta(**how))


def id_of(todo: Todo) -> str:
    return str(todo["uid"]).partition("@")[0]


def test_only_their_own_tasks_in_their_language_and_no_amount(dw: Dealwright) -> None:
    chen, li = file(dw, address(dw)), file(dw, address(dw, "li"))
    assert chen and li
    assert [str(one["summary"]) for one in Calendar.from_ical(chen).walk("VTODO")] == [
        "首次电话 · Deal 1",
        "首次电话 · Deal 2",
    ]
    (only,) = Calendar.from_ical(li).walk("VTODO")
    assert (str(only["summary"]), str(only["url"])) == ("First call · Deal 3", f"https://x.test/tasks/{id_of(only)}")
    assert "New lead follow-up" in str(only["description"]) and "cadences/new-lead.yaml:" in str(only["description"])
    assert not any(part in chen + li for part in (b"123", b"CNY", b"\xc2\xa5"))


def test_the_times_are_in_the_zone_that_was_asked_for(dw: Dealwright) -> None:
    data = file(dw, address(dw, "li", "Europe/Berlin"))
    assert data is not None and b"DUE;TZID=Europe/Berlin:20260601T083000" in data
    refused = renew_feed(dw, user(dw, "li"), "Mars/Olympus")
    assert isinstance(refused, tuple) and refused[0].code == "E115"
    assert file(dw, address(dw, "li")) is not None


def test_a_change_raises_the_sequence_and_the_name_stays(dw: Dealwright) -> None:
    token, chen = address(dw), user(dw, "chen")
    first = todos(dw, token)[0]
    id, seen = id_of(first), [(int(first["sequence"]), str(first["status"]))]
    moves = (("task.snoozed", {"until": at("2026-06-03")}), ("task.completed", {"outcome": "connected"}))
    for type, body in moves:
        answer(dw, id, type, chen, **body)
        now = next(one for one in todos(dw, token) if id_of(one) == id)
        seen.append((int(now["sequence"]), str(now["status"])))
    take_back(dw, id, task_card(dw, id, chen).answered, chen)
    back = next(one for one in todos(dw, token) if id_of(one) == id)
    seen.append((int(back["sequence"]), str(back["status"])))
    assert seen == [(0, "NEEDS-ACTION"), (1, "NEEDS-ACTION"), (2, "COMPLETED"), (3, "NEEDS-ACTION")]
    assert back["uid"] == first["uid"] and str(back["uid"]).endswith("@polaris.dealwright")


def test_what_was_closed_stays_for_two_weeks(dw: Dealwright) -> None:
    token = address(dw)
    id = id_of(todos(dw, token)[0])
    answer(dw, id, "task.skipped", user(dw, "chen"), reason="Duplicate")
    known = {id_of(one): str(one["status"]) for one in todos(later(dw, days=13, hours=23), token)}
    assert known[id] == "CANCELLED"
    assert id not in {id_of(one) for one in todos(later(dw, days=14, minutes=1), token)}


def test_a_new_address_ends_the_old_one_and_revoking_ends_all(dw: Dealwright) -> None:
    first = address(dw)
    second = address(dw)
    assert first != second and file(dw, first) is None and file(dw, second) is not None
    assert revoke_feed(dw, user(dw, "chen")) and not revoke_feed(dw, user(dw, "chen"))
    assert file(dw, second) is None and feed_view(dw, user(dw, "chen")).since is None


def test_the_token_is_not_stored_and_others_are_answered_alike(dw: Dealwright) -> None:
    token = address(dw)
    with dw.database.unit() as unit:
        feed = FeedBook(unit).of("chen")
    assert feed is not None and token not in (feed.token_hash, feed.name) and len(feed.token_hash) == 64
    assert [file(dw, wrong) for wrong in ("", "x", token[:-1], feed.token_hash, token.upper())] == [None] * 5
    assert file(dw, token, "../todos") is None


def test_who_is_disabled_or_may_see_no_tasks_any_more_has_no_feed(dw: Dealwright) -> None:
    chen, li = address(dw), address(dw, "li")

    def change(unit: Unit) -> None:
        UserBook(unit).disable("chen")
        UserBook(unit).set_roles("li", ("finance",))

    dw.database.run(change, appends=False)
    assert (file(dw, chen), file(dw, li)) == (None, None)


def test_nothing_changed_is_the_same_bytes_and_the_clock_does_not_matter(dw: Dealwright) -> None:
    token = address(dw)
    assert file(dw, token) == file(later(dw, hours=5), token)
    assert isinstance(dw.now(), datetime)
