"""The shapes that values are put together in: conditions, words in two languages, lists, blocks, one of several."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from engine.core.problems import Problem
from engine.core.rules.header import Title
from engine.rulefiles import values
from engine.rulefiles.located import Block, Items, Text, problem_at, shown
from engine.rulefiles.schemas.fields import CODES, JsonSchema, Value


class Condition(fields.Field[Any]):
    """`when:`: one expression, or a list of expressions and `any:` / `not:` blocks. Kept located, compiled later."""

    default_error_messages = CODES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        wrong = list(_condition_problems(value))
        if wrong:
            raise ValidationError(wrong)
        return value

    def _jsonschema_type_mapping(self) -> JsonSchema:
        text = {"type": ["string", "boolean"]}
        block = {
            "type": "object",
            "properties": {"any": {}, "not": {}},
            "additionalProperties": False,
            "maxProperties": 1,
        }
        return {"anyOf": [text, {"type": "array", "items": {"anyOf": [text, block]}, "minItems": 1}, block]}


def _condition_problems(value: Any) -> list[Problem]:
    """What is wrong with the shape of a condition, at every depth."""
    if isinstance(value, Text):
        return [problem_at(value, "R036", key="when")] if value == "" else []
    if isinstance(value, Items):
        return [p for item in value for p in _condition_problems(item)] or (
            [] if value else [problem_at(value, "R037")]
        )
    unknown = [problem_at(value.key(key), "R053", found=shown(key)) for key in value if key not in ("any", "not")]
    if unknown or len(value) != 1:
        return unknown or [problem_at(value, "R053", found=shown(value))]
    return [p for item in value.values() for p in _condition_problems(item)]


class Words(fields.Field[Any]):
    """A text for people: plain, or `{en: …, zh: …}`."""

    default_error_messages = CODES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Title:
        if isinstance(value, Text) and value:
            return _in_its_language(value)
        if not isinstance(value, Block):
            raise ValidationError([problem_at(value, "R046", found=shown(value) or "''")])
        wrong = [_not_words(value, key) for key in value if key not in ("en", "zh") or not _is_words(value[key])]
        if wrong:
            raise ValidationError(wrong)
        return Title(en=str(value.get("en", "")), zh=str(value.get("zh", "")))

    def _jsonschema_type_mapping(self) -> JsonSchema:
        both = {"type": "object", "properties": {"en": {"type": "string"}, "zh": {"type": "string"}}}
        return {"anyOf": [{"type": "string"}, both | {"additionalProperties": False, "minProperties": 1}]}


def _is_words(value: Any) -> bool:
    return isinstance(value, Text) and value != ""


def _not_words(block: Block, key: str) -> Problem:
    """What is wrong with one entry of `{en: …, zh: …}`. Words after a bare comma look like a key without a value."""
    value = block[key]
    if key in ("en", "zh"):
        return problem_at(value, "R046", found=shown(value) or "''")
    if isinstance(value, Text) and not value:
        return problem_at(block.key(key), "R065", found=shown(key))
    return problem_at(block.key(key), "R031", key=shown(key), known="en, zh")


def _in_its_language(text: Text) -> Title:
    """Plain words with a Chinese character are Chinese; the other language falls back to them."""
    chinese = any("\u4e00" <= character <= "\u9fff" for character in text)
    return Title(zh=str(text)) if chinese else Title(en=str(text))


class ListOf(fields.List[Any]):
    """A list, every item read alike; as a tuple. `at_least` and `at_most` bound its length."""

    default_error_messages = CODES

    def __init__(self, inner: Any, at_least: int = 0, **options: Any) -> None:
        super().__init__(inner, **options)
        self.at_least = at_least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Items):
            raise ValidationError([problem_at(value, "R034", found=shown(value) or "''")])
        if len(value) < self.at_least:
            raise ValidationError([problem_at(value, "R037")])
        return tuple(super()._deserialize(value, attr, data, **kwargs))

    def _jsonschema_type_mapping(self, writer: Any, schema: Any) -> JsonSchema:
        like = {"type": "array", "items": writer._get_schema_for_field(schema, self.inner)}
        return like | ({"minItems": self.at_least} if self.at_least else {})


class MapOf(fields.Field[Any]):
    """A block whose keys are the author's own: each key read by `keys`, each value by `inner`; pairs in file order."""

    default_error_messages = CODES

    def __init__(self, keys: Value, inner: Any, **options: Any) -> None:
        super().__init__(**options)
        self.keys, self.inner = keys, inner

    def _bind_to_schema(self, field_name: str, parent: Any) -> None:
        super()._bind_to_schema(field_name, parent)
        self.inner._bind_to_schema(field_name, self)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Block):
            raise ValidationError([problem_at(value, "R033", found=shown(value) or "''")])
        pairs, wrong = [], {}
        for key, item in value.items():
            try:
                pairs.append((self.keys.deserialize(value.key(key)), self.inner.deserialize(item, key, value)))
            except ValidationError as error:
                wrong[str(key)] = error.messages
        if wrong:
            raise ValidationError(wrong)
        return tuple(pairs)

    def _jsonschema_type_mapping(self, writer: Any, schema: Any) -> JsonSchema:
        return {"type": "object", "additionalProperties": writer._get_schema_for_field(schema, self.inner)}


