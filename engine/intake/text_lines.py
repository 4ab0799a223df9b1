"""The lines of a text file, whatever program saved it: UTF-8, GB18030, or a spreadsheet's UTF-16."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from engine.core.problems import Place, Problem
from engine.intake.slips import Slipped
from engine.intake.tables import LARGEST_FILE

LONGEST_LINE = 1024 * 1024
_CHUNK = 1024 * 1024


def encoding_of(path: Path) -> str:
    """The encoding in which the whole file can be read. Slipped: I002 too large, I001 none of them."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise Slipped("I002", size=f"{size:,}", most=f"{LARGEST_FILE:,}")
    with path.open("rb") as handle:
        if handle.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    mistake = _mistake(path, "utf-8-sig")
    if mistake is None or _mistake(path, "gb18030") is None:
        return "utf-8-sig" if mistake is None else "gb18030"
    raise Slipped("I001", byte=f"0x{mistake[1]:02X}", at=f"{mistake[0]:,}")


def numbered_lines(path: Path, encoding: str) -> Iterator[tuple[int, str] | Problem]:
    """Each line with its number from 1, its end included. I017 in place of a line that is too long."""
    with path.open(encoding=encoding, errors="replace", newline="") as handle:
        number = 0
        while line := handle.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) <= LONGEST_LINE:
                yield number, line
                continue
            while line and not line.endswith(("\n", "\r")):
                line = handle.readline(LONGEST_LINE)
            place = Place(path.name, number, 1)
            yield Problem("I017", place, {"found": str(number), "most": f"{LONGEST_LINE:,}"})


def _mistake(path: Path, encoding: str) -> tuple[int, int] | None:
    """Position (from 1) and value of the first byte that the encoding does not know; None when it knows all."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before = 0
    with path.open("rb") as handle:
        while True:
            chunk = handle.read(_CHUNK)
            try:
                pending = len(decoder.getstate()[0])
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return before - pending + error.start + 1, error.object[error.start]
            if not chunk:
                return None
            before += len(chunk)
