"""Decision tables as `lookup` reads them: the version in force on the event's day, amounts brought into its currency."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.currencies import exponent
from engine.core.decision_tables.axes import Grid, grid_of
from engine.core.decision_tables.finding import Found, find
from engine.core.fact_types import FactType
from engine.core.formulas import EvaluationError
from engine.core.money import ExactMoney, Money
from engine.core.rules.table import Column, DecisionTable

RateOn = Callable[[str, str, date], Fraction]
"""Units of the second currency for one of the first on a day. Raises E080."""


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of one table, and which of its results is asked for."""

    grids: tuple[Grid, ...]
    result: int
    rate: RateOn

    @property
    def by(self) -> tuple[str, ...]:
        """The names of its keys."""
        return tuple(column.name for column in self.grids[0].table.by)

    @property
    def takes(self) -> tuple[FactType, ...]:
        """The types of its keys."""
        return tuple(column.type for column in self.grids[0].table.by)

    @property
    def gives(self) -> FactType:
        """The type of the result."""
        return self.grids[0].table.gives[self.result].type

    def find(self, keys: tuple[object, ...], on: date | None) -> Found:
        """The result by the version in force on that day. E132 where none is, E133 where one has a time and no day is
        known, E080 for an amount whose currency has no rate to the column's."""
        grid = self._in_force(on)
        columns = grid.table.by
        return find(grid, tuple(self._converted(key, c, on) for key, c in zip(keys, columns, strict=True)), self.result)

    def _in_force(self, on: date | None) -> Grid:
        only = self.grids[0].table
        if on is None and len(self.grids) == 1 and only.header.in_force.from_on == date.min:
            return self.grids[0]
        if on is None:
            raise EvaluationError("E133", None, table=only.header.id)
        for grid in self.grids:
            if grid.table.header.in_force.covers(on):
                return grid
        raise EvaluationError("E132", None, table=only.header.id, on=on.isoformat())

    def _converted(self, key: object, column: Column, on: date | None) -> object:
        """An amount in the column's currency at the rate of the event's day, as amounts are compared everywhere."""
        if not isinstance(key, Money | ExactMoney) or not column.currency or key.currency == column.currency:
            return key
        if on is None:
            raise EvaluationError("E083", None, amount=str(key), currency=column.currency)
        scale = Fraction(10) ** (exponent(column.currency) - exponent(key.currency))
        return ExactMoney(Fraction(key.minor) * self.rate(key.currency, column.currency, on) * scale, column.currency)


def lookups(tables: Iterable[DecisionTable], rate: RateOn) -> dict[str, Versions]:
    """Every table by its id, which gives its first result, and every result as `id.result`."""
    versions: dict[str, list[Grid]] = {}
    for table in tables:
        versions.setdefault(table.header.id, []).append(grid_of(table))
    found: dict[str, Versions] = {}
    for id, grids in versions.items():
        found[id] = Versions(tuple(grids), 0, rate)
        for number, column in enumerate(grids[0].table.gives):
            found[f"{id}.{column.name}"] = Versions(tuple(grids), number, rate)
    return found
