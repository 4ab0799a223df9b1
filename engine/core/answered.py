"""How a task and its enrolments stood before a person's answer, kept with the task so that the answer can be taken back."""

from dataclasses import dataclass
from datetime import datetime

from engine.core.enrolled import Enrolment, Pause


@dataclass(frozen=True, slots=True)
class Stood:
    """Where an enrolment stood before the answer; the fields are those of Enrolment. `others` are the ids of its other
    open tasks, so that what came after can be told from what was there."""

    enrolment: str
    step: str
    due_at: datetime | None
    anchor_at: datetime
    repeats: int = 0
    visit: int = 0
    heard: bool = False
    calendar: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    pause: Pause | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The last answer to a task: the event, its moment, until when the task was put off before, where its enrolments stood."""

    event: str
    at: datetime
    snoozed_until: datetime | None = None
    stood: tuple[Stood, ...] = ()

    def led_to(self, event: str) -> bool:
        """True for the answer's own event and those derived from it."""
        return event == self.event or event.startswith(f"{self.event}+")


def stood(one: Enrolment, others: tuple[str, ...]) -> Stood:
    """Where the enrolment stands now."""
    return Stood(one.id, one.step, one.due_at, one.anchor_at, one.repeats, one.visit, one.heard, one.calendar,
                 one.notes, one.pause, others)  # fmt: skip
