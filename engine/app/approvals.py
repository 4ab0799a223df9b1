"""Approvals: what waits for whom, what people asked for, and what they say."""

from collections.abc import Iterable
from datetime import timedelta

from engine.app.access import NotThere, NotYours, Reach, may, reach
from engine.app.asking import ask
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around, header_title, stage_named
from engine.app.recording import Recorded
from engine.app.refusals import Problems
from engine.app.views.approvals import ApprovalList, ApprovalRow, OverrideRow, SeatRow
from engine.app.views.choices import Belongs, Choice
from engine.app.views.deals import DealFact
from engine.app.views.users import User
from engine.app.why import fact_title, value_title
from engine.core.approval import Approval, Seat
from engine.core.approving.standing import rule_of
from engine.core.outcomes import Overridden
from engine.core.rules.header import Title
from engine.core.workflow.notes import show_note
from engine.store.database import Unit
from engine.store.queries.approvals import (
    approval_of,
    approvals_beginning,
    decided_approvals,
    overrides,
    pending_approvals,
)
from engine.store.state import SqlState

LOOKS_BACK = timedelta(days=90)
"""How long a decided request stays on the page."""

WORDS = ("granted", "refused", "recalled", "delegated")


def approvals(dw: Dealwright, viewer: User) -> ApprovalList:
    """What the viewer must decide, what they asked for, what others wait for that they may see, and what was decided."""
    with dw.database.unit() as unit:
        pending, ended = pending_approvals(unit), decided_approvals(unit, dw.now() - LOOKS_BACK)
        known = around(unit, {one.deal for one in (*pending, *ended)})
        rows = [approval_row(dw, one, known, viewer) for one in pending]
        decided = [approval_row(dw, one, known, viewer) for one in ended]
        passed = _overrides(dw, unit, known) if reach(viewer, "approval.see") is Reach.ALL else ()
    seen = [row for row in rows if may(viewer, "approval.see", row.belongs)]
    asked = [row for row in seen if row.recallable]
    mine = [row for row in seen if row.mine]
    rest = [row for row in seen if not row.mine and not row.recallable]
    visible = tuple(row for row in decided if may(viewer, "approval.see", row.belongs))
    return ApprovalList(tuple(mine), tuple(asked), tuple(rest), visible, passed, _people(dw, known, viewer))


def asked_of(dw: Dealwright, person: str) -> int:
    """How many requests wait for the person's word."""
    with dw.database.unit() as unit:
        return sum(any(seat.person == person for seat in one.waiting) for one in pending_approvals(unit))


def _people(dw: Dealwright, known: Around, viewer: User) -> tuple[Choice, ...]:
    today = dw.now().astimezone(dw.zone).date()
    here = (id for id, person in sorted(known.people.items()) if person.employed(today) and id != viewer.person)
    return tuple(Choice(id, known.person(id)) for id in here)


def approval_named(dw: Dealwright, id: str) -> str:
    """The id of the one request whose id begins so. Raises NotThere when there is none or several."""
    with dw.database.unit() as unit:
        found = approvals_beginning(unit, id)
    if len(found) != 1:
        raise NotThere(id)
    return found[0]


def approval(dw: Dealwright, id: str, viewer: User) -> ApprovalRow:
    """One request. Raises NotThere, and NotYours for who may not see it."""
    with dw.database.unit() as unit:
        one = approval_of(unit, id)
        if one is None:
            raise NotThere(id)
        row = approval_row(dw, one, around(unit, [one.deal]), viewer)
    if not may(viewer, "approval.see", row.belongs):
        raise NotYours(id)
    return row


def approvals_of_deal(
    dw: Dealwright, state: SqlState, deal: str, known: Around, viewer: User
) -> tuple[ApprovalRow, ...]:
    """Every request of a deal, the latest first."""
    return tuple(approval_row(dw, one, known, viewer) for one in reversed(state.approvals(deal)))


