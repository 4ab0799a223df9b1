"""Periods: which are open, which are closed, and closing one."""

from flask import Blueprint, Response, url_for
from flask_babel import gettext

from webui.access import needs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.signed_in import desk, viewer

page = Blueprint("periods", __name__)


@page.get("/periods")
@needs("period.see")
def listing() -> Response:
    """All periods, newest first."""
    return overview()


@page.post("/periods/<path:period>/close")
@needs("period.close")
def close(period: str) -> Response:
    """Close a period: nothing can be written behind it any more."""
    answer = desk().close(period, viewer())
    return answer_with(answer, gettext("Closed: %(period)s", period=period), url_for("periods.listing"), overview)


def overview(answer: Answer | None = None, status: int = 200) -> Response:
    """The list of periods."""
    return show("periods.html", "periods", status, periods=desk().periods(viewer()), answer=answer)
