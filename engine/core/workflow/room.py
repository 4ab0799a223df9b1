"""Room: how many enrolments may be under way at once, and how many tasks of cadences a person gets in a day.

Who finds no room waits without a date, so that nothing of theirs can be overdue, and is let in when somebody ends: the
higher priority first, then who was enrolled earlier, then by id. The task that a full day moves says so.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta

from engine.core.outcomes import Kept
from engine.core.records import Enrolment, Task
from engine.core.rules.cadence import Cadence, Step
from engine.core.workflow.at_start import began
from engine.core.workflow.business_time import Reckoned
from engine.core.workflow.calendars import instant, local
from engine.core.workflow.causes import cause_of
from engine.core.workflow.dues import calendar_for, next_moment
from engine.core.workflow.notes import Note, note
from engine.core.workflow.settings import limit, version_of
from engine.core.workflow.work import Work

CAPACITY = "capacity"


def no_room(work: Work, cadence: Cadence, owner: str) -> tuple[Note, ...]:
    """Why there is no room for one more of that owner's, as a note; empty when there is."""
    for key, whose in (("active_limit", ""), ("active_limit_per_person", owner)):
        most = limit(cadence, key)
        if most is not None and len(_active(work, cadence.header.id, whose)) >= most:
            return (note("no_room", most, whose),)
    return ()


def _active(work: Work, cadence: str, owner: str) -> frozenset[str]:
    """The ids of the cadence's enrolments that take up room, of one owner or (empty) of all, as the event has left them."""
    found = set(work.situation.state.active_enrolments(cadence, owner))
    for one in work.kept_enrolments():
        if one.cadence == cadence:
            takes = one.takes_room and owner in ("", one.owner)
            (found.add if takes else found.discard)(one.id)
    return frozenset(found)


def let_in(work: Work, cadence: str, owners: tuple[str, ...]) -> None:
    """Whoever waits for room in the cadence and now has it begins, in the stated order; of those owners where each has
    their own limit."""
    kept = {one.id: one for one in work.kept_enrolments()}
    waiting = [one for one in work.situation.state.pending_enrolments(cadence, 20 + len(kept)) if one.id not in kept]
    waiting += [one for one in kept.values() if one.cadence == cadence and one.pending and not one.ended_as]
    for one in sorted(waiting, key=lambda enrolment: enrolment.turn):
        version = version_of(one, work.rulebook)
        if version and (one.owner in owners or limit(version, "active_limit") is not None):
            _begin_if_room(work, version, one)


def _begin_if_room(work: Work, cadence: Cadence, enrolment: Enrolment) -> None:
    if no_room(work, cadence, enrolment.owner):
        return
    ready = replace(enrolment, pending="", anchor_at=work.event.at)
    cause = cause_of(cadence.header, cadence.header.place, work.event, work.rulebook, notes=(note("room"),))
    began(work, cadence, ready, "let_in", cause)


def full_day(
    work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, owner: str, at: datetime
) -> Reckoned | None:
    """The next day's moment for a task that would be one too many for the person on its day; None when it is not."""
    most = limit(cadence, "daily_limit_per_person")
    if most is None:
        return None
    calendar = calendar_for(work, cadence, enrolment.deal)
    day = local(calendar, at).date()
    first, after = (instant(calendar.time_zone, one, time.min) for one in (day, day + timedelta(days=1)))
    if len(_made(work, owner, first, after)) < most:
        return None
    due = next_moment(work, cadence, step, enrolment, after)
    moved = note("full_day", most, owner, day, local(calendar, due.at).date())
    earlier = tuple(one for one in enrolment.notes if one[0] == "full_day")
    return Reckoned(due.at, (*earlier, moved, *due.notes))


def _made(work: Work, owner: str, first: datetime, after: datetime) -> set[str]:
    """The ids of the tasks that cadences made for the person in [first, after), as the event has left them."""
    found = set(work.situation.state.tasks_made(owner, first, after))
    own = (o.record for o in work.outcomes if isinstance(o, Kept) and isinstance(o.record, Task))
    return found | {t.id for t in own if t.enrolment and t.owner == owner and first <= t.made_at < after}
