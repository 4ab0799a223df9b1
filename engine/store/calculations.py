"""Calculations in progress: parts are kept as they are finished, and become a draft run when all of them are there.

A calculation is known by what it was begun from, so one that was interrupted is found again and goes on with the parts
that are missing; one that was begun from other records, rules or ledger is thrown away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, literal, select

from engine.core.incentives.identity import derived_id
from engine.core.incentives.payouts import PayoutRun, Totals
from engine.core.incentives.waiting import Waits
from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.store.codec import json_data, json_text
from engine.store.database import Unit
from engine.store.frames import FrameBook
from engine.store.runs import ENTRY_COLUMNS, LINE_COLUMNS, Values, run_row
from engine.store.settlements import Waiting, settle, waiting_data, waiting_of
from engine.store.tables.calculations import (
    calculation_entries,
    calculation_lines,
    calculation_parts,
    calculations,
)
from engine.store.tables.pay import earning_lines, run_entries, runs

_TABLES = (calculation_lines, calculation_entries, calculation_parts)


@dataclass(frozen=True, slots=True)
class Begun:
    """A calculation in progress and what it was begun from: the run before, the rules, the version of the records."""

    id: str
    period: str
    after: str
    release: str
    watermark: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is done. `lines` and `entries` are the values of rows, `frames` what the lines name; `waiting` are by
    payee the days that are not settled by it."""

    number: int
    lines: Sequence[Values]
    entries: Sequence[Values]
    digests: Mapping[str, str]
    totals: Totals
    unpaid: tuple[Problem, ...]
    waiting: Waiting
    frames: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """All parts together: digests by payee, control totals, the number of entries, whom nothing was computed for, and
    the days that are not settled."""

    digests: Mapping[str, str]
    totals: Totals
    count: int
    unpaid: tuple[Problem, ...]
    waiting: Waiting


class CalculationBook:
    """The calculations in progress, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def begin(
        self, period: str, after: str, release: str, watermark: int, by: str, at: datetime, *, complete: bool = False
    ) -> Begun:
        """The calculation with that beginning: the one that was interrupted, else a new one in place of any other.

        A complete one has other parts than one of the open days.
        """
        id = derived_id("calculation", period, after, release, str(watermark), "complete" if complete else "open days")
        if self._unit.value(select(calculations.c.id).where(calculations.c.id == id)) is None:
            for other in self._unit.rows(select(calculations.c.id)):
                self.discard(other.id)
            row = {"id": id, "period": period, "after": after, "release": release, "watermark": watermark}
            self._unit.insert(calculations, [{**row, "made_by": by, "made_at": at}])
        return Begun(id, period, after, release, watermark)

    def done(self, id: str) -> frozenset[int]:
        """The numbers of the parts that are finished."""
        query = select(calculation_parts.c.number).where(calculation_parts.c.calculation == id)
        return frozenset(row.number for row in self._unit.rows(query))

    def keep(self, id: str, part: Part) -> None:
        """A finished part, all of it in this unit. An IntegrityError when it is there already."""
        FrameBook(self._unit).keep(part.frames)
        for table, names, rows in (
            (calculation_lines, LINE_COLUMNS, part.lines),
            (calculation_entries, ENTRY_COLUMNS, part.entries),
        ):
            whole = [(id, part.number, *row) for row in rows]
            self._unit.insert_values(table, ("calculation", "part", *names), whole)
        told = {
            "digests": dict(part.digests),
            "totals": [[name, total.minor, total.currency] for name, total in part.totals],
            "waiting": waiting_data(part.waiting),
            "unpaid": [[p.code, p.place.file, p.place.line, p.place.column, dict(p.params)] for p in part.unpaid],
        }
        row = {"calculation": id, "number": part.number, "count": len(part.entries), "summary": json_text(told)}
        self._unit.insert(calculation_parts, [row])

    def summary(self, id: str) -> Summary:
        """What all parts come to, in their order."""
        digests: dict[str, str] = {}
        sums: dict[tuple[str, str], int] = {}
        unpaid: list[Problem] = []
        waiting: dict[str, Waits] = {}
        count = 0
        for row in self._parts(id):
            told = json_data(row.summary)
            digests |= told["digests"]
            for name, minor, currency in told["totals"]:
                sums[name, currency] = sums.get((name, currency), 0) + minor
            unpaid += [Problem(code, Place(*place), params) for code, *place, params in told["unpaid"]]
            waiting |= waiting_of(told["waiting"])
            count += row._mapping["count"]
        totals = tuple((name, Money(minor, currency)) for (name, currency), minor in sorted(sums.items()))
        return Summary(digests, totals, count, tuple(unpaid), waiting)

    def become(self, id: str, run: PayoutRun, watermark: int, waiting: Waiting) -> None:
        """The calculation becomes the draft run: its rows are copied by the database, and it is gone."""
        self._unit.insert(runs, [{**run_row(run), "watermark": watermark}])
        settle(self._unit, run.id, waiting)
        offset = 0
        for row in self._parts(id):
            self._copy(run_entries, calculation_entries, id, row.number, run.id, offset)
            self._copy(earning_lines, calculation_lines, id, row.number, run.id)
            offset += row._mapping["count"]
        self.discard(id)

    def discard(self, id: str) -> None:
        """Throw a calculation away."""
        for table in _TABLES:
            self._unit.change(delete(table).where(table.c.calculation == id))
        self._unit.change(delete(calculations).where(calculations.c.id == id))

    def _parts(self, id: str) -> Iterator[Any]:
        query = select(calculation_parts).where(calculation_parts.c.calculation == id)
        yield from self._unit.rows(query.order_by(calculation_parts.c.number))

    def _copy(self, target: Any, source: Any, id: str, part: int, run: str, offset: int | None = None) -> None:
        """The rows of a part, as rows of the run."""
        names = [column.name for column in target.columns if column.name != "run"]
        values = [source.c[name] if name != "number" else source.c.number + literal(offset) for name in names]
        chosen: Select[Any] = select(literal(run), *values).where(source.c.calculation == id, source.c.part == part)
        self._unit.change(insert(target).from_select(["run", *names], chosen))
