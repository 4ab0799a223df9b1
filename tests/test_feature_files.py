"""The features keep to their closed list of sentences, tell the same in both languages, and leave no rule file out."""

import re
from pathlib import Path

import pytest

from tests.steps import load_sentences
from tests.steps.house import RULES
from tests.steps.sentences import BothLanguages, Sentence
from tests.steps.texts import FEATURES, LANGUAGES, Line, document, files, lines, names, rules, scenarios

SENTENCES = load_sentences()
READMES = {"en": FEATURES / "README.md", "zh": FEATURES / "README.zh.md"}
MOST = 100
"""Sentences of one language; a writer must be able to know them all."""

WITHOUT_FEATURE: dict[str, str] = {}
"""Rule files that no feature names, each with the reason."""


def sentences_of(line: Line, language: str) -> list[Sentence]:
    """The sentences of that language which the line may be."""
    place = LANGUAGES.index(language)
    return [one for one in SENTENCES if BothLanguages(one).patterns[place].fullmatch(line.text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_is_exactly_one_sentence_of_its_language_where_that_may_stand(language: str) -> None:
    found = {line: sentences_of(line, language) for line in lines(language)}
    assert [f"{line} is {[one.en for one in own]}" for line, own in found.items() if len(own) != 1] == []
    assert [str(line) for line, (own,) in found.items() if line.keyword not in own.keywords] == []
    wanted = {"no": (False,), "may": (False, True), "must": (True,)}
    assert [str(line) for line, (own,) in found.items() if bool(line.cells) not in wanted[own.table]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_used(language: str) -> None:
    used = {own.en for line in lines(language) for own in sentences_of(line, language)}
    assert [one.of(language) for one in SENTENCES if one.en not in used] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_for_writers_is_what_is_defined(language: str) -> None:
    listed = re.findall(r"^\| `(.+?)` \| (.*?) \|$", READMES[language].read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(text for text, _ in listed) == sorted(one.of(language) for one in SENTENCES)
    assert len(listed) <= MOST


def test_both_languages_tell_the_same_topics_rules_scenarios_and_examples() -> None:
    told = [[_outline(file) for file in files(language)] for language in LANGUAGES]
    assert told[0] == told[1]


def _outline(file: Path) -> tuple[object, ...]:
    """A feature by its name, and how much each rule tells."""
    counted = [
        [_examples(child["scenario"]) for child in rule["children"] if "scenario" in child] for rule in rules(file)
    ]
    return (file.name, document(file)["language"][:2] == file.parent.name, counted)


def _examples(scenario: dict[str, object]) -> list[int]:
    return [len(table["tableBody"]) for table in scenario["examples"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_file_of_the_sample_is_named_by_a_feature(language: str) -> None:
    told = {text for line in lines(language) for text in (line.text, *line.cells)}
    everything = "\n".join(told)
    paths = [path.relative_to(RULES).as_posix() for path in sorted(RULES.rglob("*.yaml"))]
    assert [path for path in paths if path not in everything and path not in WITHOUT_FEATURE] == []
    assert [path for path in WITHOUT_FEATURE if path in everything] == []


def test_every_rule_is_told_by_more_than_one_case() -> None:
    alone = [
        f"{file.name}: {rule['name']}"
        for file in files("en")
        for rule in rules(file)
        if sum(sum(_examples(child["scenario"])) or 1 for child in rule["children"] if "scenario" in child) < 2
    ]
    assert alone == []


def test_scenarios_have_names_of_their_own_and_examples_use_all_their_columns() -> None:
    for language in LANGUAGES:
        for file in files(language):
            own = [scenario["name"] for scenario in scenarios(file)]
            assert sorted(set(own)) == sorted(own), file
            for scenario in scenarios(file):
                told = scenario["name"] + "".join(_step_text(step) for step in scenario["steps"])
                unused = [name for table in scenario["examples"] for name in names(table) if f"<{name}>" not in told]
                assert unused == [], f"{file}: {scenario['name']}"


def _step_text(step: dict[str, object]) -> str:
    rows = step.get("dataTable", {}).get("rows", ())
    return step["text"] + "".join(cell["value"] for row in rows for cell in row["cells"])
