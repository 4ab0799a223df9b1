"""Queue mode: one task at a time, with everything to do it, and the next one after it."""

from flask import Blueprint, Response, request, url_for

from engine.app.views.tasks import TaskList
from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import show
from webui.signed_in import desk, viewer

page = Blueprint("queue", __name__)


@page.get("/tasks/queue")
@needs("task.work")
def next_card() -> Response:
    """The task asked for, or the first that is due."""
    return card_page(request.args.get("task", ""))


def card_page(task_id: str, answer: Answer | None = None, status: int = 200) -> Response:
    """The card of a task; without an id, the first due today; with none, that all is done and what comes later."""
    tasks = desk().tasks(viewer())
    chosen = task_id or first_open(tasks)
    card = desk().task(chosen, viewer()) if chosen else None
    if card is not None:
        theirs("task.work", card.belongs)
    push = url_for("queue.next_card", task=chosen or None)
    later = [row for group in tasks.groups if group.id in ("this_week", "later") for row in group.rows]
    return show("queue.html", "card", status, push, card=card, tasks=tasks, later=later, answer=answer, then="queue")


def first_open(tasks: TaskList) -> str:
    """The id of the first task that is overdue or due today, or empty."""
    rows = (row for group in tasks.groups if group.id in ("overdue", "today") for row in group.rows)
    return next((row.id for row in rows if row.status == "open"), "")
