"""Open days: those of a payee on which pay may still come out otherwise than the last posted run left it.

All other days are settled: nothing that their lines depend on has changed since, and nothing in them waits for time. So
their credits need not be read again, and what was posted for them stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.core.incentives.presence import Span
from engine.core.periods import Period
from engine.core.records import Deal, Person

ALWAYS = Span(date.min, date.max)
"""All days there are."""


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Stretches of open days, in order, none touching the next."""

    spans: tuple[Span, ...]

    def holds(self, day: date) -> bool:
        """True for an open day."""
        return any(span.start <= day < span.end for span in self.spans)

    def meets(self, window: Period) -> bool:
        """True when some day of the window is open."""
        return any(span.start < window.end and window.start < span.end for span in self.spans)

    @property
    def every(self) -> bool:
        """True when no day is settled."""
        return self.spans == (ALWAYS,)


EVERY_DAY = OpenDays((ALWAYS,))


def joined(spans: Iterable[Span]) -> OpenDays:
    """The days of all the spans."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return OpenDays(tuple(found))


def one_day(day: date) -> Span:
    """That day alone; of the first day there is, all days: it stands for what has no day."""
    return ALWAYS if day == date.min else Span(day, day + timedelta(days=1))


def changed_from(before: Person | None, after: Person) -> date | None:
    """The first day on which the person is another than before; None when there is none. Somebody new is nobody before
    they join; a change of what holds on every day (their name, the day of joining) counts from the first day there is."""
    if before is None or before == after:
        return None if before else after.joined_on
    if any(getattr(before, name) != getattr(after, name) for name in ("name", "name_zh", "joined_on")):
        return date.min
    days = [one.from_on for one in (*_apart(before.versions, after.versions), *_apart(before.absences, after.absences))]
    left = {before.left_on, after.left_on} if before.left_on != after.left_on else set()
    return min((day for day in (*days, *left) if day), default=date.min)


def moves_release(before: Deal | None, after: Deal | None) -> bool:
    """True when what a release asks of a deal itself has changed: its amount, the day it was won."""
    if before is None or after is None:
        return False
    return (before.facts.get("amount"), before.won_on) != (after.facts.get("amount"), after.won_on)


def _apart(one: Sequence[object], other: Sequence[object]) -> list[Any]:
    """What is in one of the two and not in the other."""
    return [*(each for each in one if each not in other), *(each for each in other if each not in one)]
