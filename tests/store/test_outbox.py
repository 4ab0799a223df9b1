"""A message is there once, is taken by one sender at a time, and comes back when its sender dies."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy.exc import IntegrityError

from engine.core.outcomes import Told
from engine.store.database import Database, DatabaseBusy, Unit
from engine.store.event_log import EventLog
from engine.store.outbox import Message, Outbox
from tests.store.samples import CAUSE, NOON, event
from tests.store.test_database import in_threads

TOLD = [Told(f"m{number}", "ana", "hello", "D-1", CAUSE) for number in range(3)]
Result = TypeVar("Result")
LEASE = timedelta(minutes=5)


def patiently(action: Callable[[], Result]) -> Result:
    """What the action gives once the database is not too busy for it."""
    while True:
        with suppress(DatabaseBusy):
            return action()


@pytest.fixture
def full(database: Database) -> Database:
    """Three messages wait."""
    with database.unit(write=True) as unit:
        EventLog(unit).append(event(1), NOON)
        Outbox(unit).put([(1, TOLD[2])], NOON + timedelta(hours=1))
        Outbox(unit).put([(1, told) for told in TOLD], NOON)
    return database


def test_a_message_is_there_once_and_the_oldest_is_first(full: Database) -> None:
    with full.unit() as unit:
        first, *rest = Outbox(unit).all()
        assert first == Message("m0", 1, "ana", "hello", "D-1", CAUSE, NOON, "waiting", 0, "")
        assert [message.id for message in rest] == ["m1", "m2"]


def test_a_message_is_taken_by_one_sender_until_its_lease_ends(full: Database) -> None:
    with full.unit(write=True, appends=False) as unit:
        assert [message.id for message in Outbox(unit).claim(NOON, lease=LEASE, limit=2)] == ["m0", "m1"]
    with full.unit(write=True, appends=False) as unit:
        assert [message.id for message in Outbox(unit).claim(NOON, lease=LEASE)] == ["m2"]
        assert Outbox(unit).claim(NOON, lease=LEASE) == ()
    with full.unit(write=True, appends=False) as unit:
        assert [message.id for message in Outbox(unit).claim(NOON + LEASE, lease=LEASE)] == ["m0", "m1", "m2"]


def test_four_senders_at_once_take_each_message_once(database: Database) -> None:
    told = [Told(f"m{number:03}", "ana", "hello", "D-1", CAUSE) for number in range(60)]
    with database.unit(write=True) as unit:
        EventLog(unit).append(event(1), NOON)
        Outbox(unit).put([(1, one) for one in told], NOON)
    taken: list[str] = []

    def send() -> None:
        def take(unit: Unit) -> tuple[Message, ...]:
            return Outbox(unit).claim(NOON, limit=4)

        while messages := patiently(lambda: database.run(take, appends=False)):
            taken.extend(message.id for message in messages)

    assert in_threads(4, send) == []
    assert sorted(taken) == [one.id for one in told]


def test_a_sent_message_is_never_taken_again_and_a_failed_one_until_given_up(full: Database) -> None:
    with full.unit(write=True, appends=False) as unit:
        outbox = Outbox(unit)
        outbox.claim(NOON)
        outbox.mark_sent("m0", NOON)
        outbox.mark_failed("m1", "timeout", give_up=False)
        outbox.mark_failed("m2", "no such address", give_up=True)
        (again,) = outbox.claim(NOON)
        assert (again.id, again.tries, again.last_error) == ("m1", 1, "timeout")
        assert [message.id for message in outbox.all("sent")] == ["m0"]
        assert [(message.id, message.last_error) for message in outbox.all("failed")] == [("m2", "no such address")]


def test_a_message_of_no_event_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.unit(write=True) as unit:
        Outbox(unit).put([(1, TOLD[0])], NOON)
