"""Values and records to canonical JSON and back, exactly: the same value gives the same bytes, and no float passes.

JSON's own texts, whole numbers, truth values and null stand for themselves and an array for a tuple. Every other
value is an object with one key, a mark that says what it is: `{"$m":[1250,"CNY"]}` is money. The marks are a format
that lies in databases; a mark is never given another meaning.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from engine.core.durations import Duration, DurationUnit
from engine.core.money import ExactMoney, Money
from engine.core.records import Share

_canonical = partial(
    json.JSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)
_write = _canonical().encode


def _no_float(text: str) -> object:
    raise ValueError(f"{text}: canonical JSON holds no float")


_read = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).decode


def json_text(plain: object) -> str:
    """Canonical JSON of plain JSON data: sorted keys, no blanks, letters as they are."""
    return _write(plain)


def exact_text(plain: object) -> str:
    """Canonical JSON of plain data in which fractions are texts; an AttributeError for anything else."""
    return _write_exact(plain)


def json_data(text: str) -> Any:
    """The plain JSON data of a text; a ValueError for a float."""
    return _read(text)


def encoded(value: object) -> object:
    """The value as plain JSON data. A TypeError for a type that is not on the list, such as a float or a list."""
    try:
        return _ENCODERS[type(value)](value)
    except KeyError:
        raise TypeError(f"{type(value).__name__} cannot be stored as a value") from None


def decoded(plain: Any) -> object:
    """The value of plain JSON data that `encoded` made; a ValueError for an unknown mark."""
    if type(plain) is list:
        return tuple(decoded(member) for member in plain)
    if type(plain) is not dict:
        return plain
    ((mark, content),) = plain.items()
    if mark not in _DECODERS:
        raise ValueError(f"{mark} is not a mark of a stored value")
    return _DECODERS[mark](content)


def value_text(value: object) -> str:
    """Canonical JSON of one typed value."""
    return _write(encoded(value))


def text_value(text: str) -> object:
    """The typed value of its canonical JSON."""
    return decoded(_read(text))


def encoded_map(values: Mapping[str, object]) -> dict[str, object]:
    """A mapping of names to typed values, as plain JSON data without a mark of its own."""
    return {name: value if type(value) in _AS_IS else encoded(value) for name, value in values.items()}


def decoded_map(plain: Mapping[str, Any]) -> dict[str, object]:
    """The mapping that `encoded_map` made plain."""
    return {name: decoded(value) for name, value in plain.items()}


def instant_text(at: datetime) -> str:
    """ISO text in UTC; a ValueError for an instant without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat()


def fraction_text(number: Fraction) -> str:
    """`1/3`; whole numbers as `2/1`."""
    return f"{number.numerator}/{number.denominator}"


@lru_cache(maxsize=4096)
def text_fraction(text: str) -> Fraction:
    """The fraction of such a text."""
    numerator, denominator = text.split("/")
    return Fraction(int(numerator), int(denominator))


def _same(value: Any) -> Any:
    return value


def _duration(content: Any) -> Duration:
    return Duration(content[0], DurationUnit(content[1]))


_write_exact = _canonical(default=fraction_text).encode

# Most values are these; asking for them first spares a call for each.
_AS_IS = frozenset({str, int, bool, type(None)})

_ENCODERS: Mapping[type, Callable[[Any], object]] = {
    str: _same,
    int: _same,
    bool: _same,
    type(None): _same,
    tuple: lambda v: [encoded(member) for member in v],
    Money: lambda v: {"$m": [v.minor, v.currency]},
    ExactMoney: lambda v: {"$x": [fraction_text(v.minor), v.currency]},
    Fraction: lambda v: {"$f": fraction_text(v)},
    date: lambda v: {"$d": v.isoformat()},
    datetime: lambda v: {"$t": instant_text(v)},
    Duration: lambda v: {"$u": [v.count, v.unit.value]},
    Share: lambda v: {"$s": [v.person, fraction_text(v.share)]},
    dict: lambda v: {"$o": encoded_map(v)},
}

_DECODERS: Mapping[str, Callable[[Any], object]] = {
    "$m": lambda v: Money(v[0], v[1]),
    "$x": lambda v: ExactMoney(text_fraction(v[0]), v[1]),
    "$f": text_fraction,
    "$d": date.fromisoformat,
    "$t": datetime.fromisoformat,
    "$u": _duration,
    "$s": lambda v: Share(v[0], text_fraction(v[1])),
    "$o": decoded_map,
}
