"""Payout runs: calculate what is owed beyond what was posted, approve, post. Each step is one transaction.

Everything is recomputed from credits and rules, and only the difference is posted, so calculating twice posts nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.app.dealwright import Dealwright
from engine.app.refusals import Problems, not_done, refusal_problem
from engine.core.formulas import EvaluationError
from engine.core.incentives import payouts as core
from engine.core.incentives.adjustments import DealProgress, progress_of
from engine.core.incentives.ledger import LedgerEntry, Refusal
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.owed import Books, owed
from engine.core.incentives.payees import Payee
from engine.core.incentives.payouts import PayoutRun, Posted
from engine.core.money import Money
from engine.core.periods import Period, parse_period
from engine.core.problems import Place, Problem
from engine.core.records import Credit, Deal, Partner, Person, Receipt
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook, PostingPeriod
from engine.store.queries.finding import find
from engine.store.queries.pay import credits_of, grants_of, quotas_of, receipts_of
from engine.store.reading import all_records, records_by_id
from engine.store.runs import RunBook
from engine.store.state import records_version


@dataclass(frozen=True, slots=True)
class Calculated:
    """A draft run. `payees` counts those for whom anything changed; `unpaid` says for whom nothing could be computed."""

    id: str
    payees: int
    totals: tuple[Money, ...]
    unpaid: Problems = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run or period: its id and the state it is now in, or the problems that stood in the way."""

    id: str
    state: str = ""
    problems: Problems = ()


def calculate(dw: Dealwright, period: str, actor: str) -> Calculated | Problems:
    """A draft run for the period, in place of an earlier draft; or why there can be none."""
    return dw.database.run(lambda unit: _calculate(dw, unit, period, actor))


def _calculate(dw: Dealwright, unit: Unit, text: str, actor: str) -> Calculated | Problems:
    period = posting_period(dw, text)
    if isinstance(period, Problem):
        return (period,)
    refused = _not_now(unit, period)
    if refused:
        return (refused,)
    PeriodBook(unit).add(PostingPeriod(period.id, period.start, period.end, "open"))
    lines, unpaid = _owed_to_all(dw, unit, period.last_on)
    run, watermark = RunBook(unit), records_version(unit)
    posted = _posted(unit, {problem.params["payee"] for problem in unpaid})
    last = run.last_posted()
    entries = core.differences(lines, posted, period.id)
    draft, named = core.draft_run(period.id, last[0].id if last else "", entries, dw.rulebook.fingerprint, actor, dw.now())
    for earlier in run.all(state="draft"):
        run.discard(earlier.id)
    run.save_draft(draft, named, _worth_keeping(lines, posted, named), watermark)
    AuditTrail(unit).write(dw.now(), actor, "run.calculated", draft.id, {"period": period.id})
    payable = tuple(total for name, total in draft.totals if name == "held>payable")
    return Calculated(draft.id, len({entry.payee for entry in named}), payable, unpaid)


def posting_period(dw: Dealwright, text: str) -> Period | Problem:
    """The period of the books with that name, or the problem that there is none."""
    kind = dw.rulebook.company.pay_period
    problem = not_done("E100", period=text, kind=kind)
    try:
        period = parse_period(text, dw.rulebook.company)
    except EvaluationError:
        return problem
    return period if period.kind == kind else problem


def _not_now(unit: Unit, period: Period) -> Problem | None:
    """Why this period cannot be calculated now, or None."""
    close = PeriodBook(unit).close_of(period.id)
    if close:
        return not_done("E101", period=period.id, closed_on=close.made_at.date().isoformat())
    runs = RunBook(unit)
    waiting = runs.all(state="approved", limit=1)
    if waiting:
        return not_done("E103", run=waiting[0].id[:12], period=waiting[0].period)
    last = runs.last_posted()
    if last and last[0].period > period.id:
        return not_done("E102", period=period.id, last=last[0].period)
    return None


