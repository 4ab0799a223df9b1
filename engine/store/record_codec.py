"""Frozen dataclasses to plain JSON data and back, by their type hints, worked out once for each class.

A field holds: text, a whole number, a truth value, a date, an instant, a Fraction, Money, an enumeration, another
dataclass, a tuple, sequence or mapping of these, None or one of them, or `object` for any typed value of `codec`. Another type is
a TypeError when the class is first used. Fields that a stored record lacks take the default of the class.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from operator import attrgetter, itemgetter
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from engine.core.money import Money
from engine.core.problems import Place
from engine.store.codec import (
    decoded,
    decoded_map,
    encoded,
    encoded_map,
    fraction_text,
    instant_text,
    json_data,
    json_text,
    text_fraction,
)

SomeClass = TypeVar("SomeClass")
Conversion = Callable[[Any], Any]


class Pair(NamedTuple):
    """How a type becomes plain JSON data and how it comes back; None: it is plain already."""

    encode: Conversion | None
    decode: Conversion | None


def record_text(record: object) -> str:
    """Canonical JSON of a record."""
    return json_text(record_data(record))


def text_record(kind: type[SomeClass], text: str) -> SomeClass:
    """The record of that class from its canonical JSON."""
    return data_record(kind, json_data(text))


def text_records(kind: type[SomeClass], texts: Iterable[str]) -> list[SomeClass]:
    """The records of that class from many such texts, which are read as one."""
    known: Any = kind
    decode = _dataclass_pair(known).decode
    assert decode is not None, "a dataclass always needs a conversion"
    return [decode(data) for data in json_data(f"[{','.join(texts)}]")]


def record_data(record: object) -> Any:
    """A record as plain JSON data."""
    kind: Any = type(record)
    encode = _dataclass_pair(kind).encode
    assert encode is not None, "a dataclass always needs a conversion"
    return encode(record)


def data_record(kind: type[SomeClass], data: Any) -> SomeClass:
    """The record of that class from plain JSON data; a TypeError when a field without default is missing."""
    known: Any = kind
    decode = _dataclass_pair(known).decode
    assert decode is not None, "a dataclass always needs a conversion"
    return decode(data)  # type: ignore[no-any-return]


@cache
def _dataclass_pair(kind: type) -> Pair:
    """Both ways for one dataclass: all attributes at once, then only those that need a conversion."""
    hints = get_type_hints(kind)
    names = tuple(field.name for field in fields(kind))
    pairs = {name: _pair(hints[name]) for name in names}
    encoders = tuple((name, pair.encode) for name, pair in pairs.items() if pair.encode)
    decoders = tuple((name, pair.decode) for name, pair in pairs.items() if pair.decode)
    values = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
    stored = itemgetter(*names) if len(names) > 1 else lambda data: (data[names[0]],)
    places = {name: place for place, name in enumerate(names)}

    def encode(record: Any) -> dict[str, Any]:
        data = dict(zip(names, values(record), strict=True))
        for name, convert in encoders:
            data[name] = convert(data[name])
        return data

    def decode(data: dict[str, Any]) -> Any:
        if len(data) != len(names):
            return decode_some(data)
        found = list(stored(data))
        for name, convert in decoders:
            found[places[name]] = convert(found[places[name]])
        return kind(*found)

    def decode_some(data: dict[str, Any]) -> Any:
        given = dict(data)
        for name, convert in decoders:
            if name in given:
                given[name] = convert(given[name])
        return kind(**given)

    return Pair(encode, decode)


def _pair(hint: Any) -> Pair:
    """The conversion of one type hint."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin = get_origin(hint)
    if origin is Literal:
        return Pair(None, None)
    if origin in (Union, UnionType):
        return _optional(hint)
    if origin is tuple:
        return _tuple(get_args(hint))
    if origin is Sequence:
        return _tuple((*get_args(hint), ...))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*get_args(hint))
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass_pair(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Pair(lambda v: v.value, hint)
    raise TypeError(f"{hint} has no stored form")


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"a whole number is wanted, not {type(value).__name__}")
    return value


def _optional(hint: Any) -> Pair:
    inner = [member for member in get_args(hint) if member is not NoneType]
    if len(inner) != 1:
        raise TypeError(f"{hint} has no stored form: only `X | None` has")
    encode, decode = _pair(inner[0])
    return Pair(
        encode and (lambda v: None if v is None else encode(v)), decode and (lambda v: None if v is None else decode(v))
    )


def _tuple(members: tuple[Any, ...]) -> Pair:
    """A tuple of plain members is plain as it is, since JSON writes it as an array; it only has to come back."""
    if len(members) == 2 and members[1] is ...:
        encode, decode = _pair(members[0])
        if decode is None:
            return Pair(encode and (lambda v: [encode(member) for member in v]), tuple)
        return Pair(
            encode and (lambda v: [encode(member) for member in v]), lambda v: tuple([decode(member) for member in v])
        )
    pairs = [_pair(member) for member in members]
    if not any(pair.encode for pair in pairs) and not any(pair.decode for pair in pairs):
        return Pair(None, tuple)
    ones, backs = [p.encode or _as_is for p in pairs], [p.decode or _as_is for p in pairs]
    if len(pairs) == 2 and pairs[0] == Pair(None, None):
        other, other_back = ones[1], backs[1]
        return Pair(lambda v: (v[0], other(v[1])), lambda v: (v[0], other_back(v[1])))
    if len(pairs) == 2:
        (one, other), (one_back, other_back) = ones, backs
        return Pair(lambda v: (one(v[0]), other(v[1])), lambda v: (one_back(v[0]), other_back(v[1])))
    return Pair(
        lambda v: [one(member) for one, member in zip(ones, v, strict=True)],
        lambda v: tuple([back(member) for back, member in zip(backs, v, strict=True)]),
    )


def _mapping(_: Any, value: Any) -> Pair:
    if value is object:
        return Pair(encoded_map, decoded_map)
    encode, decode = _pair(value)
    one, back = encode or _as_is, decode or _as_is
    return Pair(lambda v: {name: one(v[name]) for name in v}, lambda v: {name: back(v[name]) for name in v})


def _as_is(value: Any) -> Any:
    return value


def _place(plain: Any) -> Place:
    return _known_place(plain[0], plain[1], plain[2])


_known_place = lru_cache(maxsize=4096)(Place)


def _money(plain: Any) -> Money:
    return Money(plain[0], plain[1])


_PLAIN: Mapping[Any, Pair] = MappingProxyType(
    {
        str: Pair(None, None),
        bool: Pair(None, None),
        int: Pair(_whole, None),
        object: Pair(encoded, decoded),
        date: Pair(date.isoformat, date.fromisoformat),
        datetime: Pair(instant_text, datetime.fromisoformat),
        Fraction: Pair(fraction_text, text_fraction),
        Place: Pair(lambda v: (v.file, v.line, v.column), _place),
        Money: Pair(lambda v: (v.minor, v.currency), _money),
    }
)
