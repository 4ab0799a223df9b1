"""A mistake in a rule file or in outside data: where, what was found, what was expected, what to do.

Problems are values: a reader collects all of them and goes on. Each kind of mistake has a code whose words, in
English and Chinese, stand in `problem_texts.py`; a call site gives the code and the particulars, never a sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.core.problem_texts import PROBLEM_TEXTS

Language = Literal["en", "zh"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a text. `line` and `column` count from 1, in characters; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`file:line:column`, or only the file when no line is known."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def shifted(self, characters: int) -> "Place":
        """The place that many characters to the right on the same line."""
        return Place(self.file, self.line, self.column + characters)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `params` fill the code's sentences; `excerpt` is the source line, `width` the length of the caret."""

    code: str
    place: Place
    params: Mapping[str, str] = field(default_factory=dict)
    excerpt: str = ""
    width: int = 1

    @property
    def severity(self) -> Severity:
        """`error` stops a rulebook from being used; `warning` does not."""
        return PROBLEM_TEXTS[self.code].severity

    def message(self, language: Language = "en") -> str:
        """What was found and what was expected, one or two sentences."""
        text = PROBLEM_TEXTS[self.code]
        return (text.zh if language == "zh" else text.en).format_map(_Shown(self.params))

    def remedy(self, language: Language = "en") -> str:
        """What to do about it; never empty."""
        text = PROBLEM_TEXTS[self.code]
        return (text.remedy_zh if language == "zh" else text.remedy_en).format_map(_Shown(self.params))

    def render(self, language: Language = "en") -> str:
        """The whole message: place, code, sentence, excerpt with a caret, remedy."""
        word = {"en": {"error": "error", "warning": "warning"}, "zh": {"error": "错误", "warning": "警告"}}[language]
        lines = [f"{self.place}: {word[self.severity]} {self.code}: {self.message(language)}"]
        if self.excerpt:
            lines += [f"    {self.excerpt}", "    " + self._caret()]
        return "\n".join([*lines, f"    → {self.remedy(language)}"])

    def _caret(self) -> str:
        """Carets under the spot; characters of double width (Chinese) take two columns in a terminal."""
        before = self.excerpt[: max(self.place.column - 1, 0)]
        return "".join("  " if ord(c) > 0x2E7F else " " for c in before) + "^" * max(self.width, 1)


class _Shown(dict[str, str]):
    """Parameters for a sentence; a missing one is a defect of ours and shows itself in the test of the text."""

    def __missing__(self, key: str) -> str:
        raise KeyError(f"a problem text uses {{{key}}}, which its call site does not give")


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems as a reader of the files meets them: by file, line and column, then code; each said once."""
    once = {(problem.place, problem.code, problem.message()): problem for problem in problems}
    return tuple(once[key] for key in sorted(once))


def has_errors(problems: Iterable[Problem]) -> bool:
    """True when at least one problem is an error rather than a warning."""
    return any(problem.severity == "error" for problem in problems)
