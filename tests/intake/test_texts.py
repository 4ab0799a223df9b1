"""Every problem of outside data has its words in both languages, and a place in the code that says it."""

import re
from pathlib import Path

import pytest

from engine.core.texts.intake import INTAKE_TEXTS
from engine.core.texts.shape import ProblemText

NAMES = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("text", INTAKE_TEXTS, ids=lambda text: text.code)
def test_both_languages_say_the_same_particulars(text: ProblemText) -> None:
    assert set(NAMES.findall(text.en.replace("_en", ""))) == set(NAMES.findall(text.zh.replace("_zh", "")))
    assert text.en != text.zh and text.remedy_en and text.remedy_zh


@pytest.mark.parametrize("text", INTAKE_TEXTS, ids=lambda text: text.code)
def test_no_code_is_there_for_nothing(text: ProblemText, repo_root: Path) -> None:
    parts = ("intake", "rulefiles")
    sources = (path for part in parts for path in (repo_root / "engine" / part).rglob("*.py"))
    assert any(f'"{text.code}"' in path.read_text(encoding="utf-8") for path in sources)
