"""What people ask to be allowed in the story, and what those who are asked say to it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from engine.app.demo.chance import Chance
from engine.app.demo.lives import SOURCE, ZONE, Birth, Delivery
from engine.core.events import Event
from engine.core.records import Task

_EVERY = 30
_REASONS = (
    "公开招标，不接受拜访",
    "a public tender that forbids visits",
    "客户工厂在国外",
    "the plant is closed to visitors",
)


def requests(birth: Birth, seed: int) -> Iterator[Delivery]:
    """Every thirtieth deal's owner asks to negotiate without a visit, two days after the deal began."""
    if birth.number % _EVERY:
        return
    deal, on = f"D-{birth.number:05d}", birth.on + timedelta(days=2)
    at = datetime.combine(on, time(15), ZONE).astimezone(UTC)
    body = {"approval": "no-visit", "reason": Chance(seed, f"asks-{deal}").one_of(_REASONS)}
    yield Delivery(at, Event("approval.requested", deal, SOURCE, f"{deal}-asks", at, on, birth.owner.id, body))


def answer(task: Task, at: datetime, day: date, chance: Chance) -> Event:
    """Most of what is asked is agreed to."""
    rule = task.purpose.removeprefix("approve-")
    agreed = chance.percent(80)
    body = {"approval": rule} if agreed else {"approval": rule, "reason": "the amount is too small for that"}
    word = "granted" if agreed else "refused"
    return Event(f"approval.{word}", task.deal, SOURCE, f"{word}-{task.id}-{day}", at, day, task.owner, body)
