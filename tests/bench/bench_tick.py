"""The clock's turn with many open enrolments: what a tick costs by what is due, and by what is merely there.

    python -m tests.bench.bench_tick [due [enrolments…]]

For each size a house with that many open enrolments in one cadence, of which the same number (5,000) falls due at one
tick; each makes a task. Enrolments are written straight into the table as recording made two of them: one that is due,
one that is not. Every row the tick wrote is then written again, bare, into a fresh copy. Seconds are of the process's
CPU and of the wall; growth is of the CPU time, to the smallest size. A tick for which nothing is due is timed too.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from engine.app.dealwright import Dealwright, open_dealwright
from engine.app.recording import record_many
from engine.app.ticking import Ticked, tick
from engine.core.events import Event
from engine.core.incentives.identity import derived_id
from engine.core.records import Deal, Enrolment
from engine.store.reading import all_records
from engine.store.record_rows import KINDS
from tests.bench.bench_calculate import CALENDAR, COMPANY, PIPELINE
from tests.bench.bench_ingest import bare, noted

CADENCE = """cadence: new-lead
title: {en: New lead, zh: 新线索}
start: {on: deal.created}
stop: [{on: deal.closed, as: closed}]
steps:
  - {step: first-call, after: 1 business days, task: {channel: call, title: {en: First call, zh: 首次电话}, due_in: 4 business hours}}
  - {step: second-call, after: 2 business days, task: {channel: call, title: {en: Second call, zh: 再次电话}}}
policy: {anchor: previous_actual, on_overdue: wait}
"""
MONDAY, FRIDAY, TICK = (datetime(2026, 11, day, 4, tzinfo=UTC) for day in (2, 6, 4))
PEOPLE, AT_ONCE = 100, 5000


@dataclass(frozen=True)
class Line:
    """One size measured: seconds of wall and CPU."""

    enrolments: int
    ticked: Ticked
    wall: float
    cpu: float
    idle: float
    rows: int
    bare_wall: float
    bare_cpu: float


def main(due: int = 5000, *sizes: int) -> None:
    """The table, on standard output."""
    lines = [_measured(size, due) for size in sizes or (10_000, 100_000)]
    for line in lines:
        print(
            f"{line.enrolments:8,d} enrolments: {line.ticked.tasks:,d} tasks in {line.wall:.2f} s wall, {line.cpu:.2f} s CPU"
            f" ({line.ticked.tasks / line.wall:,.0f} tasks/s); growth {line.cpu / lines[0].cpu:.2f};"
            f" nothing due: {line.idle * 1000:.2f} ms; {line.rows:,d} rows bare: {line.bare_wall:.2f} s wall,"
            f" {line.bare_cpu:.2f} s CPU, ratio {line.wall / line.bare_wall:.1f} wall"
        )


def _measured(size: int, due: int) -> Line:
    with tempfile.TemporaryDirectory() as folder:
        house = _house(Path(folder), size, due)
        file, copy = Path(folder) / "bench.db", Path(folder) / "copy.db"
        house.database.close()
        shutil.copy(file, copy)
        house = open_dealwright(f"sqlite:///{file}", Path(folder) / "rules", lambda: TICK)
        idle, _, _ = _timed(lambda: tick(house, MONDAY))
        transactions = noted(house)
        wall, cpu, ticked = _timed(lambda: tick(house, TICK))
        assert ticked == Ticked(due, due, 0, 0), ticked
        house.database.close()
        rows = sum(len(many_rows) if many else 1 for one in transactions for _, many_rows, many in one)  # type: ignore[arg-type]
        bare_wall, bare_cpu, _ = _timed(lambda: bare(f"sqlite:///{copy}", transactions))
    return Line(size, ticked, wall, cpu, idle, rows, bare_wall, bare_cpu)


def _timed(work: Callable[[], object]) -> tuple[float, float, object]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - wall, time.process_time() - cpu, result


def _house(folder: Path, size: int, due: int) -> Dealwright:
    """A house with two deals that were told, and copies of them: so many due at the tick, the others two days later."""
    rules = folder / "rules"
    rules.mkdir()
    for name, text in (("company", COMPANY), ("calendar", CALENDAR), ("pipeline", PIPELINE), ("cadence", CADENCE)):
        (rules / f"{name}.yaml").write_text(text, encoding="utf-8")
    house = open_dealwright(f"sqlite:///{folder / 'bench.db'}", rules, lambda: TICK)
    record_many(house, [*_people(), _created("due", MONDAY), _created("later", FRIDAY)])
    with house.database.unit(write=True) as unit:
        deals = {deal.id: deal for deal in all_records(unit, Deal)}
        began = {one.deal: one for one in all_records(unit, Enrolment)}
        for kind, records in ((Deal, _deals(deals, size, due)), (Enrolment, _enrolments(began, size, due))):
            rows = [KINDS[kind].row(record) for record in records]
            for start in range(0, len(rows), AT_ONCE):
                unit.insert(KINDS[kind].table, rows[start : start + AT_ONCE])
    return house


def _people() -> Iterator[Event]:
    joined = datetime(2025, 1, 1, tzinfo=UTC)
    for number in range(PEOPLE):
        body = {"name": f"P {number}", "role": "account_executive", "from_on": date(2025, 1, 1)}
        yield Event("person.joined", f"p{number:03d}", "hr", f"p{number}", joined, joined.date(), "", body)


def _created(id: str, at: datetime) -> Event:
    body = {"name": id, "owner": "p000", "pipeline": "standard", "stage": "lead"}
    return Event("deal.created", id, "crm", id, at, at.date(), "p000", body)


def _numbered(size: int, due: int) -> Iterator[tuple[str, str, str]]:
    """(which of the two it is a copy of, its id, its owner); the two count among them."""
    for number in range(size - 2):
        which = "due" if number < due - 1 else "later"
        yield which, f"D-{number * 7919 % (size - 2):07d}", f"p{number % PEOPLE:03d}"


def _deals(told: dict[str, Deal], size: int, due: int) -> Iterator[Deal]:
    for which, id, owner in _numbered(size, due):
        yield replace(told[which], id=id, facts={**told[which].facts, "owner": owner, "name": id})


def _enrolments(told: dict[str, Enrolment], size: int, due: int) -> Iterator[Enrolment]:
    for which, deal, owner in _numbered(size, due):
        id = derived_id("enrolment", "new-lead", deal, "1")
        yield replace(told[which], id=id, deal=deal, owner=owner)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
