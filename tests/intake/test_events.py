"""Raw values become one typed event, or every mistake in them with its place."""

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.events import DERIVED_TYPES, EVENT_TYPES, Event
from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.core.records import Share
from engine.intake.events import EventReader, event_from_raw, moment
from engine.intake.slips import Where

HEAD = {"type": "deal.created", "subject": "D-1", "key": "k-1", "at": "2026-03-31 18:00"}


def raw(**body: object) -> dict[str, object]:
    """A deal's creation with that body."""
    return {**HEAD, "body": body}


def read(reader: EventReader, body: dict[str, object], **head: object) -> Event:
    """The event, which must be one."""
    event = event_from_raw({**HEAD, **head, "body": body}, reader, "test")
    assert isinstance(event, Event), [problem.render() for problem in event]
    return event


def refused(reader: EventReader, body: dict[str, object], **head: object) -> list[Problem]:
    """The problems, of which there must be some."""
    found = event_from_raw({**HEAD, **head, "body": body}, reader, "test")
    assert not isinstance(found, Event)
    return list(found)


def test_texts_become_typed_values(reader: EventReader) -> None:
    event = read(
        reader,
        {
            "amount": "1,234.50 EUR",
            "discount": "12.5%",
            "close_on": "2026年4月1日",
            "contract_signed": "是",
            "team": "ana 60%, ben 40%",
            "budget": "1.2亿 CNY",
            "competitor": "aurora",
            "tags": "hot、cold",
            "owner": "ana",
        },
    )
    assert event.body == {
        "amount": Money(123450, "EUR"),
        "discount": Fraction(1, 8),
        "close_on": date(2026, 4, 1),
        "contract_signed": True,
        "team": (Share("ana", Fraction(3, 5)), Share("ben", Fraction(2, 5))),
        "budget": Money(12_000_000_000, "CNY"),
        "competitor": "aurora",
        "tags": ("hot", "cold"),
        "owner": "ana",
    }
    assert (event.source, event.key, event.mode) == ("test", "k-1", "live")


def test_local_times_are_of_the_companys_zone_and_so_is_the_day(reader: EventReader) -> None:
    late = read(reader, {}, at="2026-03-31 23:30")
    assert (late.at, late.on) == (datetime(2026, 3, 31, 15, 30, tzinfo=UTC), date(2026, 3, 31))
    abroad = read(reader, {}, at="2026-03-31 23:30 -05:00")
    assert abroad.on == date(2026, 4, 1)
    assert read(reader, {}, at="2026-03-31").at == datetime(2026, 3, 30, 16, tzinfo=UTC)


def test_the_first_moment_of_a_day_that_begins_at_one_is_one() -> None:
    # Clocks in São Paulo went from midnight to one on 2017-10-15.
    assert moment("2017-10-15", ZoneInfo("America/Sao_Paulo")) == datetime(2017, 10, 15, 3, tzinfo=UTC)


def test_an_hour_that_clocks_show_twice_is_the_first_of_the_two() -> None:
    assert moment("2018-02-17 23:30", ZoneInfo("America/Sao_Paulo")) == datetime(2018, 2, 18, 1, 30, tzinfo=UTC)


def test_all_mistakes_come_together_each_with_its_code(reader: EventReader) -> None:
    problems = refused(
        reader,
        {
            "amonut": "1 CNY",
            "amount": "12",
            "kind": "nwe",
            "competitor": "auror",
            "discount": 0.5,
            "name": ["a"],
            "x": "1",
        },
        subject="",
        at="2026-13-01",
        wat="?",
    )
    assert sorted(problem.code for problem in problems) == [
        "I020",
        "I023",
        "I024",
        "I026",
        "I026",
        "I026",
        "I026",
        "I027",
        "I028",
        "I035",
    ]
    assert all(problem.remedy("en") and problem.remedy("zh") for problem in problems)


def test_an_unknown_field_is_refused_by_name_with_the_nearest_known(reader: EventReader) -> None:
    (problem,) = refused(reader, {"budgte": "1 CNY"})
    assert problem.code == "I023"
    assert "“budgte”" in problem.message() and "“budget”" in problem.message()


def test_a_measure_cannot_be_sent(reader: EventReader) -> None:
    (problem,) = refused(reader, {"count_of_calls": "3"})
    assert problem.code in ("I023", "I024")


def test_a_persons_own_facts_come_with_the_person(reader: EventReader) -> None:
    event = read(reader, {"role": "rep", "factor": "1.20"}, type="person.joined", subject="ana")
    assert event.body["factor"] == Fraction(6, 5)


