"""Values survive storage exactly, in one canonical spelling, and no float gets in or out."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.durations import Duration, DurationUnit
from engine.core.money import ExactMoney, Money
from engine.core.records import Share
from engine.store.codec import decoded, encoded, json_data, json_text, text_value, value_text

currencies = st.sampled_from(["CNY", "USD", "EUR", "JPY", "KWD"])
fractions = st.fractions()
plain_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])),
    fractions,
    st.builds(Money, st.integers(), currencies),
    st.builds(ExactMoney, fractions, currencies),
    st.builds(Duration, st.integers(-(10**6), 10**6), st.sampled_from(DurationUnit)),
    st.builds(Share, st.text(), fractions),
)
values = st.recursive(
    plain_values,
    lambda inner: st.one_of(st.lists(inner).map(tuple), st.dictionaries(st.text(), inner)),
    max_leaves=12,
)


def same(one: object, other: object) -> bool:
    """Equal, and of the same types all the way down: True is not 1, and two weeks are not fourteen days."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, Duration) and isinstance(other, Duration):
        return (one.count, one.unit) == (other.count, other.unit)
    return one == other


@given(values)
def test_every_value_comes_back_as_it_was(value: object) -> None:
    assert same(text_value(value_text(value)), value)


@given(values)
def test_the_same_value_has_one_spelling(value: object) -> None:
    text = value_text(value)
    assert value_text(text_value(text)) == text == json_text(json_data(text))


@given(st.dictionaries(st.text(), plain_values))
def test_the_order_of_a_mapping_does_not_show(facts: dict[str, object]) -> None:
    assert value_text(facts) == value_text(dict(reversed(facts.items())))


def test_an_instant_has_one_spelling_in_every_zone() -> None:
    beijing = datetime(2026, 3, 2, 20, tzinfo=timezone(timedelta(hours=8)))
    assert value_text(beijing) == '{"$t":"2026-03-02T12:00:00+00:00"}' == value_text(beijing.astimezone(UTC))


@pytest.mark.parametrize("value", [1.5, [1], {1}, object(), (1, 2.0), {"a": 1.0}, b"x"])
def test_a_type_that_is_not_on_the_list_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be stored"):
        encoded(value)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        encoded(datetime(2026, 3, 2))


@pytest.mark.parametrize("text", ["1.0", "[1,2.5]", '{"$m":[1e3,"CNY"]}', "NaN", "-Infinity"])
def test_a_float_in_a_stored_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no float"):
        text_value(text)


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\$z is not a mark"):
        decoded({"$z": 1})


def test_the_marks_never_change_their_meaning() -> None:
    values = (
        Money(5, "CNY"),
        ExactMoney(Fraction(1, 3), "CNY"),
        Fraction(2),
        date(2026, 3, 2),
        Duration(2, DurationUnit.WEEKS),
    )
    assert value_text((*values, Share("ana", Fraction(1, 2)), {"a": True})) == (
        '[{"$m":[5,"CNY"]},{"$x":["1/3","CNY"]},{"$f":"2/1"},{"$d":"2026-03-02"},{"$u":[2,"weeks"]},'
        '{"$s":["ana","1/2"]},{"$o":{"a":true}}]'
    )
