"""Does deciding everything again from the log lead to the same? Each event by the rules that decided it then."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path
from typing import get_args

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record_many
from engine.app.rules_in_force import with_former
from engine.core.events import Event
from engine.core.records import Record
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.loading import load_texts
from engine.store.database import open_database
from engine.store.event_log import EventLog
from engine.store.migrations import upgrade
from engine.store.reading import all_records
from engine.store.releases import ReleaseBook
from engine.store.rules_used import RulesUsed
from engine.store.working_set import WorkingSet

REPLAYED: tuple[type[Record], ...] = get_args(Record)
"""What a replay compares: every class of record."""


@dataclass(frozen=True, slots=True)
class Span:
    """Events of the log from a number on, up to but not with another (None: to the end), and the rules that decided them."""

    from_seq: int
    until_seq: int | None
    fingerprint: str


def replay(dw: Dealwright) -> tuple[tuple[str, int, int], ...]:
    """Every record decided again from the log in a database of its own: (kind, how many, how many differ).

    Events go by the release that decided them. Where its text is no longer to be had (`lost_rules`), by the house's rules.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'replay.db'}")
        upgrade(database)
        again = replace(dw, database=database, working=WorkingSet())
        for span in spans(dw):
            again = _under(dw, again, span)
            for events in _portions(dw, span):
                record_many(again, events)
        found = tuple(_compared(dw, again, kind) for kind in REPLAYED)
        database.close()
    return found


def spans(dw: Dealwright) -> tuple[Span, ...]:
    """The log in the order of its events, cut where other rules took over."""
    with dw.database.unit() as unit:
        used = RulesUsed(unit).all() or ((1, dw.rulebook.fingerprint),)
    first = used if used[0][0] == 1 else ((1, used[0][1]), *used)
    return tuple(Span(one[0], two[0] if two else None, one[1]) for one, two in pairwise(chain(first, [None])) if one)


def lost_rules(dw: Dealwright) -> tuple[str, ...]:
    """The fingerprints of rules that decided something here, are not those of the house and were never released."""
    with dw.database.unit() as unit:
        known = {release.fingerprint for release in ReleaseBook(unit).all()} | {dw.rulebook.fingerprint}
    return tuple(sorted({span.fingerprint for span in spans(dw)} - known))


def _under(dw: Dealwright, again: Dealwright, span: Span) -> Dealwright:
    """The house of the replay with the rules of the span, and the versions by which its enrolments still go."""
    rulebook = _rules(dw, span.fingerprint)
    if rulebook is None:
        return again
    rulebook = with_former(dw.database, rulebook, again.database)
    return replace(again, rulebook=rulebook, matcher=matcher_for(rulebook), working=WorkingSet())


def _rules(dw: Dealwright, fingerprint: str) -> Rulebook | None:
    """The rules of that fingerprint; None when they are nowhere."""
    if fingerprint == dw.rulebook.fingerprint:
        return dw.rulebook
    with dw.database.unit() as unit:
        book = ReleaseBook(unit)
        release = book.by_fingerprint(fingerprint)
        texts = {file.path: file.text for file in book.files(release.seq)} if release else {}
    return load_texts(texts).rulebook if texts else None


def _portions(dw: Dealwright, span: Span) -> Iterator[tuple[Event, ...]]:
    """The events of the span, so many at once, as if nobody had numbered them."""
    seq = span.from_seq - 1
    while True:
        with dw.database.unit() as unit:
            found = EventLog(unit).after(seq, 2000)
        events = [event for event in found if span.until_seq is None or event.seq < span.until_seq]
        if events:
            yield tuple(replace(event, seq=0) for event in events)
        if not events or len(events) < len(found):
            return
        seq = events[-1].seq


def _compared(one: Dealwright, other: Dealwright, kind: type[Record]) -> tuple[str, int, int]:
    """How many records of the class there are on either side, and how many are not the same."""
    with one.database.unit() as unit:
        was = {record.id: record for record in all_records(unit, kind)}
    with other.database.unit() as unit:
        now = {record.id: record for record in all_records(unit, kind)}
    ids = was.keys() | now.keys()
    return kind.__name__.lower(), len(ids), sum(was.get(id) != now.get(id) for id in ids)
