"""People, their quotas, and partners, kept up to date with what was told of them."""

from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any

from engine.core.absences import Absence
from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.recording.common import NotYetKnown, kept, refused
from engine.core.records import Partner, Person, PersonVersion, Quota
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation

_VERSIONED = ("role", "level", "team", "manager", "region")
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
        person = replace(person, joined_on=from_on, left_on=None)
    return kept(event.type.split(".")[1], person, event)


def _versions(person: Person, event: Event, from_on: date) -> tuple[PersonVersion, ...]:
    """The person's versions with this one in its place by date, told together with what is there for the same day.

    What a later version was not told of goes on from it, so that the order of telling does not matter.
    """
    same = next((version for version in person.versions if version.from_on == from_on), None)
    own = {name: value for name, value in event.body.items() if name not in _NOT_FACTS}
    words: dict[str, Any] = {name: event.text(name) for name in _VERSIONED if event.text(name)}
    told = tuple(sorted({*(same.told if same else ()), *own, *words}))
    new = replace(same or PersonVersion(from_on), **words, facts={**(same.facts if same else {}), **own})
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
    return kept("left", replace(person, left_on=event.on), event)


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
    """The quota of a payee for a measure and period; a later event for the same replaces it."""
    amount = event.money("amount")
    if situation.state.person(event.subject) is None and situation.state.partner(event.subject) is None:
        raise NotYetKnown("person", event.subject, event)
    if amount is None or amount.minor < 0:
        return refused("E004", event, amount=str(amount), kind="quota")
    measure, period = event.text("measure"), event.text("period")
    return kept("set", Quota(f"{event.subject}/{measure}/{period}", event.subject, measure, period, amount), event)


def partner_joined(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The partner; telling of one again lays the new facts over the old."""
    known = situation.state.partner(event.subject)
    partner = known or Partner(event.subject, event.text("name"), event.on, channel="partner")
    own = {name: value for name, value in event.body.items() if name not in ("name", "channel", "programme", "manager")}
    partner = replace(
        partner,
        name=event.text("name"),
        channel=event.text("channel") or partner.channel,
        programme=event.text("programme") or partner.programme,
        manager=event.text("manager") or partner.manager,
        facts={**partner.facts, **own},
    )
    return kept("joined", partner, event)


def agreement_signed(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The partner with one more agreement, by the day it begins."""
    partner, from_on = situation.state.partner(event.subject), event.day("from_on")
    if partner is None:
        raise NotYetKnown("partner", event.subject, event)
    assert from_on is not None, "intake refuses an agreement without its first day"
    agreements = {*partner.agreements, (from_on, event.day("until_on"))}
    return kept("signed", replace(partner, agreements=tuple(sorted(agreements, key=str))), event)
