"""The text of one expression and where it stands: offsets become places, mistakes become Problems with a caret."""

from dataclasses import dataclass

from engine.core.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Source:
    """An expression's text; `place` is that of its first character. Later lines count columns from 1."""

    text: str
    place: Place

    def place_at(self, offset: int) -> Place:
        """The place of a character."""
        before = self.text[:offset]
        lines = before.count("\n")
        if not lines:
            return self.place.shifted(offset)
        return Place(self.place.file, self.place.line + lines, offset - before.rfind("\n"))

    def problem(self, code: str, start: int, end: int, **params: str) -> Problem:
        """A mistake in text[start:end]; the caret never leaves the line it starts on."""
        place = self.place_at(start)
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", start)
        line = self.text[first : last if last >= 0 else len(self.text)]
        indent = " " * max(place.column - 1 - (start - first), 0)
        words = self.text[start : min(end, first + len(line))]
        return Problem(code, place, params, indent + line, max(sum(map(_columns, words)), 1))

    def problem_at(self, code: str, place: Place, words: str, **params: str) -> Problem:
        """A mistake in `words`, which stand at a place of this text."""
        lines = place.line - self.place.line
        start = place.column - self.place.column if not lines else self._line_start(lines) + place.column - 1
        return self.problem(code, start, start + len(words), **params)

    def _line_start(self, lines: int) -> int:
        """The offset at which the line begins that is `lines` after the first."""
        start = 0
        for _ in range(lines):
            start = self.text.index("\n", start) + 1
        return start


def _columns(character: str) -> int:
    """Columns of a terminal that a character takes: Chinese ones take two."""
    return 2 if ord(character) > 0x2E7F else 1