class Nested(fields.Nested):
    """A block of keys with its own schema."""

    default_error_messages = CODES


class OneOf(fields.Field[Any]):
    """A block whose first key says its kind: `commission: …` or `bonus: …`. `later` are kinds not carried out yet."""

    default_error_messages = CODES

    def __init__(self, kinds: Mapping[str, Any], later: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(**options)
        self.kinds, self.later = kinds, later
        self.inner = {kind: Nested(schema) for kind, schema in kinds.items()}

    def _bind_to_schema(self, field_name: str, parent: Any) -> None:
        super()._bind_to_schema(field_name, parent)
        for nested in self.inner.values():
            nested._bind_to_schema(field_name, self)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Block) or not value:
            raise ValidationError([problem_at(value, "R033", found=shown(value) or "''")])
        kind = next(iter(value))
        if kind not in self.kinds:
            raise ValidationError([self._refused(value.key(kind))])
        return str(kind), self.inner[str(kind)].deserialize(value, attr, data)

    def _refused(self, kind: Text) -> Problem:
        if kind in self.later:
            return problem_at(kind, "R054", key=shown(kind))
        return problem_at(kind, "R057", found=shown(kind), known=", ".join(values.nearest_first(kind, self.kinds)))

    def _jsonschema_type_mapping(self, writer: Any, schema: Any) -> JsonSchema:
        return {"anyOf": [writer._get_schema_for_field(schema, nested) for nested in self.inner.values()]}


class AnyShape(fields.Field[Any]):
    """One word of a list, or a block or list read by another field: `even` or `[20%, 25%, 25%, 30%]`."""

    default_error_messages = CODES

    def __init__(self, text: Value, other: Any, **options: Any) -> None:
        super().__init__(**options)
        self.text, self.other = text, other

    def _bind_to_schema(self, field_name: str, parent: Any) -> None:
        super()._bind_to_schema(field_name, parent)
        self.text._bind_to_schema(field_name, self)
        self.other._bind_to_schema(field_name, self)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        field = self.text if isinstance(value, Text) else self.other
        return field.deserialize(value, attr, data)

    def _jsonschema_type_mapping(self, writer: Any, schema: Any) -> JsonSchema:
        return {"anyOf": [writer._get_schema_for_field(schema, field) for field in (self.text, self.other)]}


class ListOrBlock(fields.Field[Any]):
    """A list read by one field, or a block read by another: rows written here, or `{csv: rows.csv}`."""

    default_error_messages = CODES

    def __init__(self, items: ListOf, block: Nested, **options: Any) -> None:
        super().__init__(**options)
        self.items, self.block = items, block

    def _bind_to_schema(self, field_name: str, parent: Any) -> None:
        super()._bind_to_schema(field_name, parent)
        self.items._bind_to_schema(field_name, self)
        self.block._bind_to_schema(field_name, self)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        field = self.items if isinstance(value, Items) else self.block
        return field.deserialize(value, attr, data)

    def _jsonschema_type_mapping(self, writer: Any, schema: Any) -> JsonSchema:
        return {"anyOf": [writer._get_schema_for_field(schema, field) for field in (self.items, self.block)]}
