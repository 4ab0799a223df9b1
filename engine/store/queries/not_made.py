"""What rules would have asked of somebody on a day and did not."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import CompoundSelect, select, union

from engine.store.database import Unit
from engine.store.outcomes import StoredOutcome, stored
from engine.store.tables.log import events, outcomes
from engine.store.tables.records import deals, enrolments, tasks

ASKED_OF_PEOPLE = ("step", "task", "enrolment", "escalation")


def passed_for(unit: Unit, person: str, on: date, cadences: Collection[str], limit: int) -> tuple[StoredOutcome, ...]:
    """Steps, tasks, enrolments and escalations that events of that day did not bring, of the deals, tasks and follow-ups
    that are that person's now; in the order of the log, so many at most. `cadences` are all that are there."""
    about = select(outcomes.c.event_seq, outcomes.c.number).where(
        outcomes.c.subject_id.in_(_own(person, cadences)),
        outcomes.c.kind == "passed",
        outcomes.c.what.in_(ASKED_OF_PEOPLE),
    ).subquery()  # fmt: skip
    here = (outcomes.c.event_seq == about.c.event_seq) & (outcomes.c.number == about.c.number)
    query = select(outcomes).join(about, here).join(events, events.c.seq == outcomes.c.event_seq)
    query = query.where(events.c.day == on).order_by(outcomes.c.event_seq, outcomes.c.number).limit(limit)
    return tuple(stored(row) for row in unit.rows(query))


def _own(person: str, cadences: Collection[str]) -> CompoundSelect[tuple[str]]:
    """The ids of the person's deals, their tasks, the follow-ups of these and those that run for them: each by an index."""
    e, deals_own = enrolments.c, select(deals.c.id).where(deals.c.owner == person)
    running = select(e.id).where(e.cadence.in_(sorted(cadences)), e.ended_as == "", e.pending == "", e.owner == person)
    return union(
        deals_own,
        select(tasks.c.id).where(tasks.c.owner == person),
        select(tasks.c.enrolment).where(tasks.c.owner == person),
        select(e.id).where(e.deal.in_(deals_own)),
        running,
    )
