"""Durable ingest with full evaluation, beside bare inserts of the very same rows in the very same transactions.

    python -m tests.bench.bench_ingest [events]

The events are the sample company's, evaluated by the sample rules: gates, cadences, tasks, credits, with the log's hash
chain. Every INSERT that this writes is noted and then run again, bare, on a fresh file with the same settings. Seconds
are of the process's CPU and of the wall; the rate that counts is of the wall, since commits wait for the disk.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import event as sql_event

from engine.app.dealwright import Dealwright, open_dealwright
from engine.app.demo.story import story
from engine.app.recording import record_many
from engine.core.events import Event
from engine.store.database import open_database
from engine.store.migrations import upgrade

RULES = Path(__file__).parents[2] / "rules"
Noted = list[tuple[str, object, bool]]


def events_of(count: int) -> list[Event]:
    """The first so many events of the sample company, in the order in which they are heard of."""
    return [delivery.event for delivery in story(7, date(2025, 6, 1), date(2026, 11, 22), 2000)[:count]]


def noted(dw: Dealwright) -> list[Noted]:
    """From now on, every writing statement with its rows, one list for each transaction."""
    transactions: list[Noted] = [[]]

    def before(connection, cursor, statement, parameters, context, many) -> None:
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE"):
            transactions[-1].append((statement, parameters, many))

    def committed(connection) -> None:
        if transactions[-1]:
            transactions.append([])

    sql_event.listen(dw.database.engine, "before_cursor_execute", before)
    sql_event.listen(dw.database.engine, "commit", committed)
    return transactions


def timed(action) -> tuple[float, float]:
    """Wall and CPU seconds of an action."""
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - wall, time.process_time() - cpu


def bare(url: str, transactions: Sequence[Noted]) -> None:
    """The same rows in the same transactions, and nothing else."""
    database = open_database(url)
    for one in transactions:
        with database.unit(write=True) as unit:
            for statement, parameters, many in one:
                cursor = unit.connection.connection.cursor()
                (cursor.executemany if many else cursor.execute)(statement, parameters)
    database.close()


def measure(folder: Path, name: str, events: list[Event], group: int) -> None:
    """One line of the table: evaluated, bare, and their ratio."""
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    dw = open_dealwright(f"sqlite:///{folder / name}.db", RULES, lambda: moment)
    known = events[:641]
    record_many(dw, known)
    transactions = noted(dw)
    rest = events[641:]
    wall, cpu = timed(lambda: record_many(dw, rest, group))
    rows = sum(len(p) if many else 1 for one in transactions for _, p, many in one)
    dw.database.close()
    copy = f"sqlite:///{folder / name}-bare.db"
    prepared = open_dealwright(copy, RULES, lambda: moment)
    record_many(prepared, known)
    prepared.database.close()
    upgrade(open_database(copy))
    bare_wall, bare_cpu = timed(lambda: bare(copy, transactions))
    count = len(rest)
    print(f"{name:16s} {count:6d} events {rows:7d} rows  {count / wall:8,.0f}/s wall {count / cpu:8,.0f}/s CPU   "
          f"bare {count / bare_wall:8,.0f}/s wall {count / bare_cpu:8,.0f}/s CPU   ratio {bare_wall / wall:.2f} wall {bare_cpu / cpu:.2f} CPU")  # fmt: skip


def main() -> None:
    """The table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    events = events_of(count)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), "single commits", events[: 641 + 1000], 1)
        measure(Path(folder), "groups of 200", events, 200)
        measure(Path(folder), "groups of 1000", events, 1000)


if __name__ == "__main__":
    main()
