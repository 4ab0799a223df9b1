"""Axes: a table's keys cut into pieces on which every row's test says the same. Whole tables are proved on them.

A piece is one value, or all values between two neighbouring bounds of the column's cells, or one word, or every other
word. So a table is a finite grid of boxes, and what is proved of the grid is proved of every value: exact, no samples.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from engine.core.decision_tables.cells import ORDERED, measure_of, takes
from engine.core.fact_types import FactKind
from engine.core.money import ExactMoney
from engine.core.numerals import shown_number
from engine.core.rules.table import Cell, Column, DecisionTable

_UNIT = {FactKind.PERCENT: Fraction(1, 100)}


@dataclass(frozen=True, slots=True)
class Axis:
    """One key.

    `samples` are a value of each piece, None where the piece is empty; `rows` are, for each piece, the rows whose test
    holds there, as bits. `real` are the pieces that hold a value, the plainest first: zero and above before what is
    below. `unset` are the rows that say `-`, which alone match a key without a value. An ordered axis has `cuts`, a
    word's axis `places`, its other words last.
    """

    column: Column
    samples: tuple[object, ...]
    rows: tuple[int, ...]
    real: tuple[int, ...]
    unset: int
    cuts: tuple[Fraction, ...] = ()
    places: Mapping[object, int] = field(default_factory=dict)

    def piece(self, value: object) -> int:
        """The number of the piece that a value lies in."""
        measure = measure_of(value)
        if not isinstance(measure, Fraction):
            return self.places.get(measure, len(self.samples) - 1)
        place = bisect_left(self.cuts, measure)
        return 2 * place + (place < len(self.cuts) and self.cuts[place] == measure)

    def shown(self, piece: int) -> str:
        """A value of a piece as people write it."""
        return shown_sample(self.column, self.samples[piece])


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its axes."""

    table: DecisionTable
    axes: tuple[Axis, ...]

    def matching(self, keys: tuple[object, ...]) -> int:
        """The rows that match the keys, as bits."""
        found = (1 << len(self.table.rows)) - 1
        for axis, value in zip(self.axes, keys, strict=True):
            found &= axis.unset if value is None else axis.rows[axis.piece(value)]
        return found


def grid_of(table: DecisionTable) -> Grid:
    """The table's axes, key by key."""
    columns = (tuple(row.cells[number] for row in table.rows) for number in range(len(table.by)))
    return Grid(table, tuple(_axis(column, cells) for column, cells in zip(table.by, columns, strict=True)))


def bits(mask: int) -> tuple[int, ...]:
    """The numbers of the rows in a mask, rising."""
    return tuple(number for number in range(mask.bit_length()) if mask >> number & 1)


def shown_sample(column: Column, sample: object) -> str:
    """A value as people write it: `12.5%`, `1,000.00 CNY`, `2026-03-31`, `hardware`, `yes`."""
    if isinstance(sample, bool):
        return "yes" if sample else "no"
    if not isinstance(sample, Fraction):
        return str(sample)
    match column.type.kind:
        case FactKind.PERCENT:
            return f"{shown_number(sample * 100)}%"
        case FactKind.DATE:
            return str(date.fromordinal(min(max(int(sample), 1), date.max.toordinal())))
        case FactKind.MONEY:
            return str(ExactMoney(sample, column.currency)) if column.currency else shown_number(sample)
    return shown_number(sample)


def _axis(column: Column, cells: tuple[Cell, ...]) -> Axis:
    unset = sum(1 << number for number, cell in enumerate(cells) if cell.negated and not (cell.words or cell.spans))
    if column.type.kind in ORDERED:
        ends = {end for cell in cells for span in cell.spans for end in (span.low, span.high) if end is not None}
        cuts = tuple(sorted(ends))
        return Axis(column, samples := _samples(column, cuts), _rows(samples, cells), _real(samples), unset, cuts)
    named = {word for cell in cells for word in cell.words}
    closed: tuple[object, ...] = (True, False) if column.type.kind is FactKind.BOOL else column.type.choices
    words = (*closed, *sorted((word for word in named if word not in closed), key=str))
    # Where the list of words is closed there are no others; the piece stays, for a value that should not be there.
    samples = (*words, None if closed else _another(words))
    rows = (*_rows(words, cells), _rows((_another(words),), cells)[0])
    return Axis(
        column, samples, rows, _real(samples), unset, places={word: number for number, word in enumerate(words)}
    )


def _rows(samples: tuple[object, ...], cells: tuple[Cell, ...]) -> tuple[int, ...]:
    """For each piece the rows that take its sample, as bits; none in an empty piece."""
    found = []
    for sample in samples:
        taking = (1 << number for number, cell in enumerate(cells) if sample is not None and takes(cell, sample))
        found.append(sum(taking))
    return tuple(found)


def _real(samples: tuple[object, ...]) -> tuple[int, ...]:
    held = [number for number, sample in enumerate(samples) if sample is not None]
    return tuple(sorted(held, key=lambda number: (_below_zero(samples[number]), number)))


def _samples(column: Column, cuts: tuple[Fraction, ...]) -> tuple[object, ...]:
    """A value between each two cuts and each cut itself, in order, with what lies below and above all."""
    found: list[object] = [_between(column, None, cuts[0] if cuts else None)]
    for number, cut in enumerate(cuts):
        after = cuts[number + 1] if number + 1 < len(cuts) else None
        found += [cut, _between(column, cut, after)]
    return tuple(found)


def _between(column: Column, low: Fraction | None, high: Fraction | None) -> Fraction | None:
    """The plainest value between two bounds; None where whole days or minor units leave nothing there."""
    unit = _UNIT.get(column.type.kind, Fraction(1))
    if low is None:
        return Fraction(0) if high is None else (-(-high // unit) - 1) * unit
    above = (low // unit + 1) * unit
    if high is None or above < high:
        return above
    return None if _in_steps(column) else (low + high) / 2


def _in_steps(column: Column) -> bool:
    """True for dates, and for money that is a fact: its values are whole minor units."""
    return column.type.kind is FactKind.DATE or (column.type.kind is FactKind.MONEY and column.is_fact)


def _another(words: tuple[object, ...]) -> str:
    """A word that is none of these."""
    number = 1
    while (word := "other" if number == 1 else f"other-{number}") in words:
        number += 1
    return word


def _below_zero(sample: object) -> bool:
    return isinstance(sample, Fraction) and sample < 0
