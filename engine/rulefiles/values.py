"""Values that only rule files write: ids, hours, days of a year, zones, names of side files.

Each function gives the value or raises Unreadable with the code of the mistake. The kinds of value that events and
imported rows share with rules are read in `core/value_texts.py`.
"""

import re
import zoneinfo
from collections.abc import Iterable
from datetime import date, time
from difflib import SequenceMatcher
from functools import cache

from engine.core.numerals import FULL_WIDTH, Unreadable, exact_number, refuse_full_width

KEBAB = r"[a-z0-9]+(?:-[a-z0-9]+)*"
DOTTED = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"
_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)", re.ASCII)
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_CSV = re.compile(r"[\w.-]+\.csv", re.ASCII)


def whole(text: str) -> int:
    """A whole number, zero or more. R044 for anything else."""
    number = exact_number(text)
    if number.denominator != 1 or number < 0:
        raise Unreadable("R044", found=text.strip())
    return number.numerator


def month_day(text: str) -> tuple[int, int]:
    """`04-01` as (4, 1); a day that every year has. R025 for anything else."""
    refuse_full_width(text)
    match = _MONTH_DAY.fullmatch(text.strip())
    try:
        day = date(2001, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise Unreadable("R025", found=text.strip())
    return day.month, day.day


def hours(text: str) -> tuple[time, time]:
    """`09:00-18:00` as (start, end), the end later; the end of the day, 24:00, is the time 00:00. R026 otherwise."""
    refuse_full_width(text)
    match = _HOURS.fullmatch(text.strip())
    start, end = (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])) if match else (0, 0)
    if match is None or not start < end <= 24 * 60 or max(int(match[2]), int(match[4])) > 59:
        raise Unreadable("R026", found=text.strip())
    return time(start // 60, start % 60), time(end // 60 % 24, end % 60)


def time_zone(text: str) -> str:
    """The name of a time zone of the tz database. R027 for anything else."""
    if text not in _zones():
        raise Unreadable("R027", found=text.strip(), near=", ".join(nearest_first(text, _zones())[:3]))
    return str(text)


@cache
def _zones() -> frozenset[str]:
    """The names of all time zones."""
    return frozenset(zoneinfo.available_timezones())


def csv_name(text: str) -> str:
    """The name of a CSV file in the same folder. R028 for a path, or another kind of file."""
    refuse_full_width(text)
    if not _CSV.fullmatch(text) or text.startswith("."):
        raise Unreadable("R028", found=text)
    return text


def nearest_first(found: str, known: Iterable[str]) -> list[str]:
    """The known words, those that look most like `found` first, otherwise in their own order."""
    likeness = {word: SequenceMatcher(None, found.lower(), word.lower()).ratio() for word in known}
    return sorted(likeness, key=lambda word: -likeness[word] if likeness[word] >= 0.5 else 0)


def nearest_key(found: str, known: Iterable[str]) -> str:
    """The known word that `found` is most likely meant to be, or nothing when none is near."""
    ordered = nearest_first(found, known)
    near = ordered and SequenceMatcher(None, found.lower(), ordered[0].lower()).ratio() >= 0.5
    return ordered[0] if near else ""


def suggested_id(found: str) -> str:
    """The id that a title or misspelt id could become: `Account Executive` is `account-executive`."""
    plain = "".join(FULL_WIDTH.get(ord(character), character) for character in found).lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "new-leads"
