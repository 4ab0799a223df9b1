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
    """The problem that a parser's error stands for. Full-width punctuation on its lines is named first."""
    mark = getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", "") or error)
    if mark is None:
        return Problem("R013", Place(file), {"said": said})
    context = getattr(error, "context_mark", None)
    suspects = sorted({mark.line, max(mark.line - 1, 0), *([context.line] if context else [])})
    return (
        _full_width_problem(file, lines, suspects)
        or _full_width_comma(file, lines, _place(file, mark, lines))
        or _coded(said, error, file, lines)
    )


def _full_width_problem(file: str, lines: list[str], numbers: list[int]) -> Problem | None:
    """A full-width character in the part of a line that is structure: before any plain colon."""
    for number in (n for n in numbers if n < len(lines)):
        found = full_width(lines[number])
        if found and not _within_words(lines[number], found[0]):
            index, character, plain = found
            return Problem("R021", Place(file, number + 1, index + 1), {"found": character, "plain": plain})
    return None


def _full_width_comma(file: str, lines: list[str], place: Place) -> Problem | None:
    """A full-width comma between a value and the next key: `{en: a，zh: b}` stumbles at the second colon."""
    line = lines[place.line - 1]
    if line[place.column - 1 : place.column] != ":":
        return None
    start = line.rfind(": ", 0, place.column - 1) + 1
    found = full_width(line[: place.column - 1], start)
    if start == 0 or found is None:
        return None
    index, character, plain = found
    return Problem("R021", Place(file, place.line, index + 1), {"found": character, "plain": plain})


def _within_words(line: str, index: int) -> bool:
    """True when the character stands in a comment or after a key's plain colon, where Chinese words are expected."""
    before = line[:index]
    return "#" in before or ": " in before


def _coded(said: str, error: yaml.YAMLError, file: str, lines: list[str]) -> Problem:
    """The problem by libyaml's words; for something left open, the place where it was opened."""
    code = next((code for words, code in _CODES if words in said), "R013")
    mark: yaml.Mark = error.problem_mark  # type: ignore[attr-defined]
    context = getattr(error, "context_mark", None)
    if code == "R011" and _on_one_line(mark, context) and _character(lines, _place(file, mark, lines)) in "[]{}":
        code = "R040"
    elif code in ("R011", "R012") and context is not None:
        mark = context
    place = _place(file, mark, lines)
    character = _character(lines, place)
    if code == "R008" and character == "\t":
        code = "R007"
    return Problem(code, place, {"said": said, "found": character})


def _on_one_line(mark: yaml.Mark, context: yaml.Mark | None) -> bool:
    return context is not None and context.line == mark.line


def _place(file: str, mark: yaml.Mark, lines: list[str]) -> Place:
    """A mark's place; one past the end of the text is on its last line."""
    return Place(file, min(mark.line, len(lines) - 1) + 1, mark.column + 1)


def _character(lines: list[str], place: Place) -> str:
    """The character at a place, or nothing past the end of a line."""
    line = lines[place.line - 1]
    return line[place.column - 1 : place.column]
