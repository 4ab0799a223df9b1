"""Earnings: a payee's period, and one line with its arithmetic and the rule's own text."""

from flask import Blueprint, Response, request

from engine.app.access import may
from webui.access import needs, pay_of, theirs
from webui.hx import show
from webui.signed_in import desk, viewer

page = Blueprint("earnings", __name__)


@page.get("/earnings")
@needs("pay.see")
def mine() -> Response:
    """The viewer's earnings of a period; finance and ops may look at another payee's, and do when nothing pays them."""
    payee, period = (request.args.get(name, "").strip() for name in ("payee", "period"))
    if payee:
        pay_of(payee)
    earnings = desk().earnings(payee, period, viewer())
    theirs("pay.see", earnings.belongs)
    own = earnings.payee == viewer().person
    team = desk().team(period, viewer()) if own and may(viewer(), "team_pay.see") else None
    return show("earnings.html", "earnings", earnings=earnings, team=team)


@page.get("/earnings/lines/<path:key>")
@needs("pay.see")
def line(key: str) -> Response:
    """One line in full."""
    found = desk().line(key, viewer())
    theirs("pay.see", found.belongs)
    pay_of(found.payee)
    return show("line.html", "line", found=found, explanation=found.explanation)
