"""The part of the desk that a day's work needs: where the queue begins and ends, and a manager's team."""

from collections.abc import Mapping
from datetime import datetime

from engine.app import absences as away
from engine.app import queue, team
from engine.app import tasks as work
from engine.app.dealwright import Dealwright
from engine.app.views.absences import AbsencesView
from engine.app.views.queue import QueueEnd
from engine.app.views.tasks import TaskList
from engine.app.views.team import TeamView
from engine.app.views.users import User
from webui.answers import Answer, answer_to


class QueueDesk:
    """Questions about the work of the day, over an open house."""

    def __init__(self, dw: Dealwright) -> None:
        self._dw = dw

    def team_work(self, viewer: User) -> TeamView:
        """The team in numbers."""
        return team.team_view(self._dw, viewer)

    def team_tasks(self, person: str, viewer: User, after: str = "") -> TaskList:
        """A page of the tasks of somebody in the team."""
        return team.tasks_of_person(self._dw, person, viewer, after)

    def first_due(self, viewer: User) -> str:
        """Where the queue begins."""
        return queue.first_due(self._dw, viewer)

    def queue_end(self, viewer: User) -> QueueEnd:
        """Where the queue ends."""
        return queue.queue_end(self._dw, viewer)

    def delegate(self, task_id: str, to: str, until: datetime | None, reason: str, viewer: User) -> Answer:
        """The task given to somebody else."""
        return answer_to(work.answer(self._dw, task_id, "task.delegated", viewer, to=to, until=until, reason=reason))

    def absences(self, viewer: User) -> AbsencesView:
        """Who is away."""
        return away.absences_view(self._dw, viewer)

    def tell_away(self, person: str, told: Mapping[str, object], viewer: User) -> Answer:
        """Somebody will be out of office."""
        return answer_to(away.tell_away(self._dw, person, viewer, **told))

    def tell_back(self, person: str, viewer: User) -> Answer:
        """Somebody is back at work."""
        return answer_to(away.tell_back(self._dw, person, viewer))
