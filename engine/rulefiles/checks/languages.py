"""Texts that people read exist in every language of the company."""

from collections.abc import Iterator

from engine.core.problems import Problem
from engine.rulefiles.located import Block, Items, Located, Text, problem_at

_WORDS = ("title", "reason", "else")
_NAMES = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}


def missing_words(root: Block, languages: tuple[str, ...]) -> Iterator[Problem]:
    """R205 for every text of a rule that lacks one of the languages."""
    for text in _texts(root):
        for language in languages:
            if language not in _written_in(text):
                english, chinese = _NAMES[language]
                yield problem_at(text, "R205", language_en=english, language_zh=chinese)


def _texts(value: Located) -> Iterator[Text | Block]:
    """The texts for people in a value, in file order."""
    if isinstance(value, Items):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Block):
        for key, inner in value.items():
            if key in _WORDS and isinstance(inner, Text | Block):
                yield inner
            else:
                yield from _texts(inner)


def _written_in(text: Text | Block) -> tuple[str, ...]:
    """The languages that a text has; a plain one has that of its characters."""
    if isinstance(text, Block):
        return tuple(key for key in text if key in _NAMES)
    return ("zh",) if any("\u4e00" <= character <= "\u9fff" for character in text) else ("en",)
