"""What libyaml calls a syntax error, as a problem in our words, at the place where a person would look."""

import yaml

from engine.core.problems import Place, Problem
from engine.rulefiles.characters import full_width

_CODES = (
    ("could not find expected ':'", "R006"),
    ("mapping values are not allowed", "R009"),
    ("block sequence entries are not allowed", "R010"),
    ("did not find expected '-' indicator", "R010"),
    ("did not find expected key", "R010"),
    ("did not find expected ',' or", "R011"),
    ("did not find the expected comment or line break", "R010"),
    ("found unexpected end of stream", "R012"),
    ("found unexpected document indicator", "R018"),
    ("did not find expected <document start>", "R018"),
    ("did not find expected node content", "R011"),
    ("found character that cannot start any token", "R008"),
)


def syntax_problem(error: yaml.YAMLError, file: str, lines: list[str]) -> Problem:
    """The problem that a parser's error stands for. Full-width punctuation on its lines is named before anything else."""
    mark = getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", "") or error)
    if mark is None:
        return Problem("R013", Place(file), {"said": said})
    context = getattr(error, "context_mark", None)
    suspects = sorted({mark.line, max(mark.line - 1, 0), *([context.line] if context else [])})
    return _full_width_problem(file, lines, suspects) or _coded(said, error, file, lines)


def _full_width_problem(file: str, lines: list[str], numbers: list[int]) -> Problem | None:
    """A full-width character in the part of a line that is structure: before any plain colon."""
    for number in (n for n in numbers if n < len(lines)):
        found = full_width(lines[number])
        if found and not _within_words(lines[number], found[0]):
            index, character, plain = found
            return Problem("R021", Place(file, number + 1, index + 1), {"found": character, "plain": plain})
    return None


def _within_words(line: str, index: int) -> bool:
    """True when the character stands in a comment or after a key's plain colon, where Chinese words are expected."""
    before = line[:index]
    return "#" in before or ": " in before


def _coded(said: str, error: yaml.YAMLError, file: str, lines: list[str]) -> Problem:
    """The problem by libyaml's words; for something left open, the place where it was opened."""
    code = next((code for words, code in _CODES if words in said), "R013")
    mark = error.problem_mark  # type: ignore[attr-defined]
    context = getattr(error, "context_mark", None)
    if code in ("R011", "R012") and context is not None:
        mark = context
    place = Place(file, min(mark.line, len(lines) - 1) + 1, mark.column + 1)
    character = _character(lines, place)
    if code == "R008" and character == "\t":
        code = "R007"
    return Problem(code, place, {"said": said, "found": character})


def _character(lines: list[str], place: Place) -> str:
    """The character at a place, or nothing past the end of a line."""
    line = lines[place.line - 1]
    return line[place.column - 1 : place.column]
