"""People, their quotas, and partners, kept up to date with what was told of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import accumulate
from typing import Any

from engine.core.absences import Absence
from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.recording.common import NotYetKnown, kept, refused
from engine.core.records import AccountVersion, Partner, Person, PersonVersion, Quota
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation

_VERSIONED = ("role", "level", "team", "manager", "region")
Move = tuple[datetime, bool, str, date]
_NOT_FACTS = frozenset({*_VERSIONED, "name", "name_zh", "from_on", "reason", "channel", "programme"})


def person_told(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Joined or changed: a further version from its day on; fields that are not given go on as they were."""
    known = situation.state.person(event.subject)
    if known is None and event.type == "person.changed":
        raise NotYetKnown("person", event.subject, event)
    from_on = event.day("from_on") or event.on
    person = known or Person(event.subject, event.subject, joined_on=from_on)
    person = replace(
        person,
        name=event.text("name") or person.name,
        name_zh=event.text("name_zh") or person.name_zh,
        versions=_versions(person, event, from_on),
    )
    if event.type == "person.joined":
        before = known.moves or tuple(_moves_without(known)) if known else ()
        person = _moved(person, before, event, True, from_on)
    return kept(event.type.split(".")[1], person, event)


def _moved(person: Person, before: tuple[Move, ...], event: Event, came: bool, day: date) -> Person:
    """The person with one more coming or going in its place by moment, and the times here that all of them make."""
    moves = sorted({*before, (event.at, came, event.id, day)}, key=lambda move: (move[0], not move[1], move[2]))
    times: list[tuple[date, date | None]] = []
    for _, comes, _, on in moves:
        if times and (not comes or times[-1][1] is None):
            times[-1] = (times[-1][0], on)
        if comes:
            times.append((on, None))
    start, end = times[-1] if times else (person.joined_on, None)
    earlier = tuple((begun, ended) for begun, ended in times[:-1] if ended and begun < ended)
    return replace(person, joined_on=start, left_on=end, earlier=earlier, moves=tuple(moves))


def _moves_without(person: Person) -> Iterator[Move]:
    """The coming and going of somebody who was recorded without their moments."""
    yield (datetime.combine(person.joined_on, time(), UTC), True, "", person.joined_on)
    if person.left_on:
        yield (datetime.combine(person.left_on, time(), UTC), False, "", person.left_on)


def _versions(person: Person, event: Event, from_on: date) -> tuple[PersonVersion, ...]:
    """The person's versions with this one in its place by date, told together with what is there for the same day.

    What a later version was not told of goes on from it, so that the order of telling does not matter.
    """
    same = next((version for version in person.versions if version.from_on == from_on), None)
    by = {name: (at, rank, id) for name, at, rank, id in (same.by if same else ())}
    news = {name for name in event.body if name not in by or by[name] <= event.order}
    own = {name: value for name, value in event.body.items() if name not in _NOT_FACTS and name in news}
    words: dict[str, Any] = {name: event.text(name) for name in _VERSIONED if event.text(name) and name in news}
    told = tuple(sorted({*(same.told if same else ()), *own, *words}))
    by |= dict.fromkeys((*own, *words), event.order)
    places = tuple((name, *place) for name, place in sorted(by.items()))
    new = replace(same or PersonVersion(from_on), **words, facts={**(same.facts if same else {}), **own}, by=places)
    complete = same is not None and not same.told
    rest = [version for version in person.versions if version.from_on != from_on]
    ordered = sorted([*rest, replace(new, told=() if complete else told)], key=lambda version: version.from_on)
    return tuple(accumulate(ordered, _going_on))


def _going_on(before: PersonVersion, version: PersonVersion) -> PersonVersion:
    """The version with what it was not told of as it was before."""
    if not version.told:
        return version
    words: dict[str, Any] = {name: getattr(before, name) for name in _VERSIONED if name not in version.told}
    kept_on = {name: value for name, value in before.facts.items() if name not in version.told}
    own = {name: value for name, value in version.facts.items() if name in version.told}
    return replace(version, **words, facts={**kept_on, **own})


def person_left(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The event's day is the first on which they are gone."""
    person = situation.state.person(event.subject)
    if person is None:
        raise NotYetKnown("person", event.subject, event)
    before = person.moves or tuple(_moves_without(person))
    return kept("left", _moved(person, before, event, False, event.on), event)


def leave_taken(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The person with one more absence; of two with the same first day the one that was told of later holds, and one
    that ends on it calls the leave off. Refused (E136) when it ends before it begins.
    """
    person, from_on, until_on = situation.state.person(event.subject), event.day("from_on"), event.day("until_on")
    if person is None:
        raise NotYetKnown("person", event.subject, event)
    assert from_on is not None, "intake refuses leave without its days"
    assert until_on is not None, "intake refuses leave without its days"
    if until_on < from_on:
        return refused("E136", event, start=from_on.isoformat(), end=until_on.isoformat())
    leave = Absence(from_on, until_on, event.body.get("paid") is True, event.text("reason"), event.at, event.id)
    told = sorted([*person.absences, leave], key=lambda absence: (absence.from_on, absence.told_at, absence.event))
    latest = {absence.from_on: absence for absence in told}
    return kept("on_leave", replace(person, absences=tuple(latest.values())), event)


def quota_set(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The quota of a payee for a measure and period: the last one set, in the order of events and not of delivery."""
    amount = event.money("amount")
    if situation.state.person(event.subject) is None and situation.state.partner(event.subject) is None:
        raise NotYetKnown("person", event.subject, event)
    if amount is None or amount.minor < 0:
        return refused("E004", event, amount=str(amount), kind="quota")
    measure, period = event.text("measure"), event.text("period")
    id = f"{event.subject}/{measure}/{period}"
    known = next((one for one in situation.state.quotas(event.subject) if one.id == id), None)
    if known and known.at and (known.at, known.event) > (event.at, event.id):
        return ()
    return kept("set", Quota(id, event.subject, measure, period, amount, event.at, event.id), event)


def partner_joined(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The partner with one more version in its place by moment: what is told again lies over what was told before."""
    known = situation.state.partner(event.subject)
    version = AccountVersion(event.at, event.on, event.id, dict(event.body))
    versions = tuple(sorted([*(known.told() if known else ()), version], key=lambda one: (one.at, one.event)))
    partner = replace(known or Partner(event.subject, "", event.on), versions=versions)
    return kept("joined", partner.as_told(versions), event)


def agreement_signed(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The partner with one more agreement, by the day it begins."""
    partner, from_on = situation.state.partner(event.subject), event.day("from_on")
    if partner is None:
        raise NotYetKnown("partner", event.subject, event)
    assert from_on is not None, "intake refuses an agreement without its first day"
    agreements = {*partner.agreements, (from_on, event.day("until_on"))}
    return kept("signed", replace(partner, agreements=tuple(sorted(agreements, key=str))), event)
