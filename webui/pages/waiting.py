"""What waits: events that could not be evaluated, and messages that have not been sent."""

from flask import Blueprint, Response

from webui.access import needs
from webui.hx import show
from webui.signed_in import desk, viewer

page = Blueprint("waiting", __name__)


@page.get("/waiting")
@needs("waiting.see")
def listing() -> Response:
    """Everything that waits now."""
    return show("waiting.html", "waiting", room=desk().waiting(viewer()))
