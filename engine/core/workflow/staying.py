"""When a level of a stage's time limit is reached, whatever the visits before."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.core.durations import Duration, DurationUnit
from engine.core.records import Deal, Stayed
from engine.core.rules.company import Calendar
from engine.core.rules.pipeline import Stay
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.business_time import (
    Reckoned,
    add_business_time,
    business_days_between,
    business_time_between,
    reckon,
)
from engine.core.workflow.pipelines import calendar_of

_HOURS = {DurationUnit.BUSINESS_HOURS: timedelta(hours=1), DurationUnit.BUSINESS_MINUTES: timedelta(minutes=1)}


def level_due(deal: Deal, stay: Stay, number: int, before: datetime, rulebook: Rulebook, on: date) -> Reckoned | None:
    """The moment of that level in the deal's visit; None when there is no such level. `before` is when the one before it
    was reached. A level that earlier visits used up is due on entering."""
    if number >= len(stay.levels):
        return None
    level, calendar = stay.levels[number], calendar_of("", rulebook, on)
    if level.chained:
        return reckon(calendar, before, level.after)
    if stay.on_reentry == "restart":
        return reckon(calendar, deal.entered_stage_at, level.after)
    spent = [one for one in deal.stays if one.stage == deal.stage]
    zone = ZoneInfo(rulebook.company.time_zone)
    return _going_on(calendar, deal.entered_stage_at, level.after, spent, zone)


def _going_on(calendar: Calendar, entered: datetime, after: Duration, spent: list[Stayed], zone: ZoneInfo) -> Reckoned:
    """The end of what earlier visits have left of the time, each measured in the limit's own unit."""
    if after.unit in _HOURS:
        used = sum((business_time_between(calendar, one.from_at, one.until_at) for one in spent), timedelta())
        left = after.count * _HOURS[after.unit] - used
        return Reckoned(add_business_time(calendar, entered, left) if left > timedelta() else entered)
    if after.unit is DurationUnit.BUSINESS_DAYS:
        days = sum(business_days_between(calendar, _day(one.from_at, zone), _day(one.until_at, zone)) for one in spent)
        return (
            reckon(calendar, entered, Duration(after.count - days, after.unit))
            if days < after.count
            else Reckoned(entered)
        )
    used = sum((one.until_at - one.from_at for one in spent), timedelta())
    due = reckon(calendar, entered - used, after)
    return Reckoned(max(due.at, entered), due.notes)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(UTC).astimezone(zone).date()
