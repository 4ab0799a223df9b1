"""The list of receivables: what each payee owes apart from pay, how old it is, what came back and what waits."""

from collections.abc import Iterable, Sequence
from datetime import date

from engine.app.access import may, may_approve
from engine.app.dealwright import Dealwright
from engine.app.estimate_questions import today_of
from engine.app.reading import Around, around
from engine.app.views.receivables import ClaimRow, OwedBack, ReceivableRow, Receivables, RepaymentRow
from engine.app.views.users import User
from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.payouts import SET_APART
from engine.core.incentives.repayments import Claim, Repayment, claims, owed, waiting_sum
from engine.core.money import Money
from engine.store.database import Unit
from engine.store.ledger_book import LedgerBook
from engine.store.repayments import RepaymentBook
from engine.store.runs import RunBook

_REPAID = ("repaid", "repaid_undone")


def receivables(dw: Dealwright, viewer: User) -> Receivables:
    """All of it, for somebody who may see it."""
    with dw.database.unit() as unit:
        known, today, book = around(unit), today_of(dw), RepaymentBook(unit)
        owing = LedgerBook(unit).payees_with(SET_APART)
        rows = tuple(row for payee in owing for row in _rows(dw, unit, payee, known, today))
        waiting = tuple(_repayment(unit, one, known, viewer) for one in book.all(state="proposed"))
        decided = tuple(_repayment(unit, one, known, viewer) for one in book.all() if one.state != "proposed")
    currencies = sorted({row.owed.currency for row in rows})
    totals = tuple(Money.total((row.owed for row in rows if row.owed.currency == each), each) for each in currencies)
    return Receivables(rows, totals, waiting, decided, today)


def owed_back(entries: Iterable[LedgerEntry], so_far: Iterable[LedgerEntry]) -> tuple[OwedBack, ...]:
    """For a payee's page, by currency: what they owe at the period's end, and what the period took and got back."""
    own, all_of_it = _apart(entries), _apart(so_far)
    currencies = sorted({entry.amount.currency for entry in all_of_it})
    return tuple(OwedBack(owed(all_of_it, each), *_moved(own, each)) for each in currencies)


def _apart(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    return [entry for entry in entries if entry.reason in SET_APART]


def _moved(entries: Sequence[LedgerEntry], currency: str) -> tuple[Money, Money]:
    """What was taken back to be owed, and what was given back."""
    repaid = -owed((entry for entry in entries if entry.reason in _REPAID), currency)
    return owed(entries, currency) + repaid, repaid


def _rows(dw: Dealwright, unit: Unit, payee: str, known: Around, today: date) -> Iterable[ReceivableRow]:
    """A row for each currency in which the payee ever owed something."""
    posted = [(one.entry, one.posted_at.astimezone(dw.zone).date()) for one in LedgerBook(unit).of_payee(payee)]
    apart = _apart(entry for entry, _ in posted)
    for currency in sorted({entry.amount.currency for entry in apart}):
        found = claims(posted, currency)
        since = min((claim.since for claim in found if claim.open.minor > 0), default=None)
        waiting = waiting_sum(RepaymentBook(unit).of_payee(payee), currency)
        yield ReceivableRow(
            payee, known.person(payee), *_moved(apart, currency), owed(apart, currency), waiting, since,
            (today - since).days if since else 0, tuple(_claim(unit, claim, today) for claim in found),
        )  # fmt: skip


def _claim(unit: Unit, claim: Claim, today: date) -> ClaimRow:
    line = RunBook(unit).line(claim.line)
    days = (today - claim.since).days
    return ClaimRow(
        claim.line, line.deal if line else "", claim.earned_period, claim.since, days, claim.taken, claim.open
    )


def _repayment(unit: Unit, one: Repayment, known: Around, viewer: User) -> RepaymentRow:
    entry = LedgerBook(unit).find(one.entry) if one.entry else None
    later = [other for other in RepaymentBook(unit).of_payee(one.payee) if other.takes_back == one.id]
    undone = any(other.state == "posted" for other in later)
    waits, posted = one.state == "proposed", one.state == "posted" and not one.takes_back
    mine, others = may(viewer, "repayment.book"), viewer.actor != one.payee
    return RepaymentRow(
        one.id, one.payee, known.person(one.payee), one.amount, one.reference, one.received_on, one.note, one.state,
        one.made_at, known.person(one.made_by), known.person(one.decided_by), one.takes_back, undone,
        entry.entry.posted_period if entry else "",
        waits and others and may_approve(viewer, one.made_by, "repayment.approve"), waits and others and mine,
        posted and not undone and others and mine and not any(other.state == "proposed" for other in later),
    )  # fmt: skip
