"""At rest from the start: what lays an enrolment to rest that is already so when it begins, and until when a pause lasts.

An event pauses what is under way. A deal whose customer was complaining before it entered the cadence meets no such
event; `at_start` of the pause is the condition that is asked instead, of the deal as it then is.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.records import Cause, Enrolment, Pause
from engine.core.rules.cadence import Cadence
from engine.core.workflow.business_time import reckon
from engine.core.workflow.calendars import instant
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.dues import calendar_for, first_due, next_moment
from engine.core.workflow.settings import time_policy
from engine.core.workflow.work import Work


def began(work: Work, cadence: Cadence, enrolment: Enrolment, what: str, cause: Cause) -> Enrolment:
    """The enrolment kept with the moment of its first step, and at rest where its cadence says so."""
    ready = first_due(work, cadence, enrolment)
    work.keep(what, ready, cause)
    found = paused_at_start(work, cadence, ready)
    if found is None:
        return ready
    pause, why = found
    resting = replace(ready, pause=pause, due_at=pause.until)
    work.keep("paused", resting, why)
    return resting


def paused_at_start(work: Work, cadence: Cadence, enrolment: Enrolment) -> tuple[Pause, Cause] | None:
    """The pause of the first line whose `at_start` holds of the enrolment's deal, and why; None when none does."""
    lines = [pair for pair in enumerate(cadence.pauses) if pair[1].at_start]
    facts = _facts(work, enrolment) if lines else {}
    for number, line in lines:
        pause = pause_of(work, cadence, number, enrolment, facts)
        if line.at_start and line.at_start.holds(facts) and pause:
            read = facts_read([line.at_start, line.until_day], facts)
            return pause, cause_of(cadence.header, line.place, work.event, work.rulebook, read)
    return None


def _facts(work: Work, enrolment: Enrolment) -> Mapping[str, object]:
    """What is known of the enrolment's deal; one that is let in when another ends is of another deal than the event's."""
    if work.deal and work.deal.id == enrolment.deal:
        return work.situation.facts
    state = work.situation.state
    clock = Event("clock.ticked", enrolment.deal, work.event.source, work.event.key, work.event.at, work.event.on)
    return facts_of(clock, state, work.rulebook, state.deal(enrolment.deal))


def pause_of(
    work: Work, cadence: Cadence, number: int, enrolment: Enrolment, facts: Mapping[str, object]
) -> Pause | None:
    """The rest from the event on that the line of that number gives; None when the day on which it would end is over."""
    line, until = cadence.pauses[number], None
    day = line.until_day.value(facts) if line.until_day else None
    if isinstance(day, date):
        until = back_on(work, cadence, enrolment, day)
        if until is None:
            return None
    elif line.until_after:
        calendar = calendar_for(work, cadence, enrolment.deal)
        until = reckon(calendar, work.event.at, line.until_after, time_policy(cadence)).at
    return Pause(work.event.at, until, enrolment.due_at, f"rule.{number}", line.reason)


def back_on(work: Work, cadence: Cadence, enrolment: Enrolment, day: date) -> datetime | None:
    """The first moment from the beginning of that day on at which the enrolment's step may happen; None for a day that
    lets nothing rest."""
    calendar = calendar_for(work, cadence, enrolment.deal)
    morning = instant(calendar.time_zone, day, time.min)
    step = cadence.step(enrolment.step)
    if morning <= work.event.at or step is None:
        return None
    return next_moment(work, cadence, step, enrolment, morning).at
