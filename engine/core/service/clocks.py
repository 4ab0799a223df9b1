"""The clocks of a ticket: each promised limit with its date, how long it took, and by how much it was missed.

A limit in business time is measured in business time: what passes at night or on a holiday neither uses it up nor makes it
later. Time on hold moves the date of the resolution by just as much. Each time is a timedelta; none at all is None, and
nothing (an answer in the same moment) is zero.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.core.durations import Duration
from engine.core.rules.company import Calendar
from engine.core.rules.service_level import Promise, ServiceLevel
from engine.core.service.courses import Course, Stretch
from engine.core.workflow.business_time import TimePolicy, add_business_time, business_time_between, reckon
from engine.core.workflow.notes import Note

NOTHING = timedelta()
_AS_IT_COMES = TimePolicy(on_nonworking="run")
"""Calendar time that is promised ends when it ends, also at night."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit. `round` counts what it is about from 1: the exchanges, the resolutions.

    `due_at` is its date with everything on hold so far, `met_at` when it was met (None: not yet), `took` the time until
    then without what was on hold. `late` is by how much it is or was missed (None: it is not), `paused_at` since when it
    rests. `notes` are the calendar's.
    """

    limit: str
    round: int
    due_at: datetime
    met_at: datetime | None = None
    took: timedelta | None = None
    late: timedelta | None = None
    paused_at: datetime | None = None
    notes: tuple[Note, ...] = ()

    @property
    def runs(self) -> bool:
        """True while time counts against it."""
        return self.met_at is None and self.paused_at is None


def clocks_of(course: Course, level: ServiceLevel, promise: Promise, calendar: Calendar, now: datetime) -> list[Clock]:
    """Every clock of the ticket at a moment: the first response, each exchange, each resolution, in that order."""
    return [
        *_first_response(course, promise.first_response, calendar, now),
        *_next_responses(course, promise.next_response, calendar, now),
        *_resolutions(course, level, promise.resolution, calendar, now),
    ]


def state_of(clocks: list[Clock], course: Course) -> str:
    """In a word: failed, fulfilled, paused, or which date is to be kept next: first_response_due, next_response_due,
    resolution_due. A resolution that came late and was taken up again does not count against the one that is due."""
    last = {clock.limit: clock for clock in clocks}
    if any(clock.late is not None for clock in last.values()):
        return "failed"
    open_ones = [clock for clock in last.values() if clock.met_at is None]
    due = next((clock.limit for clock in open_ones if clock.runs), "")
    if due and course.status not in ("resolved", "closed"):
        return f"{due}_due"
    return "paused" if any(clock.paused_at for clock in open_ones) else "fulfilled"


def longest_exchange(clocks: list[Clock]) -> Clock | None:
    """The answered exchange that took longest, or None."""
    answered = [clock for clock in clocks if clock.limit == "next_response" and clock.took is not None]
    return max(answered, key=lambda clock: (clock.took or NOTHING, -clock.round), default=None)


def between(calendar: Calendar, limit: Duration, start: datetime, end: datetime) -> timedelta:
    """The time in [start, end) as the limit counts it: working time, or all of it."""
    if limit.unit.in_business_time:
        return business_time_between(calendar, start, end)
    return max(end - start, NOTHING)


def later(calendar: Calendar, limit: Duration, at: datetime, by: timedelta) -> datetime:
    """So much later, as the limit counts time; the same moment for nothing."""
    if not by:
        return at
    return add_business_time(calendar, at, by) if limit.unit.in_business_time else at + by


def _first_response(course: Course, limit: Duration | None, calendar: Calendar, now: datetime) -> Iterator[Clock]:
    """What was closed without a word needs none any more."""
    if limit is not None:
        over = next((one.from_at for one in course.stretches if one.status == "closed"), None)
        met_at = course.first_reply_at or over
        yield _plain("first_response", 1, course.opened_at, met_at, limit, calendar, now)


def _next_responses(course: Course, limit: Duration | None, calendar: Calendar, now: datetime) -> Iterator[Clock]:
    if limit is None:
        return
    asked: list[tuple[datetime, datetime | None]] = [*course.exchanges]
    asked += [(course.waiting_since, None)] if course.waiting_since else []
    for number, (since, answered_at) in enumerate(asked, start=1):
        yield _plain("next_response", number, since, answered_at, limit, calendar, now)


def _plain(
    name: str, number: int, since: datetime, met_at: datetime | None, limit: Duration, calendar: Calendar, now: datetime
) -> Clock:
    """A clock that never rests."""
    due = reckon(calendar, since, limit, _AS_IT_COMES)
    end = met_at or now
    took = between(calendar, limit, since, met_at) if met_at else None
    late = between(calendar, limit, due.at, end) if end > due.at else None
    return Clock(name, number, due.at, met_at, took, late, None, due.notes)


def _resolutions(
    course: Course, level: ServiceLevel, limit: Duration | None, calendar: Calendar, now: datetime
) -> Iterator[Clock]:
    """A clock for each resolution, and one for what is not resolved; a closing without one ends the last."""
    if limit is None:
        return
    ends = [one for one in course.stretches if one.status in ("resolved", "closed")]
    starts = [course.opened_at, *course.reopened_at]
    rests = [one for one in course.stretches if _rests(one, level)]
    for number, start in enumerate(starts, start=1):
        end = next((one.from_at for one in ends if one.from_at >= start), None)
        since = start if level.on_reopen == "restart" else course.opened_at
        own = [one for one in rests if one.from_at >= since and (end is None or one.from_at < end)]
        yield _resting(number, since, end, own, limit, calendar, now)


def _rests(stretch: Stretch, level: ServiceLevel) -> bool:
    """On hold; or resolved and taken up again, where the clock goes on."""
    over = stretch.status in ("resolved", "closed") and stretch.until_at is not None
    return stretch.status in level.holds or (over and level.on_reopen == "go_on")


def _resting(
    number: int, since: datetime, met_at: datetime | None, rests: list[Stretch], limit: Duration, calendar: Calendar,
    now: datetime,
) -> Clock:  # fmt: skip
    """The clock of a resolution: its date is later by each rest that began before it."""
    first = reckon(calendar, since, limit, _AS_IT_COMES)
    due, rested = first.at, NOTHING
    for rest in rests:
        time = between(calendar, limit, rest.from_at, rest.until_at or now)
        rested += time
        if rest.from_at <= due:
            due = later(calendar, limit, due, time)
    paused_at = rests[-1].from_at if rests and rests[-1].until_at is None and met_at is None else None
    end = met_at or paused_at or now
    took = between(calendar, limit, since, met_at) - rested if met_at else None
    late = between(calendar, limit, due, end) if end > due else None
    return Clock("resolution", number, due, met_at, took, late, paused_at, first.notes)
