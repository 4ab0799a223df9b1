"""What all schemas share: keys that are not known are errors, mistakes become Problems at their place, and every
loaded block is a Form that remembers where it stands."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, post_load

from engine.core.problems import Place, Problem
from engine.core.rules.header import Header, InForce, Title
from engine.rulefiles import values
from engine.rulefiles.located import Block, Located, problem_at, shown
from engine.rulefiles.schemas.fields import Day
from engine.rulefiles.schemas.shapes import Nested, Words


class Form(dict[str, Any]):
    """A block's typed values by attribute name; `source` is the block they were read from."""

    __slots__ = ("source",)

    def __init__(self, data: dict[str, Any], source: Block) -> None:
        super().__init__(data)
        self.source = source

    @property
    def place(self) -> Place:
        """Where the block begins."""
        return self.source.place

    def at(self, key: str) -> Located:
        """The value of a key as it was written, or the block itself when the key is not there."""
        return self.source.get(key, self.source)


BLOCK_CODES: Any = MappingProxyType({"unknown": "R031", "type": "R033"})
"""What marshmallow says of a block: codes, which the schema makes Problems of."""


class RuleSchema(Schema):
    """A schema over located text. `later` names keys of the language that this version does not carry out yet."""

    class Meta:
        unknown = RAISE

    error_messages = BLOCK_CODES
    later: ClassVar[tuple[str, ...]] = ()

    @post_load(pass_original=True)
    def _form(self, data: dict[str, Any], original: Block, **kwargs: Any) -> Any:
        return self.made(Form(data, original))

    def made(self, form: Form) -> Any:
        """What the block becomes; a schema may check or turn it into a record here, raising ValidationError."""
        return form

    def handle_error(self, error: ValidationError, data: Any, *, many: bool, **kwargs: Any) -> None:
        """Turns the codes among this block's messages into Problems with their place."""
        messages = error.messages
        if isinstance(messages, dict):
            for key, leaves in messages.items():
                if isinstance(leaves, list):
                    messages[key] = [self._problem(leaf, str(key), data) for leaf in leaves]

    def _problem(self, leaf: Any, key: str, data: Any) -> Any:
        """The Problem of one message; what is none of ours (a nested dict, a Problem) stays as it is."""
        if not isinstance(leaf, str):
            return leaf
        if leaf == "R033":
            return problem_at(data, leaf, found=shown(data) or "''")
        if leaf == "R031":
            return self._unknown(key, data)
        return problem_at(data, leaf, key=key)

    def _unknown(self, key: str, data: Block) -> Problem:
        """An unknown key, with the nearest known one; R054 for one that is not carried out yet, R065 for what is no key
        at all but the rest of a value with a comma in it."""
        if key in self.later:
            return problem_at(data.key(key), "R054", key=key)
        if data[key] == "" and not re.fullmatch(f"{values.DOTTED}|{values.KEBAB}", key):
            return problem_at(data.key(key), "R065", found=shown(key))
        known = [field.data_key or name for name, field in self.fields.items()]
        near = values.nearest_key(key, known)
        params = {"key": shown(key), "known": ", ".join(known)}
        if not near:
            return problem_at(data.key(key), "R031", **params)
        return problem_at(data.key(key), "R030", **params, near=near)


def no_effect(form: Form, keys: Iterable[str], en: str, zh: str) -> None:
    """Raises R043 for each of the keys that is written in the block, with the reason why nothing would come of it."""
    written = [key for key in keys if key in form.source]
    wrong = {key: [problem_at(form.source.key(key), "R043", key=key, why_en=en, why_zh=zh)] for key in written}
    if wrong:
        raise ValidationError(wrong)


def problems_of(messages: Any) -> Iterator[Problem]:
    """All Problems in a ValidationError's messages, at any depth."""
    if isinstance(messages, Problem):
        yield messages
    elif isinstance(messages, str):
        raise TypeError(f"a schema said {messages!r}, which is not a problem")
    elif isinstance(messages, dict):
        for inner in messages.values():
            yield from problems_of(inner)
    else:
        for inner in messages:
            yield from problems_of(inner)


class InForceSchema(RuleSchema):
    """`{from: 2026-01-01, until: 2027-01-01}`, half-open."""

    from_on = Day(data_key="from", required=True)
    until_on = Day(data_key="until")

    def made(self, form: Form) -> InForce:
        """The span."""
        until = form.get("until_on")
        if until is not None and until <= form["from_on"]:
            wrong = problem_at(form.at("until"), "R050", until=str(until), start=str(form["from_on"]))
            raise ValidationError({"until": [wrong]})
        return InForce(form["from_on"], until)


ALWAYS = InForce(date.min)


class HeaderSchema(RuleSchema):
    """The common head of every rule. Each kind adds its own first key as `id`."""

    title = Words()
    in_force = Nested(InForceSchema)
    reason = Words()


class TimelessSchema(HeaderSchema):
    """The head of a kind that has no versions in time: its latest text holds for every day."""

    class Meta(RuleSchema.Meta):
        exclude = ("in_force",)

    later: ClassVar[tuple[str, ...]] = ("in_force",)


def header(form: Form, kind: str, version: str) -> Header:
    """The head of a rule version."""
    return Header(
        kind=kind,
        id=form["id"],
        version=version,
        place=form.place,
        in_force=form.get("in_force", ALWAYS),
        title=form.get("title", Title()),
        reason=form.get("reason", Title()),
    )
