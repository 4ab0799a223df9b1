"""Calculating a period: part after part is read, carried out and kept, each in a transaction of its own.

When all parts are there they become one draft run. Nothing of a part depends on how payees are divided, so the run is
the same whatever the parts and wherever they were calculated. A calculation that was interrupted goes on with the parts
that are missing; when records change while it runs, it begins anew, since all parts must speak of the same moment.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.app.calculating.mapping import Mapper, here
from engine.app.calculating.open_pay import open_pay, weights_of
from engine.app.calculating.parts import PartWork, Wanted, read_part
from engine.app.calculating.shared import found_together
from engine.app.dealwright import Dealwright
from engine.app.refusals import Problems, not_done
from engine.core.formulas import EvaluationError
from engine.core.incentives.ledger import net_released
from engine.core.incentives.open_days import EVERY_DAY
from engine.core.incentives.partition import Posting
from engine.core.incentives.payouts import run_of
from engine.core.incentives.together import Together
from engine.core.money import Money
from engine.core.periods import Period, parse_period
from engine.core.problems import Problem
from engine.store.audit import AuditTrail
from engine.store.calculations import Begun, CalculationBook, Summary
from engine.store.database import Unit
from engine.store.periods import PeriodBook, PostingPeriod
from engine.store.runs import RunBook
from engine.store.state import records_version

CREDITS_AT_ONCE, PAYEES_AT_ONCE = 10_000, 500
"""A part ends with the payee who brings it to one of these."""

TRIES = 5

Told = Callable[[int, int], None]
"""Is told how many parts are done, of how many."""


@dataclass(frozen=True, slots=True)
class Calculated:
    """A draft run. `payees` counts those for whom anything changed; `unpaid` says for whom nothing could be computed."""

    id: str
    payees: int
    totals: tuple[Money, ...]
    unpaid: Problems = ()


def calculate(
    dw: Dealwright, period: str, actor: str, mapper: Mapper = here, told: Told = lambda _done, _all: None,
    *, complete: bool = False,
) -> Calculated | Problems:  # fmt: skip
    """A draft run for the period, in place of an earlier draft; or why there can be none.

    `complete`: the days that are settled are read and calculated again like the open ones. It comes to the same run.
    """
    for _ in range(TRIES):
        begun = dw.database.run(lambda unit: _begin(dw, unit, period, actor, complete))
        if isinstance(begun, tuple):
            return begun
        parts = _carry_out(dw, begun, complete, mapper, told)
        # The names are bound to this round: the unit runs at once.
        done = dw.database.run(lambda unit, begun=begun, parts=parts: _finish(dw, unit, begun, parts, actor))  # type: ignore[misc]
        if done is not None:
            return done
    return (not_done("E160", period=period),)


def posting_period(dw: Dealwright, text: str) -> Period | Problem:
    """The period of the books with that name, or the problem that there is none."""
    kind = dw.rulebook.company.pay_period
    problem = not_done("E100", period=text, kind=kind)
    try:
        period = parse_period(text, dw.rulebook.company)
    except EvaluationError:
        return problem
    return period if period.kind == kind else problem


def divided(payees: Sequence[tuple[str, int]]) -> tuple[tuple[str, ...], ...]:
    """The payees in parts, in their order; `payees` are ids with the number of their credits."""
    parts: list[list[str]] = [[]]
    weight = 0
    for id, credits in payees:
        if parts[-1] and (weight >= CREDITS_AT_ONCE or len(parts[-1]) >= PAYEES_AT_ONCE):
            parts.append([])
            weight = 0
        parts[-1].append(id)
        weight += credits
    return tuple(tuple(part) for part in parts if part)


def _begin(dw: Dealwright, unit: Unit, text: str, actor: str, complete: bool) -> Begun | Problems:
    period = posting_period(dw, text)
    if isinstance(period, Problem):
        return (period,)
    refused = _not_now(unit, period)
    if refused:
        return (refused,)
    PeriodBook(unit).add(PostingPeriod(period.id, period.start, period.end, "open"))
    last, watermark = RunBook(unit).last_posted(), records_version(unit)
    after = last[0].id if last else ""
    return CalculationBook(unit).begin(
        period.id, after, dw.rulebook.fingerprint, watermark, actor, dw.now(), complete=complete
    )


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


def _carry_out(dw: Dealwright, begun: Begun, complete: bool, mapper: Mapper, told: Told) -> int:
    """Every part that is missing, kept as soon as it is finished; it stops when the records change meanwhile.

    Returns the number of all parts.
    """
    as_of = parse_period(begun.period, dw.rulebook.company).last_on
    with dw.database.unit() as unit:
        pay = open_pay(dw.rulebook, unit)
        wanted = Wanted(dw.rulebook, Posting(as_of, begun.period, begun.after), pay, complete)
        groups = wanted.groups(pay.days)
        weights = weights_of(unit, groups)
        parts, done = divided([(id, weights.get(id, 0)) for id in pay.days]), CalculationBook(unit).done(begun.id)
        shared = found_together(dw.rulebook, unit, as_of, groups, EVERY_DAY if complete else pay.shared)
    finished = len(done)
    told(finished, len(parts))
    missing = [(number, payees) for number, payees in enumerate(parts) if number not in done]
    for part in mapper(dw.rulebook, _works(dw, begun, wanted, shared, missing)):
        dw.database.run(lambda unit, part=part: CalculationBook(unit).keep(begun.id, part))  # type: ignore[misc]
        finished += 1
        told(finished, len(parts))
    return len(parts)


def _works(
    dw: Dealwright, begun: Begun, wanted: Wanted, shared: Together, missing: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[PartWork]:
    """The parts as they are needed, each read in one transaction; none any more once the records have changed."""
    for number, payees in missing:
        with dw.database.unit() as unit:
            if records_version(unit) != begun.watermark:
                return
            work = read_part(unit, number, payees, wanted, shared)
        # Handed over when the transaction has ended: a reader would keep the finished parts from being written.
        yield work


def _finish(dw: Dealwright, unit: Unit, begun: Begun, parts: int, actor: str) -> Calculated | None:
    """The draft run of all parts; None when they are not all there, because the records changed meanwhile."""
    book, runs = CalculationBook(unit), RunBook(unit)
    if records_version(unit) != begun.watermark or len(book.done(begun.id)) != parts:
        return None
    found = book.summary(begun.id)
    draft = run_of(
        begun.period, begun.after, found.digests, found.count, found.totals, begun.release, actor, dw.now()
    )  # fmt: skip
    for earlier in runs.all(state="draft"):
        runs.discard(earlier.id)
    book.become(begun.id, draft, begun.watermark, found.waiting)
    AuditTrail(unit).write(dw.now(), actor, "run.calculated", draft.id, {"period": begun.period})
    return _calculated(draft.id, found)


def _calculated(run: str, found: Summary) -> Calculated:
    return Calculated(run, len(found.digests), net_released(found.totals), found.unpaid)
