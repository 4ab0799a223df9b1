"""What a table gives, by its hit policy."""

from fractions import Fraction

import pytest

from engine.core.decision_tables.axes import Grid
from engine.core.decision_tables.finding import find
from engine.core.fact_types import FactKind, FactType
from engine.core.formulas import EvaluationError
from engine.core.money import ExactMoney, Money
from engine.core.rules.table import Column
from tests.core.decision_tables.making import AMOUNT, COUNT, DISCOUNT, LINE, RATE, grid

PAY = Column("pay", FactType(FactKind.MONEY), is_fact=False)
GRADE = Column("grade", FactType(FactKind.CHOICE, ("gold", "silver", "bronze")), is_fact=False)
TWO = ("hardware | - | 5%", "- | >= 10% | 2%")


def percent(text: str) -> Fraction:
    return Fraction(text) / 100


def given(table: Grid, *keys: object) -> object:
    return find(table, keys).value


def lines(table: Grid, *keys: object) -> list[int]:
    return [place.line for place in find(table, keys).places]


def refused(table: Grid, *keys: object) -> EvaluationError:
    with pytest.raises(EvaluationError) as error:
        find(table, keys)
    return error.value


def test_the_one_row_that_matches_gives_the_result_and_says_where_it_stands() -> None:
    table = grid((LINE, DISCOUNT), *TWO)
    assert given(table, "hardware", percent("5")) == percent("5")
    assert lines(table, "hardware", percent("5")) == [1]
    assert given(table, "service", percent("10")) == percent("2")


def test_unique_is_enforced_when_it_runs_too() -> None:
    error = refused(grid((LINE, DISCOUNT), *TWO), "hardware", percent("10"))
    assert error.code == "E130"
    assert error.params == {
        "table": "t", "keys": "line = hardware, discount = 10%", "first": "t.csv:1", "second": "t.csv:2",
    }  # fmt: skip


def test_no_row_is_an_error_and_never_nothing() -> None:
    error = refused(grid((LINE, DISCOUNT), *TWO), "service", percent("9.9"))
    assert (error.code, error.params["keys"]) == ("E084", "line = service, discount = 9.9%")


def test_first_takes_the_row_that_stands_first() -> None:
    assert given(grid((LINE, DISCOUNT), *TWO, hit="first"), "hardware", percent("10")) == percent("5")


def test_any_wants_rows_that_agree() -> None:
    agreeing = grid((LINE, DISCOUNT), "hardware | - | 5%", "- | >= 10% | 5%", hit="any")
    assert given(agreeing, "hardware", percent("10")) == percent("5")
    assert refused(grid((LINE, DISCOUNT), *TWO, hit="any"), "hardware", percent("10")).code == "E131"


def test_collect_adds_up_or_takes_the_largest_and_names_every_row() -> None:
    table = grid((LINE, DISCOUNT), *TWO, "- | - | -", hit="collect_sum")
    assert given(table, "hardware", percent("10")) == percent("7")
    assert lines(table, "hardware", percent("10")) == [1, 2, 3]
    assert given(table, "service", percent("0")) is None
    assert given(grid((LINE, DISCOUNT), *TWO, hit="collect_max"), "hardware", percent("10")) == percent("5")
    money = grid((LINE,), "hardware | 100 CNY", "- | 20.50 CNY", hit="collect_sum", gives=(PAY,))
    assert given(money, "hardware") == Money.parse("120.50 CNY")


def test_priority_is_the_order_of_the_choices() -> None:
    table = grid(
        (COUNT,), ">= 1 | bronze", ">= 5 | gold", ">= 3 | silver", ">= 9 | gold", hit="priority", gives=(GRADE,)
    )
    assert [given(table, count) for count in (1, 3, 5)] == ["bronze", "silver", "gold"]
    assert lines(table, 9) == [2]


def test_a_key_that_is_not_set_is_matched_by_a_dash_alone() -> None:
    table = grid((LINE, DISCOUNT), "hardware | < 10% | 5%", "- | - | 1%", hit="first")
    assert given(table, "hardware", None) == percent("1")
    assert given(grid((LINE, DISCOUNT), "hardware | < 10% | 5%"), "hardware", None) is None


def test_several_results_and_one_left_open() -> None:
    table = grid((LINE,), "hardware | 5% | -", "not(hardware) | - | 10 CNY", gives=(RATE, PAY))
    assert find(table, ("hardware",), 1).value is None
    assert find(table, ("service",), 1).value == Money.parse("10 CNY")


def test_an_amount_between_two_cents_lies_where_it_lies() -> None:
    table = grid((AMOUNT,), "< 100 CNY | 1%", ">= 100 CNY | 2%")
    assert given(table, ExactMoney(Fraction(19999, 2), "CNY")) == percent("1")


def test_a_word_that_the_list_does_not_have_matches_no_word() -> None:
    assert refused(grid((LINE,), "hardware, software, service | 1%"), "gadget").code == "E084"
