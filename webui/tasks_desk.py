"""The part of the house's desk that is about tasks: the list, one task, the answers to one and to several."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from engine.app import bulk as many
from engine.app import calendar_feeds as feeds
from engine.app import tasks as work
from engine.app.dealwright import Dealwright
from engine.app.not_made import not_made
from engine.app.refusals import Problems
from engine.app.task_history import task_history as history_of
from engine.app.views.bulk import BulkResult
from engine.app.views.explaining import Explanation
from engine.app.views.feeds import FeedView
from engine.app.views.history import HistoryRow
from engine.app.views.tasks import TaskCard, TaskList
from engine.app.views.users import User
from webui.answers import Answer, answer_to


class TasksDesk:
    """Questions about tasks over an open house."""

    _dw: Dealwright

    def tasks(self, viewer: User, after: str = "") -> TaskList:
        """A page of the viewer's tasks."""
        return work.my_tasks(self._dw, viewer, after)

    def task(self, task_id: str, viewer: User) -> TaskCard:
        """One task in full."""
        return work.task_card(self._dw, task_id, viewer)

    def not_made(self, person: str, on: date | None, viewer: User) -> Explanation:
        """What was not asked of somebody on a day, today when none is given."""
        return not_made(self._dw, person, on or self._dw.now().astimezone(self._dw.zone).date(), viewer)

    def complete(self, task_id: str, outcome: str, note: str, viewer: User) -> Answer:
        """Complete a task."""
        return answer_to(work.answer(self._dw, task_id, "task.completed", viewer, outcome=outcome, note=note))

    def snooze(self, task_id: str, until: datetime, viewer: User) -> Answer:
        """Put a task off."""
        return answer_to(work.answer(self._dw, task_id, "task.snoozed", viewer, until=until))

    def skip(self, task_id: str, reason: str, viewer: User, again: bool = False) -> Answer:
        """Skip a task, with a reason; `again`: to be done later."""
        later = "yes" if again else ""
        return answer_to(work.answer(self._dw, task_id, "task.skipped", viewer, reason=reason, reschedule=later))

    def task_history(self, task_id: str, viewer: User) -> tuple[HistoryRow, ...]:
        """What happened to a task."""
        return history_of(self._dw, task_id, viewer)

    def take_back(self, task_id: str, answered: str, viewer: User) -> Answer:
        """Take back the last answer to a task."""
        return answer_to(work.take_back(self._dw, task_id, answered, viewer))

    def answer_many(
        self, bulk: str, task_ids: Sequence[str], type: str, body: Mapping[str, object], viewer: User
    ) -> BulkResult:
        """One answer to several tasks."""
        return many.answer_many(self._dw, bulk, task_ids, type, body, viewer)

    def bulk(self, bulk: str, viewer: User) -> BulkResult:
        """What came of it."""
        return many.bulk_result(self._dw, bulk, viewer)

    def undo_many(self, bulk: str, viewer: User) -> BulkResult:
        """Take back what can be."""
        return many.undo_many(self._dw, bulk, viewer)

    def calendar_feed(self, viewer: User) -> FeedView:
        """Whether the viewer has a calendar feed."""
        return feeds.feed_view(self._dw, viewer)

    def renew_feed(self, zone: str, viewer: User) -> FeedView | Problems:
        """A new secret address, told this once."""
        return feeds.renew_feed(self._dw, viewer, zone)

    def revoke_feed(self, viewer: User) -> bool:
        """No address any more."""
        return feeds.revoke_feed(self._dw, viewer)

    def feed(self, token: str, kind: str, link: Callable[[str], str]) -> bytes | None:
        """The feed of that token, or None."""
        return feeds.feed_of(self._dw, token, kind, link)
