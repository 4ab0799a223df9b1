"""Asking for approval, and going on with a request: the next step, the last word, what the answer leads to."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.core.approval import Approval, AskedMove, Seat
from engine.core.approving.seats import seats_of, steps_of
from engine.core.approving.standing import latest, standing
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.outcomes import Ensuing, Kept, Outcome, Told
from engine.core.problems import Place
from engine.core.records import Cause, Task
from engine.core.rules.approval import ApprovalRule
from engine.core.workflow.business_time import Reckoned, reckon
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.notes import Note, note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.work import Work, closed, propose, withdraw


def request(
    work: Work, rule: ApprovalRule, by: str, reason: str = "", move: AskedMove | None = None
) -> Approval | None:
    """A new request with its first step asked; None when nobody need agree, or it is asked or agreed already."""
    deal, facts = work.deal, work.situation.facts
    assert deal is not None, "approvals are about deals"
    if standing(rule, deal.id, work.situation.state, facts) in ("not_needed", "granted", "pending"):
        return None
    band = rule.band(facts)
    assert band is not None, "the standing says that somebody must agree"
    known = latest(rule.header.id, deal.id, work.situation.state)
    number = known.number + 1 if known else 1
    read = facts_read([rule.bands[band].when], facts)
    cause = cause_of(rule.header, rule.bands[band].place, work.event, work.rulebook, read)
    values = {name: value for name in rule.about if (value := facts.get(name)) is not None}
    asked = Approval(
        derived_id("approval", rule.header.id, deal.id, str(number)), rule.header.id, rule.header.version, deal.id, number,
        by, work.event.at, "pending", values, band, cause, reason=reason, move=move,
    )  # fmt: skip
    return advance(work, rule, asked, "requested", begun=False)


def advance(work: Work, rule: ApprovalRule, approval: Approval, what: str, begun: bool = True) -> Approval:
    """The request after the answers that it has: at the next step that still waits for a word, or granted."""
    number = approval.step if begun else -1
    while not begun or _step_done(rule, approval):
        number, begun = number + 1, True
        if number == len(steps_of(rule, approval)):
            return _granted(work, rule, approval)
        asked = seats_of(work, rule, approval, number)
        approval = replace(approval, step=number, seats=(*approval.seats, *asked), late=0)
        approval = timed(work, rule, approval, work.event.at)
    return keep_asked(work, rule, approval, what)


def _step_done(rule: ApprovalRule, approval: Approval) -> bool:
    answers = [seat.answer for seat in approval.seats if seat.step == approval.step]
    how = steps_of(rule, approval)[approval.step].how
    return "granted" in answers if how == "any_of" else all(answer == "granted" for answer in answers)


def timed(work: Work, rule: ApprovalRule, approval: Approval, start: datetime) -> Approval:
    """The request with the moment when its step's time is over."""
    if rule.decide_within is None:
        return approval
    due = reckoned(work, rule, start)
    return replace(approval, due_at=due.at, notes=(*approval.notes, *due.notes))


def reckoned(work: Work, rule: ApprovalRule, start: datetime) -> Reckoned:
    """The end of the time to decide, in the company's business time."""
    assert rule.decide_within is not None, "the caller asks only for rules with a limit"
    return reckon(calendar_of("", work.rulebook, work.event.on), start, rule.decide_within)


def keep_asked(work: Work, rule: ApprovalRule, approval: Approval, what: str) -> Approval:
    """The request as it stands, and a task for each whose word it waits for; tasks of others go."""
    work.outcomes.append(Kept(what, approval, _cause(work, rule, approval)))
    waiting = {seat.person for seat in approval.waiting}
    _tidy(work, approval, keep=waiting)
    for seat in _one_each(approval.waiting):
        propose(work, _task(work, rule, approval, seat))
    return approval


def _one_each(seats: Iterable[Seat]) -> Iterable[Seat]:
    """One seat for each person: nobody is asked twice at once."""
    return {seat.person: seat for seat in reversed(tuple(seats))}.values()


def _granted(work: Work, rule: ApprovalRule, approval: Approval) -> Approval:
    """Everybody has agreed: the requester is told, and the move that waited is asked for anew."""
    done = ended(work, rule, approval, "granted")
    if done.move:
        move, cause = done.move, _cause(work, rule, done)
        body = {"stage": move.stage, "reason": move.reason, **({"override": True} if move.override else {})}
        moved = replace(work.event, type=move.type, actor=done.requested_by, key=f"{work.event.key}+move", seq=0,
                        body={name: value for name, value in body.items() if value})  # fmt: skip
        work.outcomes.append(Ensuing(moved, cause))
    return done


