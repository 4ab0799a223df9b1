"""One marshmallow schema per event type, made from `EVENT_TYPES` and the facts that the rulebook declares.

Nothing is listed here a second time: a field added to an event type, or a fact declared in a vocabulary file, is known
to every door at once.
"""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from marshmallow import RAISE, Schema, ValidationError

from engine.core.events import EventType, Field
from engine.core.fact_types import FactKind, FactType
from engine.core.numerals import nearest
from engine.core.problems import Problem
from engine.intake.fields import Figure, Shares, Told, Typed
from engine.intake.slips import Slip, Where

_LIKE_PERSON = ("person", "owner", "actor")
_OF_ITS_OWN = {"activity", "payment", "invoice", "credit_note", "registration"}


class BodySchema(Schema):
    """A body: fields that are not known are refused, not dropped."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "I024", "type": "I027"}  # noqa: RUF012 — the library's own spelling


def schema_for(
    event_type: EventType, declared: Mapping[str, FactType], known: Mapping[str, FactType], zone: tzinfo
) -> BodySchema:
    """The schema of one event type: its own fields, then the declared facts of its subject that are none of them.

    `declared` are custom facts by full name; `known` are all facts, with the choices that the rulebook leaves.
    """
    facts = {**known, **declared}
    own = {field.name: _field(event_type, field, facts, zone) for field in event_type.fields}
    custom = _declared(event_type, declared) if event_type.facts else {}
    fields: dict[str, Any] = own | {bare: Typed(fact, zone) for bare, fact in custom.items() if bare not in own}
    name = "".join(word.title() for word in event_type.name.replace(".", "_").split("_"))
    made: type[Schema] = BodySchema.from_dict(fields, name=f"{name}Body")
    schema = made()
    assert isinstance(schema, BodySchema), "from_dict makes a subclass"
    return schema


def _field(event_type: EventType, field: Field, facts: Mapping[str, FactType], zone: tzinfo) -> Told:
    """The marshmallow field of a body's field."""
    if field.kind == "shares":
        return Shares(required=field.needed)
    if field.kind == "figure":
        return Figure(required=field.needed)
    return Typed(_fact(event_type, field, facts), zone, required=field.needed)


def _fact(event_type: EventType, field: Field, facts: Mapping[str, FactType]) -> FactType:
    """What the field may be. A text that a fact of that name limits to some words is limited to them here too."""
    if field.kind == "stage":
        return FactType(FactKind.CHOICE)
    prefix = event_type.name.split(".")[0]
    prefix = prefix if prefix in _OF_ITS_OWN else event_type.subject
    known = facts.get(f"{prefix}.{field.name}")
    if field.kind == "text" and known is not None and known.kind is FactKind.CHOICE and known.choices:
        return known
    return FactType(FactKind(field.kind))


def _declared(event_type: EventType, facts: Mapping[str, FactType]) -> dict[str, FactType]:
    """The declared facts of the type's subject by bare name; a person's may be declared under `owner` or `person`."""
    prefixes = _LIKE_PERSON if event_type.subject == "person" else (event_type.subject,)
    split = ((name.partition("."), fact) for name, fact in facts.items())
    return {bare: fact for (prefix, _, bare), fact in split if prefix in prefixes and bare and "." not in bare}


def read_body(
    schema: BodySchema, event_type: str, raw: Mapping[str, object], where: Where
) -> dict[str, Any] | tuple[Problem, ...]:
    """The body's typed values by name, or every mistake in it."""
    try:
        loaded: dict[str, Any] = schema.load(dict(raw))
        return loaded
    except ValidationError as error:
        messages: Mapping[str, list[object]] = error.messages_dict
        leaves = ((name, leaf) for name, found in messages.items() for leaf in found)
        return tuple(_problem(schema, event_type, name, leaf, where) for name, leaf in leaves)


def _problem(schema: BodySchema, event_type: str, name: str, leaf: object, where: Where) -> Problem:
    if isinstance(leaf, Slip):
        return leaf.at(where, name)
    if leaf == "I025":
        return Slip(leaf).at(where, name, event=event_type)
    if leaf != "I024":
        raise TypeError(f"a body schema said {leaf!r}, which is not a problem")
    known = ", ".join(schema.fields)
    near = nearest(name, schema.fields)
    return Slip("I023" if near else "I024").at(where, name, event=event_type, found=name, near=near, known=known)
