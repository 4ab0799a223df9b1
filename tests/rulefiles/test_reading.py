"""Reading: every scalar is text with its place, whatever looks like YAML cleverness is refused, nothing ever raises."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rulefiles.loading import load_texts
from engine.rulefiles.located import Block, Items, Text
from engine.rulefiles.reading import decoded, read_text

SAMPLE = Path(__file__).resolve().parents[2] / "rules"
TEXTS = {path.relative_to(SAMPLE).as_posix(): path.read_text("utf-8") for path in SAMPLE.rglob("*.yaml")}
FOUNDATION = {
    name: path.read_text("utf-8")
    for folder in ("company", "vocabulary")
    for path in (SAMPLE / folder).iterdir()
    for name in [f"{folder}/{path.name}"]
}
PIECES = st.one_of(
    st.sampled_from(
        [*":#-[]{}&*!|>'\"%@`,?<=. \n\t\\０：，％“”", "\n  - ", ": ", "<<: ", "---\n", "!!str ", "&a ", "*a "]
    ),
    st.text(max_size=5),
)


def root_of(text: str) -> Block:
    reading = read_text("a.yaml", text)
    assert reading.root is not None, reading.problems
    return reading.root


@pytest.mark.parametrize(
    "written", ["no", "on", "012", "12:30", "1:30:45", "1e3", "0.1", "~", "null", "2024-02-30", "0x1f", "1_000"]
)
def test_every_scalar_is_the_text_that_was_written(written: str) -> None:
    value = root_of(f"plan: {written}\n")["plan"]
    assert isinstance(value, Text)
    assert value == written


def test_on_and_no_are_keys_like_any_other() -> None:
    assert list(root_of("on: yes\nno: 1\n")) == ["on", "no"]


def test_keys_and_values_know_their_line_and_column_in_characters() -> None:
    root = root_of('plan: a\ntitle: {en: Plan, zh: "客户经理"}\nlist:\n  - 值: x\n')
    title, items = root["title"], root["list"]
    assert isinstance(title, Block)
    assert isinstance(items, Items)
    inner = items[0]
    assert isinstance(inner, Block)
    assert [str(place) for place in (root.key("title").place, title.place, title["zh"].place, inner["值"].place)] == [
        "a.yaml:2:1",
        "a.yaml:2:8",
        "a.yaml:2:23",
        "a.yaml:4:8",
    ]


def test_the_inside_of_a_quoted_text_begins_after_the_quote() -> None:
    value = root_of("when: 'deal.closed'\n")["when"]
    assert isinstance(value, Text)
    assert (value.place.column, value.inside.column) == (7, 8)


def test_the_inside_of_a_block_of_text_begins_on_the_line_below() -> None:
    value = root_of("when: |\n\n  deal.closed\n  and deal.contract_signed\n")["when"]
    assert isinstance(value, Text)
    assert (value.inside.line, value.inside.column) == (3, 3)


def test_a_caret_is_as_long_as_the_value() -> None:
    value = root_of("goal: 5_000_000 CNY   # this year\n")["goal"]
    assert isinstance(value, Text)
    assert value.width == len("5_000_000 CNY")


def test_a_full_width_colon_is_named_where_it_stands() -> None:
    (problem,) = read_text("a.yaml", "plan: a\nperiod：quarter\ncurrency: CNY\n").problems
    assert (problem.code, problem.place.line, problem.place.column) == ("R021", 2, 7)


def test_full_width_punctuation_in_chinese_words_is_welcome() -> None:
    assert root_of("title: {zh: 拜访客户，“重点”跟进：１次}\n")


def test_a_full_width_comma_between_two_keys_is_named() -> None:
    (problem,) = read_text("a.yaml", "title: {en: Plan，zh: 方案}\n").problems
    assert (problem.code, problem.place.column) == ("R021", 17)


def test_bytes_that_are_not_utf_8_have_their_place() -> None:
    text, (problem,) = decoded("a.yaml", b"plan: a\nx: \xff\n")
    assert (text, problem.code, problem.place.line, problem.place.column) == ("", "R001", 2, 4)


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 200_000,
        "{" * 200_000,
        "- " * 120_000,
        "? " * 120_000,
        "a: " * 60_000,
        "a: &a [" + "*a," * 60_000 + "]",
        "x: [" + "a," * 100_000 + "]",
        '"' + "a\n" * 100_000,
        "a: |\n" + " x\n" * 60_000,
        "&a " * 60_000,
        "\n".join(f"k{number}: {number}" for number in range(15_000)),
        "'" * 200_000,
        "!" * 200_000,
    ],
    ids=lambda text: text[:6],
)
def test_a_hostile_file_is_left_quickly(hostile: str) -> None:
    before = time.perf_counter()
    reading = read_text("a.yaml", hostile)
    assert time.perf_counter() - before < 5
    assert reading.problems or reading.root


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A sample rule file with a few pieces put in, taken out or doubled."""
    name = draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(start + draw(st.integers(0, 12)), len(text))
        text = text[:start] + draw(st.one_of(PIECES, st.just(text[start:end] * 2), st.just(""))) + text[end:]
    return name, text


@settings(max_examples=400, deadline=5000)
@given(mutated())
def test_a_mutated_rule_file_gives_problems_and_never_raises(case: tuple[str, str]) -> None:
    name, text = case
    loaded = load_texts({**FOUNDATION, name: text})
    assert loaded.rulebook is not None or loaded.problems
    for problem in loaded.problems:
        assert problem.render("en")
        assert problem.render("zh")


@settings(max_examples=200, deadline=5000)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_at_all_is_read_without_raising(text: str) -> None:
    reading = read_text("a.yaml", text)
    assert (reading.root is None) <= bool(reading.problems)
    for problem in reading.problems:
        assert problem.place.line <= text.count("\n") + text.count("\r") + 1
