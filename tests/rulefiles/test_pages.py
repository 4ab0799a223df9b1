"""Made pages: JSON Schemas, references and problem lists are those of the schemas and texts; nothing lacks words."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.problem_texts import PROBLEM_TEXTS
from engine.rulefiles.json_schemas import json_schema
from engine.rulefiles.pages import made_files
from engine.rulefiles.pages.reference import problem_page, reference
from engine.rulefiles.schemas.base import RuleSchema
from engine.rulefiles.schemas.kinds import SCHEMAS
from engine.rulefiles.schemas.meanings import blocks_and_keys, meaning

RULES = Path(__file__).resolve().parents[2] / "rules"


def all_schemas(of: type = RuleSchema) -> Iterator[type]:
    for schema in of.__subclasses__():
        yield schema
        yield from all_schemas(schema)


KEYS = sorted(
    {
        (schema.__name__.removesuffix("Schema"), field.data_key or name, name)
        for schema in all_schemas()
        for name, field in schema().fields.items()
    }
)


@pytest.mark.parametrize("name", sorted(made_files(RULES)))
def test_a_made_file_is_fresh(name: str) -> None:
    assert (RULES / name).read_text("utf-8") == made_files(RULES)[name], "run: dealwright schema"


@pytest.mark.parametrize(("block", "key", "name"), KEYS)
def test_every_key_has_its_meaning_in_both_languages(block: str, key: str, name: str) -> None:
    schema = next(s for s in all_schemas() if s.__name__ == f"{block}Schema" and name in s().fields)
    english, chinese = meaning(block, key, schema().fields[name])
    assert english.endswith(".")
    assert re.search("[\u4e00-\u9fff].*。$", chinese)


def test_no_meaning_is_left_of_a_key_that_is_gone() -> None:
    known = {(block, key) for block, key, _ in KEYS}
    assert [pair for pair in blocks_and_keys() if pair not in known] == []


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_sample_file_names_the_schema_of_its_kind(path: Path) -> None:
    first, second = path.read_text("utf-8").splitlines()[:2]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match, first
    schema = (path.parent / match[1]).resolve()
    assert schema == (RULES / "schema" / f"{second.split(':')[0]}.json").resolve()
    assert schema.is_file()


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_a_json_schema_refuses_unknown_keys_and_points_only_to_what_it_defines(kind: str) -> None:
    schema = json_schema(kind)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert all(definition["additionalProperties"] is False for definition in schema["definitions"].values())
    pointed = set(re.findall(r'"#/definitions/(\w+)"', json.dumps(schema)))
    assert pointed <= set(schema["definitions"])


def test_a_json_schema_completes_words_and_says_what_is_needed() -> None:
    definitions = json_schema("pipeline")["definitions"]
    assert definitions["MovesSchema"]["properties"]["forward"]["enum"] == ["next_only", "any"]
    assert set(definitions["PipelineSchema"]["required"]) == {"pipeline", "stages"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_reference_has_every_kind_and_key(language: str) -> None:
    text = reference(language)  # type: ignore[arg-type]
    assert all(f"### `{kind}`" in text for kind in SCHEMAS)
    assert all(f"| `{key}` |" in text for _, key, name in KEYS if name not in ("id",) or key in SCHEMAS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_problem_page_has_every_code(language: str) -> None:
    text = problem_page(language)  # type: ignore[arg-type]
    assert all(f"## {code} " in text for code in PROBLEM_TEXTS if code.startswith("R"))


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = ((RULES / name).read_text("utf-8") for name in ("README.md", "README.zh.md"))
    assert english.count("\n## ") == chinese.count("\n## ")
    assert english.count("\n| `") == chinese.count("\n| `")
