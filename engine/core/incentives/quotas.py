"""The quota that a payee is measured against in a window: as it was found, scaled by the plan's ramp and proration.

Without a ramp the window's quota is scaled by the part of the window that the payee was there. While a ramp runs, the
quota is the sum over the window's months of the month's quota × the ramp's share × the part of the month: a month's quota
is its part of the target where the quota comes from one, else an even part of the window's. The ramp's first month is
the one in which the plan first pays the payee; months of the window before it have no quota.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.core.incentives.lines import Step
from engine.core.incentives.payees import Payee
from engine.core.incentives.presence import Presence, presence
from engine.core.incentives.proration import part_of, scaled
from engine.core.incentives.targets import QuotaFound, person_goal, quota_of
from engine.core.incentives.trace import percent
from engine.core.money import Money, rounded
from engine.core.periods import Period, months_in, period_of
from engine.core.records import Quota
from engine.core.rules.plan import Commission, Plan
from engine.core.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class PayeeQuota:
    """What the payee is measured against, the `whole` quota that was found, and what the trace says of the difference."""

    amount: Money
    whole: Money
    step: Step | None = None


def payee_quota(
    plan: Plan, component: Commission, payee: Payee, window: Period, rulebook: Rulebook, quotas: Iterable[Quota]
) -> PayeeQuota | None:
    """The payee's quota of a component in a window, or None where there is none."""
    found = quota_of(payee.id, component.quota, component.measure, window, rulebook, quotas)
    if found is None:
        return None
    if plan.ramp is None and (plan.proration == "none" or "quota" not in plan.prorates):
        return PayeeQuota(found.amount, found.amount)
    there = presence([other for other in rulebook.plans if other.header.id == plan.header.id], payee)
    months = tuple(ramp_months(plan, window, there, rulebook))
    if months and any(month.ramp != 1 for month in months):
        return _ramped(plan, found, payee, months, rulebook)
    share = part_of(plan, "quota", window, there.present, rulebook)
    if share == 1:
        return PayeeQuota(found.amount, found.amount)
    amount = scaled(found.amount, share, plan.rounding, plan.quota_rounding)
    told = (("quota", str(amount)), ("share", percent(share)), ("whole", str(found.amount)))
    return PayeeQuota(amount, found.amount, Step("proration", "quota", told))


@dataclass(frozen=True, slots=True)
class RampMonth:
    """A month of a window: the ramp's share or amount in it (1 after the ramp, 0 before it), the part of it that counts
    for the quota, and whether it is one of the ramp's months."""

    period: Period
    ramp: Fraction | Money
    part: Fraction
    runs: bool

    def quota(self, own: Fraction) -> Fraction:
        """What counts of it, in minor units; `own` is the month's part of the window's quota."""
        return (Fraction(self.ramp.minor) if isinstance(self.ramp, Money) else own * self.ramp) * self.part

    def __str__(self) -> str:
        """The month as the trace tells it."""
        ramp = str(self.ramp) if isinstance(self.ramp, Money) else percent(self.ramp)
        return f"{self.period.id} {ramp}" + (f" × {percent(self.part)}" if self.part != 1 else "")


def ramp_months(plan: Plan, window: Period, there: Presence, rulebook: Rulebook) -> Iterator[RampMonth]:
    """The window's months under the plan's ramp; none for a payee whom the plan never pays, or without a ramp."""
    if plan.ramp is None or there.first_on is None:
        return
    first = period_of(there.first_on, "month", rulebook.company).start
    steps = plan.ramp.months
    for month in months_in(window, rulebook.company):
        number = (month.start.year - first.year) * 12 + month.start.month - first.month
        ramp = Fraction(0) if number < 0 else steps[number] if number < len(steps) else Fraction(1)
        part = part_of(plan, "quota", month, there.present, rulebook)
        yield RampMonth(month, ramp, part, 0 <= number < len(steps))


def _ramped(plan: Plan, found: QuotaFound, payee: Payee, months: Sequence[RampMonth], rulebook: Rulebook) -> PayeeQuota:
    """The sum over the months, rounded once."""
    size = plan.quota_rounding.minor if plan.quota_rounding else 1
    owns = month_parts(found, payee, [month.period for month in months], rulebook)
    exact = sum((month.quota(own) for month, own in zip(months, owns, strict=True)), Fraction(0)) / size
    amount = Money(rounded(exact.numerator, exact.denominator, plan.rounding) * size, found.amount.currency)
    told = (("quota", str(amount)), ("whole", str(found.amount)), ("months", ", ".join(map(str, months))))
    return PayeeQuota(amount, found.amount, Step("proration", "ramp", told))


def month_parts(found: QuotaFound, payee: Payee, months: Sequence[Period], rulebook: Rulebook) -> list[Fraction]:
    """The part of a window's quota that each of all its months has, in minor units."""
    targets = next((one for one in rulebook.targets if one.header.id == found.source), None)
    if targets is None:
        return [Fraction(found.amount.minor, len(months))] * len(months)
    calendar = rulebook.calendar("", months[0].start)
    goals = (person_goal(targets, payee.id, month, rulebook.company, calendar) for month in months)
    return [Fraction(goal.minor if goal else 0) for goal in goals]
