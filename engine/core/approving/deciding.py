"""What people say about approvals, what changes undo them, and what happens when the time to decide is over.

Nobody decides on their own request: not as their own manager, not by delegation, not by standing in for somebody.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.core.approval import Approval, Seat
from engine.core.approving.asking import advance, as_of, ended, keep_asked, note_due, of_deal, request, timed
from engine.core.approving.seats import above_requester, steps_of
from engine.core.approving.standing import changed, latest, rule_in_force, rule_of, standing
from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.problems import Place
from engine.core.records import Cause
from engine.core.rules.approval import ApprovalRule
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.causes import refused
from engine.core.workflow.notes import note
from engine.core.workflow.recipients import names_nobody, recipients
from engine.core.workflow.work import Work

_NO_CHANGE = ("deal.created", "deal.stage_entered", "activity.logged", "clock.ticked")


def decide_approvals(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The requests as the event leaves them, or the refusal of what somebody said."""
    if situation.deal is None or not rulebook.approvals:
        return _unknown(event, rulebook) if event.type in _SAID and situation.deal else ()
    work = Work(event, situation, rulebook)
    said = _SAID.get(event.type)
    if said:
        rule = rule_in_force(event.text("approval"), rulebook, event.on)
        return _settled(work, said(work, rule)) if rule else _unknown(event, rulebook)
    if event.type == "deal.closed":
        _given_up(work)
    elif event.type not in _NO_CHANGE:
        _undone_by_changes(work)
    return _settled(work, tuple(work.outcomes))


