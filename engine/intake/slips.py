"""Mistakes in outside data, from the moment they are seen until somebody knows where the value stood."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.core.numerals import Unreadable
from engine.core.problems import Place, Problem

LONGEST_TEXT = 10_000
"""Characters of a note or a name. More is somebody's document in the wrong column."""

LONGEST_ID = 200
"""Characters of a key, a subject or a person."""


NOWHERE = Place("")
"""The place of a value that came from no file."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a raw event was read: its row, and for each field the column number and the header it stood under."""

    place: Place = NOWHERE
    columns: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def of(self, name: str) -> Place:
        """The place of a field: its cell when the row has columns, else the row."""
        column, _ = self.columns.get(name, (0, ""))
        return Place(self.place.file, self.place.line, column or self.place.column)

    def shown(self, name: str) -> str:
        """A field as the person who filled in the file knows it: by its header."""
        return self.columns.get(name, (0, name))[1]


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in one field, before its place is known. `params` lack the field's name."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def at(self, where: Where, name: str, **params: str) -> Problem:
        """The Problem at the field's place, under the name that the file's author knows."""
        shown = {"field": where.shown(name), "header": where.shown(name)}
        return Problem(self.code, where.of(name), {**shown, **params, **self.params})


class Slipped(ValueError):
    """A value that cannot be taken; carries the slip."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"{code}: {params}")
        self.slip = Slip(code, params)


def unreadable(mistake: Unreadable) -> Slip:
    """The slip of a value that is not of its kind: I026 with the words of the kind's own mistake, in both languages."""
    inner = Problem(mistake.code, Place(""), mistake.params)
    return Slip("I026", {"why_en": inner.message("en"), "why_zh": inner.message("zh"),
                         "do_en": inner.remedy("en"), "do_zh": inner.remedy("zh")})  # fmt: skip


def hidden_character(text: str) -> str:
    """The first character of a text that cannot be seen or that turns its direction, as `U+202E …`; empty for none."""
    if text.isprintable():
        return ""
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return ""


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text without the blanks around it. Slipped: I029 for a hidden character, I030 when it is too long."""
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > longest:
        raise Slipped("I030", size=str(len(text)), most=str(longest))
    if hidden := hidden_character(text):
        raise Slipped("I029", found=hidden)
    return text
