"""What cannot be evaluated stays in sight until what it waits for is there."""

from datetime import timedelta

from engine.store.database import Database
from engine.store.event_log import EventLog
from engine.store.quarantine import Quarantine, Quarantined
from tests.store.samples import NOON, event


def test_an_event_waits_until_what_it_waits_for_is_there(database: Database) -> None:
    with database.unit(write=True) as unit:
        EventLog(unit).append_all([event(number) for number in (1, 2, 3)], NOON)
        quarantine = Quarantine(unit)
        quarantine.put(3, "E020", {"deal": "D-7"}, "deal:D-7", NOON)
        quarantine.put(1, "E021", {"person": "ana"}, "person:ana", NOON)
        quarantine.put(2, "E020", {"deal": "D-7"}, "deal:D-7", NOON)
    with database.unit(write=True) as unit:
        quarantine = Quarantine(unit)
        assert quarantine.count() == 3
        assert quarantine.waiting_for(["deal:D-7", "deal:D-8"]) == (2, 3)
        assert quarantine.waiting_for([]) == ()
        assert quarantine.release(2, NOON) is True
        assert quarantine.release(2, NOON) is False
        assert quarantine.waiting_for(["deal:D-7"]) == (3,)
        assert [one.event_seq for one in quarantine.waiting()] == [1, 3]
        assert [one.event_seq for one in quarantine.waiting(after=1)] == [3]
        assert quarantine.waiting(limit=1) == (
            Quarantined(1, "crm/1", "deal.changed", "D-1", "E021", {"person": "ana"}, "person:ana", NOON, 1),
        )


def test_an_event_that_fails_again_keeps_its_first_moment_and_its_newest_reason(database: Database) -> None:
    with database.unit(write=True) as unit:
        EventLog(unit).append(event(1), NOON)
        quarantine = Quarantine(unit)
        quarantine.put(1, "E020", {}, "deal:D-1", NOON)
        quarantine.put(1, "E061", {"measure": "x"}, "", NOON + timedelta(days=1))
        (one,) = quarantine.waiting()
        assert (one.code, one.params, one.waits_for, one.since_at, one.tries) == ("E061", {"measure": "x"}, "", NOON, 2)
        quarantine.release(1, NOON)
        quarantine.put(1, "E020", {}, "deal:D-1", NOON + timedelta(days=2))
        assert quarantine.count() == 1
