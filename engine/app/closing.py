"""Closing a period: the named blockers, the manifest that is signed, and the door shut for ever."""

from collections.abc import Mapping

from engine.app.calculating.calculation import posting_period
from engine.app.dealwright import Dealwright
from engine.app.payouts import Step
from engine.app.refusals import Problems, not_done
from engine.core.periods import Period
from engine.core.problems import Problem
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook
from engine.store.quarantine import Quarantine
from engine.store.runs import RunBook


def close(dw: Dealwright, period: str, actor: str) -> Step:
    """The period closed, signed by `actor` and by whoever calculated its last run; or every blocker at once."""
    return dw.database.run(lambda unit: _close(dw, unit, period, actor))


def _close(dw: Dealwright, unit: Unit, text: str, actor: str) -> Step:
    period = posting_period(dw, text)
    if isinstance(period, Problem):
        return Step(text, problems=(period,))
    problems = blockers(unit, period, actor)
    if problems:
        return Step(period.id, "open", problems)
    run = RunBook(unit).all(period=period.id)[0]
    PeriodBook(unit).close(
        period.id, manifest(unit, period), release=dw.rulebook.fingerprint, made_by=run.made_by, made_at=run.made_at,
        approved_by=actor, approved_at=dw.now(),
    )  # fmt: skip
    AuditTrail(unit).write(dw.now(), actor, "period.closed", period.id)
    return Step(period.id, "closed")


def blockers(unit: Unit, period: Period, actor: str = "") -> Problems:
    """Everything that keeps the period from being closed; without an actor, what does so whoever asks."""
    book, runs = PeriodBook(unit), RunBook(unit)
    found: list[Problem] = []
    closed = book.close_of(period.id)
    if closed:
        return (not_done("E101", period=period.id, closed_on=closed.made_at.date().isoformat()),)
    earlier = [p.id for p in book.open_ones() if p.until_on <= period.start]
    found += [not_done("E107", earlier=id) for id in earlier]
    waiting = Quarantine(unit).count()
    if waiting:
        found.append(not_done("E105", count=str(waiting), period=period.id))
    own = runs.all(period=period.id)
    if not own or own[0].state not in ("posted", "exported"):
        found.append(not_done("E106", period=period.id, why=own[0].state if own else "–"))
    elif actor and own[0].made_by == actor:
        found.append(not_done("E108", actor=actor, period=period.id))
    return tuple(found)


def manifest(unit: Unit, period: Period) -> Mapping[str, object]:
    """What is signed: the ledger's control totals of the period and the heads of the chains at this moment."""
    ledger = LedgerBook(unit)
    totals = {f"{name} {total.currency}": total for name, _, total in ledger.control_totals(period.id)}
    counts = {f"{name} {total.currency} entries": count for name, count, total in ledger.control_totals(period.id)}
    events = EventLog(unit).head()
    heads = {
        "ledger": ledger.head().hash,
        "ledger_seq": ledger.head().seq,
        "events": events.hash,
        "events_seq": events.seq,
    }
    return {**totals, **counts, **heads}
