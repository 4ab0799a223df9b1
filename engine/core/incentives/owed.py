"""Everything owed to one payee up to a day: every plan, component and window, as one pure function.

Recomputing it and posting the difference is how late deals, corrections, cancellations and changed rules reach pay.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from engine.core.incentives.bonuses import bonus_lines, referral_lines, target_lines
from engine.core.incentives.commissions import commission_lines
from engine.core.incentives.earnings import calculate_segments
from engine.core.incentives.gathering import WindowInputs
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payee_desk import Books, Calculate, Desk, OnPlan, scored, settled
from engine.core.incentives.payees import Payee
from engine.core.incentives.payment_currency import paid_in
from engine.core.incentives.plan_desk import PlanDesk
from engine.core.incentives.plan_level import at_plan_level
from engine.core.incentives.presence import presence, within
from engine.core.incentives.proration import part_of
from engine.core.incentives.shared_lines import contest_line, pool_line
from engine.core.incentives.windows import windows
from engine.core.periods import next_period, period_of
from engine.core.rules.plan import Bonus, Commission, Contest, Pool
from engine.core.rules.rulebook import Rulebook

REFERRAL_WINDOW = "month"
"""Referral fees stand alone; they are kept by the month of the win."""


def owed(
    rulebook: Rulebook, payee: Payee, books: Books, as_of: date, calculate: Calculate = calculate_segments,
    on_plans: dict[str, OnPlan] | None = None,
) -> tuple[EarningLine, ...]:  # fmt: skip
    """Every earning line of the payee to date, plan by plan, window by window. `as_of` is the last day looked at.

    `calculate` is another way than to make every line, for whoever wants only some (`changed_lines.py`); `on_plans` keeps
    what was asked about the payee's days, for whoever calculates them twice. Raises EvaluationError where a rule needs
    what is missing (a quota, a rate): nothing is paid by guess.
    """
    of_plans: dict[str, list[EarningLine]] = {}
    on_plans = {} if on_plans is None else on_plans
    for plan in rulebook.plans:
        desk = Desk(rulebook, plan, payee, books, as_of, calculate, on_plans)
        of_plans.setdefault(plan.header.id, []).extend(_of_plan(desk, desk.on_plan(plan)))
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
    desk = PlanDesk(rulebook, versions, payee, books.progress, as_of, books.quotas, books.open)
    whole = at_plan_level(desk, lines)
    for plan in versions:
        own = [line for line in whole if line.version == plan.header.version]
        yield from paid_in(own, plan, payee, rulebook.company, as_of)


def _of_plan(desk: Desk, on_plan: OnPlan) -> Iterator[EarningLine]:
    for component in desk.plan.components:
        if isinstance(component, Commission):
            yield from commission_lines(desk, component, on_plan)
        elif isinstance(component, Pool):
            for share in desk.mine.shares.get(desk.part(component), ()):
                yield pool_line(desk.plan, component, desk.payee.id, settled(share), desk.rulebook)
        elif isinstance(component, Contest):
            for placing in desk.mine.places.get(desk.part(component), ()):
                yield contest_line(desk.plan, component, desk.payee.id, settled(placing), desk.rulebook)
        elif component.on:
            yield from _of_grants(desk, component, on_plan)
        else:
            yield from _of_target(desk, component)


def _of_grants(desk: Desk, bonus: Bonus, on_plan: OnPlan) -> Iterator[EarningLine]:
    plan = desk.plan
    of_bonus = [g for g in desk.books.grants if (g.plan, g.component) == (plan.header.id, bonus.id)]
    of_bonus = [g for g in of_bonus if plan.header.in_force.covers(g.on)]
    given = desk.mine.given if desk.books.together else None
    days = [g.on for g in of_bonus if g.payee == desk.payee.id and on_plan(g.on)]
    for window in windows(days, plan.period, desk.rulebook.company):
        score = desk.score(bonus, window)
        inputs = desk.inputs(window, bonus, score)
        lines = bonus_lines(plan, bonus, desk.payee.id, window, of_bonus, inputs, given)
        yield from scored(lines, score)


def _of_target(desk: Desk, bonus: Bonus) -> Iterator[EarningLine]:
    """Every whole period of the plan that has ended; the part of it on the plan scales the target."""
    company, plan = desk.rulebook.company, desk.plan
    window = period_of(plan.header.in_force.from_on, plan.period, company)
    there = presence([plan], desk.payee)
    while window.last_on <= desk.as_of:
        if desk.books.open.meets(window) and within(there.on_plan, window):
            present = part_of(plan, "target", window, there.present, desk.rulebook)
            score = desk.score(bonus, window)
            inputs = desk.inputs(window, bonus, score)
            # A table that the factor reads is that in force on the window's last day.
            inputs = replace(inputs, facts={**inputs.facts, "event.on": window.last_on})
            yield from scored(target_lines(plan, bonus, desk.payee.id, window, present, inputs), score)
        window = next_period(window, company)
