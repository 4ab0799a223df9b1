"""A manager's team: who has how much open, what is stuck, what is out of order; and one person's tasks."""

from flask import Blueprint, Response, request

from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import show
from webui.signed_in import desk, viewer

page = Blueprint("team", __name__)


@page.get("/team")
@needs("team.see")
def overview() -> Response:
    """The people below the viewer in numbers."""
    return show("team.html", "team", team=desk().team_work(viewer()))


@page.get("/team/<person>")
@needs("team.see")
def person(person: str) -> Response:
    """The tasks of one of them."""
    return person_page(person)


def person_page(person: str, answer: Answer | None = None, status: int = 200) -> Response:
    """The list of somebody's tasks, with what is wrong if something is."""
    tasks = desk().team_tasks(person, viewer(), request.args.get("after", ""))
    theirs("team.see", tasks.belongs)
    return show("tasks.html", "tasks", status, tasks=tasks, answer=answer, then="team", person=person)
