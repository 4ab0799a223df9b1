"""A ramp's guarantee: in the first months on the plan, at least a share of on-target pay.

On-target pay of a month is the month's part of what each commission pays when exactly the whole quota of its window is
reached (the month's part of the quota, as a ramp divides it), before gate, bounds, multiplier and cap; and an even part
of each target bonus. It is settled in the plan's own periods, so that a bonus paid once a period counts in full.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from fractions import Fraction

from engine.core.incentives.draws import EarnedByDay, lift_steps
from engine.core.incentives.earnings import calculate_window
from engine.core.incentives.gathering import WindowInputs
from engine.core.incentives.lines import EarningLine, Step
from engine.core.incentives.payees import payee_facts
from engine.core.incentives.plan_desk import PlanDesk
from engine.core.incentives.proration import part_of
from engine.core.incentives.quotas import month_parts, ramp_months
from engine.core.incentives.targets import quota_of
from engine.core.incentives.trace import percent
from engine.core.incentives.windows import window_of
from engine.core.money import ExactMoney, Money
from engine.core.periods import Period, months_in, next_period, period_of
from engine.core.records import Cause, Credit
from engine.core.rules.header import InForce
from engine.core.rules.plan import Bonus, Commission, Plan


def ramp_lines(desk: PlanDesk, lines: Sequence[EarningLine]) -> Iterator[EarningLine]:
    """The lines that lift a period's pay to what the ramp guarantees for its months in it."""
    first = desk.presence.first_on
    if first is None or not any(plan.ramp and plan.ramp.guarantee is not None for plan in desk.versions):
        return
    earned = EarnedByDay(lines)
    window = period_of(first, desk.version_on(first).period, desk.rulebook.company)
    while window.last_on <= desk.as_of and _begun(desk, window, first):
        plan = desk.version_on(max(window.start, first))
        if plan.ramp and plan.ramp.guarantee is not None and desk.open.meets(window):
            yield from _line(desk, plan, plan.ramp.guarantee, window, earned.between(window.start, window.end))
        window = next_period(window, desk.rulebook.company)


def _begun(desk: PlanDesk, window: Period, first: date) -> bool:
    """True while some ramp of the plan may still run: none lasts longer than its months."""
    longest = max(len(plan.ramp.months) for plan in desk.versions if plan.ramp)
    return (window.start.year - first.year) * 12 + window.start.month - first.month < longest


def _line(desk: PlanDesk, plan: Plan, guarantee: Fraction, window: Period, earned: int) -> Iterator[EarningLine]:
    """The line of one period; none where as much was earned."""
    months = [month.period for month in ramp_months(plan, window, desk.presence, desk.rulebook) if month.runs]
    exact = sum((_on_target(desk, plan, window, month) for month in months), Fraction(0)) * guarantee
    amount = ExactMoney(exact, plan.currency).rounded(plan.rounding)
    missing = amount - Money(earned, plan.currency)
    if plan.ramp is None or missing.minor <= 0 or not months:
        return
    have = Money(earned, plan.currency)
    told = (
        ("earned", str(have)), ("guarantee", str(amount)), ("share", percent(guarantee)), ("amount", str(missing)),
        ("months", ", ".join(month.id for month in months)),
    )  # fmt: skip
    steps = lift_steps(plan, window, have, Fraction(1), Step("draw", "ramped", told, missing.exact.minor))
    source = ("ramp", "guarantee")
    yield desk.line(plan, "guarantee", source, window.id, window.last_on, missing, plan.ramp.place, steps)


def _on_target(desk: PlanDesk, plan: Plan, window: Period, month: Period) -> Fraction:
    """On-target pay of a month for the part of it that the plan counts, in minor units."""
    total = Fraction(0)
    for part in plan.components:
        if isinstance(part, Commission):
            total += _of_commission(desk, plan, part, month)
        elif isinstance(part, Bonus) and not part.on:
            total += _of_bonus(desk, plan, part, window)
    return total * part_of(plan, "guarantee", month, desk.presence.present, desk.rulebook)


def _of_commission(desk: PlanDesk, plan: Plan, component: Commission, month: Period) -> Fraction:
    """The month's part of what a commission pays at its whole quota; nothing without a quota, or rated otherwise."""
    company = desk.rulebook.company
    window = window_of(month.start, component.measured_over, company, plan)
    found = quota_of(desk.payee.id, component.quota, component.measure, window, desk.rulebook, desk.quotas)
    if not component.quota or found is None or not found.amount or component.rates.by not in ("attainment", "amount"):
        return Fraction(0)
    months = months_in(window, company)
    part = dict(zip(months, month_parts(found, desk.payee, months, desk.rulebook), strict=True)).get(month)
    return _at_quota(desk, plan, component, window, found.amount) * part / found.amount.minor if part else Fraction(0)


def _at_quota(desk: PlanDesk, plan: Plan, component: Commission, window: Period, quota: Money) -> Fraction:
    """What one credit over exactly the quota earns by the rate table alone, in minor units.

    Where the position is that of another credit, it is taken to have reached its quota too. The version of the plan speaks
    for all of its period, also for months in which another follows it.
    """
    bare = replace(
        component, rates=replace(component.rates, position_of=""), gate=None, per_deal=None, multiply=None, cap=None,
        release=(), clawback=None, in_force=None,
    )  # fmt: skip
    plan = replace(plan, header=replace(plan.header, in_force=InForce(window.start)))
    on, at = window.start, datetime.combine(window.start, time(), UTC)
    cause = Cause(plan.header.version, component.place, "")
    payee, of = desk.payee.id, component.of
    credit = Credit("on-target", of, payee, "", "", on, at, quota, quota, Fraction(1), "direct", plan.header.id, cause)
    lines = calculate_window(
        plan, bare, desk.payee.id, window, [credit], WindowInputs(window.last_on, desk.rulebook.company, quota)
    )
    return sum((line.exact for line in lines), Fraction(0))


def _of_bonus(desk: PlanDesk, plan: Plan, bonus: Bonus, window: Period) -> Fraction:
    """A month's even part of a target bonus."""
    target = bonus.amount.value(payee_facts(desk.payee, window.last_on))
    months = len(months_in(window, desk.rulebook.company))
    return Fraction(target.minor) / months if isinstance(target, Money | ExactMoney) else Fraction(0)
