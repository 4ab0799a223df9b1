"""Killed at any statement, and delivered again, the database ends as if nothing had happened."""

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event as hook
from sqlalchemy import text

from engine.core.incentives.ledger import LedgerEntry
from engine.core.outcomes import Kept, Told
from engine.store.audit import AuditTrail
from engine.store.database import Database, Unit, open_database
from engine.store.event_log import Appended, EventLog
from engine.store.ledger_book import LedgerBook
from engine.store.outbox import Outbox
from engine.store.outcomes import OutcomeBook
from engine.store.periods import PeriodBook
from engine.store.quarantine import Quarantine
from engine.store.runs import RunBook
from engine.store.state import SqlState
from engine.store.tables import metadata
from tests.store.samples import CAUSE, CREDIT, ENTRY, LINE, NOON, PERIOD, RUN, TASK, deal, event

GROUPS = tuple(tuple(event(3 * group + number) for number in range(3)) for group in range(3))
POINTS = 50


def record(unit: Unit, group: tuple[Any, ...]) -> None:
    """What the shell does with a group: log, records, outcomes, messages, quarantine, all in one unit."""
    state, log = SqlState(unit), EventLog(unit)
    new = [result.event for result in log.append_all(group, NOON) if isinstance(result, Appended)]
    state.preload_events(new)
    for one in new:
        if one.seq % 4 == 0:
            Quarantine(unit).put(one.seq, "E020", {}, "deal:D-99", NOON)
            continue
        made = [
            Kept("opened", deal(int(one.key)), CAUSE),
            Kept("made", replace(TASK, id=f"t-{one.key}", deal=one.subject), CAUSE),
        ]
        credit = replace(CREDIT, id=f"c-{one.key}", deal=one.subject, event=one.id)
        told = Told(f"m-{one.key}", "ana", "hello", one.subject, CAUSE)
        for outcome in (*made, Kept("credited", credit, CAUSE)):
            state.keep(outcome.record)
        OutcomeBook(unit).write([(one.seq, (*made, Kept("credited", credit, CAUSE), told))])
        Outbox(unit).put([(one.seq, told)], NOON)
    state.flush()


def pay(unit: Unit) -> None:
    """A run from draft to posted, once: what is there already is left as it is."""
    PeriodBook(unit).add(PERIOD)
    book = RunBook(unit)
    if book.find(RUN.id) is None:
        book.save_draft(RUN, [ENTRY], [LINE])
    if book.approve(RUN.id, "boss", NOON):
        AuditTrail(unit).write(NOON, "boss", "run.approved", RUN.id)
    entries: tuple[LedgerEntry, ...] = book.entries(RUN.id)
    if book.mark_posted(RUN.id, "fay", NOON):
        LedgerBook(unit).post([*entries], NOON)


STEPS: tuple[Callable[[Unit], None], ...] = (*(lambda unit, group=group: record(unit, group) for group in GROUPS), pay)  # type: ignore[misc]


def deliver(database: Database) -> None:
    """Everything, in its order; what was delivered before changes nothing."""
    for step in STEPS:
        database.run(step)


def contents(database: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    with database.unit() as unit:
        return {table.name: unit.rows(table.select().order_by(*table.primary_key)) for table in metadata.sorted_tables}


def watch(database: Database, action: Callable[[], None]) -> None:
    """Do the action before and after every statement and on both sides of every commit."""
    hook.listen(database.engine, "before_cursor_execute", lambda *_: action())
    hook.listen(database.engine, "after_cursor_execute", lambda *_: action())
    hook.listen(database.engine, "commit", lambda *_: action())


def killed_at(point: int, file: Path) -> bool:
    """Deliver in a child that is killed at that moment; True when it was."""
    child = os.fork()
    if not child:
        database, left = open_database(f"sqlite:///{file}"), [point]

        def kill() -> None:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            watch(database, kill)
            deliver(database)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_killed_at_any_of_fifty_moments_and_delivered_again_nothing_is_lost_or_doubled(
    fresh_file: Path, own_folder: Path
) -> None:
    reference = open_database(f"sqlite:///{shutil.copy(fresh_file, own_folder / 'reference.db')}")
    moments: list[int] = []
    watch(reference, lambda: moments.append(1))
    deliver(reference)
    total, expected = len(moments), contents(reference)
    assert len(expected["events"]) == 9 and len(expected["quarantine"]) == 2 and len(expected["ledger_entries"]) == 1
    points = sorted({1 + number * (total - 1) // (POINTS - 1) for number in range(POINTS)})
    assert len(points) == POINTS <= total
    for point in points:
        file = Path(shutil.copy(fresh_file, own_folder / "killed.db"))
        assert killed_at(point, file), f"moment {point} of {total}"
        database = open_database(f"sqlite:///{file}")
        deliver(database)
        assert contents(database) == expected, f"killed at moment {point} of {total}"
        with database.unit() as unit:
            assert EventLog(unit).verify() is LedgerBook(unit).verify() is AuditTrail(unit).verify() is None
            assert unit.value(text("PRAGMA integrity_check")) == "ok"
        database.close()
        for left in own_folder.glob("killed.db*"):
            left.unlink()