def ended(work: Work, rule: ApprovalRule | None, approval: Approval, state: str, why: str = "") -> Approval:
    """The request, decided or given up; nobody is asked any more, and the requester hears of it."""
    done = replace(
        approval, state=state, due_at=None, ended_at=work.event.at, ended_by=work.event.actor, ended_why=why,
        seats=tuple(_unasked(seat) for seat in approval.seats),
    )  # fmt: skip
    cause = _cause(work, rule, done)
    work.outcomes.append(Kept(state, done, cause))
    _tidy(work, done)
    if state != "recalled" and done.requested_by != work.event.actor and not work.silent:
        told = derived_id("told", done.id, state)
        work.outcomes.append(Told(told, done.requested_by, f"approval-{state}", done.deal, cause))
    return done


def _unasked(seat: Seat) -> Seat:
    return seat if seat.answer else replace(seat, answer="not_needed")


def _tidy(work: Work, approval: Approval, keep: Iterable[str] = ()) -> None:
    """Close the tasks of those who need not answer any more: done for who did, cancelled for the others."""
    kept, wanted = set(keep), link(approval)
    spoken = {seat.person for seat in approval.seats if seat.answer in ("granted", "refused")}
    for task in work.tasks(approval.deal):
        if task.status != "open" or all(wanted not in reason.notes for reason in task.reasons):
            continue
        cause = replace(task.reasons[0], event=work.event.id, notes=())
        if task.owner in spoken and task.owner == work.event.actor:
            work.keep("completed", closed(task, "done", work.event, _answer_of(approval, task.owner)), cause)
        elif task.owner not in kept:
            withdraw(work, task, wanted, cause)


def _answer_of(approval: Approval, person: str) -> str:
    return next((seat.answer for seat in reversed(approval.seats) if seat.person == person and seat.answer), "")


def given_up(approval: Approval, tasks: Iterable[Task], event: Event) -> list[Outcome]:
    """A request that should never have been made, void, and its open tasks, cancelled."""
    cause, wanted = Cause("", Place(""), event.id), link(approval)
    void = replace(approval, state="void", due_at=None, ended_at=event.at, ended_by=event.actor, ended_why="earlier")
    asked = (task for task in tasks if task.status == "open" and any(wanted in one.notes for one in task.reasons))
    return [Kept("void", void, cause), *(Kept("cancelled", closed(task, "cancelled", event), cause) for task in asked)]


def link(approval: Approval) -> Note:
    """The note by which a task's reason points to the request."""
    return note("approval", approval.id)


def _cause(work: Work, rule: ApprovalRule | None, approval: Approval) -> Cause:
    """The request's own cause, as of this event."""
    notes = tuple(one for seat in approval.waiting for one in seat.notes)
    return replace(approval.cause, event=work.event.id, notes=notes)


def _task(work: Work, rule: ApprovalRule, approval: Approval, seat: Seat) -> Task:
    said = (*seat.notes, *approval.notes, link(approval))
    en, zh = rule.header.title.show("en") or approval.rule, rule.header.title.show("zh") or approval.rule
    return Task(
        id=derived_id("task", approval.id, str(approval.step), seat.person, str(approval.late)),
        purpose=f"approve-{approval.rule}", owner=seat.person, deal=approval.deal,
        title=(f"Decide: {en}", f"审批：{zh}"), channel="", made_at=work.event.at,
        due_at=approval.due_at or work.event.at, reasons=(replace(approval.cause, event=work.event.id, notes=said),),
        template="approval", priority=1,
    )  # fmt: skip


def of_deal(work: Work, deal: str) -> tuple[Approval, ...]:
    """The deal's requests as they now stand, in the order in which they were made."""
    now = {one.id: one for one in work.situation.state.approvals(deal)}
    kept = (o.record for o in work.outcomes if isinstance(o, Kept) and isinstance(o.record, Approval))
    return tuple((now | {one.id: one for one in kept if one.deal == deal}).values())


def note_due(work: Work) -> None:
    """Keep on the deal when the first of its requests is overdue, so that the clock finds it."""
    deal = work.deal
    if deal is None:
        return
    pending = (one.due_at for one in of_deal(work, deal.id) if one.state == "pending" and one.due_at)
    due = min(pending, default=None)
    if due != deal.answer_due_at:
        work.keep("timed", replace(deal, answer_due_at=due), Cause("", Place(""), work.event.id))


def as_of(event: Event, at: datetime, work: Work) -> Event:
    """The event as if it had been at that moment; what falls due is decided as of when it did."""
    return replace(event, at=at, on=at.astimezone(ZoneInfo(work.rulebook.company.time_zone)).date())
