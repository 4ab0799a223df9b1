"""Everything owed to one payee up to a day: every plan, component and window, as one pure function.

Recomputing it and posting the difference is how late deals, corrections, cancellations and changed rules reach pay.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from engine.core.formulas import EvaluationError, Facts
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.bonuses import bonus_lines, referral_lines, target_lines
from engine.core.incentives.earnings import calculate_segments, carried_forward
from engine.core.incentives.gathering import Segment, WindowInputs, segment_of
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.other_measures import Asking, attainments_at_end
from engine.core.incentives.payees import Payee, payee_facts, pays
from engine.core.incentives.payment_currency import paid_in
from engine.core.incentives.plan_desk import PlanDesk, retold
from engine.core.incentives.plan_level import at_plan_level
from engine.core.incentives.presence import presence, within
from engine.core.incentives.proration import part_of
from engine.core.incentives.quotas import PayeeQuota, payee_quota
from engine.core.incentives.score_facts import KnownOf, score_for
from engine.core.incentives.scored import Scored
from engine.core.incentives.windows import begun_since, windows
from engine.core.money import Money
from engine.core.periods import Period, next_period, period_of
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
    of_plans: dict[str, list[EarningLine]] = {}
    for plan in rulebook.plans:
        of_plan = _of_plan(_Desk(rulebook, plan, payee, books, as_of), _on_plan(plan, payee))
        of_plans.setdefault(plan.header.id, []).extend(of_plan)
    found: list[EarningLine] = []
    for id, lines in of_plans.items():
        found += _whole_plan(rulebook, id, payee, books, as_of, lines)
    for programme in rulebook.programmes:
        own = (g for g in books.grants if (g.plan, g.payee) == (programme.header.id, payee.id))
        grants = [g for g in own if programme.header.in_force.covers(g.on)]
        for window in windows((g.on for g in grants), REFERRAL_WINDOW, rulebook.company):
            found += referral_lines(programme, payee.id, window, grants, WindowInputs(as_of, rulebook.company))
    return tuple(found)


def _whole_plan(
    rulebook: Rulebook, id: str, payee: Payee, books: Books, as_of: date, lines: Sequence[EarningLine]
) -> Iterator[EarningLine]:
    """The lines of all versions of a plan with what holds for the whole of it, in the currency that is paid."""
    versions = [plan for plan in rulebook.plans if plan.header.id == id]
    desk = PlanDesk(rulebook, versions, payee, books.progress, as_of, books.quotas)
    settled = at_plan_level(desk, lines)
    for plan in versions:
        own = [line for line in settled if line.version == plan.header.version]
        yield from paid_in(own, plan, payee, rulebook.company, as_of)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One plan and payee at work."""

    rulebook: Rulebook
    plan: Plan
    payee: Payee
    books: Books
    as_of: date

    def inputs(
        self, window: Period, component: Component, score: Scored | None, quota: Money | None = None,
        carried: Money | None = None,
    ) -> WindowInputs:  # fmt: skip
        """What the window depends on; the payee's facts are those of its last day, or of the last day looked at."""
        books = self.books
        asking = Asking(self.rulebook, self.plan, self.payee.id, books.credits, books.quotas, self.as_of)
        at_end = attainments_at_end(component, window, asking)
        facts = {**payee_facts(self.payee, min(window.last_on, self.as_of)), **books.facts.get(window.id, {}), **at_end}
        facts |= score.facts() if score else {}
        return WindowInputs(self.as_of, self.rulebook.company, quota, books.progress, facts, carried, at_end)

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
            yield from _of_target(desk, component)


def _of_commission(desk: _Desk, component: Commission, on_plan: OnPlan) -> Iterator[EarningLine]:
    """All windows at once; one after the other where a cap may carry its excess into the next.

    Credits of days that another version of the plan pays count for the attainment here; that version pays them.
    """
    versions = [_on_plan(plan, desk.payee) for plan in desk.rulebook.plans if plan.header.id == desk.plan.header.id]
    names = (component.of, component.measure)
    named = (c for c in desk.books.credits if c.name in names and c.payee == desk.payee.id)
    own = [credit for credit in named if any(pays_on(credit.on) for pays_on in versions)]
    # A later window that has credits already has not begun: nothing is carried into it yet.
    days = [credit.on for credit in own if credit.on <= desk.as_of and on_plan(credit.on)]
    found = windows(days, component.measured_over, desk.rulebook.company, desk.plan)
    if component.cap is None or component.cap.excess != "carried_forward":
        yield from _windows_at_once(desk, component, found, own)
        return
    carried: Money | None = None
    for window in _with_carried(found, component, desk):
        lines = tuple(_windows_at_once(desk, component, [window], own, carried))
        carried = carried_forward(component, lines)
        yield from lines


