"""Deals: the list with its filters in the address, and one deal with its gate."""

from dataclasses import fields, replace
from functools import partial as with_

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext

from engine.app.access import sees_pay_of
from engine.app.views.deals import DealFilter, DealView
from webui.access import needs, theirs
from webui.answers import Answer
from webui.desk import Move
from webui.hx import answer_with, say, show
from webui.signed_in import desk, viewer

page = Blueprint("deals", __name__)

FACT = "fact."


@page.get("/deals")
@needs("deal.see")
def listing() -> Response:
    """The deals that the viewer may see, narrowed by the address."""
    asked = DealFilter(**{field.name: request.args.get(field.name, "").strip() for field in fields(DealFilter)})
    return show("deals.html", "deals", asked=asked, deals=desk().deals(asked, viewer()))


@page.get("/board")
@needs("deal.see")
def board() -> Response:
    """The open deals of a pipeline by stage."""
    pipeline, owner = request.args.get("pipeline", "").strip(), request.args.get("owner", "").strip()
    return show("board.html", "board", board=desk().board(pipeline, owner, viewer()))


@page.get("/deals/<path:deal_id>")
@needs("deal.see")
def one(deal_id: str) -> Response:
    """One deal."""
    return single(deal_id)


@page.post("/deals/<path:deal_id>/move")
@needs("deal.see")
def move(deal_id: str) -> Response:
    """Ask for a stage. The gate answers with every criterion that is not met. Whoever a drawn move names may make it,
    whoever's the deal is."""
    deal = desk().deal(deal_id, viewer())
    theirs("deal.see", deal.belongs)
    if not deal.may_move:
        theirs("deal.work", deal.belongs)
    facts = {name.removeprefix(FACT): text.strip() for name, text in request.form.items() if name.startswith(FACT)}
    asked = Move(
        stage=request.form.get("stage", ""),
        reason=request.form.get("reason", "").strip(),
        override=request.form.get("override") == "yes",
        facts={name: text for name, text in facts.items() if text},
    )
    answer = desk().move(deal_id, asked, viewer())
    message = (
        gettext("Asked for approval; the deal moves when it is given.")
        if answer.waits
        else gettext("The deal has moved.")
    )
    if answer.done and request.form.get("then") == "board":
        say(message)
        return redirect(url_for("deals.board"), 303)
    return answered(deal_id, answer, message, asked)


@page.post("/deals/<path:deal_id>/approvals")
@needs("deal.work")
def request_approval(deal_id: str) -> Response:
    """Ask for an approval by hand."""
    theirs("deal.work", desk().deal(deal_id, viewer()).belongs)
    rule, reason = request.form.get("approval", ""), request.form.get("reason", "").strip()
    answer = desk().request_approval(deal_id, rule, reason, viewer())
    return answered(deal_id, answer, gettext("Asked for approval."))


@page.post("/deals/<path:deal_id>/activities")
@needs("deal.work")
def log_activity(deal_id: str) -> Response:
    """Record a touch."""
    theirs("deal.work", desk().deal(deal_id, viewer()).belongs)
    kind, outcome = request.form.get("kind", ""), request.form.get("outcome", "")
    answer = desk().log_activity(deal_id, kind, outcome, request.form.get("note", "").strip(), viewer())
    return answered(deal_id, answer, gettext("Activity recorded."))


@page.post("/deals/<path:deal_id>/cadences")
@needs("deal.work")
def follow(deal_id: str) -> Response:
    """Put the deal into a cadence, pause it there, resume it, take it out."""
    theirs("deal.work", desk().deal(deal_id, viewer()).belongs)
    asked = {name: request.form.get(name, "").strip() for name in ("cadence", "until", "reason")}
    answer = desk().follow(
        deal_id, request.form.get("what", ""), {n: text for n, text in asked.items() if text}, viewer()
    )
    return answered(deal_id, answer, gettext("Done."))


def answered(deal_id: str, answer: Answer, message: str, asked: Move | None = None) -> Response:
    """Back to the deal."""
    return answer_with(answer, message, url_for("deals.one", deal_id=deal_id), with_(single, deal_id, asked=asked))


def single(deal_id: str, answer: Answer | None = None, status: int = 200, asked: Move | None = None) -> Response:
    """The page of one deal; `asked` keeps what was typed into a move that was refused."""
    deal = desk().deal(deal_id, viewer())
    theirs("deal.see", deal.belongs)
    return show("deal.html", "deal", status, deal=seen(deal), answer=answer, asked=asked or Move(""))


def seen(deal: DealView) -> DealView:
    """The deal without any earning whose payee the viewer may not see, whatever the use case put in."""
    return replace(deal, earnings=tuple(row for row in deal.earnings if sees_pay_of(viewer(), row.payee)))
