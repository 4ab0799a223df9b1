"""Every kind of mistake in rule files: a broken sample, and the full text that people read in both languages.

A sample is one file, loaded together with the rules in `broken/base`, or a folder that stands alone. Beside it are its
texts, `.en.txt` and `.zh.txt`. To renew them after a deliberate change, run with UPDATE_GOLDEN=1 and read the
difference.
"""

import os
import shutil
from pathlib import Path

import pytest

from engine.core.problems import Language, Problem
from engine.core.texts.rules import RULE_TEXTS
from engine.rulefiles.loading import load_rules
from engine.rulefiles.reading import LARGEST_FILE, MOST_NODES

BROKEN = Path(__file__).parent / "broken"
MADE_HERE = {
    "R003-too-large": "# " + "x" * LARGEST_FILE,
    "R005-too-many-values": "targets: goal-2027\nsplit: [" + "0," * MOST_NODES + "]\n",
}
"""Samples that are too long to keep, and are made when the test runs."""

SAMPLES = sorted(
    {path.name.removesuffix(".yaml") for path in BROKEN.glob("R*") if path.is_dir() or path.suffix == ".yaml"}
    | {*MADE_HERE, "R060-no-files", "R066-not-a-file"}
)


def problems_of(name: str, folder: Path) -> tuple[Problem, ...]:
    """The problems of a sample, loaded from a folder of its own."""
    if name == "R060-no-files":
        return tuple(Problem(p.code, p.place, {"folder": "rules"}) for p in load_rules(folder).problems)
    alone = BROKEN / name
    shutil.copytree(alone if alone.is_dir() else BROKEN / "base", folder, dirs_exist_ok=True)
    if name in MADE_HERE:
        (folder / f"{name}.yaml").write_text(MADE_HERE[name], encoding="utf-8")
    elif name == "R066-not-a-file":
        (folder / f"{name}.yaml").mkdir()
    elif not alone.is_dir():
        shutil.copy(BROKEN / f"{name}.yaml", folder)
    return load_rules(folder).problems


@pytest.mark.parametrize("name", SAMPLES)
def test_a_broken_sample_has_exactly_its_own_mistake(name: str, tmp_path: Path) -> None:
    assert {problem.code for problem in problems_of(name, tmp_path)} == {name[:4]}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_whole_text_of_a_mistake_is_as_agreed(name: str, language: Language, tmp_path: Path) -> None:
    text = "\n".join(problem.render(language) for problem in problems_of(name, tmp_path)) + "\n"
    if name in ("R060-no-files",):
        text = text.replace(str(tmp_path), "rules")
    golden = BROKEN / f"{name}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_code_has_a_broken_sample() -> None:
    assert {text.code for text in RULE_TEXTS} == {name[:4] for name in SAMPLES}


def test_no_text_is_left_of_a_sample_that_is_gone() -> None:
    texts = {path.name.split(".")[0] for path in BROKEN.glob("*.txt")}
    assert texts == set(SAMPLES)


def test_the_rules_that_samples_stand_on_have_no_mistake() -> None:
    assert load_rules(BROKEN / "base").problems == ()


@pytest.mark.parametrize("text", RULE_TEXTS, ids=lambda text: text.code)
def test_every_text_says_what_to_do_in_both_languages(text: object) -> None:
    words = [getattr(text, field) for field in ("en", "zh", "remedy_en", "remedy_zh")]
    assert all(words)
    assert any("\u4e00" <= character <= "\u9fff" for character in words[1])
    assert any("\u4e00" <= character <= "\u9fff" for character in words[3])
    assert "\u3002" not in words[0] + words[2]
