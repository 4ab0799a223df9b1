"""Characters that have no business in a rule file, and those that a Chinese input method puts where ASCII is meant."""

import re
import unicodedata

from engine.core.numerals import FULL_WIDTH
from engine.core.problems import Place

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]"
)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_STRUCTURE = re.compile("[：，“”‘’［］｛｝【】＃－％０-９　]")


def lines_of(text: str) -> list[str]:
    """The lines of a text, as YAML counts them."""
    return _LINE_ENDS.split(text)


def forbidden(text: str) -> list[tuple[int, int, str]]:
    """Line, column and name of each control, text-direction or invisible character; line and column count from 1."""
    if not _FORBIDDEN.search(text):
        return []
    return [
        (number, found.start() + 1, _name(found[0]))
        for number, line in enumerate(lines_of(text), 1)
        for found in _FORBIDDEN.finditer(line)
    ]


def _name(character: str) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def full_width(line: str, start: int = 0) -> tuple[int, str, str] | None:
    """Index, character and the plain one meant, of the first full-width character from `start` on; None for none."""
    found = None if line.isascii() else _STRUCTURE.search(line, start)
    return (found.start(), found[0], FULL_WIDTH[ord(found[0])]) if found else None


def shown_line(line: str, longest: int = 160) -> str:
    """A source line as a message shows it: tabs and forbidden characters one column wide each, cut where it is long."""
    clean = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", line.replace("\t", " "))
    return clean if len(clean) <= longest else clean[:longest] + " …"


def excerpt(lines: list[str], place: Place) -> str:
    """The line of a place; empty when it has no such column, or one so far right that nobody could read it."""
    if not 0 < place.line <= len(lines) or place.column > min(len(lines[place.line - 1]) + 1, 400):
        return ""
    return shown_line(lines[place.line - 1], max(160, place.column + 40)).rstrip()