def _windows_at_once(
    desk: _Desk, component: Commission, found: Sequence[Period], own: Sequence[Credit], carried: Money | None = None
) -> Iterator[EarningLine]:
    """The lines of several windows, each with what was made of the payee's quota in it."""
    quotas = [_quota(desk, component, window, own) for window in found]
    scores = [desk.score(component, window) for window in found]
    segments = [
        _segment(desk, component, window, own, score, quota, carried)
        for window, score, quota in zip(found, scores, quotas, strict=True)
    ]
    of_windows = calculate_segments(desk.plan, component, segments)
    for lines, score, quota in zip(of_windows, scores, quotas, strict=True):
        step = quota.step if quota else None
        told = (retold(line, replace(step, after=line.exact)) for line in lines) if step else lines
        yield from _scored(told, score)


def _with_carried(found: Sequence[Period], component: Commission, desk: _Desk) -> tuple[Period, ...]:
    """The windows with credits, and each later one that has begun."""
    if not found:
        return ()
    company, kind = desk.rulebook.company, component.measured_over
    later = begun_since(found[0].start, desk.as_of, kind, company)
    every = {window.start: window for window in (*found, *later)}
    return tuple(every[start] for start in sorted(every))


def _segment(
    desk: _Desk, component: Commission, window: Period, own: Sequence[Credit], score: Scored | None,
    quota: PayeeQuota | None, carried: Money | None,
) -> Segment:  # fmt: skip
    """One window of the payee, with their quota and score in it."""
    inputs = desk.inputs(window, component, score, quota.amount if quota else None, carried)
    return segment_of(desk.plan, component, desk.payee.id, window, own, inputs)


def _quota(desk: _Desk, component: Commission, window: Period, own: Sequence[Credit]) -> PayeeQuota | None:
    """The payee's quota in a window. E135 where ramp and proration leave nothing to measure credits against."""
    quota = payee_quota(desk.plan, component, desk.payee, window, desk.rulebook, desk.books.quotas)
    if quota is None or quota.amount or not quota.whole or component.rates.by != "attainment":
        return quota
    if any(window.contains(credit.on) and credit.on <= desk.as_of for credit in own):
        params = {"payee": desk.payee.id, "measure": component.measure, "period": window.id, "quota": str(quota.whole)}
        raise EvaluationError("E135", component.place, **params)
    return quota


def _of_grants(desk: _Desk, bonus: Bonus, on_plan: OnPlan) -> Iterator[EarningLine]:
    plan = desk.plan
    of_bonus = [g for g in desk.books.grants if (g.plan, g.component) == (plan.header.id, bonus.id)]
    of_bonus = [g for g in of_bonus if plan.header.in_force.covers(g.on)]
    days = [g.on for g in of_bonus if g.payee == desk.payee.id and on_plan(g.on)]
    for window in windows(days, plan.period, desk.rulebook.company):
        score = desk.score(bonus, window)
        lines = bonus_lines(plan, bonus, desk.payee.id, window, of_bonus, desk.inputs(window, bonus, score))
        yield from _scored(lines, score)


def _of_target(desk: _Desk, bonus: Bonus) -> Iterator[EarningLine]:
    """Every whole period of the plan that has ended; the part of it on the plan scales the target."""
    company, plan = desk.rulebook.company, desk.plan
    window = period_of(plan.header.in_force.from_on, plan.period, company)
    there = presence([plan], desk.payee)
    while window.last_on <= desk.as_of:
        if within(there.on_plan, window):
            present = part_of(plan, "target", window, there.present, desk.rulebook)
            score = desk.score(bonus, window)
            inputs = desk.inputs(window, bonus, score)
            # A table that the factor reads is that in force on the window's last day.
            inputs = replace(inputs, facts={**inputs.facts, "event.on": window.last_on})
            yield from _scored(target_lines(plan, bonus, desk.payee.id, window, present, inputs), score)
        window = next_period(window, company)


def _scored(lines: Iterable[EarningLine], score: Scored | None) -> Iterator[EarningLine]:
    """The lines, each with the scorecard's result that it was worked out with."""
    return (replace(line, score=score) if score else line for line in lines)
