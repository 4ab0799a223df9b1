"""What is proved of a table: found exactly when it is so, with a witness that shows it."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from engine.core.decision_tables.axes import Grid, bits
from engine.core.decision_tables.proofs import gap, impossible_cells, overlaps, unreachable
from engine.core.fact_types import FactKind, FactType
from engine.core.rules.table import Column
from tests.core.decision_tables.making import AMOUNT, COUNT, DAY, DISCOUNT, EXACT_AMOUNT, LINE, NEW, REGION, grid

GRADE = Column("grade", FactType(FactKind.CHOICE, ("gold", "silver", "bronze")), is_fact=False)


def told(table: Grid) -> list[tuple[int, int, str]]:
    return [(found.earlier, found.later, found.witness) for found in overlaps(table)]


def test_a_gap_has_a_witness_that_people_can_read() -> None:
    assert gap(grid((LINE, DISCOUNT), "hardware | - | 1%", "service | >= 10% | 1%")) == "line = software, discount = 9%"
    assert gap(grid((DISCOUNT,), "< 10% | 1%", "> 10% | 1%")) == "discount = 10%"
    assert gap(grid((DISCOUNT,), "[0%..10%) | 1%", ">= 10% | 1%")) == "discount = -1%"
    assert gap(grid((DISCOUNT,), "< 10% | 1%", ">= 10.5% | 1%")) == "discount = 10%"
    assert gap(grid((DISCOUNT,), "<= 10% | 1%", ">= 10.5% | 1%")) == "discount = 10.25%"
    assert gap(grid((REGION,), "north | 1%")) == "region = other"
    assert gap(grid((REGION,), "north, other | 1%")) == "region = other-2"
    assert gap(grid((NEW,), "yes | 1%")) == "new = no"
    assert gap(grid((DAY,), "<= 2026-03-31 | 1%", "> 2026-04-01 | 1%")) == "day = 2026-04-01"


def test_a_table_without_a_gap_has_none() -> None:
    assert (
        gap(grid((LINE, DISCOUNT), "hardware, service | - | 1%", "software | < 10% | 1%", "software | >= 10% | 1%"))
        == ""
    )
    assert gap(grid((REGION,), "north | 1%", "not(north) | 2%")) == ""
    assert gap(grid((NEW,), "yes | 1%", "no | 1%")) == ""


def test_whole_days_and_whole_cents_leave_nothing_in_between_but_exact_amounts_do() -> None:
    assert gap(grid((DAY,), "<= 2026-03-31 | 1%", ">= 2026-04-01 | 1%")) == ""
    cents = ("<= 99.99 CNY | 1%", ">= 100 CNY | 2%")
    assert gap(grid((AMOUNT,), *cents)) == ""
    assert gap(grid((EXACT_AMOUNT,), *cents)) == "amount = 99.995 CNY"


def test_two_rows_that_match_the_same_are_told_once_with_the_first_of_them() -> None:
    table = grid((LINE, DISCOUNT), "hardware | - | 1%", "- | >= 20% | 2%", "hardware, service | [10%..30%) | 3%")
    assert told(table) == [
        (0, 1, "line = hardware, discount = 20%"),
        (0, 2, "line = hardware, discount = 10%"),
    ]
    assert told(grid((DISCOUNT,), "[0%..10%) | 1%", "[10%..20%] | 1%")) == []


def test_under_any_only_rows_that_disagree_quarrel() -> None:
    table = grid((COUNT,), ">= 1 | 1%", ">= 2 | 1%", ">= 3 | 2%", hit="any")
    assert told(table) == [(0, 2, "count = 3")]


def test_a_row_is_unreachable_when_rows_before_it_take_all_of_it_together() -> None:
    table = grid((LINE, DISCOUNT), "- | < 10% | 1%", "- | >= 10% | 2%", "hardware | [5%..15%] | 3%", hit="first")
    assert list(unreachable(table)) == [(2, (0, 1), "line = hardware, discount = 5%")]
    open_ = grid((LINE, DISCOUNT), "- | < 10% | 1%", "- | > 10% | 2%", "hardware | [5%..15%] | 3%", hit="first")
    assert list(unreachable(open_)) == []


def test_under_priority_a_row_is_unreachable_when_better_results_take_all_of_it() -> None:
    table = grid((COUNT,), ">= 3 | silver", ">= 1 | gold", ">= 0 | bronze", hit="priority", gives=(GRADE,))
    assert [found[:2] for found in unreachable(table)] == [(0, (1,))]


def test_a_test_that_nothing_meets_is_found() -> None:
    table = grid(
        (LINE, DISCOUNT), "not(hardware, software, service) | - | 1%", "hardware | [20%..10%] | 1%", "- | - | 1%"
    )
    assert list(impossible_cells(table)) == [(0, 0), (1, 1)]
    assert list(impossible_cells(grid((DAY,), "(2026-03-31..2026-04-01) | 1%"))) == [(0, 0)]


_WORDS = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True).map(", ".join)
_NUMBERS = st.integers(0, 6)


@st.composite
def _ranges(draw: st.DrawFn) -> str:
    low, high = sorted((draw(_NUMBERS), draw(_NUMBERS)))
    return f"{draw(st.sampled_from('[('))}{low}..{high}{draw(st.sampled_from('])'))}"


_ORDERED = st.one_of(
    st.just("-"), _NUMBERS.map(str), _ranges(), st.tuples(st.sampled_from([">=", ">", "<", "<="]), _NUMBERS).map(
        lambda pair: f"{pair[0]} {pair[1]}"
    ),
)  # fmt: skip
_NAMED = st.one_of(st.just("-"), _WORDS, _WORDS.map("not({})".format))
_ROWS = st.lists(
    st.tuples(_NAMED, _ORDERED, _ORDERED, st.sampled_from(["1%", "2%"])).map(" | ".join), min_size=1, max_size=7
)
THREE = (
    Column("word", FactType(FactKind.CHOICE, ("a", "b", "c"))),
    Column("number", FactType(FactKind.NUMBER)),
    Column("day", FactType(FactKind.NUMBER), is_fact=False),
)
_POINTS = [Fraction(half, 2) for half in range(-2, 15)]
EVERYTHING = list(product(("a", "b", "c"), _POINTS, _POINTS))
"""Every whole and half number from -1 to 7: all that can matter where bounds are whole numbers from 0 to 6."""


@given(_ROWS)
def test_gaps_overlaps_and_unreachable_rows_are_those_that_trying_everything_finds(rows: list[str]) -> None:
    table = grid(THREE, *rows, hit="first")
    matching = [bits(table.matching(keys)) for keys in EVERYTHING]
    assert bool(gap(table)) == any(not found for found in matching)
    meeting = {(one, other) for found in matching for one in found for other in found if one < other}
    first_met = {later: min(one for one, other in meeting if other == later) for _, later in meeting}
    assert {found.later: found.earlier for found in overlaps(table)} == first_met
    reached = {found[0] for found in matching if found}
    possible = {number for found in matching for number in found}
    assert {found[0] for found in unreachable(table)} == possible - reached


def test_a_large_table_is_proved_in_no_time() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(40)]
    rows = [f"{word} | {number} | {day} | 1%" for word in "abc" for number in range(20) for day in days]
    table = grid((THREE[0], THREE[1], Column("day", FactType(FactKind.DATE))), *rows)
    assert not list(overlaps(table))
    assert gap(table)


def test_many_rows_that_overlap_everywhere_are_proved_in_no_time_too() -> None:
    columns = [Column(f"c{number}", FactType(FactKind.NUMBER)) for number in range(6)]
    tests = ("-", "[{}..{}]", ">= {}", "< {}")
    rows = [
        " | ".join(tests[(row * 7 + key * 3) % 4].format((row * key) % 40, (row * key) % 40 + 15) for key in range(6))
        + " | 1%"
        for row in range(300)
    ]
    table = grid(columns, *rows, hit="first")
    assert gap(table)
    assert len(list(unreachable(table))) > 100
