"""Published cases of delivery: the same event again, at the same time, or after a failure."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest

from engine.app.dealwright import Dealwright
from engine.app.recording import record
from engine.core.records import Task
from engine.store.database import open_database
from engine.store.event_log import EventLog
from engine.store.outcomes import OutcomeBook
from engine.store.reading import all_records
from tests.app_house import STAFF, at, event, house, open_on, tell

LEAD = event("deal.created", "D-1", "2026-03-02 10:00", owner="chen-wei", channel="direct", kind="new")


@contextmanager
def staffed() -> Iterator[tuple[Dealwright, Path]]:
    """A house with its staff, and where it is kept."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "house.db"
        dw = house(path, at("2026-03-02 12:00"))
        tell(dw, *STAFF)
        yield dw, path
        dw.database.close()


def kept(dw: Dealwright) -> tuple[int, int]:
    """How often the lead stands in the log, and how many tasks there are."""
    with dw.database.unit() as unit:
        return len(EventLog(unit).of_subject("D-1")), len(list(all_records(unit, Task)))


def _a_second_delivery_does_nothing_and_a_failed_one_is_done_by_the_next(_: Any) -> None:
    with staffed() as (dw, _path):
        with (
            patch.object(OutcomeBook, "write", side_effect=RuntimeError("the disk is full")),
            pytest.raises(RuntimeError),
        ):
            record(dw, LEAD)
        assert kept(dw) == (0, 0)
        assert [record(dw, LEAD).status for _ in range(2)] == ["recorded", "repeated"]
        assert kept(dw) == (1, 1)


def _at_the_same_time_exactly_one_is_processed(_: Any) -> None:
    with staffed() as (dw, path):
        doors = [open_on(open_database(f"sqlite:///{path}"), at("2026-03-02 12:00")) for _ in range(4)]
        with ThreadPoolExecutor(len(doors)) as pool:
            found = Counter(pool.map(lambda door: record(door, LEAD).status, doors))
        for door in doors:
            door.database.close()
        assert (found, kept(dw)) == (Counter(recorded=1, repeated=3), (1, 1))


DELIVERY_CASES: dict[str, Callable[[Any], None]] = {
    "TSK-20": _a_second_delivery_does_nothing_and_a_failed_one_is_done_by_the_next,
    "TSK-21": _at_the_same_time_exactly_one_is_processed,
}
