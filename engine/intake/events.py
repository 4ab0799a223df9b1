"""Raw values to an event: the one validation, the same for files, web forms, webhooks and commands.

A raw event says `type`, `subject`, `key`, `at`, perhaps `actor`, and its fields under `body`, all as text (JSON's whole
numbers and truth values are taken as their text). What comes back is an Event with typed values, or every mistake.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from engine.core.events import DERIVED_TYPES, EVENT_TYPES, Event
from engine.core.fact_types import BUILT_IN_FACTS, FactType
from engine.core.numerals import Unreadable, nearest
from engine.core.problems import Problem
from engine.core.rules.rulebook import Rulebook
from engine.core.value_texts import read_date, read_instant
from engine.intake.bodies import BodySchema, read_body, schema_for
from engine.intake.fields import text_of
from engine.intake.slips import LONGEST_ID, Slip, Slipped, Where, plain, unreadable

_NEEDED = ("type", "subject", "key", "at")
_KNOWN = (*_NEEDED, "actor", "body")


@dataclass(frozen=True, slots=True)
class EventReader:
    """What is needed to read raw events under one rulebook: the company's zone, the facts that it declares, and all
    facts that it knows. A schema is made when the first event of its type is read."""

    zone: tzinfo
    declared: Mapping[str, FactType]
    known: Mapping[str, FactType]
    _made: dict[str, BodySchema] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, rulebook: Rulebook) -> "EventReader":
        """The reader for a rulebook: its company's zone, and the facts that its vocabularies declare."""
        declared = {name: fact for vocabulary in rulebook.vocabularies for name, fact in vocabulary.facts.items()}
        return cls.for_facts(declared, ZoneInfo(rulebook.company.time_zone), rulebook.facts)

    @classmethod
    def for_facts(
        cls, declared: Mapping[str, FactType], zone: tzinfo, known: Mapping[str, FactType] = BUILT_IN_FACTS
    ) -> "EventReader":
        """The reader for declared facts by full name (`deal.budget`); `known` also limits choices (roles, channels)."""
        return cls(zone, declared, known)

    def schema(self, event_type: str) -> BodySchema | None:
        """The schema of an event type's body; None for a type that does not exist."""
        if event_type not in EVENT_TYPES:
            return None
        if event_type not in self._made:
            self._made[event_type] = schema_for(EVENT_TYPES[event_type], self.declared, self.known, self.zone)
        return self._made[event_type]


def event_from_raw(
    raw: Mapping[str, object], reader: EventReader, source: str, mode: str = "live", where: Where | None = None
) -> Event | tuple[Problem, ...]:
    """The event that a raw mapping tells of, or all its problems in the order of its fields.

    `at` may be a day alone: the first moment of that day in the company's zone. A field that is empty or null is taken
    as not given. The body of an event type that is not known is not looked at.
    """
    where = where or Where()
    head = {name: value for name, value in raw.items() if not _empty(value)}
    problems = [*_strangers(raw, where), *_unsaid(head, where)]
    values, wrong = _head(head, reader.zone, where)
    body, mistakes = _body(head, reader, where)
    problems += [*wrong, *mistakes]
    if problems:
        return tuple(problems)
    at = values["at"]
    assert isinstance(at, datetime), "read by _moment"
    return Event(
        str(values["type"]), str(values["subject"]), source, str(values["key"]), at, day_of(at, reader.zone),
        str(values.get("actor", "")), body, mode,
    )  # fmt: skip


def day_of(at: datetime, zone: tzinfo) -> date:
    """The day in the company's zone on which a moment falls."""
    return at.astimezone(zone).date()


def moment(text: str, zone: tzinfo) -> datetime:
    """The aware UTC moment of a text: with its offset, else local to `zone`; a day alone is its first moment there.

    A local time that clocks show twice is the first of the two; one that they skip is moved forward by the gap.
    """
    local = read_instant(text) if ":" in text else datetime.combine(read_date(text), datetime.min.time())
    return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _strangers(raw: Mapping[str, object], where: Where) -> list[Problem]:
    """Keys that no event has."""
    strange = (str(name) for name in raw if name not in _KNOWN)
    return [Slip("I035").at(where, name, found=name, known=", ".join(_KNOWN)) for name in strange]


def _unsaid(head: Mapping[str, object], where: Where) -> list[Problem]:
    """What every event says and this one does not."""
    return [Slip("I020").at(where, name) for name in _NEEDED if name not in head]


def _head(head: Mapping[str, object], zone: tzinfo, where: Where) -> tuple[dict[str, object], list[Problem]]:
    """The values around the body, and what is wrong with them."""
    values: dict[str, object] = {}
    problems = []
    for name in ("type", "subject", "key", "at", "actor"):
        if name not in head:
            continue
        try:
            text = plain(text_of(head[name], "2026-03-31 18:00" if name == "at" else "…"), LONGEST_ID)
            values[name] = moment(text, zone) if name == "at" else _known_type(text) if name == "type" else text
        except Slipped as slipped:
            problems.append(slipped.slip.at(where, name))
        except Unreadable as mistake:
            problems.append(unreadable(mistake).at(where, name))
    return values, problems


def _known_type(text: str) -> str:
    """The event type. Slipped: I022 for one that only the engine makes, I021 for one that does not exist."""
    if text in DERIVED_TYPES:
        raise Slipped("I022", found=text)
    if text not in EVENT_TYPES:
        raise Slipped("I021", found=text, near=nearest(text, EVENT_TYPES, 3) or ", ".join(EVENT_TYPES))
    return text


def _body(head: Mapping[str, object], reader: EventReader, where: Where) -> tuple[dict[str, object], Iterable[Problem]]:
    """The typed body, and what is wrong with it."""
    schema = reader.schema(str(head.get("type")))
    raw = head.get("body", {})
    if schema is None:
        return {}, ()
    if not isinstance(raw, Mapping):
        return {}, (Slip("I027").at(where, "body", found=str(raw)[:40], example="{…}"),)
    body = read_body(schema, str(head["type"]), {str(n): v for n, v in raw.items() if not _empty(v)}, where)
    return ({}, body) if isinstance(body, tuple) else (body, ())
