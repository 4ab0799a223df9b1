"""Users: who may sign in, and as what. Adding and changing is done by command."""

from flask import Blueprint, Response

from webui.access import needs
from webui.hx import show
from webui.signed_in import desk, viewer

page = Blueprint("users", __name__)


@page.get("/users")
@needs("user.see")
def listing() -> Response:
    """All users by name."""
    return show("users.html", "users", users=desk().users(viewer()))
