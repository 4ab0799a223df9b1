"""Deals as people see them: the list, one deal with its gate and its story, and a move of its stage."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from engine.app.access import NotThere, NotYours, Reach, may, reach, sees_pay_of
from engine.app.approvals import approvals_of_deal
from engine.app.asking import ask
from engine.app.behind import behind
from engine.app.dealwright import Dealwright
from engine.app.following import ASKED, cadences_to_enter, enrolment_row
from engine.app.gates import Asking, stage_rows
from engine.app.outcomes import outcomes_for
from engine.app.public_pools import held_row
from engine.app.reading import Around, around, component_title, header_title, pipeline_of, stage_title
from engine.app.recording import Recorded
from engine.app.refusals import Problems
from engine.app.tasks import activity_row, task_row
from engine.app.ticket_rows import open_tickets_of
from engine.app.timelines import timeline_rows
from engine.app.views.choices import Belongs, Choice
from engine.app.views.deals import DealEarning, DealFact, DealFilter, DealPage, DealRow, DealView
from engine.app.views.users import User
from engine.app.why import fact_title, value_title
from engine.app.why_not import not_fired
from engine.app.words import KINDS, choices, word
from engine.core.events import Event
from engine.core.facts import facts_of, line_facts
from engine.core.formulas import Facts
from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.core.numerals import shown_number
from engine.core.records import Deal, Task
from engine.core.rules.header import Title
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.rulebook import in_force
from engine.core.workflow.idling import idle_from
from engine.store.database import Unit
from engine.store.queries.deals import DealFilter as Wanted
from engine.store.queries.deals import count_deals, deal_page, timeline
from engine.store.runs import RunBook
from engine.store.state import SqlState

PAGE = 50


def deals(dw: Dealwright, asked: DealFilter, viewer: User) -> DealPage:
    """One page of the deals that the viewer may see, the latest touched first."""
    with dw.database.unit() as unit:
        known = around(unit)
        owners = owners_seen(dw, known, viewer)
        chosen = [asked.owner] if asked.owner and (owners is None or asked.owner in owners) else owners
        wanted = Wanted(chosen, asked.status, "", asked.stage, "", asked.text)
        found = deal_page(unit, wanted, after=_cursor(unit, asked.after), limit=PAGE + 1)
        total = count_deals(unit, wanted)
        known = around(unit, [deal.id for deal in found])
        state = SqlState(unit)
        state.preload(deals=[deal.id for deal in found])
        rows = tuple(deal_row(dw, deal, known, state.tasks(deal.id)) for deal in found[:PAGE])
    following = found[PAGE - 1].id if len(found) > PAGE else ""
    people = sorted(owners if owners is not None else {d.owner for d in found})
    return DealPage(
        rows, following, total, _stage_choices(dw), tuple(Choice(id, known.person(id)) for id in people if id)
    )


def owners_seen(dw: Dealwright, known: Around, viewer: User) -> list[str] | None:
    """Whose deals the viewer may see: None for everybody's."""
    width = reach(viewer, "deal.see")
    if width is Reach.ALL:
        return None
    today = dw.now().date()
    team = [id for id in known.people if width is Reach.TEAM and viewer.person in known.belongs([id], today).managers]
    return [viewer.person, *team]


def _cursor(unit: Unit, after: str) -> tuple[datetime, str] | None:
    deal = SqlState(unit).deal(after) if after else None
    return (deal.last_at, deal.id) if deal else None


def _stage_choices(dw: Dealwright) -> tuple[Choice, ...]:
    found = {stage.id: stage.title for pipeline in dw.rulebook.pipelines for stage in pipeline.stages}
    return tuple(Choice(id, title if title.en or title.zh else Title(id, id)) for id, title in found.items())


def deal_row(dw: Dealwright, deal: Deal, known: Around, tasks: tuple[Task, ...] = ()) -> DealRow:
    """One deal as a list shows it, with the next open task."""
    due = min((task for task in tasks if task.status == "open"), key=lambda task: (task.due_at, task.id), default=None)
    amount, close_on = deal.facts.get("amount"), deal.facts.get("close_on")
    return DealRow(
        deal.id, str(deal.facts.get("name") or deal.id), known.account_of(deal), known.person(deal.owner),
        stage_title(dw, deal), deal.status, amount if isinstance(amount, Money) else None,
        close_on if isinstance(close_on, date) else None, (dw.now() - deal.entered_stage_at).days,
        Title(*due.title) if due else None, due.due_at if due else None, deal.account,
    )  # fmt: skip


