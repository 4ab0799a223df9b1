"""The one gate before a task that somebody asks for by its id."""

from engine.app.access import NotThere, NotYours, may
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around
from engine.app.views.users import User
from engine.core.records import Task
from engine.store.database import Unit
from engine.store.state import SqlState


def seen_task(dw: Dealwright, unit: Unit, id: str, viewer: User) -> tuple[Task, Around]:
    """The task and what is around its deal. NotThere, or NotYours for one that the viewer may not see."""
    task = SqlState(unit).task(id)
    if task is None:
        raise NotThere(id)
    known = around(unit, [task.deal])
    if not may(viewer, "task.see", known.belongs([task.owner], dw.now().date())):
        raise NotYours(id)
    return task, known
