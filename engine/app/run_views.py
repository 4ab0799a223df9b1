"""Payout runs and periods as finance sees them: totals, payouts, exceptions, who did what, and what stands in the way."""

from collections.abc import Iterable, Sequence

from engine.app.access import NotThere, may_approve
from engine.app.closing import blockers
from engine.app.dealwright import Dealwright
from engine.app.pay_periods import period_title
from engine.app.payouts import find_run
from engine.app.reading import Around, around
from engine.app.refusals import Problems, not_done
from engine.app.views.payouts import ControlTotal, LogRow, PayoutRow, PeriodRow, RunException, RunRow, RunView
from engine.app.views.users import User
from engine.core.incentives.ledger import APART, LedgerEntry, balances, net_apart, net_released
from engine.core.incentives.payouts import PayoutRun, movement
from engine.core.incentives.repayments import owed
from engine.core.money import Money
from engine.core.periods import Period, parse_period, period_of
from engine.core.problems import Place, Problem
from engine.core.rules.header import Title
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.periods import PeriodBook, PostingPeriod
from engine.store.quarantine import Quarantine
from engine.store.runs import RunBook

_MOVES = {
    "expense>held": ("Earned", "应得"), "held>payable": ("Released", "发放"), "held>expense": ("Earned taken back", "应得扣回"),
    "payable>held": ("Release taken back", "发放扣回"), "payable>paid": ("Paid", "已付"),
    f"payable>held{APART}": ("Owed by payees", "应由本人归还"), f"held>payable{APART}": ("Owed no more", "不再应还"),
}  # fmt: skip


def runs(dw: Dealwright) -> tuple[RunRow, ...]:
    """Every run, the newest first."""
    with dw.database.unit() as unit:
        known, sizes = around(unit), RunBook(unit).sizes()
        return tuple(_row(dw, run, sizes.get(run.id, (0, 0)), known) for run in RunBook(unit).all())


def _row(dw: Dealwright, run: PayoutRun, size: tuple[int, int], known: Around) -> RunRow:
    """A run with how many payees and lines it has."""
    period = parse_period(run.period, dw.rulebook.company)
    return RunRow(run.id, run.period, period_title(period), run.state, *size,
                  net_released(run.totals), run.made_at, run.made_by, known.person(run.made_by), run.approved_by,
                  known.person(run.approved_by), net_apart(run.totals))  # fmt: skip


def run_view(dw: Dealwright, id: str, viewer: User) -> RunView:
    """One run in full. Raises NotThere."""
    with dw.database.unit() as unit:
        run = find_run(unit, id)
        if run is None:
            raise NotThere(id)
        entries = RunBook(unit).entries(run.id)
        known = around(unit)
        log = AuditTrail(unit).entries(subject=run.id)
        return RunView(
            _row(dw, run, RunBook(unit).sizes().get(run.id, (0, 0)), known), run.release, _payouts(entries, known), _controls(run, entries),
            _exceptions(unit), tuple(LogRow(e.at, e.actor, known.person(e.actor), e.action) for e in reversed(log)),
            blocks=tuple(_blocks(run, viewer)),
        )  # fmt: skip


def _payouts(entries: Sequence[LedgerEntry], known: Around) -> tuple[PayoutRow, ...]:
    """One row for each payee and currency; what a payee comes to owe apart from pay is not deducted from what is payable."""
    groups: dict[tuple[str, str], list[LedgerEntry]] = {}
    for entry in entries:
        groups.setdefault((entry.payee, entry.amount.currency), []).append(entry)
    return tuple(_payout(own, payee, currency, known) for (payee, currency), own in sorted(groups.items()))


def _payout(own: list[LedgerEntry], payee: str, currency: str, known: Around) -> PayoutRow:
    moved, apart = balances(own, currency), owed(own, currency)
    back = Money.total((entry.amount for entry in own if (entry.debit, entry.credit) == ("held", "expense")), currency)
    new = {entry.line for entry in own if (entry.debit, entry.credit) == ("expense", "held")}
    before = Money.total(
        (e.amount for e in own if (e.debit, e.credit) == ("held", "payable") and e.line not in new), currency
    )
    return PayoutRow(
        payee,
        known.person(payee),
        moved.earned + back,
        moved.held,
        before,
        -back,
        moved.payable + moved.paid + apart,
        len({e.line for e in own}),
        apart,
    )


def _controls(run: PayoutRun, entries: Sequence[LedgerEntry]) -> tuple[ControlTotal, ...]:
    count: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (movement(entry), entry.amount.currency)
        count[key] = count.get(key, 0) + 1
    return tuple(
        ControlTotal(Title(*_MOVES.get(name, (name, name))), count.get((name, total.currency)), total)
        for name, total in run.totals
    )


def _exceptions(unit: Unit) -> tuple[RunException, ...]:
    """What a person should look at first: events in quarantine."""
    waiting = Quarantine(unit).waiting(limit=20)
    return tuple(
        RunException(Problem(one.code, Place(one.event), one.params), Title(one.event, one.event)) for one in waiting
    )


def _blocks(run: PayoutRun, viewer: User) -> Iterable[tuple[str, Problem]]:
    """What keeps this viewer from the next step."""
    if run.state == "draft" and not may_approve(viewer, run.made_by):
        yield (
            "approve",
            not_done("E056", run=run.id[:12], state=run.state, wanted="draft", then="approved", by=viewer.actor),
        )


def periods(dw: Dealwright, viewer: User) -> tuple[PeriodRow, ...]:
    """Every period that the books know and today's, the newest first, with what keeps it from being closed."""
    company = dw.rulebook.company
    today = period_of(dw.now().astimezone(dw.zone).date(), company.pay_period, company)
    with dw.database.unit() as unit:
        known = {one.id: one for one in PeriodBook(unit).all()}
        known.setdefault(today.id, PostingPeriod(today.id, today.start, today.end, "open"))
        found = sorted(known.values(), key=lambda one: one.from_on, reverse=True)
        names = around(unit)
        return tuple(_period_row(dw, unit, one, viewer, names) for one in found)


def _period_row(dw: Dealwright, unit: Unit, one: PostingPeriod, viewer: User, known: Around) -> PeriodRow:
    period: Period = parse_period(one.id, dw.rulebook.company)
    own = RunBook(unit).all(period=one.id, limit=1)
    close = PeriodBook(unit).close_of(one.id)
    stops: Problems = () if close else blockers(unit, period, viewer.actor)
    return PeriodRow(
        one.id, period_title(period), one.from_on, one.until_on, one.state, own[0].id if own else "",
        own[0].state if own else "", net_released(own[0].totals) if own else (), close.approved_at if close else None,
        close.approved_by if close else "", known.person(close.approved_by) if close else Title(), stops,
    )  # fmt: skip