def deal_view(dw: Dealwright, id: str, viewer: User) -> DealView:
    """Everything the deal page shows. Raises NotThere and NotYours."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        deal, known = _visible(dw, unit, state, id, viewer)
        happenings = timeline(unit, id)
        last = (
            happenings[-1].event if happenings else Event("clock.ticked", id, "clock", "now", dw.now(), dw.now().date())
        )
        facts = facts_of(last, state, dw.rulebook, deal)
        tasks, enrolments = state.tasks(id), state.enrolments(id)
        waiting = [task for task in tasks if task.status == "open" and _shown_among_tasks(task, viewer)]
        stand, pipeline = behind(unit, waiting, known), pipeline_of(dw, deal)
        return DealView(
            deal_row(dw, deal, known, tasks), known.belongs(people_of(deal), dw.now().date()),
            header_title(pipeline.header) if pipeline else Title(deal.pipeline, deal.pipeline),
            stage_rows(dw, deal, pipeline, Asking(state, facts, viewer), known),
            (*_idle(dw, deal, pipeline, tasks), *_facts(dw, deal, known), *_lines(dw, deal)), _team(deal, known),
            timeline_rows(dw, happenings, known), tuple(activity_row(dw, a, known) for a in reversed(state.activities(id)[-8:])),
            tuple(task_row(dw, task, stand) for task in waiting),
            tuple(enrolment_row(dw, one) for one in enrolments), _earnings(dw, unit, deal, known, viewer),
            not_fired(dw, facts, happenings, known), choices(KINDS), outcomes_for(dw, "call"),
            held_row(dw, state.holding(id)),
            approvals_of_deal(dw, state, id, known, viewer), _requestable(dw, deal, facts), bool(_theirs_by_role(dw, deal, pipeline, state, viewer)),
            cadences_to_enter(dw, deal, enrolments), _contact(dw, deal, state),
            open_tickets_of(dw, state, deal.account, known),
        )  # fmt: skip


def _visible(dw: Dealwright, unit: Unit, state: SqlState, id: str, viewer: User) -> tuple[Deal, Around]:
    deal = state.deal(id)
    if deal is None:
        raise NotThere(id)
    known = around(unit, [id])
    if not may(viewer, "deal.see", belongs_to(dw, deal, known)):
        raise NotYours(id)
    return deal, known


def belongs_to(dw: Dealwright, deal: Deal, known: Around) -> Belongs:
    """Whose the deal is."""
    return known.belongs(people_of(deal), dw.now().date())


def _theirs_by_role(
    dw: Dealwright, deal: Deal, pipeline: Pipeline | None, state: SqlState, viewer: User
) -> tuple[str, ...]:
    """The stages to which a drawn move from here leads that names the viewer's role."""
    person, today = state.person(viewer.person), dw.now().astimezone(dw.zone).date()
    version = person.on(today) if person and person.employed(today) else None
    if pipeline is None or version is None or deal.status != "open":
        return ()
    drawn = (one for one in pipeline.moves.allowed if not one.from_stages or deal.stage in one.from_stages)
    return tuple(stage for one in drawn if version.role in one.by for stage in one.to)


def _shown_among_tasks(task: Task, viewer: User) -> bool:
    """What another is to decide stands among the approvals, not among the tasks."""
    return task.template != "approval" or task.owner == viewer.person


def _requestable(dw: Dealwright, deal: Deal, facts: Facts) -> tuple[Choice, ...]:
    """The approvals that may be asked for by hand now."""
    if deal.status != "open":
        return ()
    rules = in_force(dw.rulebook.approvals, dw.now().astimezone(dw.zone).date())
    free = ("missing", "refused", "recalled", "void")
    open_ones = (rule for rule in rules if facts.get(f"approval.{rule.header.id}") in free)
    return tuple(Choice(rule.header.id, header_title(rule.header)) for rule in open_ones)


def people_of(deal: Deal) -> list[str]:
    """Whose a deal is: its owner, its team, who brought it."""
    return [deal.owner, *(share.person for share in deal.team), str(deal.facts.get("sdr") or "")]


_IN_THE_HEAD = ("deal.name", "deal.amount", "deal.owner", "deal.account", "deal.team", "deal.close_on", "deal.contact")
"""Facts that the page says at its top."""


def _facts(dw: Dealwright, deal: Deal, known: Around) -> tuple[DealFact, ...]:
    """The other values of the deal in the vocabulary's order, as a person reads them."""
    names = [name for name in dw.rulebook.facts if name.startswith("deal.") and name not in _IN_THE_HEAD]
    set_ones = [(name, value) for name in names if (value := deal.facts.get(name[5:])) is not None]
    return tuple(DealFact(fact_title(dw, name), value_title(dw, name, value, known)) for name, value in set_ones)


def _lines(dw: Dealwright, deal: Deal) -> tuple[DealFact, ...]:
    """Each line of the deal: what it is, how much of it, for how much."""
    found = ((line.id, list(line_facts(line).items())[1:]) for line in deal.lines)
    return tuple(DealFact(Title(f"Line {id}", f"明细 {id}"), _line_told(dw, told)) for id, told in found)


