"""A person's tasks in their calendar program: the page that gives and takes back the secret address, and what lies there."""

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_babel import gettext

from engine.app.views.feeds import FeedView
from webui.access import PUBLIC, needs
from webui.answers import Answer
from webui.hx import say, show
from webui.limits import per_feed
from webui.signed_in import desk, viewer

page = Blueprint("calendar_feed", __name__)


@page.get("/calendar")
@needs("task.see")
def mine() -> Response:
    """Whether there is an address, since when, and what it shows."""
    return show("calendar_feed.html", "calendar", feed=desk().calendar_feed(viewer()), addresses=())


@page.post("/calendar")
@needs("task.see")
def renew() -> Response:
    """A new address in place of the former one; it is shown this once."""
    made = desk().renew_feed(request.form.get("zone", ""), viewer())
    if not isinstance(made, FeedView):
        feed = desk().calendar_feed(viewer())
        return show("calendar_feed.html", "calendar", 422, feed=feed, addresses=(), answer=Answer(False, made))
    addresses = [
        url_for("calendar_feed.file", token=made.token, kind=kind, _external=True) for kind in ("todos", "events")
    ]
    return show("calendar_feed.html", "calendar", feed=made, addresses=addresses)


@page.post("/calendar/revoke")
@needs("task.see")
def revoke() -> Response:
    """The address leads nowhere from now on."""
    if desk().revoke_feed(viewer()):
        say(gettext("The calendar address is no longer valid."))
    return redirect(url_for("calendar_feed.mine"), 303)


@page.get("/calendar/<token>/<kind>.ics")
@needs(PUBLIC)
@per_feed
def file(token: str, kind: str) -> Response:
    """The tasks as iCalendar; 404 alike for every address that is not valid, 304 when nothing has changed."""

    def link(task_id: str) -> str:
        return url_for("tasks.one", task_id=task_id, _external=True)

    found = desk().feed(token, kind, link)
    if found is None:
        abort(404)
    response = Response(found, mimetype="text/calendar")
    response.add_etag()
    return response.make_conditional(request)
