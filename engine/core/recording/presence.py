"""When people are out of office and back again, by the order of events and not of delivery."""

from dataclasses import replace

from engine.core.absences import OutOfOffice
from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.recording.common import NotYetKnown, kept, known_people, refused
from engine.core.records import Person
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation


def out_of_office(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The person out from then on (from the event's moment when none is given); of two with the same beginning the one
    told later holds. E187 when it ends before it begins, E188 for somebody who stands in for themselves."""
    person = _known(event, situation)
    known_people(event, situation.state)
    start, end = event.body.get("from_at") or event.at, event.body.get("until_at")
    if end is not None and end <= start:  # type: ignore[operator]
        return refused("E187", event, start=str(start), end=str(end))
    if event.text("stand_in") == person.id:
        return refused("E188", event, person=person.id)
    out = OutOfOffice(start, end, event.text("stand_in"), event.text("reason"), event.at, event.id)  # type: ignore[arg-type]
    told = sorted([*person.out, out], key=lambda one: (one.from_at, one.told_at, one.event))
    latest = {one.from_at: one for one in told}
    return kept("out_of_office", replace(person, out=tuple(latest.values())), event)


def back(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The person back at work: what they were out of office for ends at that moment."""
    person = _known(event, situation)
    ended = (replace(out, until_at=event.at) if out.covers(event.at) else out for out in person.out)
    return kept("back", replace(person, out=tuple(ended)), event)


def _known(event: Event, situation: Situation) -> Person:
    person = situation.state.person(event.subject)
    if person is None:
        raise NotYetKnown("person", event.subject, event)
    return person
