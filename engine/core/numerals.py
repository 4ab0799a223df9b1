"""Numbers as people write them, read exactly: `1_234.50`, `1,234.50`, `500万`, `1.2亿`.

Nothing here guesses: full-width digits, stray separators and exponents (`1e3`) are refused with a code of
`texts/expressions.py`, which whoever knows the place turns into a Problem.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

_DIGITS = r"\d+(?:_\d+)*"
_NUMBER = re.compile(rf"([+-]?)((?:{_DIGITS})|(?:\d{{1,3}}(?:,\d{{3}})+))(?:\.(\d+))?\s?([万亿]?)", re.ASCII)

LONGEST_NUMBER = 40
"""Characters. More digits than any amount of money has; a limit keeps reading time in proportion."""

CHINESE_POWERS: Mapping[str, int] = MappingProxyType({"": 0, "万": 4, "亿": 8})

FULL_WIDTH: Mapping[int, str] = MappingProxyType(
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {0x3000: " ", 0x3002: ".", 0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'", 0x3010: "[", 0x3011: "]"}
    | {0x300C: '"', 0x300D: '"', 0x3001: ",", 0x2264: "<=", 0x2265: ">=", 0x2260: "!=", 0x00D7: "*", 0x00F7: "/"}
    | {0x2212: "-", 0x2013: "-", 0x2014: "-", 0xFFE5: "¥"}
)
"""Characters that a Chinese input method or a word processor puts in, and what is meant on the ASCII keyboard."""


class Unreadable(ValueError):
    """A text that is not a value of the wanted kind. `code` and `params` are those of the Problem it becomes."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"{code}: {params}")
        self.code, self.params = code, params


def refuse_full_width(text: str) -> None:
    """Nothing for plain text; Unreadable R160, naming the first full-width character and the plain one."""
    for character in text:
        if ord(character) in FULL_WIDTH:
            raise Unreadable("R160", found=character, plain=FULL_WIDTH[ord(character)], text=text)


def exact_number(text: str) -> Fraction:
    """The number a text spells, exactly. R160 for full-width characters, R161 for anything that is no number."""
    refuse_full_width(text)
    match = _NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST_NUMBER else None
    if match is None:
        raise Unreadable("R161", found=text)
    sign, whole, decimals, power = match[1], match[2], match[3] or "", CHINESE_POWERS[match[4]]
    digits = int(re.sub("[_,]", "", whole) + decimals) * 10**power
    return Fraction(-digits if sign == "-" else digits, 10 ** len(decimals))


def decimal_text(value: Fraction | int, thousands: str = "") -> str:
    """A number as a plain decimal, `1234.5`; as `10/3` where no decimal is exact. `thousands` goes between groups."""
    exact = Fraction(value)
    places = _places(exact.denominator)
    if places is None:
        return f"{exact.numerator}/{exact.denominator}"
    return fixed_text(exact.numerator * 10**places // exact.denominator, places, thousands)


def shown_number(value: Fraction | int, fewest: int = 0, thousands: str = "") -> str:
    """A number for people: exact with at least `fewest` decimals, or its first decimals and `…` where it never ends."""
    exact = Fraction(value)
    places = _places(exact.denominator)
    if places is None or places > LONGEST_NUMBER:
        cut = abs(exact.numerator) * 10 ** (fewest + 4) // exact.denominator
        return fixed_text(-cut if exact < 0 else cut, fewest + 4, thousands) + "…"
    places = max(places, fewest)
    return fixed_text(exact.numerator * 10**places // exact.denominator, places, thousands)


@lru_cache(maxsize=65536)
def fixed_text(scaled: int, places: int, thousands: str = "") -> str:
    """`scaled` / 10^`places` with exactly that many decimals: (123450, 2) is `1234.50`."""
    whole, decimals = divmod(abs(scaled), 10**places)
    grouped = f"{whole:,}".replace(",", thousands)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{grouped}.{decimals:0{places}d}" if places else f"{sign}{grouped}"


@lru_cache(maxsize=4096)
def _places(denominator: int) -> int | None:
    """How many decimals spell 1/denominator exactly, or None when none do."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def nearest(found: str, known: Iterable[str], most: int = 1) -> str:
    """The known words that look most like `found`, nearest first, joined by commas; empty when none is near."""
    return ", ".join(get_close_matches(found, sorted(known), n=most, cutoff=0.5))
