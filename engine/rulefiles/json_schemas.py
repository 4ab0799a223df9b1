"""JSON Schemas (draft-07) for editors, made from the schemas that read the rules, so that the two cannot disagree."""

import json
from typing import Any

from marshmallow_jsonschema import JSONSchema

from engine.rulefiles.schemas.kinds import SCHEMAS
from engine.rulefiles.schemas.meanings import meaning


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of rule. KeyError for a kind that is not carried out."""
    schema = SCHEMAS[kind]
    written: dict[str, Any] = JSONSchema(props_ordered=True).dump(schema)
    for name, definition in written["definitions"].items():
        definition["properties"] = {
            key: _described(name.removesuffix("Schema"), key, properties)
            for key, properties in definition["properties"].items()
        }
    written["title"] = f"Dealwright {kind}"
    return written


def _described(block: str, key: str, properties: dict[str, Any]) -> dict[str, Any]:
    """A key's properties with its meaning; the English words first, then the Chinese."""
    english, chinese = meaning(block, key)
    plain = {name: value for name, value in properties.items() if name not in ("description", "title")}
    words = properties.get("description") or f"{english}\n{chinese}".strip()
    return {**plain, "description": words} if words else plain


def schema_texts() -> dict[str, str]:
    """The text of each schema file by its name: `plan.json`. Same schemas, same bytes."""
    return {
        f"{kind}.json": json.dumps(json_schema(kind), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        for kind in SCHEMAS
    }
