"""What people have to do: the list in groups, one task in full, and their answers."""

from datetime import datetime

from engine.app.dealwright import Dealwright
from engine.core.records import Person, Task
from engine.store.queries.tasks import open_tasks
from engine.store.reading import all_records


def due_tasks(dw: Dealwright, by: datetime) -> tuple[Task, ...]:
    """Every open task that is due by that moment and not put off, by due moment and id."""
    with dw.database.unit() as unit:
        people = [person.id for person in all_records(unit, Person)]
        found = open_tasks(unit, people, by, limit=100_000) if people else ()
    return tuple(task for task in found if task.due_at <= by)
