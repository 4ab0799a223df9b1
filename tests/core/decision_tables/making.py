"""Decision tables out of plain texts, for tests."""

from collections.abc import Sequence
from datetime import date

from engine.core.decision_tables.axes import Grid, grid_of
from engine.core.decision_tables.cells import read_cell, read_result
from engine.core.fact_types import FactKind, FactType
from engine.core.problems import Place
from engine.core.rules.header import Header, InForce
from engine.core.rules.table import Column, DecisionTable, Row

LINE = Column("line", FactType(FactKind.CHOICE, ("hardware", "software", "service")))
REGION = Column("region", FactType(FactKind.CHOICE))
DISCOUNT = Column("discount", FactType(FactKind.PERCENT))
AMOUNT = Column("amount", FactType(FactKind.MONEY), currency="CNY")
EXACT_AMOUNT = Column("amount", FactType(FactKind.MONEY), is_fact=False, currency="CNY")
COUNT = Column("count", FactType(FactKind.NUMBER))
DAY = Column("day", FactType(FactKind.DATE))
NEW = Column("new", FactType(FactKind.BOOL))
RATE = Column("rate", FactType(FactKind.PERCENT), is_fact=False)
HEADER = Header("table", "t", "table:t@1", Place("t.yaml", 1, 1), InForce(date.min))


def grid(by: Sequence[Column], *rows: str, hit: str = "unique", gives: Sequence[Column] = (RATE,)) -> Grid:
    """A table of rows written with bars between the cells, keys first: `hardware | >= 10% | 5%`."""
    read = tuple(_row(number, text, by, gives) for number, text in enumerate(rows, 1))
    return grid_of(DecisionTable(HEADER, tuple(by), tuple(gives), hit, read))


def _row(line: int, text: str, by: Sequence[Column], gives: Sequence[Column]) -> Row:
    cells = [cell.strip() for cell in text.split("|")]
    place = Place("t.csv", line, 1)
    tests = tuple(read_cell(cell, column, place) for cell, column in zip(cells, by, strict=False))
    results = zip(cells[len(by) :], gives, strict=True)
    return Row(tests, tuple(read_result(cell, column, place) for cell, column in results), place)
