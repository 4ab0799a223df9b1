"""What the house was credited: counted, paid to nobody; by period and plan, to read and as a file."""

from flask import Blueprint, Response, request

from webui.access import needs
from webui.hx import show
from webui.languages import language
from webui.pages.payouts import download
from webui.signed_in import desk, viewer

page = Blueprint("house_credits", __name__)


@page.get("/house-credits")
@needs("house_credit.see")
def report() -> Response:
    """A period's credits with their sums by plan."""
    found = desk().house_credits(request.args.get("period", "").strip(), viewer())
    return show("house_credits.html", "house", report=found)


@page.get("/house-credits/file")
@needs("house_credit.see")
def file() -> Response:
    """The same as CSV."""
    return download(desk().house_file(request.args.get("period", "").strip(), language(), viewer()), "csv")