def _owed_to_all(dw: Dealwright, unit: Unit, as_of: date) -> tuple[list[EarningLine], Problems]:
    """The lines of everybody; a payee for whom a rule lacks something is left as posted, in sight."""
    credits, grants, quotas = credits_of(unit), grants_of(unit), quotas_of(unit)
    progress = progress_by_deal(unit, {*(credit.deal for credit in credits), *(grant.deal for grant in grants)})
    payees: tuple[Payee, ...] = (*all_records(unit, Person), *all_records(unit, Partner))
    own = _by_payee(credits)
    lines: list[EarningLine] = []
    unpaid: list[Problem] = []
    for payee in payees:
        books = Books(own.get(payee.id, ()), grants, [q for q in quotas if q.person == payee.id], progress)
        try:
            lines += owed(dw.rulebook, payee, books, as_of)
        except EvaluationError as error:
            unpaid.append(Problem(error.code, error.place or Place(payee.id), {"payee": payee.id, **error.params}))
    return lines, tuple(unpaid)


def _by_payee(credits: Iterable[Credit]) -> Mapping[str, list[Credit]]:
    found: dict[str, list[Credit]] = {}
    for credit in credits:
        found.setdefault(credit.payee, []).append(credit)
    return found


def progress_by_deal(unit: Unit, deals: set[str]) -> Mapping[str, DealProgress]:
    """By deal, what releases wait for."""
    receipts: dict[str, list[Receipt]] = {}
    for receipt in receipts_of(unit, deals):
        receipts.setdefault(receipt.deal, []).append(receipt)
    return {deal.id: progress_of(deal, receipts.get(deal.id, ())) for deal in records_by_id(unit, Deal, deals)}


def _posted(unit: Unit, without: set[str]) -> dict[str, Posted]:
    """What was posted for each line so far, of everybody but those who could not be computed."""
    return {key: posted for key, posted in LedgerBook(unit).posted().items() if posted.payee not in without}


def _worth_keeping(
    lines: Iterable[EarningLine], posted: Mapping[str, Posted], entries: Iterable[LedgerEntry]
) -> list[EarningLine]:
    """The lines that say something new: they move money, or were never posted (a gate not met earns nothing, in sight)."""
    moved = {entry.line for entry in entries}
    return [line for line in lines if line.key in moved or line.key not in posted]


def approve(dw: Dealwright, run: str, actor: str) -> Step:
    """Draft becomes approved, by somebody who did not make it."""
    return dw.database.run(lambda unit: _advance(dw, unit, run, actor, "approved"))


def post(dw: Dealwright, run: str, actor: str) -> Step:
    """Approved becomes posted: its entries are in the ledger for ever."""
    return dw.database.run(lambda unit: _advance(dw, unit, run, actor, "posted"))


def _advance(dw: Dealwright, unit: Unit, id: str, actor: str, state: str) -> Step:
    runs = RunBook(unit)
    run = find_run(unit, id)
    if run is None:
        return Step(id, problems=(not_done("E104", run=id),))
    entries = runs.entries(run.id)
    done = core.approve(run, actor, dw.now()) if state == "approved" else core.post(run, entries, actor, dw.now())
    if isinstance(done, Refusal):
        return Step(run.id, run.state, (refusal_problem(done),))
    if state == "approved":
        runs.approve(run.id, actor, dw.now())
    else:
        runs.mark_posted(run.id, actor, dw.now())
        LedgerBook(unit).post(entries, dw.now())
    AuditTrail(unit).write(dw.now(), actor, f"run.{state}", run.id, {"period": run.period, "contents": run.contents})
    return Step(run.id, state)


def find_run(unit: Unit, id: str) -> PayoutRun | None:
    """The run of that id, or the only one whose id begins so."""
    found = find(unit, id, kinds=("run",), limit=2)
    return RunBook(unit).find(found[0].id) if len(found) == 1 else None
