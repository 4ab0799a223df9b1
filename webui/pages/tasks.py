"""My tasks: the list in groups, one task, and what may be done with it from wherever it is shown."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial as with_
from secrets import token_urlsafe

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext

from engine.app.views.tasks import Snooze, TaskCard
from webui import rendering
from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.pages.queue import card_page, single
from webui.pages.team import person_page
from webui.signed_in import desk, viewer

page = Blueprint("tasks", __name__)


@page.get("/tasks")
@needs("task.see")
def mine() -> Response:
    """The viewer's tasks by when they are due."""
    return listing()


@page.get("/tasks/not-made")
@needs("task.see")
def not_made() -> Response:
    """What rules wanted of somebody on a day and did not ask, with the reasons; today and the viewer when none is given."""
    person = request.args.get("person") or viewer().person
    try:
        on = date.fromisoformat(request.args["day"]) if request.args.get("day") else None
    except ValueError:
        abort(400)
    explanation = desk().not_made(person, on, viewer())
    theirs("task.see", explanation.belongs)
    return show("not_made.html", "explanation", explanation=explanation, person=person, day=on)


@page.get("/tasks/<path:task_id>")
@needs("task.see")
def one(task_id: str) -> Response:
    """One task on a page of its own."""
    return single(task_id)


@page.post("/tasks/<path:task_id>/complete")
@needs("task.work")
def complete(task_id: str) -> Response:
    """Done, with what came of it."""
    card = to_work_on(task_id)
    first = card.task.outcomes[0].code if card.task.outcomes else ""
    outcome, note = request.form.get("outcome") or first, request.form.get("note", "").strip()
    answer = desk().complete(task_id, outcome, note, viewer())
    return finished(card, answer, gettext("Done: %(title)s", title=shown(card)))


@page.post("/tasks/<path:task_id>/snooze")
@needs("task.work")
def snooze(task_id: str) -> Response:
    """Put off to one of the offered moments, or to the morning of a day."""
    card = to_work_on(task_id)
    until = moment_of(card.snoozes)
    answer = desk().snooze(task_id, until, viewer())
    when = until.astimezone(rendering.zone()).strftime("%Y-%m-%d %H:%M")
    return finished(card, answer, gettext("Put off to %(when)s: %(title)s", when=when, title=shown(card)))


@page.post("/tasks/<path:task_id>/delegate")
@needs("task.work")
def delegate(task_id: str) -> Response:
    """Given to somebody else, for good or until the morning of a day."""
    card = to_work_on(task_id)
    form = request.form
    until = moment_of(card.snoozes) if form.get("day") else None
    answer = desk().delegate(task_id, form.get("to", ""), until, form.get("reason", "").strip(), viewer())
    return finished(card, answer, gettext("Given on: %(title)s", title=shown(card)))


@page.post("/tasks/<path:task_id>/skip")
@needs("task.work")
def skip(task_id: str) -> Response:
    """Not to be done, with the reason."""
    card = to_work_on(task_id)
    answer = desk().skip(
        task_id, request.form.get("reason", "").strip(), viewer(), request.form.get("reschedule") == "yes"
    )
    return finished(card, answer, gettext("Skipped: %(title)s", title=shown(card)))


@page.post("/tasks/<path:task_id>/take-back")
@needs("task.work")
def take_back(task_id: str) -> Response:
    """The last answer is taken back: the task is what it was before."""
    card = to_work_on(task_id)
    answer = desk().take_back(task_id, request.form.get("answered", ""), viewer())
    return finished(card, answer, gettext("Taken back: %(title)s", title=shown(card)))


def to_work_on(task_id: str) -> TaskCard:
    """The task, if it is the viewer's to work on."""
    card = desk().task(task_id, viewer())
    theirs("task.work", card.belongs)
    return card


def shown(card: TaskCard) -> str:
    """What the task is called in the page's language, with the customer."""
    return f"{rendering.show(card.task.title)} · {card.task.account_name}"


def moment_of(snoozes: Sequence[Snooze]) -> datetime:
    """The moment asked for: an offered one by its code, or 09:00 of a day. 400 for anything else."""
    asked = request.form.get("until", "")
    offered = next((snooze.until for snooze in snoozes if snooze.code == asked), None)
    if offered is not None:
        return offered
    try:
        day = datetime.strptime(request.form.get("day", ""), "%Y-%m-%d").date()
    except ValueError:
        abort(400)
    return datetime.combine(day, time(9), rendering.zone()).astimezone(UTC)


def finished(card: TaskCard, answer: Answer, message: str) -> Response:
    """Back to where the task was shown: the queue goes on with its next card."""
    then = request.form.get("then", "")
    if then == "queue":
        onward = card.next if answer.done else card.task.id
        return answer_with(answer, message, url_for("queue.next_card", task=onward), with_(card_page, onward))
    if then == "list":
        return answer_with(answer, message, url_for("tasks.mine"), listing)
    if then == "team":
        owner = card.task.owner
        return answer_with(answer, message, url_for("team.person", person=owner), with_(person_page, owner))
    task_id = card.task.id
    return answer_with(answer, message, url_for("tasks.one", task_id=task_id), with_(single, task_id))


def listing(answer: Answer | None = None, status: int = 200) -> Response:
    """The list, with what is wrong if something is."""
    tasks = desk().tasks(viewer(), request.args.get("after", ""))
    return show("tasks.html", "tasks", status, tasks=tasks, bulk=token_urlsafe(18), answer=answer, then="list")
