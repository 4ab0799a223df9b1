"""What a table gives for some keys, by its hit policy, and which rows gave it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from engine.core.decision_tables.axes import Grid, bits, shown_sample
from engine.core.decision_tables.cells import measure_of
from engine.core.formulas import EvaluationError
from engine.core.money import ExactMoney, Money
from engine.core.problems import Place
from engine.core.rules.table import Column, Row


@dataclass(frozen=True, slots=True)
class Found:
    """A table's answer: the value (None where its row leaves it open) and the places of the rows that gave it."""

    value: object
    places: tuple[Place, ...] = ()


def find(grid: Grid, keys: tuple[object, ...], result: int = 0) -> Found:
    """What the table gives for the keys in one of its results. A key None is not set: only `-` matches it, and where no
    row does, the answer is not set either.

    Raises E084 when no row matches, E130 when two rows of a table match where only one may, E131 when rows that should
    agree do not.
    """
    numbers = bits(grid.matching(keys))
    if not numbers and None in keys:
        return Found(None)
    if not numbers:
        raise EvaluationError("E084", None, table=grid.table.header.id, keys=shown_keys(grid.table.by, keys))
    return _HITS[grid.table.hit](grid, numbers, keys, result)


def shown_keys(columns: tuple[Column, ...], keys: tuple[object, ...]) -> str:
    """Keys with their names: `deal.region = north, deal.discount = 12.5%`."""
    return ", ".join(f"{column.name} = {_shown(column, key)}" for column, key in zip(columns, keys, strict=True))


def _shown(column: Column, key: object) -> str:
    if key is None:
        return "?"
    return str(key) if isinstance(key, Money | ExactMoney | date) else shown_sample(column, measure_of(key))


Numbers = tuple[int, ...]
Keys = tuple[object, ...]


def _answer(grid: Grid, result: int, number: int) -> Found:
    row = grid.table.rows[number]
    return Found(row.gives[result], (row.place,))


def _unique(grid: Grid, numbers: Numbers, keys: Keys, result: int) -> Found:
    if len(numbers) > 1:
        raise _two("E130", grid, numbers, keys)
    return _answer(grid, result, numbers[0])


def _first(grid: Grid, numbers: Numbers, _keys: Keys, result: int) -> Found:
    return _answer(grid, result, numbers[0])


def _any(grid: Grid, numbers: Numbers, keys: Keys, result: int) -> Found:
    """The first row's, once all rows that match give the same."""
    rows = grid.table.rows
    other = next((number for number in numbers if rows[number].gives != rows[numbers[0]].gives), None)
    if other is not None:
        raise _two("E131", grid, (numbers[0], other), keys)
    return _answer(grid, result, numbers[0])


def _priority(grid: Grid, numbers: Numbers, _keys: Keys, result: int) -> Found:
    return _answer(grid, result, min(numbers, key=lambda number: priority(grid, number)))


def priority(grid: Grid, number: int) -> tuple[int, int]:
    """The rank of a row: where its first result stands in the list of choices, then where the row stands."""
    choices = grid.table.gives[0].type.choices
    given = grid.table.rows[number].gives[0]
    return (choices.index(str(given)) if given in choices else len(choices), number)


def _collected(join: Callable[[Any, Any], Any]) -> Callable[[Grid, Numbers, Keys, int], Found]:
    """All results that are not left open, joined two by two."""

    def collect(grid: Grid, numbers: Numbers, _keys: Keys, result: int) -> Found:
        rows = [grid.table.rows[number] for number in numbers]
        total: object = None
        for value in (row.gives[result] for row in rows if row.gives[result] is not None):
            total = value if total is None else join(total, value)
        return Found(total, tuple(row.place for row in rows))

    return collect


def _two(code: str, grid: Grid, numbers: Numbers, keys: Keys) -> EvaluationError:
    first, second = (_place(grid.table.rows[number]) for number in numbers[:2])
    shown = shown_keys(grid.table.by, keys)
    return EvaluationError(code, None, table=grid.table.header.id, keys=shown, first=first, second=second)


def _place(row: Row) -> str:
    return f"{row.place.file}:{row.place.line}"


def _sum(total: Any, value: Any) -> Any:
    return total + value if isinstance(total, Money | ExactMoney) else Fraction(total) + value


_HITS: Mapping[str, Callable[[Grid, Numbers, Keys, int], Found]] = MappingProxyType(
    {
        "unique": _unique,
        "first": _first,
        "any": _any,
        "priority": _priority,
        "collect_sum": _collected(_sum),
        "collect_max": _collected(max),
    }
)
