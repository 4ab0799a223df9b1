"""The closed list of sentences. A step is written once, under its English and its Chinese sentence.

`{payee}` in a sentence is a placeholder of the kind of that name; `{until:day}` has a name of its own and a kind.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

import pytest_bdd
from pytest_bdd import parsers

from tests.steps.readings import KINDS

Keyword = Literal["given", "when", "then"]
Step = TypeVar("Step", bound=Callable[..., None])
_PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages, with the places where it may stand; `table` says that a table follows."""

    keywords: tuple[Keyword, ...]
    en: str
    zh: str
    table: bool

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
        table = "datatable" in function.__code__.co_varnames[: function.__code__.co_argcount]
        SENTENCES.append(Sentence(keywords, en, zh, table))
        for language, text in (("en", en), ("zh", zh)):
            for keyword in keywords:
                # Level 2: the step belongs to the module in which the sentence is written.
                pytest_bdd.step(parsers.re(pattern(text, language)), keyword, readers(text), stacklevel=2)(function)
        return function

    return decorator


def pattern(text: str, language: str) -> str:
    """The regular expression of a sentence. In Chinese, blanks between words and figures may be left out."""
    parts, end = [], 0
    for found in _PLACEHOLDER.finditer(text):
        kind = KINDS[found[2] or found[1]]
        parts += [_plain(text[end : found.start()], language), f"(?P<{found[1]}>{getattr(kind, language)})"]
        end = found.end()
    return "".join([*parts, _plain(text[end:], language)])


def _plain(text: str, language: str) -> str:
    escaped = re.escape(text)
    return escaped.replace(r"\ ", " ?") if language == "zh" else escaped


def readers(text: str) -> dict[str, Callable[[str], object]]:
    """How each placeholder of a sentence is read, by its name."""
    return {found[1]: KINDS[found[2] or found[1]].read for found in _PLACEHOLDER.finditer(text)}