def _contact(dw: Dealwright, deal: Deal, state: SqlState) -> tuple[DealFact, ...]:
    """What is known of the deal's contact, and the channels on which they do not want to be reached."""
    contact = state.contact(str(deal.facts.get("contact") or "")) if deal.facts.get("contact") else None
    if contact is None:
        return ()
    names = [name for name in dw.rulebook.facts if name.startswith("contact.") and name != "contact.account"]
    known = [(name, value) for name in names if (value := contact.facts.get(name[8:])) not in (None, "")]
    rows = [DealFact(fact_title(dw, name), value_title(dw, name, value)) for name, value in known]
    rows += [DealFact(Title("Does not want", "已退订"), word(out.channel)) for out in contact.opted_out]
    gone = [DealFact(Title("Removed", "已删除"), Title(contact.removed_for, contact.removed_for))]
    return (*rows, *(gone if contact.removed_at else []))


def _line_told(dw: Dealwright, told: Sequence[tuple[str, object]]) -> Title:
    said = [(fact_title(dw, name), value_title(dw, name, value)) for name, value in told]
    en = "; ".join(f"{title.show('en')}: {value.show('en')}" for title, value in said)
    return Title(en, "；".join(f"{title.show('zh')}：{value.show('zh')}" for title, value in said))


def _idle(dw: Dealwright, deal: Deal, pipeline: Pipeline | None, tasks: tuple[Task, ...]) -> tuple[DealFact, ...]:
    """Since when the deal lies idle, once it does by its pipeline's rule."""
    now = dw.now()
    calendar = dw.rulebook.calendar("", now.astimezone(dw.zone).date())
    since = idle_from(deal, pipeline, calendar, tasks) if pipeline and calendar else None
    if since is None or since > now:
        return ()
    day = since.astimezone(dw.zone).date().isoformat()
    return (DealFact(Title("Idle since", "闲置自"), Title(day, day)),)


def _team(deal: Deal, known: Around) -> tuple[tuple[Title, str], ...]:
    return tuple((known.person(share.person), f"{shown_number(share.share * 100)}%") for share in deal.team)


def _earnings(dw: Dealwright, unit: Unit, deal: Deal, known: Around, viewer: User) -> tuple[DealEarning, ...]:
    """The earning lines of this deal that the viewer may see."""
    lines = RunBook(unit).lines_of_deal(deal.id)
    seen = {payee: sees_pay_of(viewer, payee) for payee in {line.payee for line in lines}}
    return tuple(
        _earning(dw, line, known) for line in sorted(lines, key=lambda one: (one.payee, one.key)) if seen[line.payee]
    )


def _earning(dw: Dealwright, line: EarningLine, known: Around) -> DealEarning:
    gone = line.taken_back and not line.earned
    status = "clawed_back" if gone else "held" if line.released < line.earned else "payable"
    title = component_title(dw, line.version, line.component)
    return DealEarning(line.key, line.payee, known.person(line.payee), title, line.on, line.earned, status)


def act(dw: Dealwright, id: str, type: str, viewer: User, body: Mapping[str, object]) -> Recorded | Problems:
    """An event about a deal that the viewer makes on a screen: a logged touch, a move. Raises NotThere, NotYours."""
    return ask(dw, type, id, body, viewer, _workable(dw, id, viewer).last_by)


def _workable(dw: Dealwright, id: str, viewer: User) -> Deal:
    """The deal, when the viewer may work on it."""
    with dw.database.unit() as unit:
        deal, known = _visible(dw, unit, SqlState(unit), id, viewer)
    if not may(viewer, "deal.work", belongs_to(dw, deal, known)):
        raise NotYours(id)
    return deal


def _movable(dw: Dealwright, id: str, stage: str, viewer: User) -> tuple[Deal, Pipeline | None]:
    """The deal with its pipeline, when the viewer may work on it or a drawn move there names their role."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        deal, known = _visible(dw, unit, state, id, viewer)
        pipeline = pipeline_of(dw, deal)
        by_role = _theirs_by_role(dw, deal, pipeline, state, viewer)
    if stage not in by_role and not may(viewer, "deal.work", belongs_to(dw, deal, known)):
        raise NotYours(id)
    return deal, pipeline


def move(
    dw: Dealwright, id: str, stage: str, reason: str, override: bool, facts: Mapping[str, str], viewer: User
) -> Recorded | Problems:
    """A stage asked for on a screen, with the facts that come with it. Raises NotThere, NotYours."""
    deal, pipeline = _movable(dw, id, stage, viewer)
    named = pipeline.stage(stage) if pipeline else None
    type = {"won": "deal.won", "lost": "deal.lost"}.get(named.closes if named else "", "deal.stage_asked")
    type = "deal.reopened" if deal.status != "open" else type
    asked: dict[str, object] = {"reason": reason, **facts}
    asked |= {"stage": stage} if type in ("deal.stage_asked", "deal.reopened") else {}
    asked |= {"override": "yes"} if override else {}
    return ask(dw, type, id, asked, viewer, deal.last_by)


def follow(dw: Dealwright, id: str, what: str, body: Mapping[str, object], viewer: User) -> Recorded | Problems:
    """What the viewer asks of a cadence for the deal: one of `ASKED`. Raises NotThere, NotYours."""
    deal = _workable(dw, id, viewer)
    if what not in ASKED:
        raise NotThere(what)
    return ask(dw, f"enrolment.{what}", id, body, viewer, deal.last_by)
