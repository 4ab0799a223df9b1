"""Whole records by class and by id, in one order."""

from dataclasses import replace

from engine.core.records import Person
from engine.store.database import Database
from engine.store.reading import all_records, records_by_id
from engine.store.state import SqlState
from tests.store.samples import PERSON


def test_records_come_by_id_and_unknown_ids_are_left_out(database: Database) -> None:
    people = [replace(PERSON, id=id) for id in ("b", "a", "c")]
    with database.unit(write=True) as unit:
        state = SqlState(unit)
        for person in people:
            state.keep(person)
        state.flush()
        assert [one.id for one in all_records(unit, Person)] == ["a", "b", "c"]
        assert records_by_id(unit, Person, ["c", "x", "a", "c"]) == (people[1], people[2])
        assert records_by_id(unit, Person, []) == ()
