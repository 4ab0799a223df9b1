"""The board: the open deals of a pipeline by stage, with counts and sums, and what deserves a look."""

from engine.app.access import Reach, may, reach
from engine.app.deals import belongs_to, deal_row, owners_seen
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around, header_title
from engine.app.views.board import Board, BoardCard, BoardColumn
from engine.app.views.choices import Choice
from engine.app.views.users import User
from engine.core.money import Money
from engine.core.records import Deal
from engine.core.rules.header import Title
from engine.core.rules.pipeline import Pipeline, Stage
from engine.core.rules.rulebook import in_force
from engine.core.workflow.gates import next_stage
from engine.core.workflow.idling import idle_moment
from engine.store.database import Unit
from engine.store.queries.deals import DealFilter as Wanted
from engine.store.queries.deals import StageSum, deal_page, stage_sums
from engine.store.state import SqlState

CARDS = 25
"""Deals shown of one stage; the list shows the rest."""


def board(dw: Dealwright, pipeline: str, owner: str, viewer: User) -> Board:
    """The columns of one pipeline: that named, else the first; the deals that the viewer may see."""
    today = dw.now().astimezone(dw.zone).date()
    pipelines = in_force(dw.rulebook.pipelines, today)
    shown = next((one for one in pipelines if one.header.id == pipeline), pipelines[0])
    with dw.database.unit() as unit:
        known = around(unit)
        seen = owners_seen(dw, known, viewer)
        owners = [owner] if owner and (seen is None or owner in seen) else seen
        sums = stage_sums(unit, Wanted(owners, "open", shown.header.id))
        columns = tuple(
            _column(dw, unit, shown, stage, owners, sums, viewer) for stage in shown.stages if not stage.closes
        )
    people = sorted(seen) if seen is not None else sorted(known.people)
    return Board(
        shown.header.id, tuple(Choice(one.header.id, header_title(one.header)) for one in pipelines),
        columns, owner, tuple(Choice(id, known.person(id)) for id in people if id), reach(viewer, "deal.see") is not Reach.OWN,
    )  # fmt: skip


def _column(
    dw: Dealwright, unit: Unit, pipeline: Pipeline, stage: Stage, owners: list[str] | None, sums: tuple[StageSum, ...],
    viewer: User,
) -> BoardColumn:  # fmt: skip
    found = deal_page(unit, Wanted(owners, "open", pipeline.header.id, stage.id), limit=CARDS)
    state, known = SqlState(unit), around(unit, [deal.id for deal in found])
    state.preload(deals=[deal.id for deal in found])
    cards = tuple(_card(dw, deal, pipeline, state, known, viewer) for deal in found)
    here = [one for one in sums if one.stage == stage.id]
    count = sum(one.count for one in here)
    money = tuple(Money(one.minor, one.currency) for one in here if one.currency)
    return BoardColumn(stage.id, _title(stage), count, money, cards, max(0, count - len(cards)))


def _title(stage: Stage) -> Title:
    return stage.title if stage.title.en or stage.title.zh else Title(stage.id, stage.id)


def _card(dw: Dealwright, deal: Deal, pipeline: Pipeline, state: SqlState, known: Around, viewer: User) -> BoardCard:
    tasks, now = state.tasks(deal.id), dw.now()
    idle = idle_moment(deal, state, dw.rulebook, now.astimezone(dw.zone).date())
    late = any(task.status == "open" and task.due_at < now for task in tasks)
    waits = any(one.state == "pending" for one in state.approvals(deal.id))
    following = next_stage(pipeline, deal.stage)
    workable = may(viewer, "deal.work", belongs_to(dw, deal, known))
    return BoardCard(
        deal_row(dw, deal, known, tasks), idle is not None and idle <= now, late, waits,
        following.id if following and workable else "", _title(following) if following else Title(),
    )  # fmt: skip
