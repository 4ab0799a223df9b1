"""Booking what a payee gave back outside of their pay: one person books it, another approves, then it is posted."""

from datetime import date

from engine.app.dealwright import Dealwright
from engine.app.earnings import find_payee
from engine.app.estimate_questions import read_amount, today_of
from engine.app.exporting import open_period
from engine.app.payouts import Step
from engine.app.refusals import not_done, refusal_problem
from engine.core.incentives.ledger import LedgerEntry, Refusal
from engine.core.incentives.repayments import (
    Repayment,
    decided,
    entry_of,
    owed,
    propose,
    propose_taking_back,
    taking_back,
)
from engine.core.money import Money
from engine.core.periods import Period, parse_period, period_of
from engine.core.problems import Problem
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook
from engine.store.repayments import RepaymentBook


def book(dw: Dealwright, payee: str, amount: str, reference: str, received_on: str, note: str, actor: str) -> Step:
    """A repayment booked, to be approved by somebody else; the earlier booking when it is the same again.

    A bare amount is in the company's currency; without a day it came in today.
    """
    asked = read_amount(amount, dw.rulebook.company.currency)
    day = _day(dw, received_on)
    wrong = tuple(one for one in (asked, day) if isinstance(one, Problem))
    if isinstance(asked, Problem) or isinstance(day, Problem):
        return Step("", problems=wrong)
    new = Repayment("", payee.strip(), asked, reference.strip(), day, note.strip(), actor, dw.now())
    return dw.database.run(lambda unit: _book(dw, unit, new))


def decide(dw: Dealwright, id: str, state: str, actor: str) -> Step:
    """A repayment that waits is posted, by somebody who did not book it, or declined."""
    return dw.database.run(lambda unit: _decide(dw, unit, id, state, actor))


def take_back(dw: Dealwright, id: str, note: str, actor: str) -> Step:
    """A posted repayment that was a mistake: booked to be undone, which somebody else approves."""
    return dw.database.run(lambda unit: _take_back(dw, unit, id, note.strip(), actor))


def _day(dw: Dealwright, text: str) -> date | Problem:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else today_of(dw)
    except ValueError:
        return not_done("E152", text=text)


def _book(dw: Dealwright, unit: Unit, new: Repayment) -> Step:
    if find_payee(unit, new.payee) is None:
        return Step("", problems=(not_done("E171", payee=new.payee),))
    known = RepaymentBook(unit).of_payee(new.payee)
    kept = propose(new, known, _owed(unit, new.payee, new.amount.currency), today_of(dw))
    return _kept(dw, unit, kept, known)


def _kept(dw: Dealwright, unit: Unit, kept: Repayment | Refusal, known: tuple[Repayment, ...]) -> Step:
    """What was proposed is written down, once."""
    if isinstance(kept, Refusal):
        return Step("", problems=(refusal_problem(kept),))
    if all(one.id != kept.id for one in known):
        RepaymentBook(unit).add(kept)
        _audit(dw, unit, kept, kept.made_by)
    return Step(kept.id, kept.state)


def _take_back(dw: Dealwright, unit: Unit, id: str, note: str, actor: str) -> Step:
    old = RepaymentBook(unit).find(id)
    if old is None:
        return Step(id, problems=(not_done("E170", repayment=id),))
    known = RepaymentBook(unit).of_payee(old.payee)
    return _kept(dw, unit, propose_taking_back(old, known, actor, dw.now(), note), known)


def _decide(dw: Dealwright, unit: Unit, id: str, state: str, actor: str) -> Step:
    one = RepaymentBook(unit).find(id)
    if one is None:
        return Step(id, problems=(not_done("E170", repayment=id),))
    done = decided(one, state, actor, dw.now(), _owed(unit, one.payee, one.amount.currency))
    if isinstance(done, Refusal):
        return Step(one.id, one.state, (refusal_problem(done),))
    entry = _posted(dw, unit, done) if state == "posted" else None
    RepaymentBook(unit).decide(one.id, state, actor, dw.now(), entry.id if entry else "")
    _audit(dw, unit, done, actor)
    return Step(one.id, state)


def _posted(dw: Dealwright, unit: Unit, one: Repayment) -> LedgerEntry:
    """The entry of an approved repayment, posted in the open period."""
    of = period_of(one.received_on, dw.rulebook.company.pay_period, dw.rulebook.company)
    period = _open(dw, unit, of)
    entry = taking_back(one, _entry_undone(unit, one), period) if one.takes_back else entry_of(one, of.id, period)
    LedgerBook(unit).post([entry], dw.now())
    return entry


def _entry_undone(unit: Unit, one: Repayment) -> LedgerEntry:
    old = RepaymentBook(unit).find(one.takes_back)
    posted = LedgerBook(unit).find(old.entry) if old else None
    if posted is None:
        raise LookupError(f"the repayment {one.takes_back} that is taken back has no ledger entry")
    return posted.entry


def _open(dw: Dealwright, unit: Unit, of: Period) -> str:
    """The first open period that ends after the repayment's begins; never one before what the books know."""
    book = PeriodBook(unit)
    there = next((one.id for one in book.open_ones() if one.until_on > of.start), "")
    if there:
        return there
    last = max((parse_period(one.id, dw.rulebook.company) for one in book.all()), key=lambda one: one.start, default=of)
    return open_period(dw, unit, max(last, of, key=lambda one: one.start).id)


def _owed(unit: Unit, payee: str, currency: str) -> Money:
    return owed((posted.entry for posted in LedgerBook(unit).of_payee(payee)), currency)


def _audit(dw: Dealwright, unit: Unit, one: Repayment, actor: str) -> None:
    told = {"payee": one.payee, "amount": one.amount, "reference": one.reference, "takes_back": one.takes_back}
    AuditTrail(unit).write(dw.now(), actor, f"repayment.{one.state}", one.id, told)
