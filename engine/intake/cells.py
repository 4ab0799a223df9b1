"""A cell of somebody else's file, read as the profile's column says: exactly, or not at all."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from engine.core.currencies import EXPONENTS
from engine.core.money import LARGEST_MINOR, Money, rounded
from engine.core.numerals import Unreadable, decimal_text, exact_number
from engine.core.rules.profile import NUMBERS, Column
from engine.core.value_texts import nearest_first
from engine.intake.slips import Slipped, unreadable

CellValue = str | Fraction | date | datetime | None
"""A text; an exact number; a day; a moment in its zone; or nothing."""

LookupTable = Mapping[str, str]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOKENS: Mapping[str, str] = {
    "YYYY": r"(?P<year>\d{4})", "MMM": r"(?P<name>[A-Za-z]{3})[a-z]*", "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{2})", "D": r"(?P<day>\d{1,2})", "HH": r"(?P<hour>\d{2})",
    "H": r"(?P<hour>\d{1,2})", "mm": r"(?P<minute>\d{2})", "ss": r"(?P<second>\d{2})",
}  # fmt: skip
_TOKEN = re.compile("|".join(_TOKENS))
_BLANKS_IN_NUMBERS = re.compile(r"[\s\u00a0\u202f]")


def cell_value(column: Column, text: str, zone: tzinfo, lookups: Sequence[LookupTable] = ()) -> CellValue:
    """What the cell says. Slipped when the column does not understand it; None where it is empty."""
    text = "" if text in column.blanks else _translated(column, text, lookups)
    if not text:
        return None
    if column.kind in NUMBERS:
        return _number(column, text)
    if column.kind == "date":
        return _moment(column, text).date()
    if column.kind == "instant":
        return _moment(column, text).replace(tzinfo=ZoneInfo(column.zone) if column.zone else zone)
    return id_of(text) if column.kind == "id" else text


def value_text(column: Column, value: CellValue, currency: str) -> str:
    """The value as the event's reader takes it. Slipped: I046 for decimals that do not fit."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(money_of(column, value, currency)) if column.kind == "money" else _plain_number(column, value)
    return value or ""


def money_of(column: Column, value: Fraction, currency: str) -> Money:
    """The amount in whole minor units, rounded only as the column says."""
    if currency not in EXPONENTS:
        raise Slipped("I026", **_words(Unreadable("R163", found=currency, near="CNY, EUR, USD")))
    exact = value * 10 ** EXPONENTS[currency]
    if exact.denominator != 1 and column.rounding is None:
        raise Slipped("I046", found=decimal_text(value), places=str(EXPONENTS[currency]))
    minor = rounded(exact.numerator, exact.denominator, column.rounding) if column.rounding else exact.numerator
    if abs(minor) > LARGEST_MINOR:
        most = str(Money(LARGEST_MINOR, currency))
        raise Slipped("I026", **_words(Unreadable("R165", found=decimal_text(value), most=most)))
    return Money(minor, currency)


def id_of(name: str) -> str:
    """A name as an id: lower case, accents off, runs of anything else than letters and digits as one hyphen."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", bare.casefold()).strip("-")


def _words(mistake: Unreadable) -> Mapping[str, str]:
    return unreadable(mistake).params


def _translated(column: Column, text: str, lookups: Sequence[LookupTable]) -> str:
    """The text after the profile's words and its lookups; before a lookup, words that are not listed stay."""
    words = dict(column.values)
    if text in words:
        text = words[text]
    elif text and words and not lookups:
        known = nearest_first(text, tuple(words)) if column.otherwise == "refuse" else ""
        return _other(column, text, Slipped("I040", found=text, known=known))
    for place, table in zip(column.lookups, lookups, strict=True):
        if text and text not in table:
            return _other(column, text, Slipped("I044", found=text, file=place.file, by=place.by))
        text = table.get(text, "")
    return text


def _other(column: Column, text: str, refusal: Slipped) -> str:
    """What becomes of a value that is not listed."""
    if column.otherwise == "refuse":
        raise refusal
    return text if column.otherwise == "keep" else "" if column.otherwise == "empty" else column.otherwise


def _number(column: Column, text: str) -> Fraction:
    """The exact number, by the profile's marks. Slipped I043 for anything else."""
    bare = _BLANKS_IN_NUMBERS.sub("", text)
    for dropped in column.drop:
        bare = bare.replace(dropped, "")
    if column.thousands:
        bare = bare.replace(column.thousands, "")
    if column.decimal != ".":
        bare = bare.replace(column.decimal, ".")
    try:
        number = exact_number(bare.removesuffix("%") if column.kind == "percent" else bare)
    except Unreadable as mistake:
        full_width = mistake.code == "R160"
        raise (Slipped("I026", **_words(mistake)) if full_width else Slipped("I043", found=text)) from mistake
    if column.kind == "percent" and not bare.endswith("%"):
        raise Slipped("I043", found=text)
    return number * column.times


def _plain_number(column: Column, value: Fraction) -> str:
    """A number as text; what is a percent with its sign."""
    factor = {"percent": 1, "percent_points": 1, "ratio": 100}.get(column.kind)
    return decimal_text(value) if factor is None else f"{decimal_text(value * factor)}%"


def _moment(column: Column, text: str) -> datetime:
    """The moment by the first format that fits. Slipped I041 when none does, or the day does not exist."""
    for pattern in (_pattern(written) for written in column.formats):
        if match := pattern.fullmatch(text):
            moment = _from_parts(match.groupdict())
            if moment:
                return moment
    raise Slipped("I041", found=text, formats=", ".join(column.formats))


@cache
def _pattern(written: str) -> re.Pattern[str]:
    """The regular expression of a format such as `DD MMM, YYYY HH:mm:ss`."""
    pieces, end = [], 0
    for token in _TOKEN.finditer(written):
        pieces += [re.escape(written[end : token.start()]), _TOKENS[token[0]]]
        end = token.end()
    return re.compile("".join([*pieces, re.escape(written[end:])]), re.ASCII)


def _from_parts(parts: Mapping[str, str | None]) -> datetime | None:
    """The moment of the parts, or None when there is no such moment."""
    name = (parts.get("name") or "").lower()
    month = _MONTHS.index(name) + 1 if name in _MONTHS else int(parts.get("month") or 0)
    hour, minute, second = (int(parts.get(part) or 0) for part in ("hour", "minute", "second"))
    try:
        return datetime(int(parts["year"] or 0), month, int(parts["day"] or 0), hour, minute, second)
    except ValueError:
        return None
