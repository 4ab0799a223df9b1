"""What was decided about an event is kept in the order of deciding, with its cause."""

from dataclasses import replace

from engine.core.money import Money
from engine.core.outcomes import Kept, Outcome
from engine.store.database import Database
from engine.store.event_log import EventLog
from engine.store.outcomes import OutcomeBook
from tests.store.samples import CAUSE, DEAL, NOON, PERSON, RECORDS, TASK, event
from tests.store.test_record_codec import OUTCOMES


def decide(database: Database, *groups: tuple[Outcome, ...]) -> None:
    """Record an event for each group and write its outcomes."""
    with database.unit(write=True) as unit:
        EventLog(unit).append_all([event(number) for number in range(1, len(groups) + 1)], NOON)
        OutcomeBook(unit).write(enumerate(groups, start=1))


def test_outcomes_come_back_in_the_order_in_which_they_were_decided(database: Database) -> None:
    kept = Kept("won", replace(DEAL, status="won"), CAUSE)
    decide(database, (kept, *OUTCOMES), (Kept("made", TASK, replace(CAUSE, event="crm/2")),))
    with database.unit() as unit:
        book = OutcomeBook(unit)
        first, *rest = book.of_event(1)
        assert [one.number for one in (first, *rest)] == [1, 2, 3, 4, 5, 6]
        assert (first.kind, first.what, first.subject_kind, first.subject_id) == ("kept", "won", "deal", "D-1")
        assert (first.cause, first.outcome) == (CAUSE, None)
        assert first.then["status"] == "won"
        assert [one.outcome for one in rest] == list(OUTCOMES)
        assert [one.kind for one in rest] == ["withdrawn", "refused", "overridden", "told", "passed"]
        assert [one.what for one in rest] == ["", "E010", "", "", "step"]
        assert all(one.cause == CAUSE for one in rest)
        assert [(one.event_seq, one.number) for one in book.of_deal("D-1")] == [(1, 1), (1, 4), (1, 5), (2, 1)]
        assert [one.cause.event for one in book.about("task-1")] == ["crm/2"]
        assert book.of_event(3) == ()


def test_every_class_of_record_can_be_kept_and_shows_what_it_was(database: Database) -> None:
    decide(database, tuple(Kept("set", record, CAUSE) for record in RECORDS))
    with database.unit() as unit:
        found = {one.subject_kind: one for one in OutcomeBook(unit).of_event(1)}
    assert {kind: one.subject_id for kind, one in found.items()} == {
        type(record).__name__.lower(): record.id for record in RECORDS
    }
    assert found["credit"].then["amount"] == Money(700, "CNY")
    assert found["task"].then["due_at"] == TASK.due_at
    assert found["person"].then == {"name": PERSON.name}
    assert found["quota"].deal == "" and found["task"].deal == "D-1"


def test_causes_that_are_equal_but_not_the_same_object_are_kept_apart(database: Database) -> None:
    kept = tuple(Kept("made", TASK, replace(CAUSE, rule=f"r{number}")) for number in range(50))
    decide(database, kept)
    with database.unit() as unit:
        assert [one.cause.rule for one in OutcomeBook(unit).of_event(1)] == [f"r{number}" for number in range(50)]
