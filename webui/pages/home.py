"""The front door: each role lands on the page where its day begins."""

from flask import Blueprint, Response, redirect, request, url_for

from engine.app.access import may
from webui.access import ANYBODY, PUBLIC, needs
from webui.languages import LANGUAGES
from webui.languages import chosen as choose
from webui.signed_in import desk, viewer, viewer_or_none

page = Blueprint("home", __name__)

FIRST_PAGES = (
    ("run.approve", "payouts.runs"),
    ("rule.check", "rules.listing"),
    ("user.see", "users.listing"),
    ("task.see", "tasks.mine"),
    ("pay.see", "earnings.mine"),
)


@page.get("/")
@needs(ANYBODY)
def front() -> Response:
    """To the first page that the viewer's roles open."""
    first = next((where for action, where in FIRST_PAGES if may(viewer(), action)), "help.shortcuts")
    return redirect(url_for(first), 303)


@page.post("/language")
@needs(PUBLIC)
def language() -> Response:
    """Switch the language and go back to where one was."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        choose(chosen)
        user = viewer_or_none()
        if user is not None:
            desk().keep_language(user, chosen)
    return redirect(local(request.form.get("back", "")), 303)


def local(address: str) -> str:
    """The address if it is a path on this site, else the front door: nobody is sent elsewhere by a link of ours."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if plain and all(ord(c) > 32 for c in address) else url_for("home.front")
