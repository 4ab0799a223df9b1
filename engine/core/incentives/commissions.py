"""The commissions of one payee under one version of a plan: all windows at once, or one after the other with a carried excess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.core.formulas import EvaluationError
from engine.core.incentives.earnings import carried_forward, carries_forward
from engine.core.incentives.gathering import Segment, segment_of
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payee_desk import Desk, OnPlan, scored
from engine.core.incentives.plan_desk import retold
from engine.core.incentives.quotas import PayeeQuota, payee_quota
from engine.core.incentives.scored import Scored
from engine.core.incentives.windows import PLAN, begun_since, window_of, windows
from engine.core.money import Money
from engine.core.periods import Period
from engine.core.records import Credit
from engine.core.rules.plan import Commission, Plan


def commission_lines(desk: Desk, component: Commission, on_plan: OnPlan) -> Iterator[EarningLine]:
    """All windows at once; one after the other where a cap may carry its excess into the next.

    Credits of days that another version of the plan pays count for the attainment here; that version pays them.
    """
    own, found = _counted(desk, component, on_plan)
    if not carries_forward(component):
        yield from _windows_at_once(desk, component, found, own)
        return
    yield from _carrying(desk, component, found, own)[0]


@dataclass(frozen=True, slots=True)
class _Handed:
    """An excess that is handed on, and the day from which it may be paid."""

    amount: Money | None
    from_on: date


def _carrying(
    desk: Desk, component: Commission, found: Sequence[Period], own: Sequence[Credit]
) -> tuple[list[EarningLine], _Handed]:
    """Window after window, each with the excess of the one before; and what is left for the version that follows."""
    following = _neighbour(desk, component, later=True)
    until = following[0].header.in_force.from_on if following else date.max
    handed, lines = _handed_over(desk, component), list[EarningLine]()
    carried: Money | None = None
    for window in _with_carried(found, handed, component, desk):
        if window.start >= until:
            break
        if handed.amount and window.start >= handed.from_on:
            carried = handed.amount + carried if carried else handed.amount
            handed = _Handed(None, handed.from_on)
        made = tuple(_windows_at_once(desk, component, [window], own, carried))
        carried = carried_forward(component, made)
        lines += made
    rest = handed.amount + carried if handed.amount and carried else handed.amount or carried
    return lines, _Handed(rest, until)


def _handed_over(desk: Desk, component: Commission) -> _Handed:
    """What the version before leaves of its excess: its successor pays it, under its own cap."""
    before = _neighbour(desk, component, later=False)
    if before is None:
        return _Handed(None, date.max)
    plan, part = before
    earlier = replace(desk, plan=plan)
    own, found = _counted(earlier, part, desk.on_plan(plan))
    return _carrying(earlier, part, found, own)[1]


def _neighbour(desk: Desk, component: Commission, *, later: bool) -> tuple[Plan, Commission] | None:
    """The version that follows this one directly, or that comes before it, with the same component carrying forward."""
    day = desk.plan.header.in_force.until_on if later else desk.plan.header.in_force.from_on
    for plan in desk.rulebook.plans:
        span = plan.header.in_force
        if plan.header.id != desk.plan.header.id or day is None or (span.from_on if later else span.until_on) != day:
            continue
        same = (part for part in plan.components if isinstance(part, Commission) and part.id == component.id)
        for part in same:
            # A window that is the whole plan hands nothing on: it ends with the plan.
            if carries_forward(part) and PLAN not in (part.measured_over, component.measured_over):
                return plan, part
    return None


def _counted(desk: Desk, component: Commission, on_plan: OnPlan) -> tuple[list[Credit], tuple[Period, ...]]:
    """The payee's credits that count under some version of the plan, and the windows in which this version pays any."""
    versions = [desk.on_plan(plan) for plan in desk.rulebook.plans if plan.header.id == desk.plan.header.id]
    names = (component.of, component.measure)
    as_of, payee = desk.as_of, desk.payee.id
    named = [c for c in desk.books.credits if c.name in names and c.payee == payee and c.on <= as_of]
    days = {credit.on for credit in named}
    paid = {day for pays_on in versions for day in days if pays_on(day)}
    here = sorted(day for day in paid if on_plan(day))
    return [c for c in named if c.on in paid], windows(here, component.measured_over, desk.rulebook.company, desk.plan)


def _windows_at_once(
    desk: Desk, component: Commission, found: Sequence[Period], own: Sequence[Credit], carried: Money | None = None
) -> Iterator[EarningLine]:
    """The lines of several windows, each with what was made of the payee's quota in it."""
    quotas = [_quota(desk, component, window, own) for window in found]
    scores = [desk.score(component, window) for window in found]
    segments = [
        _segment(desk, component, window, own, score, quota, carried)
        for window, score, quota in zip(found, scores, quotas, strict=True)
    ]
    of_windows = desk.calculate(desk.plan, component, segments)
    for lines, score, quota in zip(of_windows, scores, quotas, strict=True):
        step = quota.step if quota else None
        told = (retold(line, replace(step, after=line.exact)) for line in lines) if step else lines
        yield from scored(told, score)


def _with_carried(found: Sequence[Period], handed: _Handed, component: Commission, desk: Desk) -> tuple[Period, ...]:
    """The windows with credits, and each later one that has begun since the first of them, or since something was handed
    over."""
    company, kind = desk.rulebook.company, component.measured_over
    every = {window.start: window for window in found}
    first = min([*every, *([handed.from_on] if handed.amount else [])], default=None)
    if first is None:
        return ()
    if handed.amount and first == handed.from_on <= desk.as_of:
        begun = window_of(first, kind, company, desk.plan)
        every.setdefault(begun.start, begun)
    every |= {window.start: window for window in begun_since(first, desk.as_of, kind, company)}
    return tuple(every[start] for start in sorted(every))


def _segment(
    desk: Desk, component: Commission, window: Period, own: Sequence[Credit], score: Scored | None,
    quota: PayeeQuota | None, carried: Money | None,
) -> Segment:  # fmt: skip
    """One window of the payee, with their quota and score in it."""
    inputs = desk.inputs(window, component, score, quota.amount if quota else None, carried)
    return segment_of(desk.plan, component, desk.payee.id, window, own, inputs)


def _quota(desk: Desk, component: Commission, window: Period, own: Sequence[Credit]) -> PayeeQuota | None:
    """The payee's quota in a window. E135 where ramp and proration leave nothing to measure credits against."""
    quota = payee_quota(desk.plan, component, desk.payee, window, desk.rulebook, desk.books.quotas)
    if quota is None or quota.amount or not quota.whole or component.rates.by != "attainment":
        return quota
    if any(window.contains(credit.on) and credit.on <= desk.as_of for credit in own):
        params = {"payee": desk.payee.id, "measure": component.measure, "period": window.id, "quota": str(quota.whole)}
        raise EvaluationError("E135", component.place, **params)
    return quota
