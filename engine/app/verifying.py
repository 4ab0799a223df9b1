"""Is everything as it was written, and does deciding it all again lead to the same? Two commands' worth of proof."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from engine.app.dealwright import Dealwright
from engine.app.recording import record_many
from engine.core.events import Event
from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.repayments import Repayment
from engine.core.records import (
    Account,
    Activity,
    Approval,
    Contact,
    Credit,
    Deal,
    Enrolment,
    Grant,
    Handover,
    Holding,
    Partner,
    Person,
    Quota,
    Receipt,
    Record,
    Registration,
    Score,
    Tally,
    Task,
)
from engine.store.audit import AuditTrail
from engine.store.chains import Head
from engine.store.database import Unit, open_database
from engine.store.event_log import EventLog
from engine.store.exports import ExportBook
from engine.store.ledger_book import LedgerBook
from engine.store.migrations import upgrade
from engine.store.periods import PeriodBook
from engine.store.quarantine import Quarantine
from engine.store.reading import all_records
from engine.store.repayments import RepaymentBook
from engine.store.working_set import WorkingSet

REPLAYED: tuple[type[Record], ...] = (
    Person,
    Account,
    Contact,
    Deal,
    Activity,
    Receipt,
    Partner,
    Registration,
    Quota,
    Score,
    Enrolment,
    Task,
    Credit,
    Grant,
    Handover,
    Holding,
    Tally,
    Approval,
)


_REPAID = ("repaid", "repaid_undone")


def verify(dw: Dealwright) -> tuple[tuple[str, str | None], ...]:
    """For each chain, None when it is whole, else where it breaks; the ledger is held against every close's anchor,
    and repayments against the ledger."""
    with dw.database.unit() as unit:
        closes = PeriodBook(unit).closes()
        anchors = [_anchor(close.manifest, "ledger") for close in closes]
        events = [_anchor(close.manifest, "events") for close in closes]
        found = (
            ("events", EventLog(unit).verify(events)), ("ledger", LedgerBook(unit).verify(anchors)),
            ("audit", AuditTrail(unit).verify()), ("closes", PeriodBook(unit).verify()), ("exports", ExportBook(unit).verify()),
        )  # fmt: skip
        waiting, astray = Quarantine(unit).count(), _repayments_astray(unit)
    chains = tuple((name, f"{broken.fault} at {broken.seq}" if broken else None) for name, broken in found)
    repaid = f"{', '.join(astray)} and the ledger differ" if astray else None
    return (*chains, ("repayments", repaid), ("quarantine", f"{waiting} events wait" if waiting else None))


def _repayments_astray(unit: Unit) -> tuple[str, ...]:
    """Posted repayments that the ledger does not have as they were approved, and such entries that nobody approved."""
    ledger = LedgerBook(unit)
    payees = ledger.payees_with(_REPAID)
    entries = {
        one.entry.id: one.entry for payee in payees for one in ledger.of_payee(payee) if one.entry.reason in _REPAID
    }
    posted = RepaymentBook(unit).all(state="posted", limit=10**9)
    wrong = [one.id for one in posted if not _is_posted(one, entries.get(one.entry))]
    return (*wrong, *sorted(entries.keys() - {one.entry for one in posted}))


def _is_posted(one: Repayment, entry: LedgerEntry | None) -> bool:
    """Whether the entry moves what the repayment says, between the accounts that it must."""
    if entry is None:
        return False
    way = ("payable", "paid") if one.takes_back else ("paid", "payable")
    return (entry.payee, entry.amount, (entry.debit, entry.credit)) == (one.payee, one.amount, way)


def _anchor(manifest: Mapping[str, object], name: str) -> Head:
    """The head of a chain as a close signed it."""
    return Head(int(str(manifest[f"{name}_seq"])), str(manifest[name]))


def replay(dw: Dealwright) -> tuple[tuple[str, int, int], ...]:
    """Every record decided again from the log in a database of its own: (kind, how many, how many differ)."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'replay.db'}")
        upgrade(database)
        again = replace(dw, database=database, working=WorkingSet())
        for events in _portions(dw):
            record_many(again, events)
        found = tuple(_compared(dw, again, kind) for kind in REPLAYED)
        database.close()
    return found


def other_releases(dw: Dealwright) -> tuple[str, ...]:
    """The fingerprints of rules that decided something here and are not those of the house: a replay differs there."""
    with dw.database.unit() as unit:
        causes = [enrolment.cause for enrolment in all_records(unit, Enrolment)]
        causes += [credit.cause for credit in all_records(unit, Credit)]
        causes += [grant.cause for grant in all_records(unit, Grant)]
    return tuple(sorted({cause.release for cause in causes} - {dw.rulebook.fingerprint, ""}))


def _portions(dw: Dealwright) -> Iterator[tuple[Event, ...]]:
    seq = 0
    while True:
        with dw.database.unit() as unit:
            events = EventLog(unit).after(seq, 2000)
        if not events:
            return
        seq = events[-1].seq
        yield tuple(replace(event, seq=0) for event in events)


def _compared(one: Dealwright, other: Dealwright, kind: type[Record]) -> tuple[str, int, int]:
    """How many records of the class there are on either side, and how many are not the same."""
    with one.database.unit() as unit:
        was = {record.id: record for record in all_records(unit, kind)}
    with other.database.unit() as unit:
        now = {record.id: record for record in all_records(unit, kind)}
    ids = was.keys() | now.keys()
    return kind.__name__.lower(), len(ids), sum(was.get(id) != now.get(id) for id in ids)