def _settled(work: Work, found: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """What was decided, with the deal's next time limit; a refusal as it is."""
    if not work.outcomes:
        return found
    note_due(work)
    return tuple(work.outcomes)


def _told(event: Event) -> Cause:
    return Cause("", Place(""), event.id)


def _unknown(event: Event, rulebook: Rulebook) -> tuple[Outcome, ...]:
    known = ", ".join(dict.fromkeys(rule.header.id for rule in rulebook.approvals)) or "–"
    return refused("E200", _told(event), approval=event.text("approval"), known=known)


def _requested(work: Work, rule: ApprovalRule) -> tuple[Outcome, ...]:
    """Asked for by hand."""
    event, deal = work.event, work.deal
    assert deal is not None, "the decider looks at events of deals"
    if deal.status != "open":
        return refused("E023", _told(event), deal=deal.id, status=deal.status)
    how = standing(rule, deal.id, work.situation.state, work.situation.facts)
    if how in ("not_needed", "granted", "pending"):
        code = {"not_needed": "E201", "granted": "E202", "pending": "E203"}[how]
        return refused(code, _told(event), approval=rule.header.id, deal=deal.id, who=_awaited(work, rule))
    request(work, rule, event.actor or deal.owner, event.text("reason"))
    return tuple(work.outcomes)


def _awaited(work: Work, rule: ApprovalRule) -> str:
    """Whose word the deal's last request waits for."""
    deal = work.deal
    known = latest(rule.header.id, deal.id, work.situation.state) if deal else None
    return ", ".join(dict.fromkeys(seat.person for seat in known.waiting)) if known and known.waiting else "–"


def _answered(work: Work, rule: ApprovalRule) -> tuple[Outcome, ...]:
    """Somebody agrees or refuses."""
    approval, event = _pending(work, rule), work.event
    if approval is None:
        return _nothing_pending(work, rule)
    if event.actor == approval.requested_by:
        return refused("E205", _told(event), approval=rule.header.id, deal=approval.deal, actor=event.actor)
    mine = [seat for seat in approval.waiting if _may_answer(work, approval, seat)]
    if not mine:
        return _not_theirs(work, rule)
    word, reason = event.type.removeprefix("approval."), event.text("reason").strip()
    if word == "refused" and not reason:
        return refused("E037", _told(event), deal=approval.deal, event=event.type)
    said = {id(seat): replace(seat, person=event.actor, answer=word, at=event.at, reason=reason) for seat in mine}
    answered = replace(approval, seats=tuple(said.get(id(seat), seat) for seat in approval.seats))
    pinned = rule_of(approval, work.rulebook, event.on) or rule
    if word == "granted":
        advance(work, pinned, answered, "agreed")
    elif _still_possible(pinned, answered):
        keep_asked(work, pinned, answered, "agreed")
    else:
        ended(work, pinned, answered, "refused", reason)
    return tuple(work.outcomes)


def _still_possible(rule: ApprovalRule, approval: Approval) -> bool:
    """Where one word of several is enough, a refusal leaves it to the others."""
    return steps_of(rule, approval)[approval.step].how == "any_of" and bool(approval.waiting)


def _may_answer(work: Work, approval: Approval, seat: Seat) -> bool:
    """The person asked; for one who has left, the next one up who still works here and did not ask."""
    if seat.person == work.event.actor:
        return True
    person = work.situation.state.person(seat.person)
    if person is None or person.employed(work.event.on):
        return False
    return above_requester(seat.person, approval, work.situation.state, work.event.on) == work.event.actor


def _pending(work: Work, rule: ApprovalRule) -> Approval | None:
    deal = work.deal
    known = latest(rule.header.id, deal.id, work.situation.state) if deal else None
    return known if known and known.state == "pending" else None


def _nothing_pending(work: Work, rule: ApprovalRule) -> tuple[Outcome, ...]:
    deal = work.deal
    known = latest(rule.header.id, deal.id, work.situation.state) if deal else None
    state = known.state if known else "missing"
    params = {"approval": rule.header.id, "deal": deal.id if deal else "–", "state": state}
    return refused("E204", _told(work.event), **params)


def _not_theirs(work: Work, rule: ApprovalRule) -> tuple[Outcome, ...]:
    who = {"actor": work.event.actor or "–", "who": _awaited(work, rule)}
    return refused("E207", _told(work.event), approval=rule.header.id, **who)


def _recalled(work: Work, rule: ApprovalRule) -> tuple[Outcome, ...]:
    """Whoever asked takes it back."""
    approval = _pending(work, rule)
    if approval is None:
        return _nothing_pending(work, rule)
    if work.event.actor != approval.requested_by:
        params = {"approval": rule.header.id, "by": approval.requested_by, "actor": work.event.actor or "–"}
        return refused("E208", _told(work.event), **params)
    ended(work, rule, approval, "recalled", work.event.text("reason"))
    return tuple(work.outcomes)


def _delegated(work: Work, rule: ApprovalRule) -> tuple[Outcome, ...]:
    """Somebody who is asked names another; never the requester, and nobody who has left."""
    approval, event, to = _pending(work, rule), work.event, work.event.text("to")
    if approval is None:
        return _nothing_pending(work, rule)
    mine = {id(seat) for seat in approval.waiting if _may_answer(work, approval, seat)}
    if not mine or event.actor == approval.requested_by:
        return _not_theirs(work, rule)
    person = work.situation.state.person(to)
    if to in (approval.requested_by, event.actor) or person is None or not person.employed(event.on):
        return refused("E209", _told(event), approval=rule.header.id, to=to, by=approval.requested_by)
    handed = note("delegated", event.actor, to, event.text("reason"))
    seats = tuple(replace(s, person=to, notes=(*s.notes, handed)) if id(s) in mine else s for s in approval.seats)
    keep_asked(work, rule, replace(approval, seats=seats), "delegated")
    return tuple(work.outcomes)


_SAID: Mapping[str, Callable[[Work, ApprovalRule], tuple[Outcome, ...]]] = MappingProxyType({
    "approval.requested": _requested, "approval.granted": _answered, "approval.refused": _answered,
    "approval.recalled": _recalled, "approval.delegated": _delegated,
})  # fmt: skip


def _given_up(work: Work) -> None:
    """A deal that is closed needs nobody's word any more."""
    for approval in _of_deal(work):
        if approval.state == "pending":
            ended(work, rule_of(approval, work.rulebook, work.event.on), approval, "void", "deal_closed")


def _of_deal(work: Work) -> tuple[Approval, ...]:
    return of_deal(work, work.deal.id) if work.deal else ()


def _undone_by_changes(work: Work) -> None:
    """What was asked about has become something else: the request is void, and asked anew where somebody must agree."""
    for approval in _of_deal(work):
        if approval.state not in ("pending", "granted"):
            continue
        rule = rule_of(approval, work.rulebook, work.event.on)
        name = changed(approval, rule, rule.band(work.situation.facts), work.situation.facts) if rule else ""
        if rule and name:
            done = replace(approval, move=None) if approval.state == "granted" else approval
            ended(work, rule, done, "void", name)


def asked_anew(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """New requests for those that a change has just made void, while the deal is open: by whoever made the change."""
    deal = situation.deal
    if deal is None or deal.status != "open" or event.type in _NO_CHANGE or event.type in _SAID:
        return ()
    work = Work(event, situation, rulebook)
    for approval in situation.state.approvals(deal.id):
        rule = rule_in_force(approval.rule, rulebook, event.on)
        last = rule and latest(approval.rule, deal.id, situation.state) == approval
        if (
            rule
            and last
            and approval.state == "void"
            and approval.ended_at == event.at
            and approval.ended_why in rule.about
        ):
            request(work, rule, event.actor or deal.owner, approval.reason, approval.move)
    return _settled(work, ())


def decide_late_answers(work: Work) -> None:
    """Every request of the deal whose time to decide is over by the event's moment, each as of when it was over."""
    for approval in _of_deal(work):
        while approval.state == "pending" and approval.due_at and approval.due_at <= work.event.at:
            approval = _late(work, approval)
    note_due(work)


def _late(work: Work, approval: Approval) -> Approval:
    """The request after its time: it goes one up with a new limit, or counts as refused."""
    assert approval.due_at is not None, "the caller looks for what is due"
    over = Work(as_of(work.event, approval.due_at, work), work.situation, work.rulebook)
    over.outcomes = work.outcomes
    rule = rule_of(approval, work.rulebook, over.event.on)
    if rule is None:
        return replace(approval, due_at=None)
    if rule.when_late == "refuse":
        return ended(over, rule, approval, "refused", "late")
    seats = tuple(_one_up(over, rule, approval, seat) if seat in approval.waiting else seat for seat in approval.seats)
    if seats == approval.seats:
        return keep_asked(over, rule, replace(approval, due_at=None), "escalated")
    raised = timed(over, rule, replace(approval, seats=seats, late=approval.late + 1), over.event.at)
    return keep_asked(over, rule, raised, "escalated")


def _one_up(work: Work, rule: ApprovalRule, approval: Approval, seat: Seat) -> Seat:
    """The seat with the next one up in it; as it is when there is nobody."""
    if rule.escalate_to == "manager":
        above = above_requester(seat.person, approval, work.situation.state, work.event.on)
    else:
        nobody = names_nobody(rule.escalate_to, work.situation)
        found = () if nobody else recipients(rule.escalate_to, work.event, work.situation, rule.header.place)
        above = min((one for one, _ in found if one != approval.requested_by), default="")
    if not above or above == seat.person:
        return seat
    return replace(seat, person=above, notes=(*seat.notes, note("too_late", seat.person, above)))
