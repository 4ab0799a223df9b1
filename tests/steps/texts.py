"""The feature files as texts: every line that a scenario tells, with its place, read by the Gherkin parser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gherkin.parser import Parser

from tests.steps.house import ROOT

FEATURES = ROOT / "features"
LANGUAGES = ("en", "zh")
_KEYWORDS = {"Context": "given", "Action": "when", "Outcome": "then"}


@dataclass(frozen=True, slots=True)
class Line:
    """One step of one scenario, with the values of an example in it. `cells` are those of its table."""

    file: Path
    number: int
    keyword: str
    text: str
    cells: tuple[str, ...]

    def __str__(self) -> str:
        """`features/en/tasks.feature:12: the line`."""
        return f"{self.file.relative_to(ROOT)}:{self.number}: {self.text}"


@cache
def files(language: str) -> tuple[Path, ...]:
    """The feature files of a language, by name."""
    return tuple(sorted((FEATURES / language).rglob("*.feature")))


@cache
def document(file: Path) -> dict[str, Any]:
    """The feature of a file."""
    feature: dict[str, Any] = Parser().parse(file.read_text(encoding="utf-8"))["feature"]
    return feature


def rules(file: Path) -> tuple[dict[str, Any], ...]:
    """The rules of a file: policy sentences with their scenarios."""
    return tuple(child["rule"] for child in document(file)["children"] if "rule" in child)


def scenarios(file: Path) -> tuple[dict[str, Any], ...]:
    """The scenarios of a file, whatever rule they stand under."""
    within = [*document(file)["children"], *(child for rule in rules(file) for child in rule["children"])]
    return tuple(child["scenario"] for child in within if "scenario" in child)


def lines(language: str) -> Iterator[Line]:
    """Every line of every scenario and background of a language, once for each example."""
    for file in files(language):
        within = [*document(file)["children"], *(child for rule in rules(file) for child in rule["children"])]
        for child in within:
            for block in (child.get("background"), child.get("scenario")):
                yield from _of(file, block) if block else ()


def _of(file: Path, block: dict[str, Any]) -> Iterator[Line]:
    for values in _examples(block):
        keyword = "given"
        for step in block["steps"]:
            keyword = _KEYWORDS.get(step["keywordType"], keyword)
            rows = step.get("dataTable", {}).get("rows", ())
            cells = tuple(_filled(cell["value"], values) for row in rows for cell in row["cells"])
            yield Line(file, step["location"]["line"], keyword, _filled(step["text"], values), cells)


def _examples(block: dict[str, Any]) -> list[dict[str, str]]:
    """The values of each example row; one empty one where there are no examples."""
    found = [
        dict(zip(names(table), (cell["value"] for cell in row["cells"]), strict=True))
        for table in block.get("examples", ())
        for row in table["tableBody"]
    ]
    return found or [{}]


def names(table: dict[str, Any]) -> list[str]:
    """The headers of an Examples table."""
    return [cell["value"] for cell in table["tableHeader"]["cells"]]


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"<([^<>]+)>", lambda found: values.get(found[1], found[0]), text)
