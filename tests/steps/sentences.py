"""The closed list of sentences. A step is written once, under its English and its Chinese sentence.

`{payee}` in a sentence is a placeholder of the kind of that name; `{until:day}` has a name of its own and a kind. What
stands in `[ ]` may be left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Literal, TypeVar

import pytest_bdd
from pytest_bdd import parsers

from tests.steps.readings import KINDS

Keyword = Literal["given", "when", "then"]
Step = TypeVar("Step", bound=Callable[..., None])
_PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages, with the places where it may stand; `table`: no, may or must follow."""

    keywords: tuple[Keyword, ...]
    en: str
    zh: str
    table: Literal["no", "may", "must"]

    def of(self, language: str) -> str:
        """The sentence in that language."""
        return self.zh if language == "zh" else self.en


SENTENCES: list[Sentence] = []


def given(en: str, zh: str) -> Callable[[Step], Step]:
    """A sentence about the world before."""
    return _sentence(("given",), en, zh)


def when(en: str, zh: str) -> Callable[[Step], Step]:
    """A sentence about what happens; it may tell of the past as well."""
    return _sentence(("given", "when"), en, zh)


def then(en: str, zh: str) -> Callable[[Step], Step]:
    """A sentence about what one can see afterwards."""
    return _sentence(("then",), en, zh)


def _sentence(keywords: tuple[Keyword, ...], en: str, zh: str) -> Callable[[Step], Step]:
    def decorator(function: Step) -> Step:
        sentence = Sentence(keywords, en, zh, _table_of(function))
        SENTENCES.append(sentence)
        # Level 2: the step belongs to the module in which the sentence is written.
        pytest_bdd.step(BothLanguages(sentence), None, readers(en), stacklevel=2)(function)
        return function

    return decorator


def _table_of(function: Callable[..., None]) -> Literal["no", "may", "must"]:
    argument = signature(function).parameters.get("datatable")
    if argument is None:
        return "no"
    return "must" if argument.default is argument.empty else "may"


class BothLanguages(parsers.StepParser):
    """One step for both sentences: pytest-bdd asks every step about every line, so that few steps are quick.

    Where a sentence may stand (Given, When, Then) is held by a test of the features.
    """

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.en)
        self.patterns = [re.compile(pattern(sentence.of(language), language)) for language in ("en", "zh")]

    def parse_arguments(self, name: str) -> dict[str, str] | None:
        """The texts of the placeholders by name, without those left out; None when it is another sentence."""
        found = next((match for pattern in self.patterns if (match := pattern.fullmatch(name))), None)
        return None if found is None else {name: text for name, text in found.groupdict().items() if text is not None}

    def is_matching(self, name: str) -> bool:
        """Whether the line is this sentence in one of the languages."""
        return self.parse_arguments(name) is not None


def pattern(text: str, language: str) -> str:
    """The regular expression of a sentence. In Chinese, blanks between words and figures may be left out."""
    parts, end = [], 0
    for found in _PLACEHOLDER.finditer(text):
        kind = KINDS[found[2] or found[1]]
        parts += [_plain(text[end : found.start()], language), f"(?P<{found[1]}>{getattr(kind, language)})"]
        end = found.end()
    return "".join([*parts, _plain(text[end:], language)])


def _plain(text: str, language: str) -> str:
    escaped = re.escape(text).replace(r"\[", "(?:").replace(r"\]", ")?")
    return escaped.replace(r"\ ", " ?") if language == "zh" else escaped


def readers(text: str) -> dict[str, Callable[[str], object]]:
    """How each placeholder of a sentence is read, by its name."""
    return {found[1]: KINDS[found[2] or found[1]].read for found in _PLACEHOLDER.finditer(text)}
