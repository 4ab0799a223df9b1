"""The kinds of value in an event's body, as marshmallow fields: a text becomes a typed value or a slip."""

import re
from collections.abc import Sequence
from datetime import tzinfo
from fractions import Fraction
from typing import Any

from marshmallow import ValidationError, fields

from engine.core.currencies import EXPONENTS
from engine.core.fact_types import FactKind, FactType
from engine.core.money import LARGEST_MINOR, Money
from engine.core.numerals import Unreadable, decimal_text, nearest
from engine.core.problems import Place, Problem
from engine.core.records import Share
from engine.core.value_texts import parse_value, read_figure, read_percent
from engine.intake.slips import LONGEST_ID, LONGEST_TEXT, Slipped, plain, unreadable

_EXAMPLES = {
    FactKind.MONEY: "1200.50 CNY", FactKind.PERCENT: "12.5%", FactKind.NUMBER: "3", FactKind.DATE: "2026-03-31",
    FactKind.INSTANT: "2026-03-31 18:00", FactKind.PERIOD: "2026-Q1", FactKind.DURATION: "3 business days",
    FactKind.BOOL: "yes", FactKind.CURRENCY: "CNY",
}  # fmt: skip
_SHARE = re.compile(r"(?P<person>\S(?:.*\S)?)[\s:：]+(?P<share>[^\s:：]+\s?[%％])")
_KINDS_OF_JSON: tuple[tuple[type, str], ...] = ((dict, "{…}"), (list, "[…]"), (tuple, "[…]"))


class Told(fields.Field[Any]):
    """A field of a body. Subclasses give `read`; what `read` cannot take it raises as Slipped or Unreadable."""

    default_error_messages = {"required": "I025", "null": "I025"}  # noqa: RUF012 — the library's own spelling

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return self.read(value)
        except Slipped as slipped:
            raise ValidationError([slipped.slip]) from slipped
        except Unreadable as mistake:
            raise ValidationError([unreadable(mistake)]) from mistake

    def read(self, value: object) -> object:
        """The typed value."""
        raise NotImplementedError


class Typed(Told):
    """A value of one of the fact kinds; instants without an offset are local to `zone`."""

    def __init__(self, fact: FactType, zone: tzinfo, **options: Any) -> None:
        super().__init__(**options)
        self.fact, self.zone = fact, zone

    def read(self, value: object) -> object:
        """The value of that kind; money may be an object of minor units, a list a list of texts."""
        if self.fact.kind is FactKind.MONEY and isinstance(value, dict):
            return self._of(_money_text(value))
        if self.fact.kind is FactKind.LIST and isinstance(value, list | tuple):
            return self._of(",".join(text_of(member, "a, b") for member in value))
        return self._of(text_of(value, _EXAMPLES.get(self.fact.kind, "…")))

    def _of(self, text: str) -> object:
        text = plain(text, LONGEST_TEXT if self.fact.kind is FactKind.TEXT else LONGEST_ID)
        value = parse_value(text, self.fact, Place(""), self.zone)
        if isinstance(value, Problem):
            raise Unreadable(value.code, **value.params)
        return value


class Figure(Told):
    """A number or a percent, kept as its text: which of the two it is, whoever reads it must know."""

    def read(self, value: object) -> str:
        """The text, once it can be read as one of them."""
        text = plain(text_of(value, "80%"), LONGEST_ID)
        read_figure(text)
        return text


class Shares(Told):
    """Who shares in a deal: `ana 60%, ben 40%`, or a list of such texts, or of {person, share}."""

    def read(self, value: object) -> tuple[Share, ...]:
        """The shares in the order given. Slipped: I031 to I034."""
        if isinstance(value, list | tuple):
            parts: Sequence[object] = value
        else:
            parts = re.split("[,，、;；\n]", text_of(value, "ana 60%, ben 40%"))
        shares = tuple(_share(part) for part in parts if part)
        _checked(shares)
        return shares


def text_of(value: object, example: str) -> str:
    """A scalar as the text it was written as. Slipped: I028 for a float, I027 for a list, an object or nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        raise Slipped("I028", found=repr(value))
    shown = next((words for kind, words in _KINDS_OF_JSON if isinstance(value, kind)), type(value).__name__)
    raise Slipped("I027", found=shown, example=example)


def _money_text(value: dict[Any, Any]) -> str:
    """`{"minor": 120050, "currency": "CNY"}` as the text it stands for."""
    minor, currency = str(value.get("minor", "")), str(value.get("currency", ""))
    if set(value) != {"minor", "currency"} or not re.fullmatch(r"-?[0-9]{1,18}", minor, re.ASCII):
        found = "{" + ", ".join(map(str, value)) + "}"
        raise Slipped("I027", found=found, example='{"minor": 120050, "currency": "CNY"}')
    if currency not in EXPONENTS:
        raise Unreadable("R163", found=currency, near=nearest(currency.upper(), EXPONENTS, 3) or "CNY, EUR, USD")
    if abs(int(minor)) > LARGEST_MINOR:
        raise Unreadable("R165", found=minor, most=str(Money(LARGEST_MINOR, currency)))
    return str(Money(int(minor), currency))


def _share(part: object) -> Share:
    """One person's share."""
    if isinstance(part, dict) and set(part) == {"person", "share"}:
        part = f"{part['person']} {part['share']}"
    text = plain(text_of(part, "ana 60%"))
    match = _SHARE.fullmatch(text)
    if match is None:
        raise Slipped("I031", found=text)
    return Share(plain(match["person"], LONGEST_ID), read_percent(match["share"]))


def _checked(shares: tuple[Share, ...]) -> None:
    """Nothing when every share is positive, nobody is named twice and the whole is at most 100 %."""
    people = [share.person for share in shares]
    for share in shares:
        if people.count(share.person) > 1:
            raise Slipped("I033", person=share.person)
        if share.share <= 0:
            raise Slipped("I034", person=share.person, found=_percent(share.share))
    total = sum((share.share for share in shares), Fraction(0))
    if total > 1:
        raise Slipped("I032", found=_percent(total))


def _percent(share: Fraction) -> str:
    return f"{decimal_text(share * 100)} %"
