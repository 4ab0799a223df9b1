"""Sentences about a person's tasks in their calendar program."""

from icalendar import Calendar

from engine.app.calendar_feeds import feed_of, renew_feed, revoke_feed
from engine.app.users import add_user, user_named
from engine.app.views.feeds import FeedView
from engine.app.views.users import User
from tests.steps.facts import Table
from tests.steps.sentences import then, when
from tests.steps.story import Story


def _user(story: Story, person: str) -> User:
    """The person as somebody who signs in and reads in the language of the feature."""
    if user_named(story.house, person) is None:
        roles = story.viewer(person).roles
        assert add_user(story.house, person, "a password of the features", roles, person, story.language) == ()
    found = user_named(story.house, person)
    assert found is not None
    return found


@when("{person} makes a calendar address", "{person}生成日历地址")
def makes_address(story: Story, person: str) -> None:
    """A new one; the former ends."""
    made = renew_feed(story.house, _user(story, person))
    assert isinstance(made, FeedView)
    story.addresses.append(made.token)


@when("{person} ends the calendar address", "{person}停用日历地址")
def ends_address(story: Story, person: str) -> None:
    """It leads nowhere."""
    assert revoke_feed(story.house, _user(story, person))


@then("the newest calendar address shows exactly", "最新的日历地址有且仅有")
def shows(story: Story, datatable: Table) -> None:
    """Each task's title and its status as iCalendar calls it; no amount anywhere."""
    data = _read(story, story.addresses[-1])
    assert data is not None and b"CNY" not in data
    found = [[str(one["summary"]), str(one["status"])] for one in Calendar.from_ical(data).walk("VTODO")]
    assert found == datatable, f"{found}"


@then("the former calendar address shows nothing", "此前的日历地址不再有内容")
def former_shows_nothing(story: Story) -> None:
    """As if it had never been."""
    assert story.addresses[:-1] and not any(_read(story, token) for token in story.addresses[:-1])


@then("no calendar address shows anything", "所有日历地址均无内容")
def none_shows(story: Story) -> None:
    """Neither the last nor any before it."""
    assert story.addresses and not any(_read(story, token) for token in story.addresses)


def _read(story: Story, token: str) -> bytes | None:
    return feed_of(story.house, token, "todos", lambda id: f"https://x.test/{id}")
