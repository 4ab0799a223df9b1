"""Cells as people write them."""

from datetime import date
from fractions import Fraction

import pytest

from engine.core.decision_tables.cells import measure_of, read_cell, takes
from engine.core.money import Money
from engine.core.numerals import Unreadable
from engine.core.problems import Place
from engine.core.rules.table import Column
from tests.core.decision_tables.making import AMOUNT, COUNT, DAY, DISCOUNT, LINE, NEW, REGION

HERE = Place("t.csv", 2, 1)


def taken(text: str, column: Column, value: object) -> bool:
    return takes(read_cell(text, column, HERE), measure_of(value))


PERCENTS = [
    (">= 10%", ("10%", "11%"), ("9.99%", "-1%")),
    ("> 10%", ("10.01%",), ("10%",)),
    ("<= 10%", ("10%", "-5%"), ("10.01%",)),
    ("< 10%", ("9.99%",), ("10%",)),
    ("[10%..20%)", ("10%", "19.99%"), ("9.99%", "20%")),
    ("(10%..20%]", ("10.01%", "20%"), ("10%", "20.01%")),
    ("10%", ("10%",), ("10.01%", "9%")),
    ("10%, 20%", ("10%", "20%"), ("15%",)),
    ("< 10%, [20%..30%]", ("9%", "20%", "30%"), ("10%", "31%")),
    ("not([10%..20%))", ("9%", "20%"), ("10%", "15%")),
    ("-", ("0%", "-100%"), ()),
]


@pytest.mark.parametrize(("text", "inside", "outside"), PERCENTS)
def test_a_percent_is_compared_exactly(text: str, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    def share(said: str) -> Fraction:
        return Fraction(said[:-1]) / 100

    assert all(taken(text, DISCOUNT, share(value)) for value in inside)
    assert not any(taken(text, DISCOUNT, share(value)) for value in outside)


WORDS = [
    ("hardware", "hardware", True),
    ("hardware", "service", False),
    ("hardware, service", "service", True),
    ("not(hardware)", "service", True),
    ("not(hardware, service)", "service", False),
    ('"service"', "service", True),
    ("-", "service", True),
]


@pytest.mark.parametrize(("text", "value", "holds"), WORDS)
def test_a_word_is_one_of_some_or_none_of_them(text: str, value: str, holds: bool) -> None:
    assert taken(text, LINE, value) is holds


def test_an_open_list_of_words_takes_any_word() -> None:
    assert taken("not(north)", REGION, "somewhere")
    assert not taken("north", REGION, "somewhere")


def test_money_numbers_dates_and_yes_or_no_are_read_as_everywhere() -> None:
    assert taken(">= 10万 CNY", AMOUNT, Money.parse("100_000 CNY"))
    assert not taken(">= 10万 CNY", AMOUNT, Money.parse("99_999.99 CNY"))
    assert taken("[1..3]", COUNT, 3)
    assert taken("[2026-01-01..2026-04-01)", DAY, date(2026, 3, 31))
    assert not taken("[2026-01-01..2026-04-01)", DAY, date(2026, 4, 1))
    assert taken("yes", NEW, True)
    assert not taken("yes", NEW, False)


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("", DISCOUNT, "R293"),
        ("hardware,", LINE, "R293"),
        ("not(-)", LINE, "R293"),
        (">= hardware", LINE, "R293"),
        ("[a..b]", LINE, "R293"),
        ("hardwear", LINE, "R172"),
        ("10", DISCOUNT, "R171"),
        (">= 10", AMOUNT, "R162"),
        (">= 10 EUR", AMOUNT, "R303"),
        ("＞10%", DISCOUNT, "R160"),
        ("soon", DAY, "R166"),
    ],
)
def test_what_no_cell_can_hold_is_refused_with_its_code(text: str, column: Column, code: str) -> None:
    with pytest.raises(Unreadable) as slip:
        read_cell(text, column, HERE)
    assert slip.value.code == code
