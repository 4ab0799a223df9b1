"""Where a ticket stands at a moment: its course under the service level that holds for it, and its clocks."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from engine.core.events import Event, rank_of
from engine.core.rules.company import Calendar
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.rules.service_level import Closing, Promise, ServiceLevel
from engine.core.service.clocks import Clock, clocks_of, state_of
from engine.core.service.courses import Course, course_of
from engine.core.service.steps import Due, steps_ahead
from engine.core.situation import State
from engine.core.tickets import Ticket, TicketTold
from engine.core.workflow.business_time import TimePolicy, reckon
from engine.core.workflow.pipelines import calendar_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket at a moment. `level` and `promise` None: nothing is promised, and there are no clocks."""

    ticket: Ticket
    course: Course
    level: ServiceLevel | None = None
    promise: Promise | None = None
    clocks: tuple[Clock, ...] = ()
    ahead: tuple[Due, ...] = ()

    @property
    def state(self) -> str:
        """failed, fulfilled, paused, which date is to be kept next, or empty where nothing is promised."""
        return state_of(list(self.clocks), self.course) if self.clocks else ""

    @property
    def due_at(self) -> datetime | None:
        """When the clock must look: the next step, or the moment at which the ticket closes by itself."""
        moments = [due.at for due in self.ahead[:1]]
        return min([*moments, *([self.course.closes_at] if self.course.closes_at else [])], default=None)

    @property
    def stood(self) -> Ticket:
        """The ticket with all that as its own."""
        service, limit = (self.level.header.version if self.level else "", self.promise.id if self.promise else "")
        return replace(self.ticket, status=self.course.status, facts=self.course.facts, service=service, limit=limit,
                       due_at=self.due_at)  # fmt: skip


def standing_of(ticket: Ticket, at: datetime, state: State, rulebook: Rulebook) -> Standing:
    """The ticket's standing at a moment. The rule and the calendar are those in force on the day it was opened; which
    promise holds goes by its own facts as they now are, and by its account's on that day."""
    level, course = level_of(ticket, rulebook), course_of(ticket.told, at)
    if level is None:
        return Standing(ticket, course)
    promise = level.promise(facts_at_opening(replace(ticket, facts=course.facts), state))
    named = promise.calendar if promise else ""
    calendar = calendar_of(named or level.calendar, rulebook, ticket.opened_on)
    if level.closing:
        course = course_of(ticket.told, at, partial(closes_at, level.closing, calendar))
    if promise is None:
        return Standing(ticket, course, level)
    clocks = clocks_of(course, level, promise, calendar, at)
    ahead = () if course.status in ("resolved", "closed") else steps_ahead(level, clocks, calendar, ticket.reached)
    return Standing(ticket, course, level, promise, tuple(clocks), tuple(ahead))


def given(ticket: Ticket, to: str, event: Event, state: State, rulebook: Rulebook) -> Ticket:
    """The ticket as it stands once a rule has given it to that person at the event."""
    one = TicketTold(
        event.at, event.on, rank_of("ticket.given"), f"{event.id}+given", "changed", facts={"owner": to}
    )  # fmt: skip
    every = tuple(sorted([*ticket.told, one], key=lambda past: past.order))
    return standing_of(replace(ticket, told=every), every[-1].at, state, rulebook).stood


def level_of(ticket: Ticket, rulebook: Rulebook) -> ServiceLevel | None:
    """The service level in force on the day the ticket was opened, of which there is at most one; None without."""
    return next(iter(in_force(rulebook.service_levels, ticket.opened_on)), None)


def closes_at(closing: Closing, calendar: Calendar, status: str, word_at: datetime) -> datetime | None:
    """When a ticket in that status closes by itself, so long after the last word; None: it does not."""
    if status not in closing.statuses:
        return None
    return reckon(calendar, word_at, closing.after, TimePolicy(on_nonworking="run")).at


def facts_at_opening(ticket: Ticket, state: State) -> dict[str, object]:
    """The ticket's own facts, and its account's as they were when it was opened."""
    account = state.account(ticket.account) if ticket.account else None
    if account is None:
        return own_facts(ticket)
    known = {"id": account.id, "created_on": account.created_on, **account.at(ticket.opened_at)}
    told = {f"account.{name}": value for name, value in known.items() if value not in (None, "")}
    return own_facts(ticket) | told | {"account": account.id}


def own_facts(ticket: Ticket) -> dict[str, object]:
    """What a condition may know of a ticket itself."""
    known = {"id": ticket.id, "status": ticket.status, "opened_on": ticket.opened_on, **ticket.facts}
    return {"ticket": ticket.id} | {f"ticket.{name}": v for name, v in known.items() if v not in (None, "")}
