"""Being out of office: who is, who stands in, and the way back."""

from datetime import UTC, datetime
from functools import partial as with_

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext

from webui import rendering
from webui.access import needs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.signed_in import desk, viewer

page = Blueprint("absences", __name__)


@page.get("/absences")
@needs("absence.tell")
def overview() -> Response:
    """Whoever is or will be away, of those for whom the viewer may speak."""
    return listing()


@page.post("/absences")
@needs("absence.tell")
def away() -> Response:
    """Somebody will be out of office."""
    form = request.form
    told = {"from_at": _moment("from"), "until_at": _moment("until"), "stand_in": form.get("stand_in", ""),
            "reason": form.get("reason", "").strip()}  # fmt: skip
    answer = desk().tell_away(form.get("person", ""), told, viewer())
    return answer_with(answer, gettext("Out of office: noted."), url_for("absences.overview"), listing)


@page.post("/absences/back")
@needs("absence.tell")
def back() -> Response:
    """Somebody is back."""
    answer = desk().tell_back(request.form.get("person", ""), viewer())
    return answer_with(answer, gettext("Back at work: noted."), url_for("absences.overview"), with_(listing))


def _moment(name: str) -> datetime | None:
    """A moment of the company's clock as the browser writes it; None when it is left empty. 400 for anything else."""
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=rendering.zone()).astimezone(UTC)
    except ValueError:
        abort(400)


def listing(answer: Answer | None = None, status: int = 200) -> Response:
    """The page, with what is wrong if something is."""
    return show("absences.html", "absences", status, found=desk().absences(viewer()), answer=answer)
