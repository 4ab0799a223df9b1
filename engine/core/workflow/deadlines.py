"""When a task of a rule is due: after a wait in the company's time or the person's own, or on a date of the deal."""

from datetime import date, time

from engine.core.rules.cadence import TaskTemplate
from engine.core.rules.company import Calendar
from engine.core.workflow.availability import own_calendar
from engine.core.workflow.business_time import Reckoned, day_moved, reckon, roll
from engine.core.workflow.calendars import instant, working_spans
from engine.core.workflow.notes import Note, note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.work import Work


def due_of(work: Work, template: TaskTemplate, owner: str) -> Reckoned:
    """The moment, and what the calendar and the person's absences had to do with it; at once where nothing is said."""
    event = work.event
    dated = due_on_date(work, template) if template.due_on else None
    if dated:
        return dated
    if template.due_in is None:
        return Reckoned(event.at)
    calendar = calendar_of("", work.rulebook, event.on)
    return reckon(in_time_of(work, template, owner, calendar), event.at, template.due_in)


def in_time_of(work: Work, template: TaskTemplate, owner: str, calendar: Calendar) -> Calendar:
    """The calendar by which the task's time is counted: the given one, or its owner's own."""
    person = work.situation.state.person(owner) if template.in_time_of == "owner" else None
    return own_calendar(calendar, person) if person else calendar


def due_on_date(work: Work, template: TaskTemplate) -> Reckoned | None:
    """The end of work on the day that the deal's fact says, as it is then, or so long before or after it; None while it
    is not set."""
    day = work.situation.facts.get(template.due_on)
    if not isinstance(day, date):
        return None
    calendar = calendar_of("", work.rulebook, work.event.on)
    notes: tuple[Note, ...] = (note("due_on", template.due_on, day.isoformat()),)
    for away, back in ((template.due_before, True), (template.due_after, False)):
        if away:
            day = day_moved(calendar, day, away, back)
            notes += (note("due_before" if back else "due_after", away, day.isoformat()),)
    spans = working_spans(calendar, day)
    at = spans[-1][1] if spans else roll(calendar, instant(calendar.time_zone, day, time.min))
    return Reckoned(at, notes)
