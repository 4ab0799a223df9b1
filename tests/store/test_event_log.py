"""An event is recorded once for ever: repeated is known, changed is refused and noted, tampering is found."""

import multiprocessing
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.core.events import Event
from engine.core.money import Money
from engine.store.audit import AuditTrail
from engine.store.chains import Break, Head
from engine.store.database import Database, open_database
from engine.store.event_log import Appended, Conflicting, EventLog, Recorded, Repeated
from tests.store.samples import FACTS, NOON, event

LATER = NOON + timedelta(days=40)


def append(database: Database, *events: Event) -> tuple[Recorded, ...]:
    """What became of the events, recorded in one unit."""
    return database.run(lambda unit: EventLog(unit).append_all(events, NOON))


def test_an_event_comes_back_as_it_was_sent_with_its_place(database: Database) -> None:
    sent = event(1, body=FACTS, mode="history")
    (result,) = append(database, sent)
    assert result == Appended(replace(sent, seq=1))
    with database.unit() as unit:
        assert EventLog(unit).find("crm", "1") == replace(sent, seq=1)
        assert EventLog(unit).find("crm", "2") is None
        assert EventLog(unit).find("erp", "1") is None


def test_numbers_have_no_gap_whatever_was_refused_in_between(database: Database) -> None:
    append(database, event(1), event(1), event(2))
    with pytest.raises(RuntimeError), database.unit(write=True) as unit:
        EventLog(unit).append(event(3), NOON)
        raise RuntimeError
    append(database, event(1, actor="other"), event(4))
    with database.unit() as unit:
        assert [one.seq for one in EventLog(unit).after(0)] == [1, 2, 3]
        assert [one.key for one in EventLog(unit).after(1)] == ["2", "4"]
        assert EventLog(unit).head().seq == 3
        assert EventLog(unit).verify() is None


def test_the_same_again_is_repeated_whenever_it_comes_and_however_it_is_taken(database: Database) -> None:
    append(database, event(1))
    again = event(1, mode="history", on=event(1).on + timedelta(days=1))
    assert database.run(lambda unit: EventLog(unit).append(again, LATER)) == Repeated(again, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"body": {"amount": Money(2, "CNY")}},
        {"body": {}},
        {"type": "deal.won"},
        {"subject": "D-9"},
        {"at": LATER},
        {"actor": "bo"},
    ],
    ids=str,
)
def test_the_same_key_with_another_content_is_refused_and_noted(database: Database, change: dict[str, object]) -> None:
    append(database, event(1))
    other = event(1, **change)
    assert append(database, other) == (Conflicting(other, 1),)
    with database.unit() as unit:
        assert EventLog(unit).after(0) == (replace(event(1), seq=1),)
        (note,) = AuditTrail(unit).entries(action="event.conflict")
        assert (note.subject, note.particulars["seq"], note.particulars["body"]) == ("crm/1", 1, dict(other.body))


def test_the_same_key_of_another_source_is_another_event(database: Database) -> None:
    assert all(isinstance(result, Appended) for result in append(database, event(1), event(1, source="erp")))


def test_twins_inside_one_group_are_told_apart(database: Database) -> None:
    results = append(database, event(1), event(2), event(1), event(2, actor="bo"))
    assert [type(result) for result in results] == [Appended, Appended, Repeated, Conflicting]
    assert [result.seq for result in results[2:]] == [1, 2]  # type: ignore[union-attr]


def test_a_group_larger_than_one_look_up_knows_them_all(database: Database) -> None:
    group = [event(number) for number in range(1, 1201)]
    assert all(isinstance(result, Appended) for result in append(database, *group))
    assert all(isinstance(result, Repeated) for result in append(database, *group))


def test_the_events_of_a_subject_come_in_the_order_in_which_they_happened(database: Database) -> None:
    late = [event(number, subject="D-1", at=NOON - timedelta(hours=number)) for number in (1, 3, 2)]
    append(database, *late, event(9, subject="D-2"), event(8, subject="D-1", type="deal.won"))
    with database.unit() as unit:
        assert [one.key for one in EventLog(unit).of_subject("D-1")] == ["3", "2", "1", "8"]
        assert [one.key for one in EventLog(unit).of_subject("D-1", ("deal.won",))] == ["8"]
        assert [one.key for one in EventLog(unit).of_subject("D-1", until_seq=2)] == ["3", "1"]
        assert [one.key for one in EventLog(unit).at([4, 2])] == ["3", "9"]


