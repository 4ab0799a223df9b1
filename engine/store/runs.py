"""Payout runs: what was computed for a period, its entries and earning lines, and how far it has come.

What a run contains is written once, while it is a draft. Approving, posting and exporting change its state alone, and
the database refuses any other way, as well as an approval by whoever made it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payouts import PayoutRun
from engine.core.money import Money
from engine.store.codec import json_data, json_text
from engine.store.database import Unit
from engine.store.entry_codec import entry_body, entry_of
from engine.store.frames import FrameBook
from engine.store.line_codec import LineTexts, frame_named, line_of
from engine.store.tables.pay import earning_lines, run_entries, runs, settlements

_LINE = tuple(column for column in earning_lines.columns if column.name != "run")

LINE_COLUMNS = tuple(column.name for column in _LINE)
"""The columns of an earning line's row, without its run."""

ENTRY_COLUMNS = ("number", "entry", "payee", "body")
"""The columns of the row of a run's entry, without its run."""

Values = tuple[Any, ...]

Window = tuple[str, str, str, str]
"""Payee, plan, component and window of an earning line."""


class RunBook:
    """All runs, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def save_draft(
        self, run: PayoutRun, entries: Iterable[LedgerEntry], lines: Iterable[EarningLine], watermark: int = 0
    ) -> None:
        """A new draft with everything it contains. `watermark` is the version of the records it was computed from."""
        self._unit.insert(runs, [{**run_row(run), "watermark": watermark}])
        texts = LineTexts()
        of_entries = [(run.id, *row) for row in entry_rows(entries)]
        self._unit.insert_values(run_entries, ("run", *ENTRY_COLUMNS), of_entries)
        of_lines = [(run.id, *line_row(line, texts)) for line in lines]
        self._unit.insert_values(earning_lines, ("run", *LINE_COLUMNS), of_lines)
        FrameBook(self._unit).keep(texts.frames)

    def discard(self, id: str) -> bool:
        """Delete a draft and what it contains; False for an unknown id. A database error when it is no draft."""
        for table in (run_entries, earning_lines, settlements):
            self._unit.change(delete(table).where(table.c.run == id))
        return self._unit.change(delete(runs).where(runs.c.id == id)) == 1

    def find(self, id: str) -> PayoutRun | None:
        """The run of that id."""
        row = self._unit.first(select(runs).where(runs.c.id == id))
        return _run(row) if row else None

    def all(self, *, period: str = "", state: str = "", limit: int = 100) -> tuple[PayoutRun, ...]:
        """The newest runs first, of that period or state when given."""
        query = select(runs).order_by(runs.c.made_at.desc(), runs.c.id).limit(limit)
        query = query.where(runs.c.period == period) if period else query
        query = query.where(runs.c.state == state) if state else query
        return tuple(_run(row) for row in self._unit.rows(query))

    def last_posted(self) -> tuple[PayoutRun, int] | None:
        """The run that was posted last, with its watermark; None before the first."""
        query = select(runs).where(runs.c.posted_at.is_not(None))
        row = self._unit.first(query.order_by(runs.c.posted_at.desc(), runs.c.id.desc()).limit(1))
        return (_run(row), row.watermark) if row else None

    def approve(self, id: str, by: str, at: datetime) -> bool:
        """Draft becomes approved; False when it is no draft. An IntegrityError when `by` made it."""
        return self._advance(id, "draft", state="approved", approved_by=by, approved_at=at)

    def withdraw_approval(self, id: str) -> bool:
        """Approved becomes draft again, so that it can be discarded; False when it is not approved."""
        return self._advance(id, "approved", state="draft", approved_by=None, approved_at=None)

    def mark_posted(self, id: str, by: str, at: datetime) -> bool:
        """Approved becomes posted, in the unit in which `LedgerBook.post` writes its entries; else False."""
        return self._advance(id, "approved", state="posted", posted_by=by, posted_at=at)

    def mark_exported(self, id: str, by: str, at: datetime) -> bool:
        """Posted becomes exported; False when it is not posted."""
        return self._advance(id, "posted", state="exported", exported_by=by, exported_at=at)

    def entries(self, id: str, payee: str = "") -> tuple[LedgerEntry, ...]:
        """The entries that a run proposes, in their order; of one payee when given."""
        query = select(run_entries).where(run_entries.c.run == id).order_by(run_entries.c.number)
        query = query.where(run_entries.c.payee == payee) if payee else query
        return tuple(entry_of(row) for row in self._unit.rows(query))

    def lines(self, id: str, payee: str = "") -> tuple[EarningLine, ...]:
        """The earning lines of a run, by payee and key; of one payee when given."""
        query = select(*_LINE).where(earning_lines.c.run == id)
        query = query.where(earning_lines.c.payee == payee) if payee else query
        return self._lines(query.order_by(earning_lines.c.payee, earning_lines.c.key))

    def line(self, key: str, run: str = "") -> EarningLine | None:
        """A line as that run computed it; without a run, as the newest posted has it, else the newest draft."""
        query = select(*_LINE).join(runs).where(earning_lines.c.key == key)
        query = query.where(earning_lines.c.run == run) if run else query
        newest = query.order_by(
            runs.c.posted_at.is_(None), runs.c.posted_at.desc(), runs.c.period.desc(), runs.c.made_at.desc()
        )
        return next(iter(self._lines(newest.limit(1))), None)

    def keys_of(self, windows: Iterable[Window]) -> frozenset[str]:
        """The keys of every line that a posted run has had for those windows: what may have to go back to nothing."""
        wanted = set(windows)
        line = earning_lines.c
        columns = (line.key, line.payee, line.plan, line.component, line.window_period)
        query = select(*columns).distinct().join(runs).where(runs.c.posted_at.is_not(None))
        rows = self._unit.rows(query.where(line.payee.in_(sorted({window[0] for window in wanted}))))
        return frozenset(row.key for row in rows if tuple(row[1:]) in wanted)

    def posted_lines(
        self, payee: str, earned_period: str = "", *, keys: Collection[str] | None = None
    ) -> tuple[EarningLine, ...]:
        """The lines of a payee (only those `keys`) as the newest posted run that holds each has them, by key."""
        query = select(*_LINE).where(earning_lines.c.payee == payee)
        query = query.where(earning_lines.c.earned_period == earned_period) if earned_period else query
        return self._newest(query, keys)

    def lines_of_deal(self, deal: str) -> tuple[EarningLine, ...]:
        """The lines of a deal, whoever earns them, as the newest posted run that holds each has them, by key."""
        return self._newest(select(*_LINE).where(earning_lines.c.deal == deal))

    def sizes(self) -> dict[str, tuple[int, int]]:
        """By run: for how many payees it moves something, and how many lines it holds."""
        payees = select(run_entries.c.run, func.count(run_entries.c.payee.distinct()).label("number"))
        lines = select(earning_lines.c.run, func.count().label("number"))
        held = {row.run: row.number for row in self._unit.rows(lines.group_by(earning_lines.c.run))}
        moved = {row.run: row.number for row in self._unit.rows(payees.group_by(run_entries.c.run))}
        return {run: (moved.get(run, 0), held.get(run, 0)) for run in moved.keys() | held.keys()}

    def _newest(self, query: Select[Any], keys: Collection[str] | None = None) -> tuple[EarningLine, ...]:
        """The lines of the query as the newest posted run has them, by key."""
        posted = query.join(runs).where(runs.c.posted_at.is_not(None))
        rows = self._unit.rows(posted.order_by(runs.c.posted_at, runs.c.period, runs.c.id))
        newest = {row.key: row for row in rows if keys is None or row.key in keys}
        return self._told([newest[key] for key in sorted(newest)])

    def _lines(self, query: Select[Any]) -> tuple[EarningLine, ...]:
        return self._told(self._unit.rows(query))

    def _told(self, rows: Sequence[Row[Any]]) -> tuple[EarningLine, ...]:
        """The lines of rows, with their frames."""
        frames = FrameBook(self._unit).found(filter(None, (frame_named(row.body) for row in rows)))
        return tuple(line_of(row, frames) for row in rows)

    def _advance(self, id: str, state_before: str, **values: object) -> bool:
        change = update(runs).where(runs.c.id == id, runs.c.state == state_before).values(**values)
        return self._unit.change(change) == 1


def run_row(run: PayoutRun) -> dict[str, Any]:
    """The row of a run."""
    totals = [[name, total.minor, total.currency] for name, total in run.totals]
    return {
        "id": run.id, "period": run.period, "after": run.after, "state": run.state, "contents": run.contents,
        "count": run.count, "totals": json_text(totals), "release": run.release, "made_by": run.made_by,
        "made_at": run.made_at, "approved_by": run.approved_by or None, "approved_at": run.approved_at,
        "posted_by": run.posted_by or None, "posted_at": run.posted_at, "exported_by": run.exported_by or None,
        "exported_at": run.exported_at,
    }  # fmt: skip


def _run(row: Row[Any]) -> PayoutRun:
    # `count` is also a method of rows, so it is asked for by name.
    values = {name: row._mapping[name] for name in PayoutRun.__dataclass_fields__ if name != "totals"}
    people = {name: values[name] or "" for name in ("approved_by", "posted_by", "exported_by")}
    totals = tuple((name, Money(minor, currency)) for name, minor, currency in json_data(row.totals))
    return PayoutRun(**{**values, **people}, totals=totals)


def entry_rows(entries: Iterable[LedgerEntry]) -> list[Values]:
    """The rows of a run's entries, in their order, without the run."""
    return [(number, entry.id, entry.payee, entry_body(entry)) for number, entry in enumerate(entries, start=1)]


def line_row(line: EarningLine, texts: LineTexts) -> Values:
    """The row of an earning line, without its run; its frame is kept with the texts."""
    return (
        line.key, line.payee, line.plan, line.version, line.component, line.window, line.earned_period, line.source,
        line.source_kind, line.deal, line.event, line.on, line.earned.minor, line.earned.currency, line.released.minor,
        line.released.currency, texts.body(line),
    )  # fmt: skip
