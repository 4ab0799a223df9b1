"""What a person does with a cadence: puts a deal into it, lets it rest, resumes it, takes it out.

By hand the start's condition is not asked. Whoever was taken out by hand comes back by hand only.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.problems import Place
from engine.core.records import Cause, Enrolment, Pause
from engine.core.rules.rulebook import in_force
from engine.core.workflow.at_start import back_on
from engine.core.workflow.causes import cause_of, refused
from engine.core.workflow.enrolments import begin, end, why_not
from engine.core.workflow.pauses import rest, resumed
from engine.core.workflow.settings import pinned
from engine.core.workflow.steps import enrol, run_due
from engine.core.workflow.work import Work

BY_HAND = frozenset({"enrolment.asked", "enrolment.paused", "enrolment.resumed", "enrolment.removed"})
"""The events by which a person moves an enrolment; each names the deal and the cadence."""


def by_hand(work: Work) -> tuple[Outcome, ...]:
    """The refusal of what a person asked for; empty when it was done."""
    return _DOES[work.event.type](work)


def _told(event: Event) -> Cause:
    return Cause("", Place(""), event.id)


def _current(work: Work) -> Enrolment | None:
    """The deal's enrolment in the named cadence that has not ended."""
    found = work.enrolments(work.event.subject)
    return next((one for one in found if one.cadence == work.event.text("cadence") and not one.ended_as), None)


def _refused(work: Work, code: str) -> tuple[Outcome, ...]:
    """The refusal, with what the deal and the cadence are; in history nothing is asked of anybody."""
    event = work.event
    if work.silent:
        work.passed("enrolment", event.subject, "history", _told(event))
        return ()
    return refused(code, _told(event), deal=event.subject, cadence=event.text("cadence"))


def _enrolled(work: Work) -> tuple[Outcome, ...]:
    event = work.event
    found = next((c for c in in_force(work.rulebook.cadences, event.on) if c.header.id == event.text("cadence")), None)
    if found is None:
        return _refused(work, "E220")
    earlier = [one for one in work.enrolments(event.subject) if one.cadence == found.header.id]
    if why_not(work, found, earlier, by_hand=True):
        return _refused(work, "E222" if all(one.ended_as for one in earlier) else "E221")
    priority = event.body.get("priority")
    level = int(priority) if isinstance(priority, int | Fraction) else 0
    cause = cause_of(found.header, found.start.place, event, work.rulebook)
    following = begin(work, found, cause, by_hand=True, priority=level)
    if following:
        enrol(work, found, following)
    return ()


def _paused(work: Work) -> tuple[Outcome, ...]:
    event, current = work.event, _current(work)
    if current is None:
        return _refused(work, "E223")
    cadence, day = pinned(current, work.rulebook), event.day("until")
    until = back_on(work, cadence, current, day) if day else None
    if day and until is None:
        return _refused(work, "E225")
    rest(work, current, Pause(event.at, until, current.due_at, "person", event.text("reason")), _told(event))
    return ()


def _resumed(work: Work) -> tuple[Outcome, ...]:
    current = _current(work)
    if current is None or current.pause is None:
        return _refused(work, "E224")
    cadence = pinned(current, work.rulebook)
    run_due(work, cadence, resumed(work, cadence, current, work.event.at, _told(work.event)))
    return ()


def _removed(work: Work) -> tuple[Outcome, ...]:
    current = _current(work)
    if current is None:
        return _refused(work, "E223")
    cause = replace(current.cause, event=work.event.id, facts=(), notes=())
    end(work, current, "removed_by_user", cause, name=work.event.text("reason"))
    return ()


_DOES: Mapping[str, Callable[[Work], tuple[Outcome, ...]]] = MappingProxyType({
    "enrolment.asked": _enrolled, "enrolment.paused": _paused, "enrolment.resumed": _resumed,
    "enrolment.removed": _removed,
})  # fmt: skip
