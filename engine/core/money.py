"""Money: whole minor units with a currency, exact amounts in between, one rounding, one way of splitting.

No float comes near it. `Money` is what is posted and paid; `ExactMoney` is a step of a calculation that has not been
rounded yet. Two currencies never meet in arithmetic or order: that is a TypeError, because converting needs a rate
and a date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import overload

from engine.core.currencies import EXPONENTS, exponent
from engine.core.numerals import Unreadable, exact_number, fixed_text, nearest, shown_number

LARGEST_MINOR = 10**15
"""The largest amount that a text may bring in: ten trillion with two decimals. It fits every store and every sheet."""


class Rounding(Enum):
    """How an exact amount becomes whole: `half_up` is away from zero on ties, `down` is towards zero."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


def rounded(numerator: int, denominator: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """numerator / denominator as a whole number. Symmetric: rounding -x gives minus the rounding of x."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole, rest = divmod(abs(numerator), denominator)
    if mode is Rounding.HALF_UP:
        whole += 2 * rest >= denominator
    elif mode is Rounding.HALF_EVEN:
        whole += 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
    return -whole if numerator < 0 else whole


def split(minor: int, weights: Sequence[Fraction | int]) -> tuple[int, ...]:
    """Whole parts in proportion to the weights that sum to `minor` exactly.

    Largest remainder on the absolute amount, then the sign; equal remainders go to the earlier position. Weights are
    exact, none negative, not all zero (ValueError).
    """
    total = sum(map(Fraction, weights), Fraction(0))
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative, and not all zero")
    exact = [abs(minor) * Fraction(weight) / total for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: abs(minor) - sum(parts)]:
        parts[place] += 1
    return tuple(-part for part in parts) if minor < 0 else tuple(parts)


class _Amount:
    """What Money and ExactMoney share: order, equality and conversion to exact, within one currency."""

    __slots__ = ()

    minor: int | Fraction
    currency: str

    def __lt__(self, other: "Money | ExactMoney") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money | ExactMoney") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money | ExactMoney") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money | ExactMoney") -> bool:
        return self.minor >= self._same(other)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Amount):
            return NotImplemented
        return self.currency == other.currency and self.minor == other.minor

    def __hash__(self) -> int:
        return hash((self.minor, self.currency))

    def __bool__(self) -> bool:
        return self.minor != 0

    @property
    def exact(self) -> "ExactMoney":
        """The same amount as an exact one."""
        return ExactMoney(Fraction(self.minor), self.currency)

    def _same(self, other: "Money | ExactMoney") -> int | Fraction:
        """The other's minor units; a TypeError for another currency or for something that is not money."""
        if not isinstance(other, _Amount):
            raise TypeError(f"money and {type(other).__name__} do not go together")
        if other.currency != self.currency:
            raise TypeError(f"{self.currency} and {other.currency} do not go together without an exchange rate")
        return other.minor

    @overload
    def __truediv__(self, other: "Money | ExactMoney") -> Fraction: ...
    @overload
    def __truediv__(self, other: Fraction | int) -> "ExactMoney": ...
    def __truediv__(self, other: "Money | ExactMoney | Fraction | int") -> "Fraction | ExactMoney":
        if isinstance(other, _Amount):
            return Fraction(self.minor) / self._same(other)
        return ExactMoney(Fraction(self.minor) / other, self.currency)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Money(_Amount):
    """A whole amount. `minor` counts the currency's smallest unit (cents; yen for JPY); `currency` is of ISO 4217."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are int, not {type(self.minor).__name__}")
        if self.currency not in EXPONENTS:
            raise ValueError(f"{self.currency!r} is not a currency of ISO 4217")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in that currency."""
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: "Iterable[Money]", currency: str) -> "Money":
        """The sum; zero of that currency when there are none."""
        zero, minor = cls(0, currency), 0
        for amount in amounts:
            zero._same(amount)
            minor += amount.minor
        return cls(minor, currency)

    @classmethod
    def parse(cls, text: str) -> "Money":
        """The amount of `1_234.50 EUR`, `1,234.50 EUR`, `500万 CNY` or `-3.00 EUR`.

        Unreadable: R160 full-width, R161 no number, R162 no currency, R163 unknown currency, R164 more decimals than
        the currency has, R165 beyond `LARGEST_MINOR`.
        """
        return cls(*_read(text))

    @overload
    def __add__(self, other: "Money") -> "Money": ...
    @overload
    def __add__(self, other: "ExactMoney") -> "ExactMoney": ...
    def __add__(self, other: "Money | ExactMoney") -> "Money | ExactMoney":
        return _made(self.minor + self._same(other), self.currency)

    @overload
    def __sub__(self, other: "Money") -> "Money": ...
    @overload
    def __sub__(self, other: "ExactMoney") -> "ExactMoney": ...
    def __sub__(self, other: "Money | ExactMoney") -> "Money | ExactMoney":
        return _made(self.minor - self._same(other), self.currency)

    @overload
    def __mul__(self, factor: int) -> "Money": ...
    @overload
    def __mul__(self, factor: Fraction) -> "ExactMoney": ...
    def __mul__(self, factor: int | Fraction) -> "Money | ExactMoney":
        return _made(self.minor * _factor(factor), self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def plain(self) -> str:
        """The digits alone, with the currency's decimals: `1234.50`."""
        return fixed_text(self.minor, exponent(self.currency))

    def __str__(self) -> str:
        """`1,234.50 EUR`."""
        return f"{fixed_text(self.minor, exponent(self.currency), ',')} {self.currency}"

    def __repr__(self) -> str:
        return f"Money({self.minor}, {self.currency!r})"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExactMoney(_Amount):
    """An amount inside a calculation: `minor` may be any fraction of the smallest unit. Never posted as it is."""

    minor: Fraction
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.minor, Fraction):
            raise TypeError(f"exact minor units are Fraction, not {type(self.minor).__name__}")

    def rounded(self, mode: Rounding = Rounding.HALF_UP) -> Money:
        """The posted amount: rounded once, symmetric about zero."""
        return Money(rounded(self.minor.numerator, self.minor.denominator, mode), self.currency)

    def __add__(self, other: "Money | ExactMoney") -> "ExactMoney":
        return ExactMoney(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money | ExactMoney") -> "ExactMoney":
        return ExactMoney(self.minor - self._same(other), self.currency)

    def __mul__(self, factor: Fraction | int) -> "ExactMoney":
        return ExactMoney(self.minor * _factor(factor), self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "ExactMoney":
        return ExactMoney(-self.minor, self.currency)

    def __abs__(self) -> "ExactMoney":
        return ExactMoney(abs(self.minor), self.currency)

    def __str__(self) -> str:
        """`1,234.505 EUR`; where no decimal is exact, the first of them and `…`: `33.3333… EUR`."""
        places = exponent(self.currency)
        return f"{shown_number(self.minor / 10**places, places, ',')} {self.currency}"

    def __repr__(self) -> str:
        return f"ExactMoney({self.minor}, {self.currency!r})"


@overload
def _made(minor: int, currency: str) -> Money: ...
@overload
def _made(minor: int | Fraction, currency: str) -> Money | ExactMoney: ...
def _made(minor: int | Fraction, currency: str) -> Money | ExactMoney:
    """Money for whole minor units, else ExactMoney."""
    return Money(minor, currency) if type(minor) is int else ExactMoney(Fraction(minor), currency)


def _factor(factor: object) -> int | Fraction:
    """The factor itself; a TypeError for what is not exact (a float) or not a number (money, a truth value)."""
    if isinstance(factor, bool) or not isinstance(factor, int | Fraction):
        raise TypeError(f"money is multiplied by an exact number, not by {type(factor).__name__}")
    return factor


def _read(text: str) -> tuple[int, str]:
    """Minor units and currency of a text; the errors are told at `Money.parse`."""
    amount, currency = text.strip()[:-3], text.strip()[-3:]
    number = exact_number(amount if currency.isascii() and currency.isalpha() else text)
    if not (currency.isascii() and currency.isalpha()):
        raise Unreadable("R162", found=text.strip())
    if currency not in EXPONENTS:
        raise Unreadable("R163", found=currency, near=nearest(currency, EXPONENTS))
    minor = number * 10 ** EXPONENTS[currency]
    if minor.denominator != 1:
        raise Unreadable("R164", found=text.strip(), currency=currency, places=str(EXPONENTS[currency]))
    if abs(minor) > LARGEST_MINOR:
        raise Unreadable("R165", found=text.strip(), most=str(Money(LARGEST_MINOR, currency)))
    return minor.numerator, currency
