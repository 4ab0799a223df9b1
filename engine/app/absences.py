"""Who is out of office or on leave, and telling it: for oneself, for one's people, for everybody as operations."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.app.access import NotYours, may
from engine.app.asking import ask
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around
from engine.app.recording import Recorded
from engine.app.refusals import Problems
from engine.app.views.absences import AbsencesView, AwayRow
from engine.app.views.choices import Choice
from engine.app.views.users import User
from engine.core.records import Person
from engine.core.workflow.task_terms import absences


def absences_view(dw: Dealwright, viewer: User) -> AbsencesView:
    """The absences that are not over of everybody for whom the viewer may speak, by when they begin."""
    now = dw.now()
    with dw.database.unit() as unit:
        known = around(unit)
    here = [person for person in known.people.values() if person.employed(now.date())]
    theirs = sorted(_spoken_for(here, known, viewer, now), key=lambda one: (one.id != viewer.person, one.name, one.id))
    rows = sorted((row for person in theirs for row in _rows(person, known, now, dw.zone)),
                  key=lambda row: (row.from_at, row.person))  # fmt: skip
    return AbsencesView(
        tuple(rows), _choices(theirs, known), _choices(sorted(here, key=lambda p: (p.name, p.id)), known)
    )


def _spoken_for(people: Iterable[Person], known: Around, viewer: User, now: datetime) -> Iterable[Person]:
    return (one for one in people if may(viewer, "absence.tell", known.belongs([one.id], now.date())))


def _choices(people: Iterable[Person], known: Around) -> tuple[Choice, ...]:
    return tuple(Choice(one.id, known.person(one.id)) for one in people)


def _rows(person: Person, known: Around, now: datetime, zone: ZoneInfo) -> Iterable[AwayRow]:
    reasons = {out.from_at: out.reason for out in person.out}
    for away in absences(person, zone):
        if away.until is None or now < away.until:
            stand_in = known.person(away.stand_in) if away.stand_in else None
            said = reasons.get(away.since, "") if away.kind == "out" else ""
            yield AwayRow(person.id, known.person(person.id), away.kind, away.since, away.until, stand_in, said)


def tell_away(dw: Dealwright, person: str, viewer: User, **told: object) -> Recorded | Problems:
    """The person is out of office: `from_at`, `until_at` (left out: until they are back), `stand_in`, `reason`.
    Raises NotYours."""
    _may_speak_for(dw, person, viewer)
    return ask(dw, "person.out_of_office", person, told, viewer)


def tell_back(dw: Dealwright, person: str, viewer: User) -> Recorded | Problems:
    """The person is back at work. Raises NotYours."""
    since = _may_speak_for(dw, person, viewer)
    return ask(dw, "person.back", person, {}, viewer, since)


def _may_speak_for(dw: Dealwright, person: str, viewer: User) -> str:
    """Since when the person is out, as text; the same whether there is nobody of that id or the viewer may not."""
    with dw.database.unit() as unit:
        known = around(unit)
    found = known.people.get(person)
    if found is None or not may(viewer, "absence.tell", known.belongs([person], dw.now().date())):
        raise NotYours(person)
    return ",".join(out.from_at.isoformat() for out in found.out if out.covers(dw.now()))
