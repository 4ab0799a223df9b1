"""Values as people write them in rule files and imported rows, read exactly, by the kind of fact.

The `read_…` functions raise Unreadable with a code of `texts/expressions.py`; `parse_value` is the door for everyone
who has a place: it returns the value or a Problem and never raises.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from fractions import Fraction
from types import MappingProxyType

from engine.core.currencies import EXPONENTS
from engine.core.durations import Duration
from engine.core.fact_types import FactKind, FactType
from engine.core.money import Money
from engine.core.numerals import Unreadable, exact_number, nearest, refuse_full_width
from engine.core.problems import Place, Problem

Value = Money | Fraction | int | date | datetime | Duration | bool | str | tuple[str, ...]

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})/(\d{1,2})/(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII)
_INSTANT = re.compile(r"(\S+)[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:-(?:H[12]|Q[1-4]|(?:0[1-9]|1[0-2])|W(?:0[1-9]|[1-4]\d|5[0-3])))?", re.ASCII)
_YES = ("yes", "true", "是", "y", "1")
_NO = ("no", "false", "否", "n", "0")


def read_money(text: str) -> Money:
    """Money with its currency; see `Money.parse`."""
    return Money.parse(text)


def read_number(text: str) -> int | Fraction:
    """An exact number; an int when it is whole."""
    number = exact_number(text)
    return number.numerator if number.denominator == 1 else number


def read_percent(text: str) -> Fraction:
    """The fraction of `12.5%`. R171 without the sign: 5 might mean 5 % or 500 %."""
    refuse_full_width(text)
    if not text.strip().endswith("%"):
        raise Unreadable("R171", found=text.strip())
    return exact_number(text.strip()[:-1]) / 100


def read_date(text: str) -> date:
    """A calendar date, `2026-03-31`; spreadsheets' `2026/3/31` and `2026年3月31日` are understood too.

    R166 for another shape, R167 for a day that does not exist.
    """
    refuse_full_width(text)
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise Unreadable("R166", found=text.strip())
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("R167", found=text.strip()) from None


def read_instant(text: str) -> datetime:
    """`2026-03-31 18:00`: naive when no offset is written (local to whoever reads), else aware."""
    refuse_full_width(text)
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise Unreadable("R168", found=text.strip())
    day, hour, minute, second = read_date(match[1]), int(match[2]), int(match[3]), int(match[4] or 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second)
    except ValueError:
        raise Unreadable("R168", found=text.strip()) from None
    return moment.replace(tzinfo=_offset(match[5])) if match[5] else moment


def read_figure(text: str) -> tuple[Fraction, str]:
    """A number or a percent: its exact value (of a percent, the ratio), and `number` or `percent`."""
    if text.rstrip().endswith(("%", "％")):
        return read_percent(text), "percent"
    return Fraction(read_number(text)), "number"


def read_period(text: str) -> str:
    """The text of a period: `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W14`. What it spans, a calendar says."""
    refuse_full_width(text)
    if not _PERIOD.fullmatch(text.strip()):
        raise Unreadable("R169", found=text.strip())
    return text.strip()


def read_yes_or_no(text: str) -> bool:
    """A truth value: yes/no, true/false, 是/否, 1/0."""
    word = text.strip().lower()
    if word not in _YES + _NO:
        raise Unreadable("R173", found=text.strip())
    return word in _YES


def read_choice(text: str, choices: tuple[str, ...]) -> str:
    """One of the choices; any word when there are none. R130 lists them, nearest first."""
    word = read_words(text)
    if choices and word not in choices:
        raise Unreadable("R172", found=word, choices=nearest_first(word, choices))
    return word


def read_currency(text: str) -> str:
    """A currency code of ISO 4217."""
    code = text.strip()
    if code not in EXPONENTS:
        raise Unreadable("R163", found=code, near=nearest(code.upper(), EXPONENTS, 3) or "CNY, EUR, USD")
    return code


def read_words(text: str) -> str:
    """A text without the blanks around it. R174 when nothing is left."""
    if not text.strip():
        raise Unreadable("R174")
    return text.strip()


def nearest_first(found: str, choices: tuple[str, ...], most: int = 12) -> str:
    """The choices, those that look most like `found` first; a long list ends in `…`."""
    near = [word for word in nearest(found, choices, 3).split(", ") if word]
    ordered = near + [choice for choice in choices if choice not in near]
    return ", ".join(ordered[:most]) + (", …" if len(ordered) > most else "")


def parse_value(text: str, fact: FactType, place: Place, zone: tzinfo = UTC) -> Value | Problem:
    """The value of a text for a fact of that type, or the Problem that says what is wrong with it.

    Instants without an offset are local to `zone` and come back in UTC. Lists are separated by commas or `、`.
    """
    try:
        return _READERS[fact.kind](text, fact, zone)
    except Unreadable as slip:
        return Problem(slip.code, place, slip.params, width=max(len(text), 1))


def _offset(text: str) -> tzinfo:
    """The zone of `Z`, `+08:00` or `+0800`."""
    return datetime.fromisoformat(f"2000-01-01T00:00:00{text}").tzinfo or UTC


def _money(text: str, fact: FactType, _: tzinfo) -> Value:
    money = read_money(text)
    if fact.currency and money.currency != fact.currency:
        raise Unreadable("R175", found=text.strip(), currency=fact.currency)
    return money


def _instant(text: str, _: FactType, zone: tzinfo) -> Value:
    moment = read_instant(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC)


def _list(text: str, fact: FactType, _: tzinfo) -> Value:
    members = (member for member in re.split("[,，、;；]", text) if member.strip())
    return tuple(read_choice(member, fact.element_choices) for member in members)


def _words(text: str, _fact: FactType, _zone: tzinfo) -> Value:
    return read_words(text)


_READERS: Mapping[FactKind, Callable[[str, FactType, tzinfo], Value]] = MappingProxyType(
    {
        FactKind.MONEY: _money,
        FactKind.PERCENT: lambda text, fact, zone: read_percent(text),
        FactKind.NUMBER: lambda text, fact, zone: read_number(text),
        FactKind.DATE: lambda text, fact, zone: read_date(text),
        FactKind.INSTANT: _instant,
        FactKind.PERIOD: lambda text, fact, zone: read_period(text),
        FactKind.DURATION: lambda text, fact, zone: Duration.parse(text),
        FactKind.BOOL: lambda text, fact, zone: read_yes_or_no(text),
        FactKind.CHOICE: lambda text, fact, zone: read_choice(text, fact.choices),
        FactKind.CURRENCY: lambda text, fact, zone: read_currency(text),
        FactKind.LIST: _list,
        FactKind.TEXT: _words,
        FactKind.PERSON: _words,
        FactKind.ACCOUNT: _words,
        FactKind.DEAL: _words,
        FactKind.PARTNER: _words,
    }
)