def test_a_chain_grows_in_a_writing_unit_only(sqlite: Database) -> None:
    with pytest.raises(RuntimeError, match="writing unit"), sqlite.unit() as unit:
        EventLog(unit).append(event(1), NOON)


def deliver(url: str, order: list[int]) -> None:
    """A worker process: deliver every event of that order, each in a unit of its own."""
    database = open_database(url)
    results = [database.run(lambda unit, n=n: EventLog(unit).append(event(n), NOON)) for n in order]
    assert not any(isinstance(result, Conflicting) for result in results)


def test_eight_processes_that_deliver_the_same_events_leave_each_once(database: Database) -> None:
    fork, url = multiprocessing.get_context("fork"), database.engine.url.render_as_string(hide_password=False)
    orders = [sorted(range(1, 41), key=lambda n, w=worker: (n * 7919 * (w + 1)) % 41) for worker in range(8)]
    workers = [fork.Process(target=deliver, args=(url, order)) for order in orders]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 8
    with database.unit() as unit:
        found = EventLog(unit).after(0)
        assert sorted(int(one.key) for one in found) == list(range(1, 41))
        assert [one.seq for one in found] == list(range(1, 41))
        assert EventLog(unit).verify() is None


TAMPERINGS = (
    "UPDATE events SET body = '{}' WHERE seq = 3",
    "UPDATE events SET actor = 'eve' WHERE seq = 3",
    "UPDATE events SET at = at + 1 WHERE seq = 3",
    "UPDATE events SET day = '2026-03-03' WHERE seq = 3",
    "UPDATE events SET mode = 'history' WHERE seq = 3",
    "UPDATE events SET recorded_at = recorded_at - 1 WHERE seq = 3",
    "UPDATE events SET subject = 'D-9', content_hash = substr(hash, 1, 64) WHERE seq = 3",
    "UPDATE events SET key = 'x' WHERE seq = 3",
    "DELETE FROM events WHERE seq = 3",
    "DELETE FROM events WHERE seq = 5",
    "UPDATE events SET seq = 10 - seq WHERE seq IN (2, 3); UPDATE events SET seq = seq - 5 WHERE seq > 6",
    "INSERT INTO events SELECT 6, source, 'new', type, subject, at, day, actor, mode, recorded_at, body, content_hash,"
    " hash FROM events WHERE seq = 5",
    "UPDATE chain_heads SET hash = '" + "0" * 64 + "' WHERE chain = 'events'",
)


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_with_the_file_is_found(sqlite: Database, sqlite_file: Path, tampering: str) -> None:
    append(sqlite, *(event(number) for number in range(1, 6)))
    sqlite.close()
    with sqlite3.connect(sqlite_file) as intruder:
        intruder.executescript("DROP TRIGGER tr_events_no_update; DROP TRIGGER tr_events_no_delete;" + tampering)
    with sqlite.unit() as unit:
        assert EventLog(unit).verify() is not None


def test_a_missing_event_is_named_as_a_gap(sqlite: Database, sqlite_file: Path) -> None:
    append(sqlite, *(event(number) for number in range(1, 6)))
    sqlite.close()
    with sqlite3.connect(sqlite_file) as intruder:
        intruder.executescript("DROP TRIGGER tr_events_no_delete; DELETE FROM events WHERE seq = 3")
    with sqlite.unit() as unit:
        assert EventLog(unit).verify() == Break("events", 3, "gap")


def test_a_whole_new_chain_is_found_by_an_anchor_only(database: Database) -> None:
    append(database, *(event(number) for number in range(1, 6)))
    with database.unit() as unit:
        anchor = EventLog(unit).head()
        assert EventLog(unit).verify([anchor]) is None
        assert EventLog(unit).verify([Head(5, "0" * 64)]) == Break("events", 5, "anchor")
        assert EventLog(unit).verify([anchor, Head(9, "1" * 64)]) == Break("events", 9, "missing")
        assert EventLog(unit).verify([Head(0, "0" * 64)]) is None


def test_a_chain_that_was_cut_at_its_end_is_found_by_the_head(sqlite: Database, sqlite_file: Path) -> None:
    append(sqlite, *(event(number) for number in range(1, 6)))
    sqlite.close()
    with sqlite3.connect(sqlite_file) as intruder:
        intruder.executescript("DROP TRIGGER tr_events_no_delete; DELETE FROM events WHERE seq > 3")
    with sqlite.unit() as unit:
        assert EventLog(unit).verify() == Break("events", 5, "head")
        assert unit.value(text("SELECT count(*) FROM events")) == 3
