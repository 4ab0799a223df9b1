"""A table as canonical text."""

from engine.core.decision_tables.texts import canonical_rows
from tests.core.decision_tables.making import DISCOUNT, LINE, grid


def test_a_change_of_one_cell_is_a_change_of_one_line() -> None:
    rows = ("hardware | >= 10% | 5%", "hardware | < 10% | 4%", "not(hardware) | - | -")
    before = canonical_rows(grid((LINE, DISCOUNT), *rows).table)
    after = canonical_rows(grid((LINE, DISCOUNT), rows[0], rows[1].replace("4%", "4.5%"), rows[2]).table)
    assert before == (
        "line = hardware, discount = >= 10%: rate = 5%",
        "line = hardware, discount = < 10%: rate = 4%",
        "line = not(hardware): rate = -",
    )
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ("line = hardware, discount = < 10%: rate = 4%", "line = hardware, discount = < 10%: rate = 4.5%")
    ]
