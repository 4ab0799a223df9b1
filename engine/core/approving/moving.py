"""Approvals inside a move: those that are lacking are asked for, and the move waits."""

from dataclasses import replace

from engine.core.approval import Approval, AskedMove
from engine.core.approving.asking import note_due, request
from engine.core.approving.standing import approvals_lacking, latest
from engine.core.outcomes import Kept, Outcome
from engine.core.rules.approval import ApprovalRule
from engine.core.workflow.causes import cause_of, refused
from engine.core.workflow.moves import Ask
from engine.core.workflow.notes import note
from engine.core.workflow.work import Work


def lacking_for(ask: Ask) -> tuple[ApprovalRule, ...]:
    """The rules under which somebody must still agree before the move."""
    state, facts = ask.situation.state, ask.situation.facts
    found = approvals_lacking(ask.pipeline, ask.stage.id, ask.deal.id, facts, state, ask.rulebook, ask.event.on)
    return tuple(rule for rule, _ in found)


def ask_to_agree(ask: Ask, lacking: tuple[ApprovalRule, ...]) -> tuple[Outcome, ...]:
    """Requests for what is lacking, and the move waits; refused when exactly that is asked for already."""
    work = Work(ask.event, ask.situation, ask.rulebook)
    move = AskedMove(ask.event.type, ask.stage.id, ask.reason, bool(ask.event.body.get("override")))
    waiting = [_waiting_for(work, rule, move, ask) for rule in lacking]
    if not work.outcomes:
        who = ", ".join(dict.fromkeys(seat.person for one in waiting for seat in one.waiting)) or "–"
        params = {"approval": ", ".join(rule.header.id for rule in lacking), "deal": ask.deal.id, "who": who}
        cause = cause_of(ask.pipeline.header, ask.place, ask.event, ask.rulebook)
        return refused("E203", cause, **params)
    note_due(work)
    said = tuple(note("waits_for", rule.header.title.show("en"), rule.header.title.show("zh")) for rule in lacking)
    cause = cause_of(ask.pipeline.header, ask.place, ask.event, ask.rulebook, notes=said)
    work.passed("move", ask.deal.id, "waits_for_approval", cause)
    return tuple(work.outcomes)


def _waiting_for(work: Work, rule: ApprovalRule, move: AskedMove, ask: Ask) -> Approval:
    """The request that the move waits for: a new one, or the one that is pending with this move in place of another."""
    by = ask.event.actor or ask.deal.owner
    asked = request(work, rule, by, ask.reason, move)
    if asked is not None:
        return asked
    pending = latest(rule.header.id, ask.deal.id, ask.situation.state)
    assert pending is not None, "what is lacking and was not asked now is pending"
    if pending.move != move:
        pending = replace(pending, move=move)
        work.outcomes.append(Kept("requested", pending, pending.cause))
    return pending
