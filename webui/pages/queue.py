"""Queue mode: one task at a time, with everything to do it, and the next one after it."""

from functools import partial as with_

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.signed_in import desk, viewer

page = Blueprint("queue", __name__)


@page.get("/tasks/queue")
@needs("task.work")
def next_card() -> Response:
    """The task asked for, or the first that is due."""
    return card_page(request.args.get("task", ""))


@page.post("/tasks/<path:task_id>/log")
@needs("task.work")
def log(task_id: str) -> Response:
    """Record a touch of the task's deal and, when asked, finish the task with the same outcome: one step.

    Doing a task may be the touch itself; then it is done and not told twice. What is of another kind than the task asks
    for is recorded, and the task stays.
    """
    card = desk().task(task_id, viewer())
    theirs("task.work", card.belongs)
    kind, outcome = request.form.get("kind", ""), request.form.get("outcome", "")
    note = request.form.get("note", "").strip()
    same = kind == card.task.channel.code
    wanted = request.form.get("complete") == "yes" and (same or not card.is_touch)
    answer = (
        Answer() if wanted and card.is_touch else desk().log_activity(card.task.deal, kind, outcome, note, viewer())
    )
    message, onward = gettext("Activity recorded."), task_id
    if answer.done and wanted:
        answer = desk().complete(task_id, outcome, note, viewer())
        message, onward = gettext("Activity recorded, task done."), card.next if answer.done else task_id
    if request.form.get("then") == "task":
        return answer_with(answer, message, url_for("tasks.one", task_id=task_id), with_(single, task_id))
    return answer_with(answer, message, url_for("queue.next_card", task=onward), with_(card_page, onward))


def card_page(task_id: str, answer: Answer | None = None, status: int = 200) -> Response:
    """The card of a task; without an id, the first due today; with none, that all is done and what comes later."""
    chosen = task_id or desk().first_due(viewer())
    card = desk().task(chosen, viewer()) if chosen else None
    if card is not None:
        theirs("task.work", card.belongs)
    end = None if card else desk().queue_end(viewer())
    push = url_for("queue.next_card", task=chosen or None)
    return show("queue.html", "card", status, push, card=card, end=end, answer=answer, then="queue")


def single(task_id: str, answer: Answer | None = None, status: int = 200) -> Response:
    """The page of one task."""
    card = desk().task(task_id, viewer())
    theirs("task.see", card.belongs)
    history = desk().task_history(task_id, viewer())
    return show("task.html", "card", status, card=card, history=history, answer=answer, then="task")
