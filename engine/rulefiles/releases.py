"""What a release of rules is made of: its files, the digest of their exact text, and the lines that a place points to.

All of it is pure: a release is stored and loaded again as a mapping from path to text (`loading.load_texts`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.problems import Place
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.characters import lines_of, shown_line


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a rule file. `column` is the column that a place points to on it, or 0."""

    number: int
    text: str
    column: int = 0


def release_files(rulebook: Rulebook) -> dict[str, str]:
    """The exact text of every file of a rulebook, by path, sorted."""
    return {file.path: file.text for file in sorted(rulebook.files, key=lambda file: file.path)}


def text_digest(files: Mapping[str, str]) -> str:
    """A digest of the exact files. Unlike `Rulebook.fingerprint`, a comment or a blank changes it."""
    return hashlib.sha256(json.dumps(sorted(files.items()), ensure_ascii=False).encode("utf-8")).hexdigest()


def explain_place(files: Mapping[str, str], place: Place, around: int = 2) -> tuple[SourceLine, ...]:
    """The line that a place points to, with some lines around it; nothing when the file has no such line.

    From the line on, the block that begins there is shown whole, as long as it is indented deeper and not longer than
    twelve lines.
    """
    lines = lines_of(files.get(place.file, ""))
    if not 0 < place.line <= len(lines) or place.file not in files:
        return ()
    first = max(place.line - around, 1)
    last = min(max(_block_end(lines, place.line), place.line + around), len(lines))
    return tuple(
        SourceLine(number, shown_line(lines[number - 1], 400), place.column if number == place.line else 0)
        for number in range(first, last + 1)
        if number <= place.line or lines[number - 1].strip()
    )


def _block_end(lines: list[str], start: int, longest: int = 12) -> int:
    """The last line of the block that begins on a line: those below it that are indented deeper."""
    indent = _indent(lines[start - 1])
    end = start
    for number in range(start + 1, min(start + longest, len(lines) + 1)):
        if lines[number - 1].strip() and _indent(lines[number - 1]) <= indent:
            break
        end = number
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
