"""What may come of a task: the closed list that vocabularies declare, and the touch that doing it is."""

from collections.abc import Iterator
from dataclasses import replace

from engine.core.activity import Activity
from engine.core.events import Event
from engine.core.records import Task
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.vocabulary import TaskOutcome

TOUCH = "+activity.logged"
"""Ends the name of the event that is the touch of a completed task."""


def declared(rulebook: Rulebook) -> tuple[TaskOutcome, ...]:
    """Every outcome of every vocabulary, in file order; empty: none is declared, so any is taken."""
    return tuple(one for vocabulary in rulebook.vocabularies for one in vocabulary.outcomes)


def outcomes_of(rulebook: Rulebook, channel: str, purpose: str) -> tuple[TaskOutcome, ...]:
    """What may come of a task of that channel and purpose: its purpose's own outcomes, else its channel's and those of
    any task."""
    every = declared(rulebook)
    own = tuple(one for one in every if purpose in one.purposes)
    channel = channel or "other"
    return own or tuple(one for one in every if channel in one.channels or not (one.channels or one.purposes))


def may_come_of(rulebook: Rulebook, task: Task, outcome: str) -> bool:
    """True when the outcome is one of the task's, none is said, or no vocabulary declares any."""
    taken = {one.code for one in outcomes_of(rulebook, task.channel, task.purpose)}
    return not outcome or not declared(rulebook) or outcome in taken


def touch_of(event: Event, task: Task, rulebook: Rulebook) -> Iterator[Event]:
    """The touch that a completed task is, when the vocabulary says so; none in history, which tells its touches itself."""
    channels = {channel for vocabulary in rulebook.vocabularies for channel in vocabulary.logged_when_done}
    if not task.deal or task.channel not in channels or event.mode == "history":
        return
    did = event.actor or task.owner
    yield _touch(event, task.deal, f"{event.key}{TOUCH}", did, (task.channel, task.outcome, task.note, task.id))


def touch_again(touch: Activity) -> Event:
    """The event that logged the touch of a completed task, as it was."""
    source, _, key = touch.id.partition("/")
    event = Event("task.completed", touch.task, source, key, touch.at, touch.on)
    return _touch(event, touch.deal, key, touch.by, (touch.kind, touch.outcome, touch.note, touch.task))


def _touch(event: Event, deal: str, key: str, did: str, said: tuple[str, str, str, str]) -> Event:
    """The touch as an event of its own: who did it, and kind, outcome, note and task."""
    body = {name: value for name, value in zip(("kind", "outcome", "note", "task"), said, strict=True) if value}
    return replace(event, type="activity.logged", subject=deal, key=key, actor=did, body=body, seq=0)
