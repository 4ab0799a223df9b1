"""One event's work on tasks and enrolments: what it looks at, and what has been decided so far.

A small holder, so that rules decided within one event see each other's tasks. Three keys keep work from being doubled:
the event's (the log's), the decision's (a task's id is derived from what caused it), and the purpose: a second rule
that wants the same thing of the same person for the same deal joins the open task as a further reason.
"""

from dataclasses import replace

from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome, Passed
from engine.core.records import Cause, Deal, Enrolment, Task
from engine.core.rules.cadence import Cadence
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation, State
from engine.core.workflow.notes import Note, note
from engine.core.workflow.task_terms import cared_for, done_lately, timed


class Work:
    """The situation of one event with the outcomes so far laid over it; `moved_on` are enrolments whose task was called
    off, which go on to the next step in their turn."""

    def __init__(self, event: Event, situation: Situation, rulebook: Rulebook) -> None:
        self.event, self.situation, self.rulebook = event, situation, rulebook
        self.outcomes: list[Outcome] = []
        self.moved_on: list[tuple[Cadence, Enrolment]] = []

    @property
    def deal(self) -> Deal | None:
        """The event's deal as it now stands."""
        kept = [o.record for o in self.outcomes if isinstance(o, Kept) and isinstance(o.record, Deal)]
        return kept[-1] if kept else self.situation.deal

    @property
    def now(self) -> State:
        """The records with the outcomes so far laid over them."""
        draft = Draft(self.situation.state)
        draft.fold(self.outcomes)
        return draft

    @property
    def silent(self) -> bool:
        """True in history: nothing is asked of people and nobody is told."""
        return self.event.mode == "history"

    def tasks(self, deal: str) -> tuple[Task, ...]:
        """The deal's tasks as they now stand: those of the state in its order, then new ones (of no deal: the new ones)."""
        now = {task.id: task for task in self.situation.state.tasks(deal)}
        kept = [o.record for o in self.outcomes if isinstance(o, Kept) and isinstance(o.record, Task)]
        return tuple((now | {task.id: task for task in kept if task.deal == deal}).values())

    def enrolments(self, deal: str) -> tuple[Enrolment, ...]:
        """The deal's enrolments as they now stand, in the same order."""
        now = {one.id: one for one in self.situation.state.enrolments(deal)}
        kept = [o.record for o in self.outcomes if isinstance(o, Kept) and isinstance(o.record, Enrolment)]
        return tuple((now | {one.id: one for one in kept if one.deal == deal}).values())

    def kept_enrolments(self) -> tuple[Enrolment, ...]:
        """Every enrolment, of whatever deal, that the event has changed so far, each as it now stands."""
        kept = [o.record for o in self.outcomes if isinstance(o, Kept) and isinstance(o.record, Enrolment)]
        return tuple({one.id: one for one in kept}.values())

    def keep(self, what: str, record: Deal | Task | Enrolment, cause: Cause) -> None:
        """A record as it now stands; an enrolment remembers what moved it, which the clock is not."""
        if isinstance(record, Enrolment) and self.event.type != "clock.ticked":
            record = replace(record, moved_by=self.event.id)
        self.outcomes.append(Kept(what, record, cause))

    def passed(self, what: str, subject: str, reason: str, cause: Cause) -> None:
        """Something that is not done, and why."""
        self.outcomes.append(Passed(what, subject, reason, cause))


def propose(work: Work, task: Task) -> Task:
    """Make the task, with whoever is there to do it, or join it to the open one of the same purpose and person; nothing
    when it was made before. What has been done lately counts as done. The task as it was made comes back."""
    cause = task.reasons[0]
    if work.silent:
        work.passed("task", task.id, "history", cause)
        return task
    known = work.tasks(task.deal)
    if any(task.id == other.id or _joined(other, task.id) for other in known):
        return task
    task = cared_for(work.event, work.situation, work.rulebook, task)
    same = next((other for other in known if same_purpose(other, task)), None)
    lately = done_lately(work.event, work.situation, work.rulebook, task, known) if same is None else None
    if lately:
        work.keep("satisfied", lately, lately.reasons[0])
        return lately
    if same is None:
        work.keep("made", task, task.reasons[0])
    else:
        _join(work, same, task, cause)
    return task


def hand_on(work: Work, task: Task, to: str, cause: Cause, what: str = "moved") -> Task | None:
    """The open task as it stands with that person from now on; None when it joins an open one of theirs with the same
    purpose."""
    moved = cared_for(work.event, work.situation, work.rulebook, replace(task, owner=to))
    same = next((other for other in work.tasks(task.deal) if other.id != task.id and same_purpose(other, moved)), None)
    if same is None:
        work.keep(what, moved, cause)
        return moved
    work.keep("cancelled", closed(task, "cancelled", work.event, text="joined"), cause)
    _join(work, same, task, cause)
    return None


def _join(work: Work, same: Task, task: Task, cause: Cause) -> None:
    """The open task takes over the other's reasons: it is due at the earlier moment and has the higher priority."""
    taken = tuple(replace(reason, notes=(*reason.notes, note("task", task.id))) for reason in task.reasons)
    due_at, priority = min(same.due_at, task.due_at), max(same.priority, task.priority)
    together = replace(same, reasons=(*same.reasons, *taken), due_at=due_at, priority=priority)
    together = timed(work.event, work.situation, work.rulebook, together)
    work.keep("joined_reason", together, replace(cause, notes=(*cause.notes, note("task", task.id))))


def same_purpose(other: Task, task: Task) -> bool:
    """True for an open task by which the same is wanted of the same person."""
    wanted = (task.purpose, task.owner, "open")
    return bool(task.purpose) and (other.purpose, other.owner, other.status) == wanted


def _joined(task: Task, wanted: str) -> bool:
    return any(("task", wanted) in reason.notes for reason in task.reasons)


def withdraw(work: Work, task: Task, link: Note, cause: Cause) -> None:
    """Take the reasons with that note off an open task; it is cancelled when none is left."""
    if task.status != "open":
        return
    left = tuple(reason for reason in task.reasons if link not in reason.notes)
    if left:
        work.keep("left_reason", replace(task, reasons=left), cause)
    else:
        work.keep("cancelled", closed(task, "cancelled", work.event), cause)


def closed(task: Task, status: str, event: Event, outcome: str = "", text: str = "") -> Task:
    """The task as the event ended it."""
    return replace(task, status=status, outcome=outcome, note=text, ended_at=event.at, ended_by=event.id, look_at=None)