def test_words_are_limited_to_those_of_the_rulebook(reader: EventReader) -> None:
    (problem,) = refused(reader, {"role": "reb"}, type="person.joined", subject="ana")
    assert "rep, boss" in problem.remedy()


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("ana 60%, ben 50%", ["I032"]),
        ("ana 60%, ana 10%", ["I033"]),
        ("ana 0%", ["I034"]),
        ("ana", ["I031"]),
        ("ana 六十%", ["I026"]),
        ([{"person": "ana", "share": "60%"}, "ben 40%"], []),
        ("ana 60％", ["I026"]),
        ("Ana Lopez 60% ; 张伟 40%", []),
    ],
)
def test_shares_are_positive_said_once_and_at_most_the_whole(
    reader: EventReader, value: object, codes: list[str]
) -> None:
    found = event_from_raw(raw(team=value), reader, "test")
    assert [p.code for p in (() if isinstance(found, Event) else found)] == codes


@pytest.mark.parametrize("value", [1.5, 1e300, float("nan")])
def test_a_float_is_refused_whatever_it_holds(reader: EventReader, value: float) -> None:
    assert [p.code for p in refused(reader, {"amount": value})] == ["I028"]


@pytest.mark.parametrize(
    "value",
    [
        "１２３ CNY",
        "12.345 CNY",
        "12 XXX",
        "12",
        "1e3 CNY",
        "CNY 12",
        "1,2 CNY",
        "--1 CNY",
        "9" * 41 + " CNY",
        "1" * 18 + " CNY",
    ],
)
def test_money_is_exact_or_refused(reader: EventReader, value: str) -> None:
    (problem,) = refused(reader, {"amount": value})
    assert problem.code == "I026" and problem.message("zh") != problem.message("en")


def test_full_width_digits_are_named(reader: EventReader) -> None:
    (problem,) = refused(reader, {"amount": "１２３ CNY"})
    assert "１" in problem.message()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"minor": 120050, "currency": "CNY"}, Money(120050, "CNY")),
        ({"minor": "-5", "currency": "JPY"}, Money(-5, "JPY")),
    ],
)
def test_json_may_give_money_in_minor_units(reader: EventReader, value: object, expected: Money) -> None:
    assert read(reader, {"amount": value}).body["amount"] == expected


@pytest.mark.parametrize(
    "value",
    [
        {"minor": 1.5, "currency": "CNY"},
        {"minor": 1},
        {"minor": 1, "currency": "CNY", "x": 1},
        {"minor": 1, "currency": "XXX"},
        {"minor": 10**16, "currency": "CNY"},
    ],
)
def test_minor_units_are_whole_and_have_a_currency(reader: EventReader, value: object) -> None:
    assert len(refused(reader, {"amount": value})) == 1


def test_what_is_derived_cannot_be_sent(reader: EventReader) -> None:
    for type in DERIVED_TYPES:
        assert [p.code for p in refused(reader, {}, type=type)] == ["I022"]


def test_hidden_characters_and_endless_ids_are_refused(reader: EventReader) -> None:
    assert [p.code for p in refused(reader, {"name": "a\u202eb"})] == ["I029"]
    assert [p.code for p in refused(reader, {}, key="k" * 201)] == ["I030"]


def test_what_is_empty_is_not_given(reader: EventReader) -> None:
    assert read(reader, {"name": "  ", "amount": None}, actor="").body == {}
    assert [p.code for p in refused(reader, {"reason": " "}, type="deal.cancelled")] == ["I025"]


def test_a_problem_stands_at_the_cell_under_the_header_that_people_know(reader: EventReader) -> None:
    where = Where(Place("f.csv", 7, 1), {"amount": (3, "金额")})
    found = event_from_raw(raw(amount="x"), reader, "test", where=where)
    assert not isinstance(found, Event)
    assert str(found[0].place) == "f.csv:7:3" and "“金额”" in found[0].message("zh")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(sorted({field.name for kind in EVENT_TYPES.values() for field in kind.fields})) | st.text(
    max_size=9
)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(EVENT_TYPES)) | VALUES, st.dictionaries(NAMES, VALUES, max_size=6) | VALUES, VALUES, VALUES
)
def test_whatever_comes_is_an_event_or_problems_with_words(
    type: object, body: object, at: object, subject: object
) -> None:
    found = event_from_raw({"type": type, "subject": subject, "key": "k", "at": at, "body": body}, READER, "test")
    if not isinstance(found, Event):
        assert found and all(problem.render("en") and problem.render("zh") for problem in found)


READER = EventReader.for_facts({}, ZoneInfo("Asia/Shanghai"))
