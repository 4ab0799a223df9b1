"""Estimates: what a deal would earn, what the next amount would pay, and why not more. They record nothing.

What is shown here is pay: it is kept to whose pay the viewer may see, whatever the use case put in.
"""

from dataclasses import replace

from flask import Blueprint, Response, request

from engine.app.access import sees_pay_of
from engine.app.views.explaining import Explanation
from webui.access import needs, pay_of, theirs
from webui.hx import show
from webui.signed_in import desk, viewer

page = Blueprint("estimates", __name__)


@page.get("/estimates/deals/<path:deal_id>")
@needs("deal.see")
def deal(deal_id: str) -> Response:
    """What the deal would earn, won on a day for an amount."""
    found = desk().estimate(deal_id, asked("amount"), asked("on"), viewer())
    theirs("deal.see", found.belongs)
    seen = tuple(one for one in found.payees if sees_pay_of(viewer(), one.payee))
    return show("estimate.html", "estimate", found=replace(found, payees=seen))


@page.get("/estimates/next")
@needs("pay.see")
def next_amount() -> Response:
    """What the next amount would pay the viewer; finance and ops may ask for another."""
    payee = asked("payee") or viewer().person
    if payee:
        pay_of(payee)
    found = desk().next_amount(payee, asked("amount"), asked("on"), viewer())
    theirs("pay.see", found.belongs)
    return show("next.html", "next", found=found)


@page.get("/estimates/why-not")
@needs("pay.see")
def why_not() -> Response:
    """Why a payee does not get a rate or an amount."""
    payee = asked("payee") or viewer().person
    pay_of(payee)
    found = desk().why_not_pay(payee, asked("component"), asked("wanted"), asked("on"), viewer())
    if not isinstance(found, Explanation):
        return show("why_not_pay.html", "explanation", 422, payee=payee, explanation=None, problems=found)
    theirs("pay.see", found.belongs)
    return show("why_not_pay.html", "explanation", payee=payee, explanation=found, problems=())


def asked(name: str) -> str:
    """A value of the address, trimmed."""
    return request.args.get(name, "").strip()