def approval_row(dw: Dealwright, one: Approval, known: Around, viewer: User) -> ApprovalRow:
    """One request in words."""
    rule = rule_of(one, dw.rulebook, dw.now().astimezone(dw.zone).date())
    deal = known.deals.get(one.deal)
    asked = [seat.person for seat in one.waiting]
    values = (DealFact(fact_title(dw, name), value_title(dw, name, value, known)) for name, value in one.values.items())
    return ApprovalRow(
        one.id, one.rule, header_title(rule.header) if rule else Title(one.rule, one.rule),
        rule.bands[one.band].title if rule and one.band < len(rule.bands) else Title(), one.deal,
        str(deal.facts.get("name") or deal.id) if deal else one.deal, known.account_of(deal),
        known.person(one.requested_by), one.requested_at, one.state, tuple(values),
        tuple(_seat(seat, known) for seat in one.seats), one.due_at, stage_named(dw, one.move.stage) if one.move else Title(),
        one.reason, one.ended_at, _why(dw, one), one.cause.place, _belongs(dw, one, known),
        known.belongs([deal.owner] if deal else [], dw.now().astimezone(dw.zone).date()),
        viewer.person in asked, one.state == "pending" and viewer.person == one.requested_by,
    )  # fmt: skip


def _why(dw: Dealwright, one: Approval) -> Title:
    """Why it ended: what a person wrote, the fact whose change undid it, or that the time was over."""
    if one.ended_why in _ENDED:
        return _ENDED[one.ended_why]
    if one.state == "void":
        title = fact_title(dw, one.ended_why)
        return Title(f"{title.show('en')} has changed", f"{title.show('zh')}已变动")
    return Title(one.ended_why, one.ended_why)


_ENDED = {
    "deal_closed": Title("the deal was closed", "商机已关闭"), "late": Title("nobody decided in time", "未按时决定"),
    "earlier": Title("something told of late made it needless", "补录的事件使其不再需要"),
    "band": Title("somebody else must agree now", "现须由其他人审批"),
}  # fmt: skip


def _seat(seat: Seat, known: Around) -> SeatRow:
    notes = Title("; ".join(show_note(n, "en") for n in seat.notes), "；".join(show_note(n, "zh") for n in seat.notes))
    return SeatRow(known.person(seat.person), seat.step, seat.answer, seat.at, seat.reason, notes)


def _belongs(dw: Dealwright, one: Approval, known: Around) -> Belongs:
    """Whose it is: who asked and everybody whose word was; and all above the one who asked."""
    above = known.belongs([one.requested_by], dw.now().astimezone(dw.zone).date())
    return Belongs(above.people | {seat.person for seat in one.seats}, above.managers)


def _overrides(dw: Dealwright, unit: Unit, known: Around) -> tuple[OverrideRow, ...]:
    found = overrides(unit)
    named = around(unit, {event.subject for event, _ in found})
    rows = []
    for event, outcome in found:
        passed = outcome.outcome
        assert isinstance(passed, Overridden), "the query gives nothing else"
        deal = named.deals.get(passed.deal)
        name = str(deal.facts.get("name") or deal.id) if deal else passed.deal
        missing = tuple(one.words for one in passed.missing)
        rows.append(OverrideRow(event.at, passed.deal, name, known.person(event.actor), stage_named(dw, passed.stage),
                                passed.reason, missing))  # fmt: skip
    return tuple(rows)


def decide(dw: Dealwright, id: str, word: str, viewer: User, reason: str = "", to: str = "") -> Recorded | Problems:
    """What the viewer says to a request: granted, refused, recalled or delegated. Raises NotThere and NotYours."""
    with dw.database.unit() as unit:
        one = approval_of(unit, id)
        if one is None or word not in WORDS:
            raise NotThere(id)
        known = around(unit, [one.deal])
    if not may(viewer, "approval.work", Belongs(_belongs(dw, one, known).people)):
        raise NotYours(id)
    body = {"approval": one.rule, "reason": reason, "to": to}
    return ask(dw, f"approval.{word}", one.deal, body, viewer, f"{one.id}/{one.step}/{_answers(one.seats)}")


def _answers(seats: Iterable[Seat]) -> str:
    """What was said so far: the same word to the same request is one event, to another one another."""
    return ",".join(f"{seat.person}:{seat.answer}" for seat in seats)
