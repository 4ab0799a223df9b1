"""Payout runs: a draft is approved by somebody else, then posted. Each step is one transaction."""

from dataclasses import dataclass

from engine.app.dealwright import Dealwright
from engine.app.refusals import Problems, not_done, refusal_problem
from engine.core.incentives import payouts as core
from engine.core.incentives.ledger import Refusal
from engine.core.incentives.payouts import PayoutRun
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.ledger_book import LedgerBook
from engine.store.queries.finding import find
from engine.store.runs import RunBook


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run or period: its id and the state it is now in, or the problems that stood in the way."""

    id: str
    state: str = ""
    problems: Problems = ()


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
