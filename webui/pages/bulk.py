"""One answer to several tasks of the list, what came of each, and taking it back. Works without JavaScript."""

from flask import Blueprint, Response, abort, redirect, request, url_for

from webui.access import needs
from webui.hx import show
from webui.pages.tasks import moment_of
from webui.signed_in import desk, viewer

page = Blueprint("bulk", __name__)

_PICKED = "pick-"
_TYPES = {"complete": "task.completed", "snooze": "task.snoozed", "skip": "task.skipped"}


@page.post("/tasks/bulk")
@needs("task.work")
def answer() -> Response:
    """The answer for every task that was picked. What is in the log is shown from there, so that a reload asks nothing anew."""
    what, reason = request.form.get("what", ""), request.form.get("reason", "").strip()
    picked = [name.removeprefix(_PICKED) for name in request.form if name.startswith(_PICKED)]
    if what not in _TYPES:
        abort(400)
    if not picked:
        return redirect(url_for("tasks.mine"), 303)
    body: dict[str, object] = {"note" if what == "complete" else "reason": reason}
    if what == "snooze":
        body["until"] = moment_of(desk().tasks(viewer()).snoozes)
    found = desk().answer_many(request.form.get("bulk", ""), picked, _TYPES[what], body, viewer())
    if found.whole:
        return redirect(url_for("bulk.result", bulk_id=found.id), 303)
    return show("bulk.html", "bulk", 422, result=found)


@page.get("/tasks/bulk/<bulk_id>")
@needs("task.work")
def result(bulk_id: str) -> Response:
    """What came of it, task by task; 404 for one that the viewer did not give."""
    found = desk().bulk(bulk_id, viewer())
    if not found.rows:
        abort(404)
    return show("bulk.html", "bulk", result=found)


@page.post("/tasks/bulk/<bulk_id>/undo")
@needs("task.work")
def undo(bulk_id: str) -> Response:
    """Taken back, as far as it can be."""
    if not desk().undo_many(bulk_id, viewer()).rows:
        abort(404)
    return redirect(url_for("bulk.result", bulk_id=bulk_id), 303)
