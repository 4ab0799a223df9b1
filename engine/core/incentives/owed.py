"""Everything owed to one payee up to a day: every plan, component and window, as one pure function.

Recomputing it and posting the difference is how late deals, corrections, cancellations and changed rules reach pay.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from engine.core.formulas import Facts
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.bonuses import bonus_lines, proration_share, referral_lines, target_lines
from engine.core.incentives.earnings import calculate_segments, carried_forward
from engine.core.incentives.gathering import Segment, WindowInputs, segment_of
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payees import Payee, payee_facts, paying
from engine.core.incentives.targets import quota_of
from engine.core.incentives.windows import begun_since, windows
from engine.core.money import Money
from engine.core.periods import Period, months_in, next_period, period_of
from engine.core.records import Credit, Grant, Quota
from engine.core.rules.plan import Bonus, Commission, Plan
from engine.core.rules.rulebook import Rulebook

REFERRAL_WINDOW = "month"
"""Referral fees stand alone; they are kept by the month of the win."""


@dataclass(frozen=True, slots=True)
class Books:
    """What is known of one payee: credits and quotas of their own, grants of everybody (budgets are shared), the
    progress of the deals that releases wait for, and facts of a period (`scorecard.*`) by its name."""

    credits: Sequence[Credit] = ()
    grants: Sequence[Grant] = ()
    quotas: Sequence[Quota] = ()
    progress: Mapping[str, DealProgress] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)


Calculate = Callable[[Plan, Commission, Sequence[Segment]], tuple[tuple[EarningLine, ...], ...]]
"""How windows become lines."""


def owed(
    rulebook: Rulebook, payee: Payee, books: Books, as_of: date, calculate: Calculate = calculate_segments
) -> tuple[EarningLine, ...]:
    """Every earning line of the payee to date, plan by plan, window by window. `as_of` is the last day looked at.

    `calculate` is another way than to make every line, for whoever wants only some (`changed_lines.py`). Raises
    EvaluationError where a rule needs what is missing (a quota, a rate): nothing is paid by guess.
    """
    found: list[EarningLine] = []
    for plan in rulebook.plans:
        found += _of_plan(_Desk(rulebook, plan, payee, books, as_of, calculate), _on_plan(plan, payee))
    for programme in rulebook.programmes:
        own = (g for g in books.grants if (g.plan, g.payee) == (programme.header.id, payee.id))
        grants = [g for g in own if programme.header.in_force.covers(g.on)]
        for window in windows((g.on for g in grants), REFERRAL_WINDOW, rulebook.company):
            found += referral_lines(programme, payee.id, window, grants, WindowInputs(as_of, rulebook.company))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One plan and payee at work."""

    rulebook: Rulebook
    plan: Plan
    payee: Payee
    books: Books
    as_of: date
    calculate: Calculate = calculate_segments

    def inputs(self, window: Period, quota: Money | None = None, carried: Money | None = None) -> WindowInputs:
        """What the window depends on; the payee's facts are those of its last day, or of the last day looked at."""
        facts = {**payee_facts(self.payee, min(window.last_on, self.as_of)), **self.books.facts.get(window.id, {})}
        return WindowInputs(self.as_of, self.rulebook.company, quota, self.books.progress, facts, carried)


OnPlan = Callable[[date], bool]


def _on_plan(plan: Plan, payee: Payee) -> OnPlan:
    """Whether the plan pays the payee on a day; answered once for each day."""
    return cache(paying(plan, payee))


def _of_plan(desk: _Desk, on_plan: OnPlan) -> Iterator[EarningLine]:
    for component in desk.plan.components:
        if isinstance(component, Commission):
            yield from _of_commission(desk, component, on_plan)
        elif component.on:
            yield from _of_grants(desk, component, on_plan)
        else:
            yield from _of_target(desk, component, on_plan)


def _of_commission(desk: _Desk, component: Commission, on_plan: OnPlan) -> Iterator[EarningLine]:
    """All windows at once; one after the other where a cap may carry its excess into the next.

    Credits of days that another version of the plan pays count for the attainment here; that version pays them.
    """
    of_id = (plan for plan in desk.rulebook.plans if plan.header.id == desk.plan.header.id)
    versions = [on_plan if plan is desk.plan else _on_plan(plan, desk.payee) for plan in of_id]
    names = (component.of, component.measure)
    named = (c for c in desk.books.credits if c.name in names and c.payee == desk.payee.id)
    own = [credit for credit in named if any(pays_on(credit.on) for pays_on in versions)]
    days = [credit.on for credit in own if on_plan(credit.on)]
    found = windows(days, component.measured_over, desk.rulebook.company, desk.plan)
    if component.cap is None or component.cap.excess != "carried_forward":
        segments = [_segment(desk, component, window, own) for window in found]
        for lines in desk.calculate(desk.plan, component, segments):
            yield from lines
        return
    carried: Money | None = None
    for window in _with_carried(found, component, desk):
        (lines,) = desk.calculate(desk.plan, component, [_segment(desk, component, window, own, carried)])
        carried = carried_forward(component, lines)
        yield from lines


def _with_carried(found: Sequence[Period], component: Commission, desk: _Desk) -> tuple[Period, ...]:
    """The windows with credits, and each later one that has begun."""
    if not found:
        return ()
    company, kind = desk.rulebook.company, component.measured_over
    later = begun_since(found[0].start, desk.as_of, kind, company)
    every = {window.start: window for window in (*found, *later)}
    return tuple(every[start] for start in sorted(every))


def _segment(
    desk: _Desk, component: Commission, window: Period, own: Sequence[Credit], carried: Money | None = None
) -> Segment:
    """One window of the payee, with their quota in it."""
    quota = quota_of(desk.payee.id, component.quota, component.measure, window, desk.rulebook, desk.books.quotas)
    inputs = desk.inputs(window, quota.amount if quota else None, carried)
    return segment_of(desk.plan, component, desk.payee.id, window, own, inputs)


def _of_grants(desk: _Desk, bonus: Bonus, on_plan: OnPlan) -> Iterator[EarningLine]:
    plan = desk.plan
    of_bonus = [g for g in desk.books.grants if (g.plan, g.component) == (plan.header.id, bonus.id)]
    of_bonus = [g for g in of_bonus if plan.header.in_force.covers(g.on)]
    days = [g.on for g in of_bonus if g.payee == desk.payee.id and on_plan(g.on)]
    for window in windows(days, plan.period, desk.rulebook.company):
        yield from bonus_lines(plan, bonus, desk.payee.id, window, of_bonus, desk.inputs(window))


def _of_target(desk: _Desk, bonus: Bonus, on_plan: OnPlan) -> Iterator[EarningLine]:
    """Every whole period of the plan that has ended; the part of it on the plan scales the target."""
    company, plan = desk.rulebook.company, desk.plan
    window = period_of(plan.header.in_force.from_on, plan.period, company)
    while window.last_on <= desk.as_of:
        days = [day for day in _days(window) if on_plan(day)]
        if days:
            calendar = desk.rulebook.calendar("", window.start)
            present = proration_share(plan.proration, window, days, months_in(window, company), calendar)
            yield from target_lines(plan, bonus, desk.payee.id, window, present, desk.inputs(window))
        window = next_period(window, company)


def _days(window: Period) -> Iterator[date]:
    return (window.start + timedelta(days=number) for number in range(window.days))
