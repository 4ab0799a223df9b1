"""Sentences about time: the clock, what falls due, working days and hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

from engine.core.durations import Duration
from engine.core.workflow.business_time import reckon
from tests.steps.sentences import then, when
from tests.steps.story import Story


@when("it is {moment}", "现在是{moment}")
def it_is(story: Story, moment: datetime) -> None:
    """The clock has come to that minute; everything that was due by then is done."""
    story.nothing_overlooked()
    story.reach(moment)


@then(
    "{duration} after {moment} is {later:moment}, by the calendar {title} in {file}",
    "按 {file} 中的日历{title}，{moment}之后 {duration} 是{later:moment}",
)
def later_is(story: Story, duration: Duration, moment: datetime, later: datetime, title: str, file: str) -> None:
    """How a calendar counts; both moments are local to its zone."""
    calendars = story.house.rulebook.calendars
    calendar = next(one for one in calendars if title in (one.header.title.en, one.header.title.zh))
    assert calendar.header.place.file == file, calendar.header.place
    zone = ZoneInfo(calendar.time_zone)
    found = reckon(calendar, moment.replace(tzinfo=zone), duration).at.astimezone(zone)
    assert found.replace(tzinfo=None) == later.replace(tzinfo=None), found
