"""One answer to several tasks at once, each its own event, and taking it back.

The key of each event is derived from the bulk answer's id and the task, so that pressing twice does nothing; what came of
it is read from the log, so that it can be looked at again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from engine.app.access import NotThere, may
from engine.app.dealwright import Dealwright
from engine.app.intake import event_reader
from engine.app.reading import Around, around
from engine.app.recording import record_many
from engine.app.refusals import Problems, not_done
from engine.app.tasks import undo_until_of
from engine.app.views.bulk import BulkResult, BulkRow
from engine.app.views.users import User
from engine.app.why import notes_of
from engine.app.words import word
from engine.core.events import Event
from engine.core.outcomes import Refused
from engine.core.problems import Place, Problem
from engine.core.records import Task
from engine.core.rules.header import Title
from engine.intake.events import event_from_raw
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.outcomes import OutcomeBook
from engine.store.reading import records_by_id

SOURCE = "bulk"
MOST = 300
"""Tasks of one bulk answer."""

_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_ANSWERS = ("task.completed", "task.snoozed", "task.skipped")


def answer_many(
    dw: Dealwright, bulk: str, ids: Sequence[str], type: str, body: Mapping[str, object], viewer: User
) -> BulkResult:
    """What came of the same answer for each of the tasks. Raises NotThere for an id that no page gave."""
    _check(bulk)
    with dw.database.unit() as unit:
        tasks = {task.id: task for task in records_by_id(unit, Task, list(dict.fromkeys(ids))[:MOST])}
        known = around(unit, {task.deal for task in tasks.values()})
        mine = {id: task for id, task in tasks.items() if _theirs(dw, task, known, viewer)}
        asked = {id: _asked(dw, bulk, id, type, body, viewer) for id in ids if id in mine}
        new = _not_there_yet(unit, asked.values())
    record_many(dw, new)
    unread = [_unread(mine[id], known, type, found) for id, found in asked.items() if not isinstance(found, Event)]
    strange = [
        BulkRow(id, Title(id, id), "", word(type), (not_done("E050", task=id),))
        for id in dict.fromkeys(ids)
        if id not in mine
    ]
    found = bulk_result(dw, bulk, viewer)
    return BulkResult(bulk, (*found.rows, *unread, *strange), not (unread or strange))


def _check(bulk: str) -> None:
    if not _ID.fullmatch(bulk):
        raise NotThere(bulk)


def _theirs(dw: Dealwright, task: Task, known: Around, viewer: User) -> bool:
    return may(viewer, "task.work", known.belongs([task.owner], dw.now().date()))


def _asked(dw: Dealwright, bulk: str, id: str, type: str, body: Mapping[str, object], viewer: User) -> Event | Problems:
    """The answer to one task as an event, or what is wrong with it."""
    given = {name: value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
             for name, value in body.items() if value not in (None, "")}  # fmt: skip
    ending = ":undo" if type == "task.reopened" else ""
    raw = {"type": type, "subject": id, "key": f"{bulk}:{id}{ending}", "at": dw.now().isoformat(timespec="seconds"),
           "actor": viewer.actor, "body": given}  # fmt: skip
    return event_from_raw(raw, event_reader(dw), SOURCE)


def _not_there_yet(unit: Unit, asked: Iterable[Event | Problems]) -> list[Event]:
    events = [one for one in asked if isinstance(one, Event)]
    there = EventLog(unit).named((event.source, event.key) for event in events)
    return [event for event in events if (event.source, event.key) not in there]


def _unread(task: Task, known: Around, type: str, problems: Problems) -> BulkRow:
    return BulkRow(task.id, Title(*task.title), _customer(task, known), word(type), problems)


def _customer(task: Task, known: Around) -> str:
    deal = known.deals.get(task.deal)
    return known.account_of(deal) or (str(deal.facts.get("name") or deal.id) if deal else "")


def bulk_result(dw: Dealwright, bulk: str, viewer: User) -> BulkResult:
    """What came of the viewer's bulk answer of that id, as the log says it; no rows when there is none."""
    _check(bulk)
    with dw.database.unit() as unit:
        events = [one for one in EventLog(unit).keyed(SOURCE, f"{bulk}:") if one.actor == viewer.actor]
        tasks = {task.id: task for task in records_by_id(unit, Task, {one.subject for one in events})}
        known = around(unit, {task.deal for task in tasks.values()})
        back = {one.subject: one for one in events if one.type == "task.reopened"}
        answers = [one for one in events if one.type in _ANSWERS and one.subject in tasks]
        rows = [_row(dw, unit, one, tasks[one.subject], back.get(one.subject), known, viewer) for one in answers]
    return BulkResult(bulk, tuple(rows))


def _row(
    dw: Dealwright, unit: Unit, event: Event, task: Task, back: Event | None, known: Around, viewer: User
) -> BulkRow:
    """One answer, and what became of it since; a task that has gone to somebody else is theirs to take back."""
    problems, notes = _came_of(dw, unit, event)
    stands = task.answer is not None and task.answer.event == event.id and _theirs(dw, task, known, viewer)
    until = undo_until_of(dw, task) if stands else None
    not_back: Problems = ()
    if back:
        not_back, notes = _came_of(dw, unit, back)
    return BulkRow(
        task.id, Title(*task.title), _customer(task, known), word(event.type), problems, notes, until,
        back.at if back and not not_back else None, not_back,
    )  # fmt: skip


def _came_of(dw: Dealwright, unit: Unit, event: Event) -> tuple[Problems, Title]:
    """Why the event was refused, or what it says beside what it did."""
    found = OutcomeBook(unit).of_event(event.seq)
    refused = [one.outcome for one in found if isinstance(one.outcome, Refused)]
    if refused:
        return tuple(Problem(one.code, Place(""), dict(one.params)) for one in refused), Title()
    said = next((one for one in found if (one.subject_kind, one.subject_id) == ("task", event.subject)), None)
    return (), notes_of(dw, said.cause) if said else Title()


def undo_many(dw: Dealwright, bulk: str, viewer: User) -> BulkResult:
    """What came of taking back whatever of the bulk answer still stands and is in time."""
    standing = [row.task for row in bulk_result(dw, bulk, viewer).rows if row.until]
    asked = [_asked(dw, bulk, id, "task.reopened", {}, viewer) for id in standing]
    with dw.database.unit() as unit:
        new = _not_there_yet(unit, asked)
    record_many(dw, new)
    return bulk_result(dw, bulk, viewer)
