"""Help: the shortcuts and the words."""

from flask import Blueprint, Response

from webui.access import ANYBODY, needs
from webui.hx import show

page = Blueprint("help", __name__)


@page.get("/help")
@needs(ANYBODY)
def shortcuts() -> Response:
    """Keyboard shortcuts, what the words on the pages mean, and where numbers come from."""
    return show("help.html", "help")
