"""On-target pay of a month: its part of what each commission pays at exactly the whole quota, by the rate table alone."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from engine.core.money import Money
from engine.core.records import Cause, Credit
from engine.core.rules.plan import Commission, Plan
from tests.core.incentives.oracle.calendar import Window, window_between, window_of
from tests.core.incentives.oracle.entries import Known
from tests.core.incentives.oracle.presence import months_of
from tests.core.incentives.oracle.quotas import whole_quota
from tests.core.incentives.oracle.told import History
from tests.core.incentives.oracle.window import Story


def on_target(history: History, plan: Plan, month: Window) -> Fraction:
    """In minor units."""
    return sum(
        (_of(history, plan, part, month) for part in plan.components if isinstance(part, Commission)), Fraction(0)
    )


def _of(history: History, plan: Plan, component: Commission, month: Window) -> Fraction:
    kind, span = component.measured_over, plan.header.in_force
    if kind == "plan":
        assert span.until_on is not None
        window = window_between(span.from_on, span.until_on, history.fiscal_month)
    else:
        window = window_of(month.start, kind, history.fiscal_month)
    quota = whole_quota(history, component, window)
    if not quota or component.rates.by not in ("attainment", "amount"):
        return Fraction(0)
    months = months_of(window)
    return _at_quota(plan, component, window, quota) / len(months) if month in months else Fraction(0)


def _at_quota(plan: Plan, component: Commission, window: Window, quota: int) -> Fraction:
    """What a single credit over the whole quota earns, without gate, bounds, multiplier and cap."""
    bare = replace(
        component, rates=replace(component.rates, position_of=""), gate=None, per_deal=None, multiply=None, cap=None,
        release=(), clawback=None, in_force=None,
    )  # fmt: skip
    on, amount = window.start, Money(quota, plan.currency)
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    cause = Cause(plan.header.version, component.place, "")
    credit = Credit("x", component.of, "ann", "", "", on, at, amount, amount, Fraction(1), "direct", "p", cause)
    story = Story(plan, bare, window, [credit], Known(window.end, frozenset({"x"}), quota))
    story.tell()
    return story.total
