"""Everything owed to one payee up to a day: every plan, component and window, as one pure function.

Recomputing it and posting the difference is how late deals, corrections, cancellations and changed rules reach pay.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from engine.core.formulas import EvaluationError, Facts
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.bonuses import bonus_lines, referral_lines, target_lines
from engine.core.incentives.earnings import WindowInputs, calculate_window, carried_forward
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payees import Payee, payee_facts, pays
from engine.core.incentives.plan_desk import PlanDesk, retold
from engine.core.incentives.plan_level import at_plan_level
from engine.core.incentives.presence import presence, within
from engine.core.incentives.proration import part_of
from engine.core.incentives.quotas import PayeeQuota, payee_quota
from engine.core.money import Money
from engine.core.periods import Period, next_period, period_of
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


def owed(rulebook: Rulebook, payee: Payee, books: Books, as_of: date) -> tuple[EarningLine, ...]:
    """Every earning line of the payee to date, plan by plan, window by window. `as_of` is the last day looked at.

    Raises EvaluationError where a rule needs what is missing (a quota, a rate): nothing is paid by guess.
    """
    of_plans: dict[str, list[EarningLine]] = {}
    for plan in rulebook.plans:
        of_plan = _of_plan(_Desk(rulebook, plan, payee, books, as_of), _on_plan(plan, payee))
        of_plans.setdefault(plan.header.id, []).extend(of_plan)
    found: list[EarningLine] = []
    for id, lines in of_plans.items():
        versions = [plan for plan in rulebook.plans if plan.header.id == id]
        found += at_plan_level(PlanDesk(rulebook, versions, payee, books.progress, as_of, books.quotas), lines)
    for programme in rulebook.programmes:
        own = (g for g in books.grants if (g.plan, g.payee) == (programme.header.id, payee.id))
        grants = [g for g in own if programme.header.in_force.covers(g.on)]
        for window in _windows((g.on for g in grants), REFERRAL_WINDOW, rulebook):
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

    def inputs(self, window: Period, quota: Money | None = None, carried: Money | None = None) -> WindowInputs:
        """What the window depends on; the payee's facts are those of its last day, or of the last day looked at."""
        facts = {**payee_facts(self.payee, min(window.last_on, self.as_of)), **self.books.facts.get(window.id, {})}
        return WindowInputs(self.as_of, self.rulebook.company, quota, self.books.progress, facts, carried)


OnPlan = Callable[[date], bool]


def _on_plan(plan: Plan, payee: Payee) -> OnPlan:
    """Whether the plan pays the payee on a day; asked of the rule once for each day."""
    return cache(lambda on: pays(plan, payee, on))


def _of_plan(desk: _Desk, on_plan: OnPlan) -> Iterator[EarningLine]:
    for component in desk.plan.components:
        if isinstance(component, Commission):
            yield from _of_commission(desk, component, on_plan)
        elif component.on:
            yield from _of_grants(desk, component, on_plan)
        else:
            yield from _of_target(desk, component)


def _of_commission(desk: _Desk, component: Commission, on_plan: OnPlan) -> Iterator[EarningLine]:
    """Window after window in order, since a cap may carry its excess into the next.

    Credits of days that another version of the plan pays count for the attainment here; that version pays them.
    """
    versions = [_on_plan(plan, desk.payee) for plan in desk.rulebook.plans if plan.header.id == desk.plan.header.id]
    named = (c for c in desk.books.credits if c.name == component.of and c.payee == desk.payee.id)
    own = [credit for credit in named if any(pays_on(credit.on) for pays_on in versions)]
    carried: Money | None = None
    days = [credit.on for credit in own if on_plan(credit.on)]
    if component.cap and component.cap.excess == "carried_forward" and days:
        days += _until(min(days), desk.as_of, component.measured_over, desk.rulebook)
    for window in _windows(days, component.measured_over, desk.rulebook):
        quota = payee_quota(desk.plan, component, desk.payee, window, desk.rulebook, desk.books.quotas)
        _is_left(desk, component, window, own, quota)
        inputs = desk.inputs(window, quota.amount if quota else None, carried)
        lines = calculate_window(desk.plan, component, desk.payee.id, window, own, inputs)
        if quota and quota.step:
            lines = tuple(retold(line, replace(quota.step, after=line.exact)) for line in lines)
        carried = carried_forward(component, lines)
        yield from lines


def _is_left(
    desk: _Desk, component: Commission, window: Period, own: Iterable[Credit], quota: PayeeQuota | None
) -> None:
    """E135 where ramp and proration leave nothing of a quota that credits are measured against."""
    if quota is None or quota.amount or not quota.whole or component.rates.by != "attainment":
        return
    if any(window.contains(credit.on) and credit.on <= desk.as_of for credit in own):
        params = {"payee": desk.payee.id, "measure": component.of, "period": window.id, "quota": str(quota.whole)}
        raise EvaluationError("E135", component.place, **params)


def _of_grants(desk: _Desk, bonus: Bonus, on_plan: OnPlan) -> Iterator[EarningLine]:
    plan = desk.plan
    of_bonus = [g for g in desk.books.grants if (g.plan, g.component) == (plan.header.id, bonus.id)]
    of_bonus = [g for g in of_bonus if plan.header.in_force.covers(g.on)]
    days = [g.on for g in of_bonus if g.payee == desk.payee.id and on_plan(g.on)]
    for window in _windows(days, plan.period, desk.rulebook):
        yield from bonus_lines(plan, bonus, desk.payee.id, window, of_bonus, desk.inputs(window))


def _of_target(desk: _Desk, bonus: Bonus) -> Iterator[EarningLine]:
    """Every whole period of the plan that has ended; the part of it on the plan scales the target."""
    company, plan = desk.rulebook.company, desk.plan
    window = period_of(plan.header.in_force.from_on, plan.period, company)
    there = presence([plan], desk.payee)
    while window.last_on <= desk.as_of:
        if within(there.on_plan, window):
            present = part_of(plan, "target", window, there.present, desk.rulebook)
            yield from target_lines(plan, bonus, desk.payee.id, window, present, desk.inputs(window))
        window = next_period(window, company)


def _until(day: date, as_of: date, kind: str, rulebook: Rulebook) -> Iterator[date]:
    """A day of each later window that has begun: what is carried forward is paid there, with credits or without."""
    window = next_period(period_of(day, kind, rulebook.company), rulebook.company)
    while window.start <= as_of:
        yield window.start
        window = next_period(window, rulebook.company)


def _windows(days: Iterable[date], kind: str, rulebook: Rulebook) -> tuple[Period, ...]:
    """The windows that hold those days, in order, each once."""
    found = {period.start: period for period in (period_of(day, kind, rulebook.company) for day in set(days))}
    return tuple(found[start] for start in sorted(found))
