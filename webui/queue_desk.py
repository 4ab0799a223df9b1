"""The part of the desk that a day's work needs: where the queue begins and ends, and a manager's team."""

from engine.app import queue, team
from engine.app.dealwright import Dealwright
from engine.app.views.queue import QueueEnd
from engine.app.views.tasks import TaskList
from engine.app.views.team import TeamView
from engine.app.views.users import User


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
