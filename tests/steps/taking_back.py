"""Sentences about several tasks at once, and about taking an answer back."""

from datetime import datetime

from engine.app.bulk import answer_many, undo_many
from engine.app.task_history import task_history
from engine.app.tasks import take_back
from engine.core.records import Task
from engine.store.reading import all_records
from tests.steps.facts import Table
from tests.steps.sentences import then, when
from tests.steps.story import NOT_ACCEPTED, Story

BULK = "the-only-bulk-answer"


def _titled(story: Story, title: str) -> Task:
    """The task of that title that was answered last, open or not."""
    with story.unit() as unit:
        found = [task for task in all_records(unit, Task) if title in task.title]
    return max(found, key=lambda task: (task.answer.at.isoformat() if task.answer else "", task.id))


@when(
    "on {moment}, {person} takes back what was done with the task {title}", "{moment}，{person}撤销对任务{title}的处理"
)
def takes_back(story: Story, moment: datetime, person: str, title: str) -> None:
    """The task is what it was before, or it is said why not."""
    story.nothing_overlooked()
    story.reach(moment)
    task = _titled(story, title)
    found = take_back(story.house, task.id, task.answer.event if task.answer else "", story.viewer(person))
    assert not isinstance(found, tuple), f"{found}"
    story.last, story.noticed = found, found.status not in NOT_ACCEPTED


@when(
    "on {moment}, {person} skips all tasks at once, because {reason}",
    "{moment}，{person}一次跳过全部任务，原因是{reason}",
)
def skips_all(story: Story, moment: datetime, person: str, reason: str) -> None:
    """Every task of the list is ticked."""
    story.nothing_overlooked()
    story.reach(moment)
    ids = [task.id for task in story.tasks_of(person)]
    found = answer_many(story.house, BULK, ids, "task.skipped", {"reason": reason}, story.viewer(person))
    assert len(found.rows) == len(ids) and all(row.done for row in found.rows), f"{found.rows}"


@when("on {moment}, {person} takes back everything of it", "{moment}，{person}全部撤销")
def takes_all_back(story: Story, moment: datetime, person: str) -> None:
    """All that was done at once and still stands."""
    story.reach(moment)
    undo_many(story.house, BULK, story.viewer(person))


@then("the history of the task {title} says", "任务{title}的历史为")
def history_says(story: Story, title: str, datatable: Table) -> None:
    """What happened to it in time order: what, the particulars, by whom or by which rule."""
    task = _titled(story, title)
    rows = task_history(story.house, task.id, story.viewer(task.owner))
    found = [
        [story.shown(row.what), story.shown(row.detail), story.shown(row.by) or story.shown(row.rule)] for row in rows
    ]
    assert found == datatable, f"{found}"
