"""When a step falls due: its wait from where it counts, off days off, into its window."""

from dataclasses import replace
from datetime import datetime

from engine.core.contacts import Contact
from engine.core.records import Enrolment
from engine.core.rules.cadence import Cadence, Step
from engine.core.rules.company import Calendar
from engine.core.rules.rulebook import in_force
from engine.core.workflow.business_time import Reckoned, reckon
from engine.core.workflow.calendars import next_working_moment
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.settings import setting, time_policy
from engine.core.workflow.windows import into_window
from engine.core.workflow.work import Work


def contact_of(work: Work, deal: str) -> Contact | None:
    """The deal's contact, or None when nobody has told of one."""
    found = work.deal if work.deal and work.deal.id == deal else work.situation.state.deal(deal)
    contact = str(found.facts.get("contact") or "") if found else ""
    return work.situation.state.contact(contact) if contact else None


def calendar_for(work: Work, cadence: Cadence, deal: str) -> Calendar:
    """The cadence's calendar, or the company's, in force on the event's day; with `holidays: contact` first that of the
    contact's zone."""
    contact = contact_of(work, deal) if setting(cadence, "holidays") == "contact" else None
    theirs = (
        c for c in in_force(work.rulebook.calendars, work.event.on) if contact and c.time_zone == contact.time_zone
    )
    return next(theirs, None) or calendar_of(cadence.calendar, work.rulebook, work.event.on)


def step_due(
    work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, start: datetime, floor: datetime | None = None
) -> Reckoned:
    """So long after `start` as the step says, in its window; not moved back to before `floor` (None: `start`)."""
    due = reckon(calendar_for(work, cadence, enrolment.deal), start, step.after, time_policy(cadence), floor)
    return in_window(work, cadence, step, enrolment, due)


def in_window(work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, due: Reckoned) -> Reckoned:
    """That moment in the step's window."""
    calendar = calendar_for(work, cadence, enrolment.deal)
    at, notes = into_window(calendar, cadence, step, contact_of(work, enrolment.deal), due.at)
    return Reckoned(at, (*due.notes, *notes))


def next_moment(work: Work, cadence: Cadence, step: Step, enrolment: Enrolment, at: datetime) -> Reckoned:
    """The first moment from then on at which the step may happen: worked, and in its window."""
    calendar = calendar_for(work, cadence, enrolment.deal)
    opening = at if setting(cadence, "on_nonworking") == "run" else next_working_moment(calendar, at)
    return in_window(work, cadence, step, enrolment, Reckoned(opening))


def first_due(work: Work, cadence: Cadence, enrolment: Enrolment) -> Enrolment:
    """The enrolment with the moment of its first step; `immediate` lets one without a wait happen at any hour."""
    step, start = cadence.steps[0], enrolment.anchor_at
    if setting(cadence, "first_step") == "immediate" and step.after.count == 0:
        return replace(enrolment, due_at=start)
    return dated(work, cadence, enrolment, step_due(work, cadence, step, enrolment, start))


def dated(work: Work, cadence: Cadence, enrolment: Enrolment, due: Reckoned) -> Enrolment:
    """The enrolment due at that moment, with the calendar that it was reckoned by and what that had to do with it."""
    version = calendar_for(work, cadence, enrolment.deal).header.version
    return replace(enrolment, due_at=due.at, notes=due.notes, calendar=version)
