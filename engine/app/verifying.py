"""Is everything as it was written, and does deciding it all again lead to the same? Two commands' worth of proof."""

from collections.abc import Mapping

from engine.app.dealwright import Dealwright
from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.repayments import Repayment
from engine.store.audit import AuditTrail
from engine.store.chains import Head
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.exports import ExportBook
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook
from engine.store.quarantine import Quarantine
from engine.store.repayments import RepaymentBook

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
