"""The shape of a problem's words, shared by the groups of texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ProblemText:
    """The words of one kind of mistake. `{name}` stands for a particular that the call site gives."""

    code: str
    en: str
    zh: str
    remedy_en: str
    remedy_zh: str
    severity: Literal["error", "warning"] = "error"


def in_one_table(*groups: Iterable[ProblemText]) -> dict[str, ProblemText]:
    """All texts by code. Two texts with one code are a defect."""
    table: dict[str, ProblemText] = {}
    for text in (text for group in groups for text in group):
        if text.code in table:
            raise ValueError(f"two problem texts have the code {text.code}")
        table[text.code] = text
    return table
