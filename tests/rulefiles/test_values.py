"""Values that only rule files write."""

import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.numerals import Unreadable
from engine.rulefiles import values


def test_hours_are_a_start_and_a_later_end() -> None:
    assert values.hours("09:00-18:00") == (time(9), time(18))
    assert values.hours("00:00-24:00") == (time(0), time(0))


@pytest.mark.parametrize("wrong", ["18:00-09:00", "9-18", "09:00-24:01", "09:00-09:00", "09:60-10:00", "09：00-18:00"])
def test_other_hours_are_refused(wrong: str) -> None:
    with pytest.raises(Unreadable):
        values.hours(wrong)


@pytest.mark.parametrize("wrong", ["02-29", "13-01", "00-10", "1-1", "01/01"])
def test_a_fiscal_year_starts_on_a_day_that_every_year_has(wrong: str) -> None:
    with pytest.raises(Unreadable):
        values.month_day(wrong)


@pytest.mark.parametrize("wrong", ["-1", "1.5", "1e3", "１", ""])
def test_a_whole_number_is_zero_or_more(wrong: str) -> None:
    with pytest.raises(Unreadable):
        values.whole(wrong)


@pytest.mark.parametrize("wrong", ["../a.csv", "a/b.csv", "a.xlsx", ".csv", ".hidden.csv", "表.csv"])
def test_a_side_file_is_a_csv_in_the_same_folder(wrong: str) -> None:
    with pytest.raises(Unreadable):
        values.csv_name(wrong)


def test_what_looks_most_alike_comes_first_and_the_rest_keeps_its_order() -> None:
    assert values.nearest_first("catgory", ["b", "a", "category"]) == ["category", "b", "a"]


def test_nothing_is_suggested_that_nobody_could_have_meant() -> None:
    assert values.nearest_key("colour", ["title", "goal"]) == ""


@given(st.text())
def test_a_suggested_id_is_always_an_id(text: str) -> None:

    assert re.fullmatch(values.KEBAB, values.suggested_id(text))
