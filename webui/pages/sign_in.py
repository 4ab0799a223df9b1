"""Signing in and out."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from htmx_flask import make_response

from webui.access import ANYBODY, PUBLIC, needs
from webui.limits import per_account, per_address
from webui.pages.home import local
from webui.signed_in import begin, desk, end, viewer_or_none

page = Blueprint("sign_in", __name__)


@page.get("/sign-in")
@needs(PUBLIC)
def form() -> Response:
    """The form; who is signed in already goes on."""
    if viewer_or_none() is not None:
        return redirect(url_for("home.front"), 303)
    return make_response(render_template("sign_in.html", next=request.args.get("next", ""), name=""))


@page.post("/sign-in")
@needs(PUBLIC)
@per_address
@per_account
def enter() -> Response:
    """Start a session, or say the same about an unknown name and a wrong password."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    started = desk().sign_in(name, password, request.remote_addr or "") if name and password else None
    if started is None:
        problem = gettext("That name and password do not go together.")
        return make_response(
            render_template("sign_in.html", next=request.form.get("next", ""), name=name, problem=problem), 422
        )
    begin(started)
    return redirect(local(request.form.get("next", "")), 303)


@page.post("/sign-out")
@needs(ANYBODY)
def leave() -> Response:
    """End the session where it is kept, and have the browser drop what it stored."""
    end()
    response = redirect(url_for("sign_in.form"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
