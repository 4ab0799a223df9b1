"""What somebody is measured against in a window, once ramp and proration have had their say."""

from fractions import Fraction

from engine.core.money import Money
from engine.core.rules.plan import Commission, Plan
from tests.core.incentives.oracle.calendar import Window
from tests.core.incentives.oracle.presence import first_paid, months_of, part_of
from tests.core.incentives.oracle.table import whole_number
from tests.core.incentives.oracle.told import History

Step = Fraction | Money


def whole_quota(history: History, component: Commission, window: Window) -> int | None:
    """The quota that was told, in minor units."""
    named = [q for q in history.quotas if (q.measure, q.period) == (component.measure, window.id)]
    return named[-1].amount.minor if named else None


def quota_in(history: History, plan: Plan, component: Commission, window: Window) -> int | None:
    """The quota that counts, in minor units."""
    whole = whole_quota(history, component, window)
    if whole is None:
        return None
    months = months_of(window)
    if any(ramp_of(history, plan, month) != 1 for month in months):
        exact = Fraction(0)
        for month in months:
            step, own = ramp_of(history, plan, month), Fraction(whole, len(months))
            counts = Fraction(step.minor) if isinstance(step, Money) else own * step
            exact += counts * part_of(history, plan, "quota", month)
        return in_steps(exact, plan)
    part = part_of(history, plan, "quota", window)
    return whole if part == 1 else in_steps(whole * part, plan)


def ramp_of(history: History, plan: Plan, month: Window) -> Step:
    """What the ramp says of a month: nothing before the first, all of it after the last, and without a ramp."""
    number = ramp_month(history, plan, month)
    if plan.ramp is None or number is None:
        return Fraction(1)
    steps = plan.ramp.months
    return Fraction(0) if number < 0 else steps[number] if number < len(steps) else Fraction(1)


def ramp_month(history: History, plan: Plan, month: Window) -> int | None:
    """Which month of the ramp it is, from 0 on; None for somebody whom the plan never pays."""
    first = first_paid(history)
    return None if first is None else (month.start.year - first.year) * 12 + month.start.month - first.month


def in_steps(exact: Fraction, plan: Plan) -> int:
    """Rounded to whole steps of the plan's quotas."""
    size = plan.quota_rounding.minor if plan.quota_rounding else 1
    return whole_number(exact / size, plan.rounding.value) * size
