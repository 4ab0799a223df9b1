"""When a deal lies idle, by the `idle` rule of its pipeline; what counts as a touch and what shields it are its keys."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.core.events import Event
from engine.core.outcomes import Ensuing
from engine.core.problems import Place
from engine.core.records import Activity, Cause, Deal, Task
from engine.core.rules.company import Calendar
from engine.core.rules.pipeline import Idle, Pipeline
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import State
from engine.core.workflow.business_time import reckon
from engine.core.workflow.causes import cause_of
from engine.core.workflow.pipelines import calendar_of, pipeline_of
from engine.core.workflow.work import Work

IDLE_FACTS = ("deal.idle", "deal.idle_days")
_WENT_IDLE = "deal.went_idle"


def idle_from(
    deal: Deal,
    pipeline: Pipeline,
    calendar: Calendar,
    tasks: Sequence[Task] = (),
    activities: Sequence[Activity] = (),
) -> datetime | None:
    """The moment from which the deal counts as idle; None when it is closed, or the pipeline never calls a deal idle.

    A length of 0 means never. A planned activity, an open task, shields the deal until the task is due.
    """
    idle = pipeline.idle
    if idle is None or idle.after.count == 0 or deal.status != "open":
        return None
    moment = reckon(calendar, idle_since(deal, idle, activities), idle.after).at
    planned = [task.due_at for task in tasks if task.status == "open"] if idle.planned_activity_shields else []
    return max([moment, *planned])


def idle_since(deal: Deal, idle: Idle, activities: Sequence[Activity] = ()) -> datetime:
    """What idle time counts from; a deal that nobody has touched was last touched when it was made."""
    match idle.since:
        case "stage_entered":
            return deal.entered_stage_at
        case "created":
            return deal.created_at
        case "last_change":
            return deal.last_at
    if not idle.touches:
        return deal.last_touch_at or deal.created_at
    return max((one.at for one in activities if one.kind in idle.touches), default=deal.created_at)


def idle_rule(deal: Deal, rulebook: Rulebook, on: date) -> Pipeline:
    """The pipeline version whose `idle` counts: today's, or with `apply: next_touch` the one of the day on which the deal
    last was touched or moved. Raises E020."""
    now = pipeline_of(deal, rulebook, on)
    if now.idle is None or now.idle.apply == "at_once":
        return now
    touched = max(deal.entered_stage_at, deal.last_touch_at or deal.entered_stage_at)
    return pipeline_of(deal, rulebook, touched.astimezone(ZoneInfo(rulebook.company.time_zone)).date())


def idle_moment(deal: Deal, state: State, rulebook: Rulebook, on: date) -> datetime | None:
    """The moment from which the deal lies idle, as things stand; None: it never will."""
    pipeline = idle_rule(deal, rulebook, on)
    if pipeline.idle is None or deal.status != "open":
        return None
    activities = state.activities(deal.id) if pipeline.idle.touches else ()
    return idle_from(deal, pipeline, calendar_of("", rulebook, on), state.tasks(deal.id), activities)


def idle_fact(name: str, event: Event, state: State, rulebook: Rulebook) -> object:
    """`deal.idle`: whether it lies idle at the event's moment; `deal.idle_days`: calendar days since what idle time counts
    from. None for a closed deal, and where the pipeline never calls a deal idle."""
    task = state.task(event.subject) if event.type.startswith("task.") else None
    deal = state.deal(task.deal if task else event.subject)
    moment = idle_moment(deal, state, rulebook, event.on) if deal else None
    if deal is None or moment is None:
        return None
    if name == "deal.idle":
        return moment <= event.at
    idle = idle_rule(deal, rulebook, event.on).idle
    assert idle is not None, "a pipeline without `idle` gives no moment"
    since = idle_since(deal, idle, state.activities(deal.id) if idle.touches else ())
    zone = ZoneInfo(rulebook.company.time_zone)
    return (event.at.astimezone(zone).date() - since.astimezone(zone).date()).days


def decide_idle(work: Work) -> None:
    """The deal with the moment at which it will lie idle; at that moment `deal.went_idle` ensues, once for each time it
    lies idle. Only where some rule listens to it."""
    deal = work.deal
    if deal is None or not _asked_for(work.rulebook):
        return
    moment = idle_moment(deal, work.situation.state, work.rulebook, work.event.on)
    if moment is None or moment == deal.idle_told_at:
        after = replace(deal, idle_at=None)
    elif work.event.type == "clock.ticked" and moment <= work.event.at:
        after = replace(deal, idle_at=None, idle_told_at=moment)
        _went_idle(work, deal, moment)
    else:
        after = replace(deal, idle_at=moment)
    if after != deal:
        work.keep("timed", after, Cause("", Place(""), work.event.id))


def _asked_for(rulebook: Rulebook) -> bool:
    """True when some automation or cadence listens to deals that go idle."""
    return (
        any(rule.on == _WENT_IDLE for rule in rulebook.automations)
        or any(rule.start.on == _WENT_IDLE for rule in rulebook.cadences)
        or any(stop.on == _WENT_IDLE for rule in rulebook.cadences for stop in rule.stop)
    )


def _went_idle(work: Work, deal: Deal, moment: datetime) -> None:
    pipeline = idle_rule(deal, work.rulebook, work.event.on)
    on = moment.astimezone(ZoneInfo(work.rulebook.company.time_zone)).date()
    event = replace(work.event, type=_WENT_IDLE, subject=deal.id, source="clock", actor="", body={}, seq=0,
                    key=f"{deal.id}@{moment.isoformat()}+idle", at=moment, on=on)  # fmt: skip
    work.outcomes.append(Ensuing(event, cause_of(pipeline.header, pipeline.header.place, work.event, work.rulebook)))
