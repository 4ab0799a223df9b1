"""A manager's team: each person's work in numbers, deals that do not move, and what is out of order."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from engine.app.access import NotThere, Reach, may, reach
from engine.app.dealwright import Dealwright
from engine.app.ownerless import how_many_ownerless
from engine.app.reading import Around, around, local_moment, pipeline_of, stage_title
from engine.app.tasks import tasks_of
from engine.app.views.tasks import TaskList
from engine.app.views.team import Aside, StuckDeal, TeamRow, TeamView
from engine.app.views.users import User
from engine.app.words import word
from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.core.records import Deal, Person, Task
from engine.core.workflow.availability import presence
from engine.core.workflow.idling import idle_from, idle_rule
from engine.core.workflow.pipelines import calendar_of
from engine.store.database import Unit
from engine.store.quarantine import Quarantine
from engine.store.queries.approvals import pending_approvals
from engine.store.queries.deals import quiet_deals
from engine.store.queries.tasks import counts_by_owner, open_tasks_of_deals
from engine.store.reading import records_by_id
from engine.store.state import SqlState

LOOKED_AT = 500
"""Open deals that are looked at for being stuck: those without a touch for longest, and those in their stage for longest."""
SHOWN = 25


def team_view(dw: Dealwright, viewer: User) -> TeamView:
    """Everybody below the viewer, at any distance; for operations everybody. Who left is there while they have open work."""
    now = dw.now()
    with dw.database.unit() as unit:
        known = around(unit)
        people = members(dw, known, viewer)
        stuck, complete = _stuck(dw, unit, people)
        known = Around(known.people, stuck, around(unit, stuck).accounts, known.partners)
        counts = counts_by_owner(unit, people, now, local_moment(dw, _today(dw) + timedelta(days=1), time(0)))
        asked = Counter(seat.person for one in pending_approvals(unit) for seat in one.waiting)
        mine = None if reach(viewer, "team.see") is Reach.ALL else frozenset(people)
        aside = tuple(_aside(unit, known, mine))
    held = Counter(deal.owner for deal in stuck.values())
    rows = [_row(dw, known.people[id], counts.get(id, (0, 0, 0)), asked[id], held[id], known) for id in people]
    rows = [row for row in rows if row.state != "gone" or row.open or row.stuck]
    shown = sorted(stuck.values(), key=lambda deal: (deal.last_touch_at or deal.created_at, deal.id))[:SHOWN]
    unassigned = how_many_ownerless(dw) if may(viewer, "ownerless.see") else None
    rows.sort(key=lambda row: (-row.overdue, -row.stuck, -row.open, row.name.en))
    return TeamView(
        tuple(rows), tuple(_deal(dw, deal, known) for deal in shown), len(stuck), complete, aside, unassigned
    )


def members(dw: Dealwright, known: Around, viewer: User) -> list[str]:
    """The ids of the people below the viewer; of everybody for somebody who sees all."""
    if reach(viewer, "team.see") is Reach.ALL:
        return sorted(known.people)
    today = _today(dw)
    return sorted(id for id in known.people if viewer.person in known.belongs([id], today).managers)


def tasks_of_person(dw: Dealwright, person: str, viewer: User, after: str = "") -> TaskList:
    """A page of the open tasks of somebody in the viewer's team. Raises NotThere for anybody else."""
    with dw.database.unit() as unit:
        known = around(unit)
    if person not in members(dw, known, viewer):
        raise NotThere(person)
    return replace(tasks_of(dw, person, known.person(person), after), belongs=known.belongs([person], _today(dw)))


def _today(dw: Dealwright) -> date:
    return dw.now().astimezone(dw.zone).date()


def _row(
    dw: Dealwright, person: Person, counts: tuple[int, int, int], approvals: int, stuck: int, known: Around
) -> TeamRow:
    found = presence(person, dw.now(), _today(dw))
    until = datetime.fromisoformat(found.until) if found.until else None
    day = until.astimezone(dw.zone).date() if until and until.tzinfo else until.date() if until else None
    return TeamRow(person.id, known.person(person.id), found.kind, day, *counts, approvals, stuck)


def _stuck(dw: Dealwright, unit: Unit, people: Sequence[str]) -> tuple[dict[str, Deal], bool]:
    """The open deals of those people that passed a limit of their stage or lie idle, and whether all were looked at."""
    found, complete = quiet_deals(unit, people, LOOKED_AT)
    waiting = open_tasks_of_deals(unit, [deal.id for deal in found])
    state = SqlState(unit)
    return {deal.id: deal for deal in found if late(deal, dw.now()) or idle(dw, deal, waiting, state)}, complete


def late(deal: Deal, now: datetime) -> bool:
    """True when a limit of the stage that the deal is in has passed in this visit."""
    return deal.due_level > 0 or (deal.due_at is not None and deal.due_at <= now)


def idle(dw: Dealwright, deal: Deal, waiting: Mapping[str, Sequence[Task]], state: SqlState) -> bool:
    """True when the deal lies idle by its pipeline's rule."""
    today = _today(dw)
    pipeline = idle_rule(deal, dw.rulebook, today)
    if pipeline.idle is None:
        return False
    touches = state.activities(deal.id) if pipeline.idle.touches else ()
    moment = idle_from(deal, pipeline, calendar_of("", dw.rulebook, today), waiting.get(deal.id, ()), touches)
    return moment is not None and moment <= dw.now()


def _deal(dw: Dealwright, deal: Deal, known: Around) -> StuckDeal:
    pipeline, amount = pipeline_of(dw, deal), deal.facts.get("amount")
    stage = pipeline.stage(deal.stage) if pipeline else None
    passed = late(deal, dw.now())
    levels = stage.stay.levels if passed and stage and stage.stay else ()
    place = levels[min(max(deal.due_level - 1, 0), len(levels) - 1)].place if levels else Place("")
    return StuckDeal(
        deal.id, str(deal.facts.get("name") or deal.id), known.account_of(deal), known.person(deal.owner), stage_title(dw, deal),
        deal.entered_stage_at, deal.last_touch_at, passed, not passed, amount if isinstance(amount, Money) else None, place,
    )  # fmt: skip


def _aside(unit: Unit, known: Around, mine: frozenset[str] | None) -> Iterable[Aside]:
    """Events in quarantine about those people or their deals; all of them for who sees everybody."""
    waiting = Quarantine(unit).waiting(limit=SHOWN * 8)
    owners = {deal.id: deal.owner for deal in records_by_id(unit, Deal, [one.subject for one in waiting])}
    for one in waiting:
        owner = owners.get(one.subject, one.subject if one.subject in known.people else "")
        if mine is None or owner in mine:
            problem = Problem(one.code, Place(one.event), one.params)
            deal = one.subject if one.subject in owners else ""
            yield Aside(
                one.event, word(one.type), deal, known.person(owner) if owner else word(""), problem, one.since_at
            )
