"""What managers tell of their people a few days after each quarter, as the sample's scorecards ask them to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from engine.app.demo.cast import PEOPLE, Member
from engine.app.demo.chance import Chance
from engine.app.demo.lives import SOURCE, ZONE, Delivery
from engine.core.events import Event

_FIRST = date(2026, 1, 1)
"""Since when the sample has scorecards."""

_AFTER = timedelta(days=2)
_ASKED = {
    "account_executive": ("account-executive", (("customer-satisfaction", 76, 99), ("records", 55, 100))),
    "sales_manager": ("sales-manager-objectives", (("new-market", 40, 140), ("team-training", 70, 110), ("forecast", 60, 100))),
}  # fmt: skip


def scores(seed: int, first_on: date, last_on: date) -> Iterator[Delivery]:
    """Two days after each quarter that ended in the story, in the morning."""
    chance = Chance(seed, "scores")
    for start in (date(year, month, 1) for year in range(first_on.year, last_on.year + 1) for month in (1, 4, 7, 10)):
        told_on = _next_quarter(start) + _AFTER
        if start >= max(first_on, _FIRST) and told_on <= last_on:
            for member in PEOPLE:
                if member.role in _ASKED and (member.left_on is None or member.left_on > told_on):
                    yield from _told(member, start, told_on, chance)


def _told(member: Member, start: date, told_on: date, chance: Chance) -> Iterator[Delivery]:
    """What the member's manager tells of each KPI."""
    card, asked = _ASKED[member.role]
    period = f"{start.year}-Q{start.month // 3 + 1}"
    at = datetime.combine(told_on, time(9), ZONE).astimezone(UTC)
    for kpi, least, most in asked:
        body = {"scorecard": card, "kpi": kpi, "period": period, "value": f"{chance.between(least, most)}%"}
        key = f"score-{member.id}-{kpi}-{period}"
        yield Delivery(at, Event("score.given", member.id, SOURCE, key, at, told_on, member.manager, body))


def _next_quarter(start: date) -> date:
    return (start + timedelta(days=95)).replace(day=1)
