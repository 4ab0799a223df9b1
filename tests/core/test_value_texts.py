"""Values of rule files and imported rows are read exactly, or refused with a code, never guessed."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.durations import Duration, DurationUnit
from engine.core.fact_types import BUILT_IN_FACTS, FactKind, FactType
from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.core.value_texts import parse_value

PLACE = Place("deals.csv", 3, 7)
SHANGHAI = timezone(timedelta(hours=8))
LINES = FactType(FactKind.CHOICE, ("hardware", "software", "service"))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("120_000 CNY", FactKind.MONEY, Money(12000000, "CNY")),
        ("8%", FactKind.PERCENT, Fraction(2, 25)),
        ("12.5 %", FactKind.PERCENT, Fraction(1, 8)),
        ("0.75", FactKind.NUMBER, Fraction(3, 4)),
        ("1_000", FactKind.NUMBER, 1000),
        ("-2", FactKind.NUMBER, -2),
        ("3万", FactKind.NUMBER, 30000),
        ("2026-03-31", FactKind.DATE, date(2026, 3, 31)),
        ("2026/3/31", FactKind.DATE, date(2026, 3, 31)),
        ("2026年3月31日", FactKind.DATE, date(2026, 3, 31)),
        ("2026-03-31 18:00", FactKind.INSTANT, datetime(2026, 3, 31, 10, tzinfo=UTC)),
        ("2026-03-31T18:00:30Z", FactKind.INSTANT, datetime(2026, 3, 31, 18, 0, 30, tzinfo=UTC)),
        ("2026-03-31T18:00:00+0200", FactKind.INSTANT, datetime(2026, 3, 31, 16, tzinfo=UTC)),
        ("2026-Q1", FactKind.PERIOD, "2026-Q1"),
        ("2026", FactKind.PERIOD, "2026"),
        ("2026-W53", FactKind.PERIOD, "2026-W53"),
        ("3 business days", FactKind.DURATION, Duration(3, DurationUnit.BUSINESS_DAYS)),
        ("yes", FactKind.BOOL, True),
        ("否", FactKind.BOOL, False),
        (" 北辰仪器 ", FactKind.TEXT, "北辰仪器"),
        ("EUR", FactKind.CURRENCY, "EUR"),
        ("ana, ben、王伟", FactKind.LIST, ("ana", "ben", "王伟")),
        ("ana", FactKind.PERSON, "ana"),
    ],
)
def test_a_value_is_read_by_its_kind(text: str, kind: FactKind, value: object) -> None:
    read = parse_value(text, FactType(kind), PLACE, SHANGHAI)
    assert read == value and type(read) is type(value)


@pytest.mark.parametrize(
    ("text", "fact", "code"),
    [
        ("120000", FactType(FactKind.MONEY), "R162"),
        ("5 USD", FactType(FactKind.MONEY, currency="CNY"), "R175"),
        ("8", FactType(FactKind.PERCENT), "R171"),
        ("８%", FactType(FactKind.PERCENT), "R160"),
        ("1e3", FactType(FactKind.NUMBER), "R161"),
        ("31.03.2026", FactType(FactKind.DATE), "R166"),
        ("2026-02-30", FactType(FactKind.DATE), "R167"),
        ("2026-03-31", FactType(FactKind.INSTANT), "R168"),
        ("2026-03-31 25:00", FactType(FactKind.INSTANT), "R168"),
        ("2026-Q5", FactType(FactKind.PERIOD), "R169"),
        ("2026-13", FactType(FactKind.PERIOD), "R169"),
        ("3 fortnights", FactType(FactKind.DURATION), "R170"),
        ("hardwear", LINES, "R172"),
        ("maybe", FactType(FactKind.BOOL), "R173"),
        ("  ", FactType(FactKind.TEXT), "R174"),
        ("RMB", FactType(FactKind.CURRENCY), "R163"),
        ("hardware, softwear", FactType(FactKind.LIST, element_choices=LINES.choices), "R172"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_problem_at_its_place(text: str, fact: FactType, code: str) -> None:
    problem = parse_value(text, fact, PLACE)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == (code, PLACE)
    assert problem.render("en") != problem.render("zh")


def test_a_wrong_choice_lists_the_nearest_first() -> None:
    problem = parse_value("sofware", LINES, PLACE)
    assert isinstance(problem, Problem) and problem.params["choices"].startswith("software, ")


@given(st.text(max_size=30), st.sampled_from(FactKind))
def test_any_text_gives_a_value_or_a_problem_with_words(text: str, kind: FactKind) -> None:
    read = parse_value(text, FactType(kind, ("a", "b")), PLACE)
    if isinstance(read, Problem):
        assert read.render("en") and read.render("zh")


def test_every_built_in_fact_has_a_title_in_both_languages() -> None:
    for name, fact in BUILT_IN_FACTS.items():
        assert set(fact.title) == {"en", "zh"} and all(fact.title.values()), name
    assert BUILT_IN_FACTS["deal.amount"].kind is FactKind.MONEY
    assert BUILT_IN_FACTS["owner.role"] == BUILT_IN_FACTS["person.role"]
