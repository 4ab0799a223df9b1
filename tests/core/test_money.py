"""Money is exact, rounds once and symmetrically, splits to the cent, and never mixes currencies."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.currencies import EXPONENTS, exponent
from engine.core.money import LARGEST_MINOR, ExactMoney, Money, Rounding, rounded, split
from engine.core.numerals import Unreadable

MINOR = st.integers(-LARGEST_MINOR, LARGEST_MINOR)
CURRENCY = st.sampled_from(["CNY", "EUR", "JPY", "KWD", "CLF"])
MONEY = st.builds(Money, MINOR, CURRENCY)
WEIGHTS = st.lists(st.fractions(0, 100, max_denominator=1000), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("text", "minor", "currency", "shown"),
    [
        ("1_234.50 EUR", 123450, "EUR", "1,234.50 EUR"),
        ("1,234.50 EUR", 123450, "EUR", "1,234.50 EUR"),
        ("120_000 CNY", 12000000, "CNY", "120,000.00 CNY"),
        ("500万 CNY", 500000000, "CNY", "5,000,000.00 CNY"),
        ("1.2亿 CNY", 12000000000, "CNY", "120,000,000.00 CNY"),
        ("-3.00 EUR", -300, "EUR", "-3.00 EUR"),
        ("-0.00 EUR", 0, "EUR", "0.00 EUR"),
        ("0.5 EUR", 50, "EUR", "0.50 EUR"),
        ("5000 JPY", 5000, "JPY", "5,000 JPY"),
        ("1.234 KWD", 1234, "KWD", "1.234 KWD"),
        ("  7 USD ", 700, "USD", "7.00 USD"),
    ],
)
def test_money_is_read_exactly_as_written(text: str, minor: int, currency: str, shown: str) -> None:
    assert Money.parse(text) == Money(minor, currency)
    assert str(Money.parse(text)) == shown
    assert f"{Money.parse(text).plain()} {currency}" == shown.replace(",", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("５00 CNY", "R160"),
        ("500，000 CNY", "R160"),
        ("1e3 CNY", "R161"),
        ("12,34 EUR", "R161"),
        ("1__0 EUR", "R161"),
        ("_10 EUR", "R161"),
        (".5 EUR", "R161"),
        ("CNY", "R161"),
        ("", "R161"),
        ("nan EUR", "R161"),
        ("9" * 50 + " EUR", "R161"),
        ("500", "R162"),
        ("500万", "R162"),
        ("500 XAU", "R163"),
        ("500 cny", "R163"),
        ("0.001 CNY", "R164"),
        ("0.5 JPY", "R164"),
        ("10_000_000_000_000.01 CNY", "R165"),
    ],
)
def test_a_text_that_is_no_amount_is_refused_by_name(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        Money.parse(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "params"),
    [
        (" 500 ", {"found": "500"}),
        ("12 €UR", {"found": "12 €UR"}),
        (" 500 cny", {"found": "cny", "near": ""}),
        ("500 CNX", {"found": "CNX", "near": "CNY"}),
        (" 0.001 CNY ", {"found": "0.001 CNY", "currency": "CNY", "places": "2"}),
        (" 10_000_000_000_000.01 CNY ", {"found": "10_000_000_000_000.01 CNY", "most": "10,000,000,000,000.00 CNY"}),
    ],
)
def test_a_refusal_says_what_was_found(text: str, params: dict[str, str]) -> None:
    with pytest.raises(Unreadable) as caught:
        Money.parse(text)
    assert caught.value.params == params


def test_the_currency_may_follow_without_a_space() -> None:
    assert Money.parse("123EUR") == Money(123_00, "EUR")


def test_the_largest_amount_is_still_read() -> None:
    assert Money.parse("10_000_000_000_000.00 CNY").minor == LARGEST_MINOR
    assert Money.parse("-10_000_000_000_000.00 CNY").minor == -LARGEST_MINOR


@given(MONEY)
def test_an_amount_that_is_printed_reads_back_as_itself(money: Money) -> None:
    assert Money.parse(str(money)) == money
    assert Money.parse(f"{money.plain()} {money.currency}") == money


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**9), st.sampled_from(Rounding))
def test_rounding_is_symmetric_about_zero_and_less_than_one_away(above: int, below: int, mode: Rounding) -> None:
    whole = rounded(above, below, mode)
    assert whole == -rounded(-above, below, mode) == rounded(-above, -below, mode)
    assert abs(Fraction(above, below) - whole) < 1
    if mode is not Rounding.DOWN:
        assert 2 * abs(Fraction(above, below) - whole) <= 1


@pytest.mark.parametrize(
    ("above", "below", "half_up", "half_even", "down"),
    [
        (1, 2, 1, 0, 0), (3, 2, 2, 2, 1), (5, 2, 3, 2, 2), (7, 2, 4, 4, 3), (9, -2, -5, -4, -4), (-5, 2, -3, -2, -2),
        (249, 100, 2, 2, 2), (-1, 3, 0, 0, 0),
    ],
)  # fmt: skip
def test_ties_go_where_the_mode_says(above: int, below: int, half_up: int, half_even: int, down: int) -> None:
    modes = (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.DOWN)
    assert [rounded(above, below, mode) for mode in modes] == [half_up, half_even, down]


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (5, (30, 70), (2, 3)),
        (100, (1, 1, 1), (34, 33, 33)),
        (-100, (1, 1, 1), (-34, -33, -33)),
        (500000000, (Fraction(1, 4),) * 4, (125000000,) * 4),
        (1, (1, 1), (1, 0)),
        (0, (1, 2), (0, 0)),
        (7, (0, 1, 0), (0, 7, 0)),
    ],
)
def test_a_split_gives_the_known_parts(minor: int, weights: tuple[Fraction | int, ...], parts: tuple[int, ...]) -> None:
    assert split(minor, weights) == parts


@given(MINOR, WEIGHTS)
def test_a_split_sums_to_the_whole_and_each_part_is_within_one_of_its_share(
    minor: int, weights: list[Fraction]
) -> None:
    parts = split(minor, weights)
    assert sum(parts) == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - minor * weight / sum(weights)) < 1
    assert split(-minor, weights) == tuple(-part for part in parts)


@pytest.mark.parametrize("weights", [(), (0, 0), (1, -1, 1)])
def test_weights_that_split_nothing_are_refused(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"^weights must not be negative, and not all zero$"):
        split(100, weights)


@given(MONEY, st.integers(-1000, 1000), st.fractions(max_denominator=1000))
def test_arithmetic_is_exact_until_it_is_rounded(money: Money, count: int, share: Fraction) -> None:
    assert money * count == count * money == Money(money.minor * count, money.currency)
    assert (money * share).minor == share * money.minor
    assert money * share + money * (1 - share) == money
    assert money - money == Money.zero(money.currency)
    assert abs(-money) == abs(money)
    assert (money * share).rounded() == -((-money) * share).rounded()


def test_exact_and_whole_amounts_mix_within_a_currency() -> None:
    third = Money(100, "EUR") * Fraction(1, 3)
    assert isinstance(third, ExactMoney)
    assert third + Money(1, "EUR") == ExactMoney(Fraction(103, 3), "EUR") == Money(1, "EUR") + third
    assert third < Money(34, "EUR") and Money(34, "EUR") > third and third >= third
    assert third / Money(100, "EUR") == Fraction(1, 3) == Money(100, "EUR") / 3 / Money(100, "EUR")
    assert str(third) == "0.333333… EUR" and str(-third) == "-0.333333… EUR"
    assert str(ExactMoney(Fraction(1, 2), "EUR")) == "0.005 EUR"
    assert third.rounded(Rounding.DOWN) == Money(33, "EUR")
    assert hash(ExactMoney(Fraction(5), "EUR")) == hash(Money(5, "EUR"))


@pytest.mark.parametrize("kind", [Money, ExactMoney])
def test_amounts_of_a_currency_are_ordered_and_an_amount_is_not_beyond_itself(kind: type) -> None:
    one, two = (kind(minor, "EUR") if kind is Money else kind(Fraction(minor), "EUR") for minor in (1, 2))
    assert one < two and not one < one and not two < one
    assert one <= two and one <= one and not two <= one
    assert two > one and not one > one and not one > two
    assert two >= one and one >= one and not one >= two
    assert one == one and one != two and bool(one) and not one - one
    assert hash(one) == hash(Money(1, "EUR")) != hash(two)
    assert hash(one) != hash(Money(1, "USD"))


def test_exact_amounts_are_reckoned_with_exactly() -> None:
    half, third = ExactMoney(Fraction(1, 2), "EUR"), ExactMoney(Fraction(1, 3), "EUR")
    assert repr(half - third) == "ExactMoney(1/6, 'EUR')" and repr(half + third) == "ExactMoney(5/6, 'EUR')"
    assert repr(half * 3) == repr(3 * half) == "ExactMoney(3/2, 'EUR')" and repr(-half) == "ExactMoney(-1/2, 'EUR')"
    assert repr(half / 2) == "ExactMoney(1/4, 'EUR')" and half / third == Fraction(3, 2)
    assert repr(abs(-half)) == repr(abs(half)) == repr(half) and half.exact == half
    assert repr(half - Money(1, "EUR")) == repr(-half) and repr(Money(1, "EUR") - half) == repr(half)
    assert str(ExactMoney(Fraction(123_456_7, 2), "EUR")) == "6,172.835 EUR"
    assert [half.rounded(mode).minor for mode in Rounding] == [1, 0, 0] and half.rounded() == Money(1, "EUR")
    assert repr(half.rounded()) == "Money(1, 'EUR')"


def test_whole_amounts_stay_whole_in_whole_steps() -> None:
    five = Money(5, "EUR")
    assert [repr(one) for one in (five + five, five - five, five * 2, 2 * five, -five, abs(-five))] == [
        f"Money({minor}, 'EUR')" for minor in (10, 0, 10, 10, -5, 5)
    ]
    assert repr(five * Fraction(2)) == "ExactMoney(10, 'EUR')" and repr(five / 2) == "ExactMoney(5/2, 'EUR')"
    assert repr(five.exact) == "ExactMoney(5, 'EUR')" and repr(Money.zero("EUR")) == "Money(0, 'EUR')"


def test_a_total_of_nothing_is_zero_of_the_currency() -> None:
    assert Money.total((), "EUR") == Money.zero("EUR") and not Money.zero("EUR")
    assert Money.total((Money(1, "EUR"), Money(2, "EUR")), "EUR") == Money(3, "EUR")


@pytest.mark.parametrize("act", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__", "__truediv__"])
def test_two_currencies_never_meet(act: str) -> None:
    for one in (Money(1, "EUR"), Money(1, "EUR").exact):
        with pytest.raises(TypeError, match=r"^EUR and USD do not go together without an exchange rate$"):
            getattr(one, act)(Money(1, "USD"))
        refused = r"^money and str do not go together$" if act != "__truediv__" else "unsupported operand"
        with pytest.raises(TypeError, match=refused):
            getattr(one, act)("1")
    assert Money(1, "EUR") != Money(1, "USD")
    assert Money(1, "EUR") != 1


@pytest.mark.parametrize("factor", [0.5, True, "2", Money(1, "EUR")])
def test_money_is_multiplied_by_exact_numbers_only(factor: object) -> None:
    for money in (Money(1, "EUR"), Money(1, "EUR").exact):
        with pytest.raises(TypeError, match=rf"^money is multiplied by .*, not by {type(factor).__name__}$"):
            money * factor  # type: ignore[operator]


@pytest.mark.parametrize("minor", [1.0, True, Fraction(1), "1"])
def test_minor_units_are_whole_numbers(minor: object) -> None:
    with pytest.raises(TypeError, match=rf"^minor units are int, not {type(minor).__name__}$"):
        Money(minor, "EUR")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^exact minor units are Fraction, not float$"):
        ExactMoney(0.5, "EUR")  # type: ignore[arg-type]


def test_a_currency_is_of_iso_4217() -> None:
    with pytest.raises(ValueError, match="XXX"):
        Money(1, "XXX")
    with pytest.raises(ValueError, match="XDR"):
        exponent("XDR")


def test_every_currency_has_the_decimals_of_iso_4217() -> None:
    by_decimals = {0: "JPY KRW VND XOF", 2: "CNY EUR USD LAK MGA", 3: "IQD KWD TND", 4: "CLF UYW"}
    for decimals, codes in by_decimals.items():
        assert {exponent(code) for code in codes.split()} == {decimals}
    assert len(EXPONENTS) == 165
    assert sorted(set(EXPONENTS.values())) == [0, 2, 3, 4]
