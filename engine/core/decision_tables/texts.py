"""A table as canonical text, a line for each row, so that a change of one cell is a change of one line."""

from engine.core.decision_tables.axes import shown_sample
from engine.core.decision_tables.cells import ANYTHING, measure_of
from engine.core.money import Money
from engine.core.rules.table import Column, DecisionTable, Row


def canonical_rows(table: DecisionTable) -> tuple[str, ...]:
    """Every row in its order: `deal.region = not(north), deal.discount = >= 10%: rate = 5%`; `-` is left out."""
    return tuple(_row(table, row) for row in table.rows)


def _row(table: DecisionTable, row: Row) -> str:
    tests = (
        f"{c.name} = {cell.source}" for c, cell in zip(table.by, row.cells, strict=True) if cell.source != ANYTHING
    )
    given = (f"{c.name} = {_shown(c, value)}" for c, value in zip(table.gives, row.gives, strict=True))
    return f"{', '.join(tests) or ANYTHING}: {', '.join(given)}"


def _shown(column: Column, value: object) -> str:
    if value is None:
        return ANYTHING
    return str(value) if isinstance(value, Money) else shown_sample(column, measure_of(value))
