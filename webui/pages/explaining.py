"""Why: the explanation of anything that has an id."""

from flask import Blueprint, Response, request, url_for
from htmx_flask import make_response

from engine.app.access import NotThere
from webui.access import ANYBODY, needs, theirs
from webui.hx import show
from webui.signed_in import desk, viewer

page = Blueprint("explaining", __name__)

ACTIONS = {"task": "task.see"}


@page.get("/explain")
@needs(ANYBODY)
def ask() -> Response:
    """A field for an id; with one given, its explanation has an address of its own."""
    id = request.args.get("id", "").strip()
    if id:
        return make_response("", 303, {"Location": url_for("explaining.answer", id=id)})
    return show("explain.html", "explanation", explanation=None)


@page.get("/explain/<path:id>")
@needs(ANYBODY)
def answer(id: str) -> Response:
    """The explanation. What tells of pay is for those who may see that pay; what belongs to nobody, likewise."""
    explanation = desk().explain(id, viewer())
    if not explanation.belongs.people:
        raise NotThere
    theirs(ACTIONS.get(explanation.kind, "pay.see"), explanation.belongs)
    return show("explain.html", "explanation", explanation=explanation)
