"""Everything owed to one payee up to a day: every plan, component and window, as one pure function.

Recomputing it and posting the difference is how late deals, corrections, cancellations and changed rules reach pay.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from engine.core.formulas import Facts
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.bonuses import bonus_lines, proration_share, referral_lines, target_lines
from engine.core.incentives.earnings import WindowInputs, calculate_window, carried_forward
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payees import Payee, payee_facts, pays
from engine.core.incentives.score_facts import KnownOf, score_for
from engine.core.incentives.scored import Scored
from engine.core.incentives.targets import quota_of
from engine.core.money import Money
from engine.core.periods import Period, months_in, next_period, period_of
from engine.core.records import Credit, Grant, Person, Quota, Score
from engine.core.rules.plan import Bonus, Commission, Component, Plan
from engine.core.rules.rulebook import Rulebook

REFERRAL_WINDOW = "month"
"""Referral fees stand alone; they are kept by the month of the win."""


@dataclass(frozen=True, slots=True)
class Books:
    """What is known of one payee: credits and quotas of their own, grants of everybody (budgets are shared), the
    progress of the deals that releases wait for, facts of a period by its name, and scores that were told."""

    credits: Sequence[Credit] = ()
    grants: Sequence[Grant] = ()
    quotas: Sequence[Quota] = ()
    progress: Mapping[str, DealProgress] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)
    scores: Sequence[Score] = ()


def owed(rulebook: Rulebook, payee: Payee, books: Books, as_of: date) -> tuple[EarningLine, ...]:
    """Every earning line of the payee to date, plan by plan, window by window. `as_of` is the last day looked at.

    Raises EvaluationError where a rule needs what is missing (a quota, a rate): nothing is paid by guess.
    """
    found: list[EarningLine] = []
    for plan in rulebook.plans:
        found += _of_plan(_Desk(rulebook, plan, payee, books, as_of), _on_plan(plan, payee))
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

    def inputs(
        self, window: Period, score: Scored | None, quota: Money | None = None, carried: Money | None = None
    ) -> WindowInputs:
        """What the window depends on; the payee's facts are those of its last day, or of the last day looked at."""
        facts = {**payee_facts(self.payee, min(window.last_on, self.as_of)), **self.books.facts.get(window.id, {})}
        facts |= score.facts() if score else {}
        return WindowInputs(self.as_of, self.rulebook.company, quota, self.books.progress, facts, carried)

    def score(self, component: Component, window: Period) -> Scored | None:
        """What the scorecard that the component asks comes to in the window; None when it asks none."""
        known = KnownOf(self.books.credits, self.books.quotas, self.books.scores, self.as_of)
        return score_for(component, self.payee, known, window, self.rulebook)


OnPlan = Callable[[date], bool]


def _on_plan(plan: Plan, payee: Payee) -> OnPlan:
    """Whether the plan pays the payee on a day; asked of the rule once for each time in which nothing about it changes."""
    known: dict[tuple[object, ...], bool] = {}

    def on_plan(day: date) -> bool:
        in_force, person = plan.header.in_force.covers(day), payee if isinstance(payee, Person) else None
        version = person.on(day) if person else None
        then = (in_force, person is not None and person.employed(day), version.from_on if version else None)
        if then not in known:
            known[then] = pays(plan, payee, day)
        return known[then]

    return on_plan


def _of_plan(desk: _Desk, on_plan: OnPlan) -> Iterator[EarningLine]:
    for component in desk.plan.components:
        if isinstance(component, Commission):
            yield from _of_commission(desk, component, on_plan)
        elif component.on:
            yield from _of_grants(desk, component, on_plan)
        else:
            yield from _of_target(desk, component, on_plan)


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
        quota = quota_of(desk.payee.id, component.quota, component.of, window, desk.rulebook, desk.books.quotas)
        score = desk.score(component, window)
        inputs = desk.inputs(window, score, quota.amount if quota else None, carried)
        lines = calculate_window(desk.plan, component, desk.payee.id, window, own, inputs)
        carried = carried_forward(component, lines)
        yield from _scored(lines, score)


def _of_grants(desk: _Desk, bonus: Bonus, on_plan: OnPlan) -> Iterator[EarningLine]:
    plan = desk.plan
    of_bonus = [g for g in desk.books.grants if (g.plan, g.component) == (plan.header.id, bonus.id)]
    of_bonus = [g for g in of_bonus if plan.header.in_force.covers(g.on)]
    days = [g.on for g in of_bonus if g.payee == desk.payee.id and on_plan(g.on)]
    for window in _windows(days, plan.period, desk.rulebook):
        score = desk.score(bonus, window)
        lines = bonus_lines(plan, bonus, desk.payee.id, window, of_bonus, desk.inputs(window, score))
        yield from _scored(lines, score)


def _of_target(desk: _Desk, bonus: Bonus, on_plan: OnPlan) -> Iterator[EarningLine]:
    """Every whole period of the plan that has ended; the part of it on the plan scales the target."""
    company, plan = desk.rulebook.company, desk.plan
    window = period_of(plan.header.in_force.from_on, plan.period, company)
    while window.last_on <= desk.as_of:
        days = [day for day in _days(window) if on_plan(day)]
        if days:
            calendar = desk.rulebook.calendar("", window.start)
            present = proration_share(plan.proration, window, days, months_in(window, company), calendar)
            score = desk.score(bonus, window)
            lines = target_lines(plan, bonus, desk.payee.id, window, present, desk.inputs(window, score))
            yield from _scored(lines, score)
        window = next_period(window, company)


def _scored(lines: Iterable[EarningLine], score: Scored | None) -> Iterator[EarningLine]:
    """The lines, each with the scorecard's result that it was worked out with."""
    return (replace(line, score=score) if score else line for line in lines)


def _until(day: date, as_of: date, kind: str, rulebook: Rulebook) -> Iterator[date]:
    """A day of each later window that has begun: what is carried forward is paid there, with credits or without."""
    window = next_period(period_of(day, kind, rulebook.company), rulebook.company)
    while window.start <= as_of:
        yield window.start
        window = next_period(window, rulebook.company)


def _days(window: Period) -> Iterator[date]:
    return (window.start + timedelta(days=number) for number in range(window.days))


def _windows(days: Iterable[date], kind: str, rulebook: Rulebook) -> tuple[Period, ...]:
    """The windows that hold those days, in order, each once."""
    found = {period.start: period for period in (period_of(day, kind, rulebook.company) for day in set(days))}
    return tuple(found[start] for start in sorted(found))
